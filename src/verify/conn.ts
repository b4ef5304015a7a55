/**
 * Kind `conn`: one connection between a few neurons. What arrives at each step is read from the dendritic
 * accumulators, in full width, before any register; and again from u where a register can show it.
 */
import {
  type Cluster,
  currentOf,
  DEFAULT_COMPARTMENT,
  DEFAULT_CORE,
  type Rules,
  SeamountError,
  type SignMode,
  type StoredWeight,
  storeMantissa,
  storeWeight,
} from '../../cores/index.js';
import { type Bench, deliverTo, openBench } from './core-bench.js';
import { type AxonSegment, coreImage } from './core-image.js';
import type { Fields } from './fields.js';
import type { Recording } from './recording.js';
import { breathe, type ReplayContext, replayRules } from './replay-context.js';
import { type Mismatch, type RunReport, Tally } from './report.js';
import { readSignMode } from './sign-mode.js';

interface ConnCase {
  readonly id: string;
  readonly path: string;
  readonly signMode: SignMode;
  readonly exp: number;
  readonly bits: number;
  readonly graded: boolean;
  /** Whether rows are stored as dense ones; only where there are no delays. */
  readonly isDense: boolean;
  /** [out][in], as the user wrote them */
  readonly weights: readonly Int32Array[];
  readonly stored: readonly Int32Array[] | null;
  /** [out][in] */
  readonly delays: readonly Int32Array[] | null;
  /** [step - 1][in] */
  readonly sIn: readonly Int32Array[];
  /** [step - 1][out], in units of 64 */
  readonly aOut: readonly Int32Array[];
}

export function readConn({ fields, complaints }: Recording): ConnCase[] {
  const cases = fields.children('cases').map((c, i) => readCase(c, i));
  fields.finish();
  complaints.throwIfAny();
  return cases;
}

function readCase(fields: Fields, index: number): ConnCase {
  const model = fields.text('model', '');
  const weights = fields.table('weights', -1, -1);
  const nOut = weights.length;
  const nIn = weights[0]?.length ?? 0;
  if (nOut === 0 || nIn === 0) fields.complain('weights', 'is empty, there is nothing to deliver');
  const delays = fields.has('delays') ? fields.table('delays', nOut, nIn, { min: 0, max: 63 }) : null;
  fields.raw('delays');
  const graded = fields.flag('graded', false);
  const sIn = fields.table('sIn', -1, nIn, graded ? {} : { min: 0, max: 1 });
  const conn: ConnCase = {
    id: fields.text('id', `cases[${index}]`),
    path: fields.path,
    signMode: fields.has('signMode') ? readSignMode(fields, 'signMode') : 'mixed',
    exp: fields.int('weightExp', { min: -16, max: 15 }, 0),
    bits: fields.int('numWeightBits', { min: 1, max: 8 }, 8),
    graded,
    isDense: model.includes('Dense') && delays === null,
    weights,
    stored: fields.has('storedWeights') ? fields.table('storedWeights', nOut, nIn) : null,
    delays,
    sIn,
    aOut: fields.table('aOut', sIn.length, nOut),
  };
  if (sIn.length === 0) fields.complain('sIn', 'is empty, there is nothing to deliver');
  fields.finish();
  return conn;
}

export async function replayConn(cases: readonly ConnCase[], context: ReplayContext): Promise<RunReport> {
  const rules = replayRules(context);
  const tally = new Tally();
  const runs = cases.map((c) => prepare(c, rules, context));
  context.complaints.throwIfAny();
  const bench = await openBench(
    runs.map((run) => run.onBench),
    { ...context.profile, rules },
    context.kernels,
  );
  for (const [k, run] of runs.entries()) {
    if (k % 16 === 0) await breathe(context.signal);
    context.progress(k, runs.length);
    tally.add(run.storedMismatch ?? replayCase(run.conn, rules, bench, bench.clusters[k]!));
  }
  context.progress(runs.length, runs.length);
  return tally.report(context.profile, [...context.notes]);
}

function prepare(conn: ConnCase, rules: Rules, context: ReplayContext) {
  if (conn.graded && !rules.graded) {
    context.complaints.add(
      conn.path,
      `${context.profile.name} has no graded spikes`,
      '--profile names another',
    );
  }
  const stored = storeAll(conn, rules);
  const nOut = conn.weights.length;
  const nIn = conn.weights[0]?.length ?? 0;
  const axons = Array.from({ length: nIn }, (_, i) => axonSegments(conn, stored.weights, i));
  const registers = DEFAULT_CORE(rules);
  // u forgets its past at once, v never fires: what is in u is what arrived.
  const compartments = { ...DEFAULT_COMPARTMENT, du: 4096 - rules.dsOffset, dv: 4095, vthMant: 131_071 };
  return {
    conn,
    storedMismatch: stored.mismatch,
    onBench: {
      image: coreImage(nOut, compartments, registers, axons),
      payloads: conn.graded,
      inboxCapacity: nIn,
      eventsPerAxon: 1,
    },
  };
}

