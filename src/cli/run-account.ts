/** The accounting of `seamount run`: from its options to reports, files and text. */
import { SeamountError } from '../../cores/index.js';
import type { Chip, ChipImage, ChipOptions, Recording } from '../../routing/index.js';
import { Account, type Accounts } from '../account/account.js';
import { type Reports, reportsOf } from '../account/account-reports.js';
import type { TimingName } from '../account/step-clock.js';
import { renderTime } from '../account/time-text.js';
import type { Network } from '../api/network.js';
import type { CostProfile } from '../energy/cost-profile.js';
import {
  compareWithDense,
  type DenseComparison,
  networkOf,
  spikingEstimate,
} from '../energy/dense-comparison.js';
import { renderDenseComparison } from '../energy/dense-text.js';
import { renderEnergy } from '../energy/energy-text.js';
import type { EventCounts } from '../energy/events.js';
import { wrapped } from '../energy/labelled-lines.js';
import { priceEvents, type Refused } from '../energy/price.js';
import {
  ENERGY_FILE,
  LEDGER_FILE,
  NEUROBENCH_FILE,
  STEPS_FILE,
  STEPS_TABLE,
  stepsCsv,
  stepsNpz,
  TIMING_FILE,
} from '../io/account-files.js';
import { NeurobenchMeter } from '../neurobench/meter.js';
import { type NeurobenchReport, renderNeurobench } from '../neurobench/report.js';
import { canTime } from '../timing/core-costs.js';
import { DEFAULT_PROFILE, loadCosts } from './load-costs.js';

export interface AccountingOptions {
  readonly energy?: string;
  readonly timing?: TimingName | 'off';
  readonly static?: boolean;
  readonly sample?: number;
  readonly window?: number;
  readonly neurobench?: boolean;
  /** Milliseconds a step is meant to take, in place of the network's. */
  readonly dt?: number;
}

export interface AccountingSetup {
  readonly image: ChipImage;
  readonly network: Network | undefined;
  /** Prices that come with the network, and how it counts updates; asked for when none are named. */
  readonly costs: CostProfile | null;
  readonly updates: 'state' | 'arrivals';
  /** Whether files are written: then the events of every step are kept. */
  readonly keeps: boolean;
  /** Steps that will be run. */
  readonly steps: number;
}

export class Accounting {
  readonly #setup: AccountingSetup;
  readonly #options: AccountingOptions;
  readonly #costs: CostProfile;
  readonly #account: Account;
  readonly #isPriced: boolean;
  readonly #neurobench: NeurobenchMeter | null;
  readonly #sample: { readonly sampleSteps: number };
  readonly #needs: ReturnType<typeof Account.needs>;
  #from = 1;

