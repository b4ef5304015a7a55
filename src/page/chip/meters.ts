/** What the chip's steps came to: events and energy by place, load of links, time. Follows from spikes; costs no step. */
import { SeamountError } from '../../../cores/index.js';
import {
  type Chip,
  type ChipImage,
  type MessageTable,
  messageTable,
  type Recording,
} from '../../../routing/index.js';
import { StepClock } from '../../account/step-clock.js';
import type { CostProfile } from '../../energy/cost-profile.js';
import { buildEnergyReport, type EnergyReport } from '../../energy/energy-report.js';
import { type EventLedger, Ledgers } from '../../energy/event-ledger.js';
import { priceEvents } from '../../energy/price.js';
import type { ChipTime, MeshValues } from './calls.js';
import { fromStep } from './from-step.js';
import { LinkLoad } from './link-load.js';

/** Totals since step 1. */
interface Totals {
  readonly step: number;
  readonly spikes: Float64Array;
  readonly updates: Float64Array;
}

/** More messages a step can have than this, and the mesh is not simulated link by link for every step. */
const MESH_MESSAGES = 200_000;

export class Meters {
  readonly table: MessageTable;
  readonly links: LinkLoad;
  readonly #image: ChipImage;
  readonly #ledgers: Ledgers;
  #costs: CostProfile;
  #clock: StepClock | null;
  /** Steps given to the clock. */
  #timed = 0;
  #times: Float64Array = new Float64Array(0);
  /** Where `latest` begins, and where it will once the chip has moved on from there. */
  #before: Totals;
  #marked: Totals;

  constructor(image: ChipImage, chip: Chip, costs: CostProfile) {
    this.table = messageTable(image);
    this.links = new LinkLoad(image, this.table);
    this.#image = image;
    this.#ledgers = new Ledgers(image);
    this.#costs = costs;
    this.#clock = this.#newClock();
    this.#before = totalsOf(chip);
    this.#marked = this.#before;
  }

  /** Steps from the first on that have been timed. */
  get timed(): number {
    return this.#clock === null ? Number.POSITIVE_INFINITY : this.#timed;
  }

  /** Prices change at once; times are forgotten: steps must be added again, from the first on. */
  set costs(costs: CostProfile) {
    this.#costs = costs;
    this.#clock = this.#newClock();
    this.#timed = 0;
    this.#times = new Float64Array(0);
  }

  /** Times the steps of a recording that follow those timed so far. */
  time(recording: Recording): void {
    const clock = this.#clock;
    const timed = this.#timed;
    if (clock === null || recording.from > timed + 1 || recording.to <= timed) return;
    clock.add(fromStep(recording, timed + 1, this.#image), () => undefined);
    this.#timed = recording.to;
  }

  /** From the next step on, `latest` begins here. */
  mark(chip: Chip): void {
    this.#marked = totalsOf(chip);
  }

  read(chip: Chip): {
    readonly soFar: MeshValues;
    readonly latest: MeshValues;
    readonly energy: EnergyReport;
    readonly time: ChipTime | null;
  } {
    const now = totalsOf(chip);
    if (now.step > this.#marked.step) this.#before = this.#marked;
    const before = this.#before;
    const soFar = this.#ledger(now, null);
    const latest = this.#ledger(now, now.step > before.step ? before : null);
    const energy = buildEnergyReport({
      profile: this.#costs,
      counts: soFar.ledger.total,
      steps: now.step,
      dt: this.#image.dt,
    });
    return { soFar: soFar.values, latest: latest.values, energy, time: this.#timeTo(now.step) };
  }

  #ledger(now: Totals, before: Totals | null): { readonly ledger: EventLedger; readonly values: MeshValues } {
    const less = (a: Float64Array, b: Float64Array | undefined): Float64Array =>
      b === undefined ? a : a.map((value, i) => value - b[i]!);
    const spikes = less(now.spikes, before?.spikes);
    const steps = now.step - (before?.step ?? 0);
    const ledger = this.#ledgers.ledger({
      steps,
      spikes,
      updatesActive: less(now.updates, before?.updates),
      updatesOfPopulation: null,
    });
    const column = (pick: (counts: EventLedger['total']) => number): Float64Array =>
      Float64Array.from(ledger.cores, ({ counts }) => pick(counts));
    const { noEnergy, indivisible } = this.#costs;
    return {
      ledger,
      values: {
        steps,
        spikes: column(({ spike }) => spike),
        synapticEvents: column((c) => c.synapseSparse + c.synapseDense + c.synapseConv),
        energy: noEnergy !== null || indivisible !== null ? null : column((counts) => this.#joules(counts)),
        links: this.links.of(spikes),
      },
    };
  }

  #joules(counts: EventLedger['total']): number {
    const { operations } = priceEvents(counts, this.#costs);
    return 'joules' in operations ? operations.joules : 0;
  }

  #timeTo(step: number): ChipTime | null {
    const clock = this.#clock;
    if (clock === null || step > this.#timed) return null;
    clock.finish();
    // sums of ps are whole numbers, so exact in any order
    const { times } = clock;
    if (this.#times.length <= step) {
      const done = Math.max(0, this.#times.length - 1);
      const sums = new Float64Array(times.length + 1);
      sums.set(this.#times);
      for (let i = done; i < times.length; i++) sums[i + 1] = sums[i]! + times[i]!;
      this.#times = sums;
    }
    return { seconds: this.#times[step]! / 1e12, model: clock.model };
  }

  #newClock(): StepClock | null {
    const costs = this.#costs;
    if (Object.keys(costs.latency).length === 0) return null;
    const model = this.table.to.length > MESH_MESSAGES ? 'simple' : 'mesh';
    try {
      return new StepClock(this.#image, { model, costs, updates: 'state', messages: false });
    } catch (cause) {
      // a profile of another mesh than this one has no time here; its energy stays
      if (cause instanceof SeamountError) return null;
      throw cause;
    }
  }
}

function totalsOf(chip: Chip): Totals {
  return { step: chip.step, spikes: chip.spikeCounts(), updates: chip.activeUpdates() };
}