/** Every weight as the profile stores it, and the first one that was recorded otherwise. */
function storeAll(conn: ConnCase, rules: Rules): { weights: StoredWeight[][]; mismatch: Mismatch | null } {
  const format = { signMode: conn.signMode, bits: conn.bits, exp: conn.exp };
  let mismatch: Mismatch | null = null;
  const weights = conn.weights.map((row, o) =>
    Array.from(row, (weight, i) => {
      const { mantissa, problem } = storeOne(weight, format, rules);
      const expected = conn.stored?.[o]?.[i];
      const got = problem ?? mantissa;
      if (mismatch === null && (problem !== null || (expected !== undefined && expected !== got))) {
        const field = `storedWeights[${o}][${i}]`;
        mismatch = { case: conn.id, step: null, neuron: o, field, expected: expected ?? weight, got };
      }
      return storeWeight(mantissa, format, rules);
    }),
  );
  return { weights, mismatch };
}

function storeOne(
  weight: number,
  format: { readonly signMode: SignMode; readonly bits: number },
  rules: Rules,
): { mantissa: number; problem: string | null } {
  try {
    return { mantissa: storeMantissa(weight, format, rules), problem: null };
  } catch (error) {
    if (error instanceof SeamountError) return { mantissa: 0, problem: error.message };
    throw error;
  }
}

/**
 * Segments of in-axon `i`: one where sums are plain; where a sum is shifted, one per delay, because the
 * events of one delay slot share a sum and those of another do not.
 */
function axonSegments(
  conn: ConnCase,
  weights: readonly (readonly StoredWeight[])[],
  i: number,
): AxonSegment[] {
  const sumShift = weights[0]?.[i]?.sumShift ?? 0;
  const first = weights[0]?.[i]?.shift ?? 0;
  const shift = weights.every((row) => row[i]!.shift === first) ? first : 0;
  const synapses = weights.map((row, o) => {
    const { mantissa, wide, shift: own } = row[i]!;
    return { target: o, weight: wide ?? mantissa * 2 ** own, delay: conn.delays?.[o]?.[i] ?? 0 };
  });
  if (conn.isDense) return [{ kind: 'dense', shift, sumShift, connection: sumShift > 0 ? 1 : 0, synapses }];
  const present = synapses.filter((s) => s.weight !== 0);
  if (sumShift === 0) return [{ kind: 'sparse', shift, sumShift, connection: 0, synapses: present }];
  const delays = [...new Set(present.map((s) => s.delay))];
  return delays.map((delay) => ({
    kind: 'sparse' as const,
    shift,
    sumShift,
    connection: 1 + delay,
    synapses: present.filter((s) => s.delay === delay),
  }));
}

/** Beyond this a sum may have left u's register, and u cannot show it. */
const shownByU = (rules: Rules): number =>
  rules.inputSum.kind === 'twosComplement' ? 2 ** rules.inputSum.bits : 2 ** 23;

function replayCase(conn: ConnCase, rules: Rules, { backend }: Bench, cluster: Cluster): Mismatch | null {
  const core = cluster.cores[0]!;
  const limit = shownByU(rules);
  for (const [k, expected] of conn.aOut.entries()) {
    const t = k + 1;
    // Spikes of step t - 1 arrive at t: one step of transport.
    deliverTo(backend, cluster, t, messagesOf(conn.sIn[k - 1]));
    const arrived = arrivals(cluster, t);
    backend.integrate(cluster, t);
    for (const [o, want] of expected.entries()) {
      const at = { case: conn.id, step: t, neuron: o };
      if (arrived[o] !== want) return { ...at, field: 'aOut', expected: want, got: arrived[o]! };
      const current = 64 * want;
      if (Math.abs(current) < limit && currentOf(cluster, core, o) !== current) {
        return { ...at, field: 'u', expected: current, got: currentOf(cluster, core, o) };
      }
    }
  }
  return null;
}

function* messagesOf(payloads: Int32Array | undefined): Generator<readonly [axon: number, payload: number]> {
  if (payloads === undefined) return;
  for (const [axon, payload] of payloads.entries()) if (payload !== 0) yield [axon, payload];
}

/** What the accumulators hold for step t, in units of 64. */
function arrivals(cluster: Cluster, t: number): number[] {
  const core = cluster.cores[0]!;
  const sums = new Array<number>(core.n).fill(0);
  const { pending } = cluster.readState(0, t - 1);
  for (let p = 0; p < pending.length; p += 4) {
    const [k, bank, compartment, sum] = pending.subarray(p, p + 4);
    if (k === 0) sums[compartment!]! += sum! >> core.bankShift[bank!]!;
  }
  return sums;
}
