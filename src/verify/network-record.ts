/**
 * Kind `network`, as read: neurons on cores, synapses by axon, input spikes, and what was seen. Axon i < n
 * is neuron i; axon n + k is external input k.
 */
import type { SignMode } from '../../cores/index.js';
import type { Fields } from './fields.js';
import { signModeOf } from './optimize-weight-bits.js';
import type { Recording } from './recording.js';

export type RecordedColumn = number | Int32Array;

/** Synapses of neurons or of inputs, as one connection: a sum that is shifted is a connection's. */
export interface ConnectionRecord {
  readonly label: 'recurrent' | 'input';
  /** One entry per synapse; pre is numbered within the neurons or the inputs. */
  readonly pre: Int32Array;
  readonly post: Int32Array;
  /** Mantissas. */
  readonly weight: Int32Array;
  readonly delay: Int32Array | null;
  readonly exp: RecordedColumn;
  readonly bits: number;
  readonly signMode: SignMode;
  /** Recorded effective weights, to compare with. */
  readonly effective: Int32Array | null;
}

export interface NetworkRecord {
  readonly id: string;
  readonly n: number;
  readonly nInputs: number;
  readonly steps: number;
  /** `[lo, hi)` of each core, ascending and without gaps. */
  readonly cores: readonly (readonly [lo: number, hi: number])[];
  /** With the chip's offsets, so that u loses (du + 1)/4096 and v loses dv/4096 a step. */
  readonly du: RecordedColumn;
  readonly dv: RecordedColumn;
  readonly vthMant: RecordedColumn;
  readonly biasMant: RecordedColumn;
  readonly biasExp: RecordedColumn;
  readonly refract: RecordedColumn;
  /** Per core. */
  readonly vmin: Int32Array;
  readonly vmax: Int32Array;
  readonly connections: readonly ConnectionRecord[];
  readonly inputSteps: Int32Array;
  readonly inputAxons: Int32Array;
  /** Spikes of step t are `spikeIds[spikeStart[t - 1] .. spikeStart[t])`; null when not recorded. */
  readonly spikeStart: Int32Array;
  readonly spikeIds: Int32Array | null;
  /** Neurons whose u and v were recorded. */
  readonly sample: Int32Array;
  /** [step - 1][sample] */
  readonly u: readonly Int32Array[] | null;
  readonly v: readonly Int32Array[] | null;
}

const V_LIMIT = 2 ** 23 - 1;
const MOST_NEURONS = 10_000_000;
const MOST_STEPS = 10_000_000;

export function readNetwork({ fields, complaints, file }: Recording): NetworkRecord {
  const n = fields.int('n', { min: 1, max: MOST_NEURONS });
  const nInputs = fields.int('nInputs', { min: 0, max: MOST_NEURONS }, 0);
  const steps = fields.int('steps', { min: 1, max: MOST_STEPS });
  const name = fields.text('name', file);
  const params = readParams(fields.child('params'), n);
  const cores = readCores(fields, n);
  const range = (key: string, fallback: number, limits: { min: number; max: number }): Int32Array => {
    const column = fields.column(key, cores.length, limits, fallback);
    return typeof column === 'number' ? new Int32Array(cores.length).fill(column) : column;
  };
  const vmin = range('vmin', -V_LIMIT, { min: -V_LIMIT, max: 0 });
  const vmax = range('vmax', V_LIMIT, { min: 0, max: V_LIMIT });
  const connections = readSynapses(fields, n, nInputs);
  const input = fields.has('inputEvents') ? fields.child('inputEvents') : null;
  const inputSteps = input?.ints('step', { min: 1, max: steps }) ?? new Int32Array(0);
  const inputAxons =
    input?.ints('axon', { min: 0, max: nInputs - 1 }, inputSteps.length) ?? new Int32Array(0);
  input?.finish();
  const seen = readSeen(fields, n, steps);
  fields.finish();
  complaints.throwIfAny();
  return {
    id: name,
    n,
    nInputs,
    steps,
    cores,
    ...params,
    vmin,
    vmax,
    connections,
    inputSteps,
    inputAxons,
    ...seen,
  };
}

function readParams(fields: Fields, n: number) {
  const params = {
    du: fields.has('decayI')
      ? shifted(fields.column('decayI', n, { min: 0, max: 4096 }))
      : fields.column('du', n, { min: 0, max: 4095 }),
    dv: fields.column(fields.has('decayV') ? 'decayV' : 'dv', n, { min: 0, max: 4096 }),
    vthMant: fields.column('vthMant', n, { min: 0, max: 131_071 }),
    biasMant: fields.column('biasMant', n, { min: -4096, max: 4095 }, 0),
    biasExp: fields.column('biasExp', n, { min: -31, max: 7 }, 0),
    refract: fields.column('refract', n, { min: 0, max: 64 }, 1),
  };
  fields.finish();
  return params;
}

/** Decays recorded without offset, as registers with one. */
const shifted = (column: RecordedColumn): RecordedColumn =>
  typeof column === 'number' ? column - 1 : column.map((value) => value - 1);

function readCores(fields: Fields, n: number): (readonly [lo: number, hi: number])[] {
  if (!fields.has('cores')) return [[0, n]];
  const table = fields.table('cores', -1, 2, { min: 0, max: n });
  let next = 0;
  for (const [k, [lo = 0, hi = 0]] of table.entries()) {
    if (lo !== next || hi <= lo) {
      fields.complain(`cores[${k}]`, `expected [${next}, ...) with at least one neuron, got [${lo}, ${hi})`);
      return [[0, n]];
    }
    next = hi;
  }
  if (next !== n) fields.complain('cores', `end at neuron ${next} of ${n}`);
  return table.map(([lo = 0, hi = 0]) => [lo, hi] as const);
}

