/** Weights of a projection as the chip stores them. */
import {
  MANTISSA_MAX,
  MANTISSA_MIN,
  mantissaRange,
  type Rules,
  SeamountError,
  type SignMode,
  type StoredWeight,
  storeMantissa,
  storeWeight,
} from '../../cores/index.js';
import type { Projection } from '../api/projection.js';
import type { WeightUnit } from '../api/synapses.js';
import type { Connections } from './connections.js';
import type { WeightReport } from './report.js';
import type { Strand } from './strand.js';
import { type Lane, type StoredSynapses, strandsOf } from './strands-of.js';
import type { SynapseNumbers } from './synapse-values.js';
import type { Violations } from './violations.js';

/** What weights in physical units are multiplied with to become units of u: one factor, or one per post neuron. */
export type Gain = number | Float64Array;

export interface WeightJob {
  readonly projection: Projection;
  readonly connections: Connections;
  readonly weights: SynapseNumbers;
  readonly delays: SynapseNumbers;
  /** null: weights are mantissas. */
  readonly gain: Gain | null;
  readonly unit: WeightUnit;
  readonly signMode: SignMode;
  readonly weightBits: number;
  /** One exponent, or one per synapse in row order. */
  readonly exponent: SynapseNumbers;
}

const numberAt = (numbers: SynapseNumbers, k: number): number =>
  typeof numbers === 'number' ? numbers : numbers[k]!;

/** Sign mode of `auto`: one sign where all weights have it. */
export function signOf(weights: SynapseNumbers): SignMode {
  if (typeof weights === 'number') return weights < 0 ? 'inhibitory' : 'excitatory';
  let negative = false;
  let positive = false;
  for (let k = 0; k < weights.length; k++) {
    if (weights[k]! < 0) negative = true;
    else if (weights[k]! > 0) positive = true;
  }
  if (negative && positive) return 'mixed';
  return negative ? 'inhibitory' : 'excitatory';
}

/** One distinct (mantissa, exponent) as stored. */
interface Stored extends StoredWeight {
  /** What the given mantissa became, in its own unit. */
  readonly got: number;
}

const MANTISSAS = MANTISSA_MAX - MANTISSA_MIN + 1;

/** Stores mantissas of one format, each integer once. */
class WeightStore {
  readonly #rules: Rules;
  readonly #format: { readonly signMode: SignMode; readonly bits: number };
  readonly #known: (Stored | string | undefined)[];
  readonly lanes: Lane[] = [];

  constructor(signMode: SignMode, bits: number, rules: Rules) {
    const exponents = rules.weights.expMax - rules.weights.expMin + 1;
    this.#format = { signMode, bits };
    this.#rules = rules;
    this.#known = new Array<Stored | string | undefined>(exponents * MANTISSAS).fill(undefined);
  }

