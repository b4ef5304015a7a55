/**
 * Kind `network`, replayed the way any network runs: built with the API, compiled, run on the chip by its
 * workers. Spikes of every neuron and u, v of the sampled ones are compared after every step, while the run
 * goes on, so the first difference ends it.
 */
import {
  type ChipProfile,
  effectiveWeight,
  type Limits,
  SeamountError,
  storeMantissa,
} from '../../cores/index.js';
import { Chip, type ChipImage, type Recording as ChipRecording } from '../../routing/index.js';
import { cells } from '../api/cells.js';
import { connectors } from '../api/connectors.js';
import { Network } from '../api/network.js';
import { sources } from '../api/sources.js';
import { synapses } from '../api/synapses.js';
import { compile } from '../compiler/compile.js';
import type { NetworkRecord, RecordedColumn } from './network-record.js';
import { withoutRepeats } from './repeated-input.js';
import { noteWidening, type ReplayContext, replayRules } from './replay-context.js';
import { type Mismatch, type RunReport, Tally } from './report.js';

const NEURONS = 'neurons';

/** Steps compared at a time. */
const LEG = 100;

/** Replays the record under one profile: one case. */
export async function replayNetwork(record: NetworkRecord, context: ReplayContext): Promise<RunReport> {
  const profile = { ...context.profile, rules: replayRules(context) };
  noteWidening(context, {
    vthMant: record.vthMant,
    biasMant: record.biasMant,
    biasExp: record.biasExp,
    refract: record.refract,
  });
  const tally = new Tally();
  context.progress(0, 1, 0, record.steps);
  const weights = weightMismatch(record, profile);
  if (weights !== null) tally.add(weights);
  else {
    const { image, note } = imageOfRecord(record, profile, context.file);
    if (note !== '') context.notes.add(note);
    tally.add(await compareRun(record, image, context));
  }
  context.progress(1, 1, record.steps, record.steps);
  return tally.report(context.profile, [...context.notes]);
}

/** The first synapse whose recorded effective weight is not what the profile makes of its mantissa. */
function weightMismatch(record: NetworkRecord, { rules }: ChipProfile): Mismatch | null {
  for (const { label, weight, exp, bits, signMode, effective, post } of record.connections) {
    if (effective === null) continue;
    for (const [k, expected] of effective.entries()) {
      const format = { signMode, bits, exp: typeof exp === 'number' ? exp : exp[k]! };
      const got = effectiveWeight(storeMantissa(weight[k]!, format, rules), format, rules);
      if (got === expected) continue;
      const field = `effWeight of ${label} synapse ${k}`;
      return { case: record.id, step: null, neuron: post[k]!, field, expected, got };
    }
  }
  return null;
}

const NO_LIMITS: Partial<Limits> = {
  compartmentsPerCore: null,
  inAxonsPerCore: null,
  outAxonSlotsPerCore: null,
  synapseBitsPerCore: null,
  accumulatorsPerCore: null,
  chips: null,
};

/**
 * Compiles for the recorded cores; where the profile's cores are too small for that, wherever the compiler
 * puts the neurons; where even that does not fit, without capacity limits. Results do not depend on it; what
 * was done instead of the recorded placement is in `note`.
 * @throws {SeamountError} E_INPUT naming the file when the profile cannot hold the record's values
 */
export function imageOfRecord(
  record: NetworkRecord,
  profile: ChipProfile,
  file: string,
): { readonly image: ChipImage; readonly note: string } {
  const recorded = compiled(record, true, profile, file);
  if (typeof recorded !== 'string') return { image: recorded, note: '' };
  const moved = compiled(record, false, profile, file);
  if (typeof moved !== 'string') {
    const cores = `${moved.cores.length} ${moved.cores.length === 1 ? 'core' : 'cores'}`;
    const note = `the recorded cores do not fit ${profile.name} (${recorded}); placed by the compiler on ${cores}`;
    return { image: moved, note };
  }
  const free = compiled(record, true, { ...profile, limits: { ...profile.limits, ...NO_LIMITS } }, file);
  if (typeof free === 'string') throw new SeamountError('E_CAPACITY', `${file}: ${free}`);
  return {
    image: free,
    note: `the network does not fit ${profile.name} (${moved}); replayed without capacity limits`,
  };
}

/** The image, or the first reason why it does not fit. */
function compiled(
  record: NetworkRecord,
  placed: boolean,
  profile: ChipProfile,
  file: string,
): ChipImage | string {
  try {
    return compile(networkOf(record, profile, placed), { profile }).image;
  } catch (error) {
    if (!(error instanceof SeamountError)) throw error;
    if (error.code === 'E_CAPACITY') return error.message.split('\n', 1)[0]!;
    throw new SeamountError(error.code, `${file}: ${error.message}`, error.hint, { cause: error });
  }
}

