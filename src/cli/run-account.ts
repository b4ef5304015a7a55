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
  renderDenseComparison,
  spikingEstimate,
} from '../energy/dense-comparison.js';
import { renderEnergy } from '../energy/energy-text.js';
import { wrapped } from '../energy/labelled-lines.js';
import { priceEvents } from '../energy/price.js';
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
import { loadCosts } from './load-costs.js';

export const TIMINGS = ['off', 'simple', 'detailed', 'mesh'] as const;

export interface AccountingOptions {
  readonly energy?: string;
  readonly timing?: TimingName | 'off';
  readonly static?: boolean;
  readonly sample?: number;
  readonly window?: number;
  readonly neurobench?: boolean;
}

/** The profile that times a run when none is named: the one with a figure for every latency. */
const DEFAULT_PROFILE = 'loihi1-sanafe';

export interface AccountingSetup {
  readonly image: ChipImage;
  readonly network: Network | undefined;
  /** Prices that come with the network, and how it counts updates; asked for when none are named. */
  readonly costs: CostProfile | null;
  readonly updates: 'state' | 'arrivals';
  /** Whether files are written: then the events of every step are kept. */
  readonly keeps: boolean;
}

export interface AccountingResult {
  readonly accounts: Accounts;
  /** null unless energy or time was asked for. */
  readonly reports: Reports | null;
  readonly neurobench: NeurobenchReport | null;
  readonly dense: DenseComparison | null;
}

export class Accounting {
  readonly #setup: AccountingSetup;
  readonly #options: AccountingOptions;
  readonly #costs: CostProfile;
  readonly #account: Account;
  readonly #isPriced: boolean;
  readonly #neurobench: NeurobenchMeter | null;
  readonly #needs: ReturnType<typeof Account.needs>;
  #from = 1;

  private constructor(setup: AccountingSetup, options: AccountingOptions, costs: CostProfile) {
    const { sample, window, neurobench = false } = options;
    const timing = timingOf(setup, options);
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
          sampleSteps: sample ?? 1,
          ...(setup.network === undefined ? {} : { network: setup.network }),
        })
      : null;
  }

  /** @throws {SeamountError} E_USAGE for options that do not go together, E_INPUT for a bad profile */
  static async open(setup: AccountingSetup, options: AccountingOptions): Promise<Accounting> {
    const { energy, sample, window, neurobench } = options;
    if (energy === undefined && timingOf(setup, options) === 'off' && neurobench !== true) {
      const odd = { '--static': options.static, '--sample': sample, '--window': window };
      for (const [option, value] of Object.entries(odd))
        if (value !== undefined)
          throw new SeamountError('E_USAGE', `${option} is of energy and time`, 'add --energy PROFILE');
    }
    const costs =
      energy === undefined ? (setup.costs ?? (await loadCosts(DEFAULT_PROFILE))) : await loadCosts(energy);
    return new Accounting(setup, options, costs);
  }

  /** What the chip must be opened with, in place of what it would record otherwise. */
  get chipOptions(): Pick<ChipOptions, 'activity' | 'recordSpikes'> {
    const { activity, allSpikes } = this.#needs;
    return { activity, ...(allSpikes || this.#neurobench !== null ? { recordSpikes: 'all' } : {}) };
  }

  begin(chip: Chip): void {
    this.#from = chip.step + 1;
    this.#account.begin(chip);
  }

  add(recording: Recording): void {
    if (this.#needs.allSpikes) this.#account.add(recording);
    this.#neurobench?.add(recording);
  }

  end(chip: Chip): AccountingResult {
    const { sample, window } = this.#options;
    const accounts = this.#account.end(chip);
    const reports = this.#isPriced
      ? reportsOf(this.#setup.image, accounts, {
          costs: this.#costs,
          from: this.#from,
          withStatic: this.#options.static === true,
          ...(sample === undefined ? {} : { sample }),
          ...(window === undefined ? {} : { window }),
        })
      : null;
    const neurobench = this.#neurobench?.report(chip.counters()) ?? null;
    return { accounts, reports, neurobench, dense: this.#compare(accounts, neurobench) };
  }

  /** The same network as a dense one, where the profile prices it event by event. */
  #compare({ ledger }: Accounts, report: NeurobenchReport | null): DenseComparison | null {
    const priced = priceEvents(ledger.total, this.#costs);
    if (report === null || 'refused' in priced.terms || report.samples === 0) return null;
    const estimate = spikingEstimate(priced, report.samples);
    return compareWithDense(networkOf('the network', report), estimate);
  }
}

/** What comes with its own prices is timed as its own tool does by default. */
const timingOf = ({ costs }: AccountingSetup, { timing }: AccountingOptions): TimingName | 'off' =>
  timing ?? (costs === null ? 'off' : 'detailed');

const json = (value: unknown): Uint8Array =>
  new TextEncoder().encode(`${JSON.stringify(value, undefined, 2)}\n`);

/** Files of the run directory; `table` adds the steps as CSV. */
export function accountingFiles(
  { accounts, reports, neurobench }: AccountingResult,
  table: boolean,
): ReadonlyMap<string, Uint8Array> {
  const files = new Map<string, Uint8Array>([[LEDGER_FILE, json(accounts.ledger)]]);
  const add = (name: string, bytes: Uint8Array | null): void => {
    if (bytes !== null) files.set(name, bytes);
  };
  add(STEPS_FILE, stepsNpz(accounts));
  if (table) add(STEPS_TABLE, stepsCsv(accounts));
  if (reports !== null) files.set(ENERGY_FILE, json(reports.energy));
  if (reports !== null && reports.time !== null) files.set(TIMING_FILE, json(reports.time));
  if (neurobench !== null) files.set(NEUROBENCH_FILE, json(neurobench));
  return files;
}

/** What is added to the run's object. */
export const accountingObject = ({
  reports,
  neurobench,
  dense,
}: AccountingResult): Record<string, unknown> => ({
  ...(reports === null ? {} : { energy: reports.energy, timing: reports.time }),
  ...(neurobench === null ? {} : { neurobench, dense }),
});

/** What is printed after the run's table, without a trailing newline; empty where nothing was asked for. */
export function renderAccounting(
  { reports, neurobench, dense }: AccountingResult,
  {
    width,
    dim,
    bold,
  }: {
    readonly width: number;
    readonly dim: (text: string) => string;
    readonly bold: (text: string) => string;
  },
): string {
  const blocks: string[] = [];
  if (reports !== null) blocks.push(renderEnergy(reports.energy, { width, dim }));
  if (reports !== null && reports.time !== null) blocks.push(renderTime(reports.time, { width, dim }));
  if (neurobench !== null) blocks.push(wrapped(renderNeurobench(neurobench).trimEnd(), width));
  if (dense !== null) blocks.push(wrapped(renderDenseComparison(dense).trimEnd(), width));
  return blocks.map((block) => block.replace(/^.*/, bold)).join('\n\n');
}
