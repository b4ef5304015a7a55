/**
 * Whether neurons ask for more in-axons than a core has, found before the partition would. Connectors that say
 * their fan-in themselves are not drawn at all: 20,000 neurons all to all are 400 M synapses, 3 GiB and 15 s to
 * find what is known at once. With nine tenths of the pairs it is known once they are drawn, after 3 s.
 */
import type { ChipProfile } from '../../cores/index.js';
import type { Network } from '../api/network.js';
import { isSource, type Population } from '../api/population.js';
import type { Projection } from '../api/projection.js';
import { sidesOf } from './connect.js';
import { cannotFit } from './partition-text.js';
import type { Strand } from './strand.js';
import type { Violations } from './violations.js';

/** Up to so many the partition counts in a second, and then the exact need of every neuron is known. */
const MANY_SYNAPSES = 2 ** 22;

/**
 * Populations no core can hold a neuron of, and the projections onto them; `broken` ones are passed over. One
 * violation for each such population.
 */
export function checkFanIn(
  network: Network,
  profile: ChipProfile,
  broken: ReadonlySet<Population | Projection>,
  violations: Violations,
): ReadonlySet<Population | Projection> {
  const hopeless = new Set<Population | Projection>();
  const available = profile.limits.inAxonsPerCore;
  if (available === null) return hopeless;
  for (const population of network.populations) {
    if (isSource(population.cell) || broken.has(population)) continue;
    const onto = network.projections.filter(({ post }) => post.population === population);
    const [widest] = onto
      .filter((projection) => !broken.has(projection) && isHopeless(projection, available))
      .sort((a, b) => fanInOf(b) - fanInOf(a));
    if (widest === undefined) continue;
    const { post, connector } = widest;
    const refusal = { reason: 'inAxons', used: 0, needed: fanInOf(widest), available } as const;
    const mayNeedMore = onto.length > 1 || ('allowSelf' in connector && !connector.allowSelf);
    violations.add(...cannotFit(population, post.from, refusal, post.size, mayNeedMore));
    hopeless.add(population);
    for (const projection of onto) hopeless.add(projection);
  }
  return hopeless;
}

function isHopeless(projection: Projection, available: number): boolean {
  const fanIn = fanInOf(projection);
  return fanIn > available && fanIn * projection.post.size > MANY_SYNAPSES;
}

/** Pre neurons that every neuron of the post view certainly has. */
function fanInOf(projection: Projection): number {
  const { connector } = projection;
  const { rows, selfShift } = sidesOf(projection);
  switch (connector.kind) {
    case 'fixedProbability':
      if (connector.probability < 1) return 0;
      return connector.allowSelf || selfShift === null ? rows : rows - 1;
    case 'allToAll':
      return connector.allowSelf || selfShift === null ? rows : rows - 1;
    case 'fixedNumberPre':
      return connector.multapses ? 0 : connector.n;
    default:
      return 0;
  }
}

/** As `checkFanIn`, of synapses that are drawn: populations whose neurons have too many of them on average. */
export function checkDrawnFanIn(
  network: Network,
  profile: ChipProfile,
  strands: readonly Strand[],
  violations: Violations,
): ReadonlySet<Population> {
  const hopeless = new Set<Population>();
  const available = profile.limits.inAxonsPerCore;
  if (available === null) return hopeless;
  for (const population of network.populations) {
    const onto = strands.filter(({ projection }) => projection.post.population === population);
    for (const strand of onto) {
      const { length } = strand.post;
      if (length <= MANY_SYNAPSES || length <= available * strand.projection.post.size) continue;
      const needs = preNeurons(strand);
      const first = needs.findIndex((needed) => needed > available);
      if (first < 0) continue;
      const count = needs.reduce((sum, needed) => sum + (needed > available ? 1 : 0), 0);
      const refusal = { reason: 'inAxons', used: 0, needed: needs[first]!, available } as const;
      violations.add(...cannotFit(population, first, refusal, count, onto.length > 1));
      hopeless.add(population);
      break;
    }
  }
  return hopeless;
}

/** Of every neuron of the post population, those of its pre neurons that are in the strand. */
function preNeurons({ projection, start, post }: Strand): Uint32Array {
  const needs = new Uint32Array(projection.post.population.size);
  const last = new Int32Array(needs.length).fill(-1);
  for (let row = 0; row + 1 < start.length; row++) {
    const end = start[row + 1]!;
    for (let k = start[row]!; k < end; k++) {
      const neuron = post[k]!;
      if (last[neuron] === row) continue;
      last[neuron] = row;
      needs[neuron]!++;
    }
  }
  return needs;
}
