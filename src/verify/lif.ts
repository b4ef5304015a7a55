/**
 * Kinds `lif` and `lif-variants`: one neuron, its inputs as axon events, its u, v and spikes after every
 * step. Each case runs on a core of its own, since vmin, vmax, ternary spikes and periodic reset belong to
 * a core.
 */
import type { ChipProfile, Core, Rules, SignMode } from '../../cores/index.js';
import { effectiveWeight, SeamountError, storeMantissa } from '../../cores/index.js';
import { type Bench, faultText, openBench, stepCore } from './core-bench.js';
import { type AxonSegment, coreImage, shiftOf } from './core-image.js';
import type { Complaints, Fields } from './fields.js';
import { type NeuronRecord, neuronRegisters, readNeuron } from './neuron.js';
import type { Peer } from './peers.js';
import type { Recording } from './recording.js';
import { breathe, noteWidening, type ReplayContext, replayRules } from './replay-context.js';
import { type Mismatch, type RunReport, Tally } from './report.js';
import { readSignMode } from './sign-mode.js';

interface LifAxon {
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
  readonly u: Int32Array | null;
  readonly v: Int32Array | null;
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
  const trace = (key: string): Int32Array | null => (fields.has(key) ? fields.ints(key, {}, steps) : null);
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

/** Replays all cases under one profile. */
export async function replayLif(cases: readonly LifCase[], context: ReplayContext): Promise<RunReport> {
  const rules = replayRules(context);
  const tally = new Tally();
  const runs = cases.map((c) => prepare(c, rules, context));
  context.complaints.throwIfAny();
  const bench = await openBench(
    runs.map((run) => run.onBench),
    { ...context.profile, rules } satisfies ChipProfile,
    context.kernels,
  );
  for (const [k, run] of runs.entries()) {
    if (k % 16 === 0) await breathe(context.signal);
    context.progress(k, runs.length);
    tally.add(run.weightMismatch ?? replayCase(run.lif, run.messages, bench, bench.cores[k]!));
  }
  context.progress(runs.length, runs.length);
  return tally.report(context.profile, [...context.notes]);
}

function prepare(lif: LifCase, rules: Rules, context: ReplayContext) {
  const { compartments, registers } = neuronRegisters(lif.neuron, rules, context.complaints);
  noteWidening(context, compartments);
  const derived = lif.axons.map((axon) => deriveWeight(axon, rules, context.peer));
  const weights = lif.axons.map((axon, a) => axon.eff ?? derived[a]!);
  weights.forEach((weight, a) => {
    if (typeof weight === 'string') context.complaints.add(lif.axons[a]!.path, weight);
  });
  const delays = lif.axons.map((axon, a) => usableDelay(lif, a, axon.delay, rules, context.complaints));
  const axons = weights.map((weight, a): AxonSegment[] => {
    const units = typeof weight === 'number' ? weight / 64 : 0;
    const synapses = [{ target: 0, weight: units, delay: delays[a]! }];
    return [{ kind: 'sparse', shift: shiftOf(units), sumShift: 0, connection: 0, synapses }];
  });
  const { messages, most, mostPerAxon } = schedule(lif, delays);
  return {
    lif,
    messages,
    weightMismatch: weightMismatch(lif, derived),
    onBench: {
      image: coreImage(1, compartments, registers, axons),
      payloads: false,
      inboxCapacity: Math.max(1, most),
      eventsPerAxon: Math.max(1, mostPerAxon),
    },
  };
}

/** Effective weight by the profile's rules; null when no mantissa was recorded, a sentence when it has none. */
function deriveWeight(axon: LifAxon, rules: Rules, peer: Peer): number | string | null {
  if (axon.mant === null) return null;
  const habit = peer.signMode === 'ofWeight' ? (axon.mant < 0 ? 'inhibitory' : 'excitatory') : peer.signMode;
  const format = { signMode: axon.signMode ?? habit, bits: axon.bits, exp: axon.exp };
  try {
    return effectiveWeight(storeMantissa(axon.mant, format, rules), format, rules);
  } catch (error) {
    if (error instanceof SeamountError) return error.message;
    throw error;
  }
}

function weightMismatch(lif: LifCase, derived: readonly (number | string | null)[]): Mismatch | null {
  for (const [a, axon] of lif.axons.entries()) {
    const got = derived[a]!;
    if (axon.eff === null || got === null || got === axon.eff) continue;
    return { case: lif.id, step: null, neuron: 0, field: `axons[${a}].eff`, expected: axon.eff, got };
  }
  return null;
}

/**
 * Events carry arrival steps with the delay in them. Where every event of an axon can have been sent that
 * much earlier it is, through a synapse with that delay; an earlier arrival has no sender, so such an axon
 * delivers at once.
 */
function usableDelay(
  lif: LifCase,
  axon: number,
  delay: number,
  rules: Rules,
  complaints: Complaints,
): number {
  if (delay > rules.delayMax) {
    complaints.add(
      lif.axons[axon]!.path,
      `delay is ${delay}; the profile has 0..${rules.delayMax}`,
      '--profile names another',
    );
    return 0;
  }
  for (let k = 0; k < lif.events.length; k += 2) {
    if (lif.events[k + 1] === axon && lif.events[k]! <= delay) return 0;
  }
  return delay;
}

/** Messages by sending step. */
function schedule(lif: LifCase, delays: readonly number[]) {
  const messages: (readonly [axon: number, payload: number])[][] = Array.from(
    { length: lif.steps + 1 },
    () => [],
  );
  const perAxon = new Map<number, number>();
  for (let k = 0; k < lif.events.length; k += 2) {
    const axon = lif.events[k + 1]!;
    const sent = lif.events[k]! - delays[axon]!;
    messages[sent]!.push([axon, 1]);
    const key = sent * lif.axons.length + axon;
    perAxon.set(key, (perAxon.get(key) ?? 0) + 1);
  }
  return {
    messages,
    most: messages.reduce((most, list) => Math.max(most, list.length), 0),
    mostPerAxon: Math.max(0, ...perAxon.values()),
  };
}

const NEGATIVE = 0x8000_0000;

function replayCase(
  lif: LifCase,
  messages: readonly (readonly (readonly [number, number])[])[],
  bench: Bench,
  core: Core,
): Mismatch | null {
  for (let t = 1; t <= lif.steps; t++) {
    const fired = stepCore(bench, core, t, messages[t]!);
    const spike = fired === 0 ? 0 : (core.fired[0]! & NEGATIVE) !== 0 ? -1 : 1;
    const differs = (field: string, expected: number | undefined, got: number): Mismatch | null =>
      expected === undefined || expected === got
        ? null
        : { case: lif.id, step: t, neuron: 0, field, expected, got };
    const mismatch =
      differs('u', lif.u?.[t - 1], core.u[0]!) ??
      differs('v', lif.v?.[t - 1], core.v[0]!) ??
      differs('spike', lif.spikes?.[t - 1], spike);
    if (mismatch !== null) return mismatch;
    const fault = faultText(core);
    if (fault !== null) {
      return { case: lif.id, step: t, neuron: 0, field: 'overflow', expected: 'none', got: fault };
    }
  }
  return null;
}