function readSynapses(fields: Fields, n: number, nInputs: number): ConnectionRecord[] {
  const list = fields.child('synapses');
  const fanout = list.ints('fanout', { min: 0 }, n + nInputs);
  const count = fanout.reduce((sum, k) => sum + k, 0);
  if (list.int('nAxons', {}, n + nInputs) !== n + nInputs) {
    list.complain('nAxons', `expected n + nInputs = ${n + nInputs}`);
  }
  if (list.int('nSyn', {}, count) !== count) list.complain('nSyn', `fanout sums to ${count}`);
  const post = list.ints('post', { min: 0, max: n - 1 }, count);
  const weight = list.ints('weight', { min: -256, max: 255 }, count);
  const delay = list.has('delay') ? list.ints('delay', { min: 0, max: 63 }, count) : null;
  list.finish();

  const effective = fields.has('effWeight') ? fields.ints('effWeight', {}, count) : null;
  const exponents = { min: -16, max: 15 };
  const exps = fields.has('weightExpPerSynapse')
    ? fields.ints('weightExpPerSynapse', exponents, count)
    : null;
  const exp = fields.int('weightExp', exponents, 0);
  const bits = fields.int('numWeightBits', { min: 1, max: 8 }, 8);
  const hasFormat = fields.has('weightExp') || fields.has('numWeightBits');
  const declared = readSignModes(fields.has('signMode') ? fields.text('signMode') : '');

  const split = fanout.subarray(0, n).reduce((sum, k) => sum + k, 0);
  const part = (
    label: ConnectionRecord['label'],
    counts: Int32Array,
    from: number,
    to: number,
  ): ConnectionRecord => {
    const weights = weight.subarray(from, to);
    return {
      label,
      pre: preOf(counts, to - from),
      post: post.subarray(from, to),
      weight: weights,
      delay: delay?.subarray(from, to) ?? null,
      exp: exps?.subarray(from, to) ?? exp,
      bits,
      // Lava takes the sign mode from the weights themselves; plain records are in mixed mode.
      signMode: declared.get(label) ?? (hasFormat ? signModeOf(weights) : 'mixed'),
      effective: effective?.subarray(from, to) ?? null,
    };
  };
  return [
    part('recurrent', fanout.subarray(0, n), 0, split),
    part('input', fanout.subarray(n), split, count),
  ].filter((connection) => connection.pre.length > 0);
}

/** Axon number of each synapse. */
function preOf(fanout: Int32Array, count: number): Int32Array {
  const pre = new Int32Array(count);
  let at = 0;
  for (const [axon, k] of fanout.entries()) {
    pre.fill(axon, at, at + k);
    at += k;
  }
  return pre;
}

const NAMES: readonly SignMode[] = ['mixed', 'excitatory', 'inhibitory'];

/** `MIXED`, or prose with `recurrent: MIXED` and `input: EXCITATORY` in it; empty when it says neither. */
function readSignModes(text: string): ReadonlyMap<string, SignMode> {
  const named = (word: string | undefined): SignMode | undefined =>
    NAMES.find((n) => n === word?.toLowerCase());
  const modes = new Map<string, SignMode>();
  for (const label of ['recurrent', 'input']) {
    const mode = named(text.trim()) ?? named(new RegExp(`\\b${label}: *(\\w+)`).exec(text)?.[1]);
    if (mode !== undefined) modes.set(label, mode);
  }
  return modes;
}

function readSeen(fields: Fields, n: number, steps: number) {
  const spikes = fields.has('spikes') ? fields.child('spikes') : null;
  const perStep = spikes?.ints('perStep', { min: 0, max: n }, steps) ?? new Int32Array(steps);
  const spikeStart = new Int32Array(steps + 1);
  for (let t = 1; t <= steps; t++) spikeStart[t] = spikeStart[t - 1]! + perStep[t - 1]!;
  const total = spikeStart[steps]!;
  const spikeIds = spikes?.ints('neuron', { min: 0, max: n - 1 }, total) ?? null;
  if (spikes !== null && spikes.int('total', {}, total) !== total) {
    spikes.complain('total', `perStep sums to ${total}`);
  }
  if (spikeIds !== null) checkOrder(fields, spikeStart, spikeIds);
  spikes?.finish();
  const sample = fields.has('sample') ? fields.ints('sample', { min: 0, max: n - 1 }) : new Int32Array(0);
  const trace = (key: string): Int32Array[] | null =>
    fields.has(key) ? fields.table(key, steps, sample.length) : null;
  const seen = { spikeStart, spikeIds, sample, u: trace('u'), v: trace('v') };
  if (spikeIds === null && seen.u === null && seen.v === null) {
    fields.complain('spikes', 'missing, as are u and v');
  }
  return seen;
}

function checkOrder(fields: Fields, start: Int32Array, ids: Int32Array): void {
  for (let t = 1; t < start.length; t++) {
    for (let k = start[t - 1]! + 1; k < start[t]!; k++) {
      if (ids[k]! > ids[k - 1]!) continue;
      fields.complain(`spikes.neuron[${k}]`, `ids of step ${t} are not ascending`);
      return;
    }
  }
}
