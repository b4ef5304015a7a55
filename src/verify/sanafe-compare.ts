/** One step of ours against what SANA-FE printed of it; the first difference of each kind is kept. */
import { general, type MessageRow, type PerfRow } from '../sanafe/outputs.js';
import type { StepRows } from '../sanafe/step-rows.js';
import type { Mismatch } from './report.js';
import type { PrintedRow, SanafeRecording } from './sanafe-recording.js';

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
/** Where equal send times were taken in another order: of a step, and of a run (shared/vectors/sanafe). */
const STEP_TOLERANCE = 0.015;
const RUN_TOLERANCE = 0.0002;
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

export class SanafeComparison {
  readonly notes = new Set<string>();
  readonly #recording: SanafeRecording;
  readonly #mismatches = new Map<Aspect, Mismatch>();
  readonly #totals = { fired: 0, updated: 0, packets: 0, spikes: 0, simple: 0, detailed: 0 };
  readonly #energy = { synapse: 0, dendrite: 0, soma: 0, network: 0, total: 0 };
  #printedTime = 0;

  constructor(recording: SanafeRecording) {
    this.#recording = recording;
  }

  /** The first difference of each kind, null where there is none. Aspects without a file are left out. */
  get results(): readonly (Mismatch | null)[] {
    const { simple, detailed, messages, summary } = this.#recording;
    const has: Readonly<Record<Aspect, boolean>> = {
      spikes: true,
      counts: simple !== null || detailed !== null,
      energies: simple !== null || detailed !== null,
      'simple time': simple !== null,
      'detailed time': detailed !== null,
      messages: messages !== null,
      totals: summary !== null,
    };
    return ASPECTS.filter((aspect) => has[aspect]).map((aspect) => this.#mismatches.get(aspect) ?? null);
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
    const { summary, detailed } = this.#recording;
    const { detailed: ours } = this.#totals;
    if (detailed !== null && Math.abs(ours - this.#printedTime) > RUN_TOLERANCE * this.#printedTime) {
      this.#differ('detailed time', null, null, 'sim_time of the run', this.#printedTime, ours);
    }
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
        this.#differ('energies', step, null, `${file} ${column}`, printed[column]!, of(row));
      }
    }
  }

  /** Whether the detailed time is that printed, or there is none to compare. */
  #compareTimes(
    { step, perf, simpleTime }: StepRows,
    simple: PrintedRow | null,
    detailed: PrintedRow | null,
  ): boolean {
    if (simple !== null && !printsAs(simpleTime, simple.sim_time!, PERF_DIGITS)) {
      this.#differ('simple time', step, null, 'sim_time', simple.sim_time!, simpleTime);
    }
    if (detailed === null) return true;
    const printed = Number(detailed.sim_time);
    this.#printedTime += printed;
    if (printsAs(perf.simTime, detailed.sim_time!, PERF_DIGITS)) return true;
    if (Math.abs(perf.simTime - printed) <= STEP_TOLERANCE * printed) {
      this.notes.add(
        `detailed time of step ${step} is ${perf.simTime}, printed ${detailed.sim_time}: within ${100 * STEP_TOLERANCE} %, as another order of equal send times explains`,
      );
    } else this.#differ('detailed time', step, null, 'sim_time', detailed.sim_time!, perf.simTime);
    return false;
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
      if (typeof printed !== 'number' || printsAs(value, String(printed), PERF_DIGITS)) continue;
      const nearly = field === 'sim_time_detailed' && Math.abs(value - printed) <= RUN_TOLERANCE * printed;
      if (!nearly) this.#differ('totals', null, null, field, printed, value);
    }
  }
}
