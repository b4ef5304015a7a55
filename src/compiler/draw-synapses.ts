/** A projection with its synapses drawn, weights and delays still as the user means them. */
import type { ChipProfile, SignMode } from '../../cores/index.js';
import type { Projection } from '../api/projection.js';
import type { SynapseValue, WeightUnit } from '../api/synapses.js';
import { connect } from './connect.js';
import type { Connections } from './connections.js';
import { signOf } from './quantise-weights.js';
import { PURPOSE, RandomStream } from './random-stream.js';
import { isPerSynapse, type SynapseNumbers, synapseNumbers } from './synapse-values.js';
import type { Violations } from './violations.js';

export interface Drawn {
  readonly projection: Projection;
  readonly connections: Connections;
  readonly weights: SynapseNumbers;
  readonly delays: SynapseNumbers;
  readonly unit: WeightUnit;
  readonly signMode: SignMode;
  readonly weightBits: number;
}

/** Unit of a projection's weights: as given, else what suits the post cells. */
export const unitOf = ({ synapse, post }: Projection): WeightUnit =>
  synapse.unit ?? (post.population.cell.kind === 'lif' ? 'nA' : 'mantissa');

export function drawSynapses(
  projection: Projection,
  seed: number,
  profile: ChipProfile,
  violations: Violations,
): Drawn {
  const { synapse, index } = projection;
  const { signMode = 'auto', weightBits = 8 } = synapse;
  const connections = connect(projection, seed);
  const fitting = <T extends SynapseValue>(name: string, value: T | undefined): T | undefined => {
    const { length } = connections.post;
    if (!isPerSynapse(value) || value.length === length) return value;
    violations.add(
      `projection ${projection.label}`,
      `${name} has ${value.length} values for ${length} synapses`,
      'give one value, one per synapse, or a function of pre and post',
    );
    return undefined;
  };
  const weight = fitting('weight', synapse.weight);
  const delay = fitting('delay', synapse.delay);
  fitting('weightExp', synapse.weightExp);
  const unit = unitOf(projection);
  const stream = (purpose: 2 | 3) => () => new RandomStream(seed, index, purpose);
  const weights = synapseNumbers(
    weight ?? connections.weights ?? 1,
    connections,
    stream(PURPOSE.weight),
    unit === 'mantissa',
  );
  const delays = oneWhereEqual(
    synapseNumbers(delay ?? connections.delays ?? 0, connections, stream(PURPOSE.delay), true),
  );
  checkDelays(projection, delays, profile, violations);
  return {
    projection,
    connections,
    weights,
    delays,
    unit,
    signMode: signMode === 'auto' ? signOf(weights) : signMode,
    weightBits,
  };
}

function oneWhereEqual(numbers: SynapseNumbers): SynapseNumbers {
  if (typeof numbers === 'number' || numbers.length === 0) return numbers;
  const first = numbers[0]!;
  for (let k = 1; k < numbers.length; k++) if (numbers[k] !== first) return numbers;
  return first;
}

function checkDelays(
  { label, synapse }: Projection,
  delays: SynapseNumbers,
  { name, rules }: ChipProfile,
  violations: Violations,
): void {
  const subject = `projection ${label}`;
  const fits = (delay: number) => Number.isInteger(delay) && delay >= 0 && delay <= rules.delayMax;
  let bad: number | undefined;
  if (typeof delays === 'number') bad = fits(delays) ? undefined : delays;
  else for (let k = 0; k < delays.length && bad === undefined; k++) if (!fits(delays[k]!)) bad = delays[k]!;
  if (bad !== undefined)
    violations.add(
      subject,
      `delay ${bad} must be an integer 0..${rules.delayMax} under profile ${name}`,
      'longer delays need relay neurons, each of which adds 1 + its own delay',
    );
  if (synapse.format === 'dense' && typeof delays !== 'number')
    violations.add(subject, 'dense rows have one delay, its synapses have several', "use format 'sparse'");
}
