/** One step of ours against what SANA-FE printed of it; the first difference of each kind is kept. */
import { exponential, general, type MessageRow, type PerfRow } from '../sanafe/outputs.js';
import type { StepRows } from '../sanafe/step-rows.js';
import type { Mismatch, NotCompared } from './report.js';
import type { PrintedRow, SanafeRecording } from './sanafe-recording.js';
import { isRunNear, isStepNear, runNote, TimeDeviations } from './time-deviations.js';

/** What is compared, each a case of the report. */
const ASPECTS = [
  'spikes',
  'counts',
  'energies',
  'simple time',
  'detailed time',
  'messages',
  'totals',
] as const;
type Aspect = (typeof ASPECTS)[number];

const PERF_DIGITS = 7;
const MESSAGE_DIGITS = 6;
/** Less than any time here can mean: what is left where two equal doubles are subtracted. */
const NOTHING = 1e-18;

const COUNTS = ['fired', 'updated', 'packets', 'hops', 'spikes'] as const;
const ENERGIES: readonly (readonly [column: string, of: (row: PerfRow) => number])[] = [
  ['synapse_energy', (row) => row.synapseEnergy],
  ['dendrite_energy', (row) => row.dendriteEnergy],
  ['soma_energy', (row) => row.somaEnergy],
  ['network_energy', (row) => row.networkEnergy],
  ['total_energy', (row) => row.totalEnergy],
];
/** Columns of a message that do not depend on the order of equal send times. */
const OF_MESSAGE: readonly (readonly [column: string, of: (row: MessageRow) => number])[] = [
  ['hops', (row) => row.hops],
  ['spikes', (row) => row.spikes],
  ['generation_delay', (row) => row.generationDelay],
  ['processing_delay', (row) => row.processingDelay],
  ['min_hop_delay', (row) => row.minHopDelay],
];
const OF_FLIGHT: readonly (readonly [column: string, of: (row: MessageRow) => number])[] = [
  ['send_timestamp', (row) => row.send],
  ['received_timestamp', (row) => row.received],
  ['processed_timestamp', (row) => row.processed],
  ['network_delay', (row) => row.networkDelay],
  ['blocking_delay', (row) => row.blockingDelay],
  ['messages_along_route', (row) => row.alongRoute],
];

/** Whether `value`, printed with so many digits, is `text`; a tie may be rounded either way. */
function printsAs(value: number, text: string, digits: number): boolean {
  if (text === '-inf') return value === Number.NEGATIVE_INFINITY;
  const printed = Number(text);
  if (text === '' || !Number.isFinite(printed) || !Number.isFinite(value)) return false;
  const off = Math.abs(value - printed);
  // A unit of the last digit is at least this part of the number: most are settled without a logarithm.
  if (off <= Math.abs(printed) * 0.5 * 10 ** -digits || off <= NOTHING) return true;
  const unit = printed === 0 ? 0 : 10 ** (Math.floor(Math.log10(Math.abs(printed))) - digits + 1);
  return off <= unit * (0.5 + 1e-6);
}

/** Totals may be printed with more digits than rows are. */
const totalText = (value: number): string => exponential(value, PERF_DIGITS + 1);

export class SanafeComparison {
  readonly notes: string[] = [];
  readonly #recording: SanafeRecording;
  readonly #mismatches = new Map<Aspect, Mismatch>();
  readonly #deviations = new TimeDeviations();
  /** Totals that the summary lacks. */
  readonly #lacking: string[] = [];
  readonly #totals = { fired: 0, updated: 0, packets: 0, spikes: 0, simple: 0, detailed: 0 };
  readonly #energy = { synapse: 0, dendrite: 0, soma: 0, network: 0, total: 0 };

  constructor(recording: SanafeRecording) {
    this.#recording = recording;
  }

  /** The first difference of each kind, null where there is none. Aspects without a file are left out. */
  get results(): readonly (Mismatch | null)[] {
    return ASPECTS.filter((aspect) => this.#missing(aspect) === '').map(
      (aspect) => this.#mismatches.get(aspect) ?? null,
    );
  }

