/**
 * Kinds `lif` and `lif-variants`: single neurons, their inputs as axon events, their u, v and spikes after
 * every step. Cases whose per-core registers agree share a core, side by side in its lanes.
 */
import {
  type Cluster,
  type CompartmentRegisters,
  type CoreRegisters,
  currentOf,
  effectiveWeight,
  type Rules,
  SeamountError,
  storeMantissa,
  voltageOf,
} from '../../cores/index.js';
import type { Complaints } from './complaints.js';
import { type Bench, openBench, stepCore } from './core-bench.js';
import { type AxonSegment, coreImage, shiftOf } from './core-image.js';
import type { LifAxon, LifCase } from './lif-record.js';
import { neuronRegisters } from './neuron.js';
import type { Peer } from './peers.js';
import { breathe, noteWidening, type ReplayContext, replayRules } from './replay-context.js';
import { type Mismatch, type RunReport, Tally } from './report.js';

/** A case made ready for its place on a core. */
interface Prepared {
  readonly lif: LifCase;
  readonly compartments: CompartmentRegisters;
  readonly registers: CoreRegisters;
  /** In units of 64, and delay, by axon of the case. */
  readonly weights: readonly number[];
  readonly delays: readonly number[];
  /** Axons of the messages sent at step t. */
  readonly sent: readonly (readonly number[])[];
  /** What the profile makes of the recorded mantissas, where it differs. */
  readonly weightMismatch: Mismatch | null;
}

/** Replays all cases under one profile. */
export async function replayLif(cases: readonly LifCase[], context: ReplayContext): Promise<RunReport> {
  const rules = replayRules(context);
  const prepared = cases.map((c) => prepare(c, rules, context));
  context.complaints.throwIfAny();
  const groups = groupByRegisters(prepared);
  const bench = await openBench(groups.map(onBench), { ...context.profile, rules }, context.kernels);
  const found = new Map<Prepared, Mismatch>();
  let done = 0;
  for (const [k, group] of groups.entries()) {
    await breathe(context.signal);
    context.progress(done, cases.length);
    replayGroup(group, bench, bench.clusters[k]!, found);
    done += group.length;
  }
  context.progress(done, cases.length);
  const tally = new Tally();
  for (const one of prepared) tally.add(one.weightMismatch ?? found.get(one) ?? null);
  return tally.report(context.profile, [...context.notes]);
}

function groupByRegisters(prepared: readonly Prepared[]): Prepared[][] {
  const groups = new Map<string, Prepared[]>();
  for (const one of prepared) {
    const key = JSON.stringify(one.registers);
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [one]);
    else group.push(one);
  }
  return [...groups.values()];
}

function prepare(lif: LifCase, rules: Rules, context: ReplayContext): Prepared {
  const { compartments, registers } = neuronRegisters(lif.neuron, rules, context.complaints);
  noteWidening(context, compartments);
  const derived = lif.axons.map((axon) => deriveWeight(axon, rules, context.peer));
  const weights = lif.axons.map((axon, a) => {
    const weight = axon.eff ?? derived[a]!;
    if (typeof weight === 'number') return weight / 64;
    context.complaints.add(axon.path, weight);
    return 0;
  });
  const delays = lif.axons.map((axon, a) => usableDelay(lif, a, axon.delay, rules, context.complaints));
  const sent: number[][] = Array.from({ length: lif.steps + 1 }, () => []);
  for (let k = 0; k < lif.events.length; k += 2) {
    const axon = lif.events[k + 1]!;
    sent[lif.events[k]! - delays[axon]!]!.push(axon);
  }
  const weightMismatch = differingWeight(lif, derived);
  return { lif, compartments, registers, weights, delays, sent, weightMismatch };
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

function differingWeight(lif: LifCase, derived: readonly (number | string | null)[]): Mismatch | null {
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

/** A core that holds the cases of one group, case k on compartment k with its axons after those of case k - 1. */
function onBench(group: readonly Prepared[]) {
  const first = group[0]!;
  const column = (name: keyof CompartmentRegisters): Int32Array =>
    Int32Array.from(group, ({ compartments }) => compartments[name] as number);
  const names = Object.keys(first.compartments) as (keyof CompartmentRegisters)[];
  const compartments = Object.fromEntries(names.map((name) => [name, column(name)]));
  const axons = group.flatMap(({ weights, delays }, target) =>
    weights.map((weight, a): AxonSegment[] => {
      const synapses = [{ target, weight, delay: delays[a]! }];
      return [{ kind: 'sparse', shift: shiftOf(weight), sumShift: 0, connection: 0, synapses }];
    }),
  );
  const steps = Math.max(...group.map(({ sent }) => sent.length));
  let most = 1;
  for (let t = 1; t < steps; t++) {
    most = Math.max(
      most,
      group.reduce((sum, { sent }) => sum + (sent[t]?.length ?? 0), 0),
    );
  }
  return {
    image: coreImage(group.length, compartments as unknown as CompartmentRegisters, first.registers, axons),
    payloads: false,
    inboxCapacity: most,
    eventsPerAxon: Math.max(1, ...group.flatMap(({ sent }) => sent.map(mostOfOne))),
  };
}

/** How often the commonest number occurs. */
function mostOfOne(axons: readonly number[]): number {
  let most = 0;
  for (const [k, axon] of axons.entries()) {
    if (axons.indexOf(axon) !== k) continue;
    most = Math.max(most, axons.filter((other) => other === axon).length);
  }
  return most;
}

const NEGATIVE = 0x8000_0000;

/** Runs one core as long as a case on it is still as recorded, and notes the first mismatch of each. */
function replayGroup(
  group: readonly Prepared[],
  bench: Bench,
  cluster: Cluster,
  found: Map<Prepared, Mismatch>,
): void {
  const spikes = new Int8Array(group.length);
  const firstAxon: number[] = [];
  let axons = 0;
  for (const { weights } of group) {
    firstAxon.push(axons);
    axons += weights.length;
  }
  const going = new Set(group.keys());
  for (let t = 1; going.size > 0; t++) {
    const messages = group.flatMap(({ sent }, k) =>
      (sent[t] ?? []).map((axon) => [firstAxon[k]! + axon, 1] as const),
    );
    const fired = stepCore(bench, cluster, t, messages);
    spikes.fill(0);
    for (const word of cluster.fired.subarray(0, fired)) {
      spikes[word & ~NEGATIVE] = (word & NEGATIVE) !== 0 ? -1 : 1;
    }
    for (const k of going) {
      const mismatch = compareStep(group[k]!.lif, t, k, cluster, spikes[k]!);
      if (mismatch !== null) found.set(group[k]!, mismatch);
      if (mismatch !== null || t === group[k]!.lif.steps) going.delete(k);
    }
  }
}

/** Compares the case on compartment k after step t. */
function compareStep(lif: LifCase, t: number, k: number, cluster: Cluster, spike: number): Mismatch | null {
  const core = cluster.cores[0]!;
  const at = { case: lif.id, step: t, neuron: 0 };
  const fault = core.fault();
  if (fault !== null && fault.compartment === k) {
    return { ...at, field: 'overflow', expected: 'none', got: `${fault.kind} sum beyond 30 bits` };
  }
  const differs = (field: string, expected: number | undefined, got: number): Mismatch | null =>
    expected === undefined || expected === got ? null : { ...at, field, expected, got };
  return (
    differs('u', lif.u?.[t - 1], currentOf(cluster, core, k)) ??
    differs('v', lif.v?.[t - 1], voltageOf(cluster, core, k)) ??
    differs('spike', lif.spikes?.[t - 1], spike)
  );
}
