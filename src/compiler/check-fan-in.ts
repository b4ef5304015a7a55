/**
 * Whether connectors that say their fan-in themselves ask for more in-axons than a core has, before any synapse
 * is drawn: 20,000 neurons all to all are 400 M synapses, 3 GiB and 15 s to find what is known at once.
 */
import type { ChipProfile } from '../../cores/index.js';
import type { Network } from '../api/network.js';
import { isSource, type Population } from '../api/population.js';
import type { Projection } from '../api/projection.js';
import { sidesOf } from './connect.js';
import { cannotFit } from './partition-text.js';
import type { Violations } from './violations.js';

/** Fewer are drawn in a tenth of a second, and then the exact need of every neuron is known. */
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