  /** What the directory has no file or figure for. */
  get notCompared(): readonly NotCompared[] {
    const lacking = this.#lacking.length === 0 ? '' : `${this.#lacking.join(', ')} in summary.json`;
    return ASPECTS.map((aspect) => ({
      case: aspect,
      missing: this.#missing(aspect) || (aspect === 'totals' ? lacking : ''),
    })).filter(({ missing }) => missing !== '');
  }

  /** Files without which an aspect cannot be compared; empty where they are there. */
  #missing(aspect: Aspect): string {
    const { simple, detailed, messages, summary } = this.#recording;
    const either = simple === null && detailed === null ? 'perf_simple.csv, perf_detailed.csv' : '';
    const files: Readonly<Record<Aspect, string>> = {
      spikes: '',
      counts: either,
      energies: either,
      'simple time': simple === null ? 'perf_simple.csv' : '',
      'detailed time': detailed === null ? 'perf_detailed.csv' : '',
      messages: messages === null ? 'messages_detailed.csv' : '',
      totals: summary === null ? 'summary.json' : '',
    };
    return files[aspect];
  }

  /** `spikes`: ids of the step, ascending. */
  step(rows: StepRows, spikes: ArrayLike<number>): void {
    const { step } = rows;
    const { simple, detailed, messages } = this.#recording;
    this.#compareSpikes(step, spikes);
    for (const [file, table] of [
      ['perf_simple', simple],
      ['perf_detailed', detailed],
    ] as const) {
      if (table !== null) this.#comparePerf(step, table[step - 1]!, rows.perf, file);
    }
    const isExact = this.#compareTimes(rows, simple?.[step - 1] ?? null, detailed?.[step - 1] ?? null);
    if (messages !== null) this.#compareMessages(step, messages.step(step), rows.messages, isExact);
    this.#add(rows);
  }

  /** After the last step. */
  finish(): void {
    const { summary, detailed, messages, chipnet } = this.#recording;
    const { ours, printed } = this.#deviations.run;
    if (detailed !== null && !isRunNear(ours, printed)) {
      const field = 'sim_time of the run';
      this.#differ('detailed time', null, null, field, exponential(printed), exponential(ours));
    }
    const note = this.#deviations.note(chipnet.steps);
    if (note !== null) this.notes.push(note);
    const ofMessages = messages === null ? null : this.#deviations.messagesNote();
    if (ofMessages !== null) this.notes.push(ofMessages);
    if (summary !== null) this.#compareTotals(summary);
  }

  #differ(
    aspect: Aspect,
    step: number | null,
    neuron: number | null,
    field: string,
    expected: string | number,
    got: string | number,
  ): void {
    if (this.#mismatches.has(aspect)) return;
    this.#mismatches.set(aspect, { case: aspect, step, neuron, field, expected, got });
  }

  #compareSpikes(step: number, got: ArrayLike<number>): void {
    const expected = this.#recording.spikes[step - 1]!;
    for (let k = 0; k < Math.max(expected.length, got.length); k++) {
      const want = expected[k] ?? Number.POSITIVE_INFINITY;
      const have = got[k] ?? Number.POSITIVE_INFINITY;
      if (want === have) continue;
      this.#differ('spikes', step, Math.min(want, have), 'spike', want < have ? 1 : 0, want < have ? 0 : 1);
      return;
    }
  }

  #comparePerf(step: number, printed: PrintedRow, row: PerfRow, file: string): void {
    for (const column of COUNTS) {
      if (printed[column] !== String(row[column])) {
        this.#differ('counts', step, null, `${file} ${column}`, printed[column]!, row[column]);
      }
    }
    for (const [column, of] of ENERGIES) {
      if (!printsAs(of(row), printed[column]!, PERF_DIGITS)) {
        this.#differ('energies', step, null, `${file} ${column}`, printed[column]!, exponential(of(row)));
      }
    }
  }

  /** Whether the detailed time is that printed, or there is none to compare. */
  #compareTimes(
    { step, perf, simpleTime }: StepRows,
    simple: PrintedRow | null,
    detailed: PrintedRow | null,
  ): boolean {
    const differ = (aspect: Aspect, want: string, got: number): void =>
      this.#differ(aspect, step, null, 'sim_time', want, exponential(got));
    if (simple !== null && !printsAs(simpleTime, simple.sim_time!, PERF_DIGITS))
      differ('simple time', simple.sim_time!, simpleTime);
    if (detailed === null) return true;
    const printed = Number(detailed.sim_time);
    const isExact = printsAs(perf.simTime, detailed.sim_time!, PERF_DIGITS);
    this.#deviations.add(step, perf.simTime, printed, isExact);
    if (!isExact && !isStepNear(perf.simTime, printed))
      differ('detailed time', detailed.sim_time!, perf.simTime);
    return isExact;
  }

  #compareMessages(
    step: number,
    printed: readonly PrintedRow[],
    rows: readonly MessageRow[],
    isExact: boolean,
  ): void {
    if (this.#mismatches.has('messages')) return;
    const tailOf = new Map(rows.filter(({ mid }) => mid < 0).map((row) => [row.from, row]));
    const count = (of: number): string => `${of} messages`;
    const sent = rows.length - tailOf.size;
    const recorded = printed.filter(({ mid }) => mid !== '-1').length;
    if (sent !== recorded) {
      this.#differ('messages', step, null, 'messages', count(recorded), count(sent));
      return;
    }
    const tails = printed.length - recorded;
    if (tails !== tailOf.size) {
      this.#differ('messages', step, null, 'cores with work after their last message', tails, tailOf.size);
      return;
    }
    const columns = isExact ? [...OF_MESSAGE, ...OF_FLIGHT] : OF_MESSAGE;
    printed.forEach((want, i) => {
      const have = want.mid === '-1' ? tailOf.get(want.src_hw!) : rows[i];
      const what =
        want.mid === '-1' ? `work of core ${want.src_hw} after its messages` : `message ${want.mid}`;
      if (have === undefined) {
        this.#differ('messages', step, null, what, 'some', 'none');
        return;
      }
      const ends = [
        ['mid', want.mid!, String(have.mid)],
        ['src_neuron', want.src_neuron!, have.source],
        ['src_hw', want.src_hw!, have.from],
        ['dest_hw', want.dest_hw!, have.to ?? 'x.x'],
      ] as const;
      for (const [column, expected, got] of ends) {
        if (expected !== got) this.#differ('messages', step, null, `${what} ${column}`, expected, got);
      }
      for (const [column, of] of columns) {
        if (printsAs(of(have), want[column]!, MESSAGE_DIGITS)) continue;
        this.#differ('messages', step, null, `${what} ${column}`, want[column]!, general(of(have)));
      }
    });
  }

  #add({ perf, simpleTime }: StepRows): void {
    const totals = this.#totals;
    totals.fired += perf.fired;
    totals.updated += perf.updated;
    totals.packets += perf.packets;
    totals.spikes += perf.spikes;
    totals.simple += simpleTime;
    totals.detailed += perf.simTime;
    const energy = this.#energy;
    energy.synapse += perf.synapseEnergy;
    energy.dendrite += perf.dendriteEnergy;
    energy.soma += perf.somaEnergy;
    energy.network += perf.networkEnergy;
    energy.total += perf.totalEnergy;
  }

  #compareTotals(summary: Readonly<Record<string, unknown>>): void {
    const { fired, updated, packets, spikes, simple, detailed } = this.#totals;
    const energy = (summary.energy ?? {}) as Readonly<Record<string, unknown>>;
    const totals: readonly (readonly [string, unknown, number])[] = [
      ['total_neurons_fired', summary.total_neurons_fired, fired],
      ['total_neurons_updated', summary.total_neurons_updated, updated],
      ['total_messages_sent', summary.total_messages_sent, packets],
      ['total_spikes', summary.total_spikes, spikes],
      ...Object.entries(this.#energy).map(
        ([name, value]) => [`energy.${name}`, energy[name], value] as const,
      ),
      ['sim_time_simple', summary.sim_time_simple, simple],
      ['sim_time_detailed', summary.sim_time_detailed, detailed],
    ];
    for (const [field, printed, value] of totals) {
      if (typeof printed !== 'number') this.#lacking.push(field);
      else if (printsAs(value, String(printed), PERF_DIGITS)) continue;
      else if (field === 'sim_time_detailed' && isRunNear(value, printed))
        this.notes.push(`totals: ${runNote(field, value, printed)}`);
      else if (Number.isInteger(value)) this.#differ('totals', null, null, field, printed, value);
      else this.#differ('totals', null, null, field, totalText(printed), totalText(value));
    }
  }
}