  private constructor(
    setup: AccountingSetup,
    options: AccountingOptions,
    { costs, timing }: { readonly costs: CostProfile; readonly timing: TimingName | 'off' },
  ) {
    const { sample, window, neurobench = false } = options;
    this.#sample = { sampleSteps: sample ?? 1 };
    this.#setup = setup;
    this.#options = options;
    this.#costs = costs;
    this.#isPriced = options.energy !== undefined || timing !== 'off' || setup.costs !== null;
    const { updates } = this.#isPriced ? setup : { updates: 'state' as const };
    const series = sample !== undefined || window !== undefined || (setup.keeps && this.#isPriced);
    const account = { costs, timing, series, updates };
    this.#needs = Account.needs(account);
    this.#account = new Account(setup.image, account);
    this.#neurobench = neurobench
      ? new NeurobenchMeter(setup.image, {
          ...this.#sample,
          ...(setup.network === undefined ? {} : { network: setup.network }),
        })
      : null;
  }

  /** @throws {SeamountError} E_USAGE for options that do not go together, E_INPUT for a bad profile */
  static async open(given: AccountingSetup, options: AccountingOptions): Promise<Accounting> {
    const { dt } = options;
    const setup = dt === undefined ? given : { ...given, image: { ...given.image, dt } };
    const { energy, sample, window, neurobench } = options;
    const costs =
      energy === undefined ? (setup.costs ?? (await loadCosts(DEFAULT_PROFILE))) : await loadCosts(energy);
    const timing = timingOf(setup, options, costs);
    if (energy === undefined && timing === 'off' && neurobench !== true) {
      const odd = { '--static': options.static, '--sample': sample, '--window': window, '--dt': options.dt };
      for (const [option, value] of Object.entries(odd))
        if (value !== undefined)
          throw new SeamountError('E_USAGE', `${option} is of energy and time`, 'add --energy PROFILE');
    }
    checkBefore(setup, options, timing);
    return new Accounting(setup, options, { costs, timing });
  }

  /** What the chip must be opened with, in place of what it would record otherwise. */
  get chipOptions(): Pick<ChipOptions, 'activity' | 'recordSpikes' | 'membraneUpdates'> {
    const { activity, allSpikes } = this.#needs;
    return {
      activity,
      ...(allSpikes ? { recordSpikes: 'all' } : {}),
      ...(this.#neurobench === null ? {} : NeurobenchMeter.needs(this.#sample)),
    };
  }

  /** @throws {SeamountError} E_USAGE for what is counted from step 1 on only */
  begin(chip: Chip): void {
    if (this.#neurobench !== null && chip.step !== 0)
      throw new SeamountError(
        'E_USAGE',
        '--neurobench counts from step 1 on only',
        'run from the beginning, not from a checkpoint',
      );
    this.#from = chip.step + 1;
    this.#account.begin(chip);
  }

  add(recording: Recording): void {
    if (this.#needs.allSpikes) this.#account.add(recording);
    this.#neurobench?.add(recording);
  }

  end(chip: Chip): Charged {
    const { window } = this.#options;
    // an interrupted run may end within a sample, or before the first step
    const steps = chip.step - this.#from + 1;
    const isWhole = steps > 0 && steps % (this.#options.sample ?? 1) === 0;
    const sample = isWhole ? this.#options.sample : undefined;
    const accounts = this.#account.end(chip);
    const reports = this.#isPriced
      ? reportsOf(this.#setup.image, accounts, {
          costs: this.#costs,
          from: this.#from,
          withStatic: this.#options.static === true,
          ...(this.#options.dt === undefined ? {} : { paced: this.#options.dt }),
          ...(sample === undefined ? {} : { sample }),
          ...(window === undefined ? {} : { window }),
        })
      : null;
    const neurobench = isWhole ? (this.#neurobench?.report(chip.counters()) ?? null) : null;
    return new Charged(accounts, this.#costs, reports, neurobench, this.#compare(accounts, neurobench));
  }

  /** The same network as a dense one, or why not; null where nothing was counted. */
  #compare({ ledger }: Accounts, report: NeurobenchReport | null): DenseComparison | Refused | null {
    if (report === null) return null;
    const priced = priceEvents(ledger.total, this.#costs);
    if ('refused' in priced.operations)
      return {
        refused: `${this.#costs.name} gives no energy to compare, for ${priced.operations.refused}; choose a cost profile with figures in joules, such as --energy ${DEFAULT_PROFILE}`,
      };
    return compareWithDense(networkOf('the network', report), spikingEstimate(priced, report.samples));
  }
}

/** What comes with its own prices is timed as its own tool does by default, by prices that can. */
const timingOf = (
  setup: AccountingSetup,
  { timing }: AccountingOptions,
  costs: CostProfile,
): TimingName | 'off' => timing ?? (setup.costs !== null && canTime(costs) ? 'detailed' : 'off');

/** What a long run must not find out at its end. */
function checkBefore(setup: AccountingSetup, options: AccountingOptions, timing: TimingName | 'off'): void {
  const { sample } = options;
  if (sample !== undefined && setup.steps % sample !== 0)
    throw new SeamountError(
      'E_USAGE',
      `${setup.steps} steps are no whole number of samples of ${sample} steps`,
      'choose --steps as a multiple of --sample',
    );
  if (options.static === true && setup.image.dt === 0 && timing === 'off')
    throw new SeamountError(
      'E_USAGE',
      '--static needs a time, and neither the network nor a timing model gives one',
      'say how long a step takes with --dt, or choose a model with --timing',
    );
}

const json = (value: unknown): Uint8Array =>
  new TextEncoder().encode(`${JSON.stringify(value, undefined, 2)}\n`);

/** What a run was charged, and how it is told. */
export class Charged {
  readonly #accounts: Accounts;
  readonly #costs: CostProfile;
  /** null unless energy or time was asked for. */
  readonly #reports: Reports | null;
  readonly #neurobench: NeurobenchReport | null;
  readonly #dense: DenseComparison | Refused | null;

  constructor(
    accounts: Accounts,
    costs: CostProfile,
    reports: Reports | null,
    neurobench: NeurobenchReport | null,
    dense: DenseComparison | Refused | null,
  ) {
    this.#accounts = accounts;
    this.#costs = costs;
    this.#reports = reports;
    this.#neurobench = neurobench;
    this.#dense = dense;
  }

  /** Files of the run directory; `table` adds the steps as CSV. */
  files(table: boolean): ReadonlyMap<string, Uint8Array> {
    const files = new Map<string, Uint8Array>([[LEDGER_FILE, json(this.#accounts.ledger)]]);
    const add = (name: string, bytes: Uint8Array | null): void => {
      if (bytes !== null) files.set(name, bytes);
    };
    add(STEPS_FILE, stepsNpz(this.#accounts, this.#costs));
    if (table) add(STEPS_TABLE, stepsCsv(this.#accounts, this.#costs));
    const reports = this.#reports;
    if (reports !== null) files.set(ENERGY_FILE, json(reports.energy));
    if (reports !== null && reports.time !== null) files.set(TIMING_FILE, json(reports.time));
    if (this.#neurobench !== null) files.set(NEUROBENCH_FILE, json(this.#neurobench));
    return files;
  }

  /** Events the run is charged for; null where nothing is priced. */
  get counts(): EventCounts | null {
    return this.#reports === null ? null : this.#accounts.ledger.total;
  }

  /** What is added to the run's object. */
  object(): Record<string, unknown> {
    const reports = this.#reports;
    return {
      ...(reports === null ? {} : { energy: reports.energy, timing: reports.time }),
      ...(this.#neurobench === null ? {} : { neurobench: this.#neurobench, dense: this.#dense }),
    };
  }

  /** What is printed after the run's table, without a trailing newline; empty where nothing was asked for. */
  render({ width, dim, bold }: AccountingLook): string {
    const blocks: string[] = [];
    const reports = this.#reports;
    const boldLines = (title: string): string => title.split('\n').map(bold).join('\n');
    if (reports !== null) blocks.push(renderEnergy(reports.energy, { width, dim }));
    if (reports !== null && reports.time !== null) blocks.push(renderTime(reports.time, { width, dim }));
    if (this.#neurobench !== null) blocks.push(wrapped(renderNeurobench(this.#neurobench).trimEnd(), width));
    const dense = this.#dense;
    if (dense !== null && 'refused' in dense)
      blocks.push(wrapped(`the network as a dense ANN: no comparison\n${dense.refused}`, width));
    else if (dense !== null) blocks.push(wrapped(renderDenseComparison(dense).trimEnd(), width));
    // a title goes on in the lines below that are indented
    return blocks.map((block) => block.replace(/^.*(?:\n {2}\S.*)*/, boldLines)).join('\n\n');
  }
}

export interface AccountingLook {
  readonly width: number;
  readonly dim: (text: string) => string;
  readonly bold: (text: string) => string;
}
