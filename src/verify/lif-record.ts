/** Kinds `lif` and `lif-variants`, as read: neurons with their inputs, and what was seen of them. */
import type { SignMode } from '../../cores/index.js';
import type { Fields } from './fields.js';
import { type NeuronRecord, readNeuron } from './neuron.js';
import type { Recording } from './recording.js';
import { readSignMode } from './sign-mode.js';

export interface LifAxon {
  readonly path: string;
  /** Null where only the effective weight was recorded. */
  readonly mant: number | null;
  readonly exp: number;
  readonly bits: number;
  /** Null where the recording leaves it to the peer's habit. */
  readonly signMode: SignMode | null;
  readonly delay: number;
  readonly eff: number | null;
}

export interface LifCase {
  readonly id: string;
  readonly steps: number;
  readonly neuron: NeuronRecord;
  readonly axons: readonly LifAxon[];
  /** Arrival step and axon of event k are `events[2k]`, `events[2k + 1]`. */
  readonly events: Int32Array;
  readonly u: Float64Array | null;
  readonly v: Float64Array | null;
  /** By step - 1: value of the spike, 0 for none; null when spikes were not recorded. */
  readonly spikes: Int8Array | null;
}

const MOST_STEPS = 10_000_000;

export function readLif({ fields, complaints }: Recording): LifCase[] {
  const cases = fields.children('cases').map((c, i) => readCase(c, i));
  fields.finish();
  complaints.throwIfAny();
  return cases;
}

function readCase(fields: Fields, index: number): LifCase {
  const id = fields.text('id', `cases[${index}]`);
  fields.raw('model');
  const steps = fields.int('steps', { min: 1, max: MOST_STEPS });
  const neuron = readNeuron(fields.child('params'));
  const axons = fields.has('axons') && !isEmptyList(fields.raw('axons')) ? fields.children('axons') : [];
  const read = axons.map(readAxon);
  const pairs = fields.table('events', -1, 2, { min: 0 });
  const events = new Int32Array(2 * pairs.length);
  pairs.forEach(([t = 0, axon = 0], k) => {
    if (t < 1 || t > steps) fields.complain(`events[${k}]`, `step ${t} is not in 1..${steps}`);
    if (axon >= read.length) fields.complain(`events[${k}]`, `there is no axon ${axon} of ${read.length}`);
    events.set([t, axon], 2 * k);
  });
  const trace = (key: string): Float64Array | null => (fields.has(key) ? fields.trace(key, steps) : null);
  const u = trace('u');
  const v = trace('v');
  const spikes = fields.has('spikes') ? readSpikes(fields, steps) : null;
  if (u === null && v === null && spikes === null) fields.complain('spikes', 'missing, as are u and v');
  fields.finish();
  return { id, steps, neuron, axons: read, events, u, v, spikes };
}

const isEmptyList = (value: unknown): boolean => Array.isArray(value) && value.length === 0;

function readAxon(fields: Fields): LifAxon {
  const axon: LifAxon = {
    path: fields.path,
    mant: fields.has('mant') ? fields.int('mant', { min: -1024, max: 1024 }) : null,
    exp: fields.int('exp', { min: -16, max: 15 }, 0),
    bits: fields.int('bits', { min: 1, max: 8 }, 8),
    signMode: fields.has('signMode') ? readSignMode(fields, 'signMode') : null,
    delay: fields.int('delay', { min: 0, max: 63 }, 0),
    eff: fields.has('eff') ? fields.int('eff') : null,
  };
  if (axon.mant === null && axon.eff === null) fields.complain('eff', 'missing, as is mant');
  if (axon.eff !== null && axon.eff % 64 !== 0) {
    fields.complain('eff', `${axon.eff} is not a multiple of 64, as every weight on a chip is`);
  }
  fields.finish();
  return axon;
}

function readSpikes(fields: Fields, steps: number): Int8Array {
  const at = fields.ints('spikes', { min: 1, max: steps });
  const values = fields.has('spikeValues')
    ? fields.ints('spikeValues', { min: -1, max: 1 }, at.length)
    : null;
  const spikes = new Int8Array(steps);
  at.forEach((t, k) => {
    if (t < 1) return;
    if (spikes[t - 1] !== 0) fields.complain(`spikes[${k}]`, `step ${t} is listed twice`);
    const value = values?.[k] ?? 1;
    if (value === 0) fields.complain(`spikeValues[${k}]`, 'expected -1 or 1, got 0');
    spikes[t - 1] = value;
  });
  return spikes;
}