function networkOf(recorded: NetworkRecord, { rules }: ChipProfile, placed: boolean): Network {
  const record = withoutRepeats(recorded);
  const network = new Network({ label: record.id });
  const less = (column: RecordedColumn, offset: number): RecordedColumn =>
    typeof column === 'number' ? column - offset : column.map((value) => value - offset);
  const perNeuron = (values: Int32Array): RecordedColumn => {
    if (values.every((value) => value === values[0])) return values[0]!;
    const column = new Int32Array(record.n);
    for (const [k, [lo, hi]] of record.cores.entries()) column.fill(values[k]!, lo, hi);
    return column;
  };
  const neurons = network.population(
    record.n,
    cells.loihi({
      du: less(record.du, rules.dsOffset - 1),
      dv: less(record.dv, rules.dmOffset),
      vthMant: record.vthMant,
      biasMant: record.biasMant,
      biasExp: record.biasExp,
      refract: record.refract,
      vmin: perNeuron(record.vmin),
      vmax: perNeuron(record.vmax),
    }),
    NEURONS,
  );
  if (placed) neurons.place(record.cores.map((range, core) => ({ core, neurons: range })));
  const input =
    record.nInputs === 0
      ? null
      : network.population(
          record.nInputs,
          sources.spikeArray({ neurons: record.inputAxons, steps: record.inputSteps }),
          'input',
        );
  for (const connection of record.connections) {
    const { label, pre, post, weight, delay, exp, bits, signMode } = connection;
    network.projection(
      label === 'recurrent' ? neurons : input!,
      neurons,
      connectors.fromList({ pre, post, weight, ...(delay === null ? {} : { delay }) }),
      synapses.static({ weightExp: exp, weightBits: bits, signMode }),
      { label },
    );
  }
  network.probe(neurons, ['spikes']);
  if (record.sample.length > 0) network.probe(neurons, ['u', 'v'], { neurons: record.sample });
  return network;
}

async function compareRun(
  record: NetworkRecord,
  image: ChipImage,
  context: ReplayContext,
): Promise<Mismatch | null> {
  const { kernels, workers, signal } = context;
  const firstId = image.populations.find((p) => p.label === NEURONS)?.firstId ?? 0;
  await using chip = await Chip.open(image, { kernels, workers });
  for await (const part of chip.legs(record.steps, {
    every: LEG,
    ...(signal === undefined ? {} : { signal }),
  })) {
    const mismatch = comparePart(record, part, firstId);
    if (mismatch !== null) return mismatch;
    context.progress(0, 1, part.to, record.steps);
  }
  return null;
}

/** Compares some steps of the run: of one step first u, then v, then spikes. */
function comparePart(record: NetworkRecord, part: ChipRecording, firstId: number): Mismatch | null {
  const traces = (['u', 'v'] as const).flatMap((variable) => {
    const rows = record[variable];
    const trace = part.traces.find((t) => t.variable === variable);
    if (rows === null || trace === undefined) return [];
    const columnOf = new Map(Array.from(trace.neurons, (neuron, column) => [neuron, column]));
    return [{ variable, rows, trace, columns: Array.from(record.sample, (id) => columnOf.get(id) ?? 0) }];
  });
  let spike = 0;
  for (let t = part.from; t <= part.to; t++) {
    for (const { variable, rows, trace, columns } of traces) {
      const at = (t - part.from) * trace.neurons.length;
      for (const [k, expected] of rows[t - 1]!.entries()) {
        const got = trace.samples[at + columns[k]!]!;
        if (got === expected) continue;
        return { case: record.id, step: t, neuron: record.sample[k]!, field: variable, expected, got };
      }
    }
    const first = spike;
    while (part.spikes.steps[spike] === t) spike++;
    const mismatch = compareSpikes(record, t, part.spikes.ids.subarray(first, spike), firstId);
    if (mismatch !== null) return mismatch;
  }
  return null;
}

/** The lowest neuron that spiked only here or only there at step t. */
function compareSpikes(record: NetworkRecord, t: number, ids: Uint32Array, firstId: number): Mismatch | null {
  if (record.spikeIds === null) return null;
  const expected = record.spikeIds.subarray(record.spikeStart[t - 1]!, record.spikeStart[t]!);
  const got = ids.map((id) => id - firstId).filter((id) => id < record.n);
  for (let k = 0; k < Math.max(expected.length, got.length); k++) {
    const want = expected[k] ?? record.n;
    const have = got[k] ?? record.n;
    if (want === have) continue;
    const at = { case: record.id, step: t, neuron: Math.min(want, have), field: 'spike' };
    return want < have ? { ...at, expected: 1, got: 0 } : { ...at, expected: 0, got: 1 };
  }
  return null;
}