  /** Stored form of a mantissa, or why there is none. */
  store(value: number, exp: number): Stored | string {
    const inTable = value >= MANTISSA_MIN && value <= MANTISSA_MAX && Number.isInteger(value);
    if (!inTable) return this.#fresh(value, exp);
    const at = (exp - this.#rules.weights.expMin) * MANTISSAS + value - MANTISSA_MIN;
    let stored = this.#known[at];
    if (stored === undefined) {
      stored = this.#fresh(value, exp);
      this.#known[at] = stored;
    }
    return stored;
  }

  #fresh(value: number, exp: number): Stored | string {
    if (!Number.isFinite(value)) return `weight ${value} is not a number`;
    let mantissa: number;
    try {
      mantissa = storeMantissa(value, this.#format, this.#rules);
    } catch (error) {
      if (error instanceof SeamountError) return error.message;
      throw error;
    }
    const stored = storeWeight(mantissa, { ...this.#format, exp }, this.#rules);
    const got = stored.sumShift > 0 ? mantissa : stored.effective / 2 ** (6 + exp);
    return { ...stored, got };
  }

  laneOf({ shift, sumShift, wide }: StoredWeight, delayOfSynapse: number): number {
    const isWide = wide !== null;
    const delay = sumShift > 0 ? delayOfSynapse : null;
    for (let lane = 0; lane < this.lanes.length; lane++) {
      const known = this.lanes[lane]!;
      if (
        known.shift === shift &&
        known.sumShift === sumShift &&
        known.wide === isWide &&
        known.delay === delay
      )
        return lane;
    }
    return this.lanes.push({ shift, sumShift, wide: isWide, delay }) - 1;
  }
}

/** Bad synapses described one by one before the rest is only counted. */
interface Findings {
  bad: number;
  first: string;
  rounded: number;
  lost: number;
  maxError: number;
  worstWanted: number;
}

export interface QuantisedWeights {
  readonly strands: readonly Strand[];
  readonly report: WeightReport;
}

export function quantiseWeights(job: WeightJob, rules: Rules, violations: Violations): QuantisedWeights {
  const { projection, connections, weights, delays, gain, exponent, signMode, weightBits } = job;
  const { post } = connections;
  const total = post.length;
  const store = new WeightStore(signMode, weightBits, rules);
  const { step } = mantissaRange({ signMode, bits: weightBits }, rules);
  const findings: Findings = { bad: 0, first: '', rounded: 0, lost: 0, maxError: 0, worstWanted: 0 };
  const uniform =
    typeof weights === 'number' &&
    typeof exponent === 'number' &&
    (gain === null || typeof gain === 'number') &&
    (typeof delays === 'number' || rules.weights.negativeExponent !== 'connectionSum');
  const mantissas = new Int16Array(uniform ? Math.min(total, 1) : total);
  let laneOf: Uint16Array | null = null;
  let wides: Int32Array | null = null;
  // A power for every synapse was half of the time that weights in nA take.
  const unitOf = (exp: number): number => (gain === null ? 1 : 2 ** (6 + exp));
  const oneUnit = typeof exponent === 'number' ? unitOf(exponent) : null;
  const gainAt = (k: number): number => {
    if (gain === null) return 1;
    return typeof gain === 'number' ? gain : gain[post[k]! + projection.post.from]!;
  };
  for (let k = 0; k < mantissas.length; k++) {
    const wanted = numberAt(weights, k);
    const exp = numberAt(exponent, k);
    const perUnit = gainAt(k) / (oneUnit ?? unitOf(exp));
    const exact = wanted * perUnit;
    const stored = store.store(gain === null ? exact : Math.round(exact / step) * step, exp);
    if (typeof stored === 'string') {
      if (findings.bad++ === 0) findings.first = stored;
      continue;
    }
    mantissas[k] = stored.mantissa;
    const lane = store.laneOf(stored, numberAt(delays, k));
    if (lane > 0) {
      laneOf ??= new Uint16Array(mantissas.length);
      laneOf[k] = lane;
    }
    if (stored.wide !== null) {
      wides ??= new Int32Array(mantissas.length);
      wides[k] = stored.wide;
    }
    if (stored.got !== exact) note(findings, wanted, stored.got / perUnit);
  }
  if (findings.bad > 0) complain(job, findings, total, violations);
  const factor = uniform ? total : 1;
  const report: WeightReport = {
    projection: projection.label,
    synapses: total,
    signMode,
    weightBits,
    weightExp: typeof exponent === 'number' ? exponent : null,
    rounded: findings.rounded * factor,
    lost: findings.lost * factor,
    maxError: findings.maxError,
    worstWanted: findings.worstWanted,
    unit: job.unit,
  };
  const lanes = findings.bad > 0 ? [] : store.lanes;
  const stored: StoredSynapses = { mantissas, wides, laneOf, uniform };
  return { strands: strandsOf(job, stored, lanes), report };
}

function note(findings: Findings, wanted: number, got: number): void {
  const error = Math.abs(got - wanted);
  // Physical weights that a mantissa hits to within the last bits of a double are hit.
  if (error <= 1e-12 * Math.abs(wanted)) return;
  findings.rounded++;
  if (got === 0) findings.lost++;
  if (error > findings.maxError) {
    findings.maxError = error;
    findings.worstWanted = wanted;
  }
}

function complain(job: WeightJob, { bad, first }: Findings, total: number, violations: Violations): void {
  const uniform = typeof job.weights === 'number';
  violations.add(
    `projection ${job.projection.label}`,
    uniform || bad === 1 ? first : `${first} (${bad} of ${total} weights)`,
    job.gain === null
      ? 'use weights the format holds, signMode excitatory or inhibitory (odd mantissas), or a profile that rounds'
      : 'lower unitsPerMv, or give a larger weightExp',
  );
}
