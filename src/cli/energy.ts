/** `seamount energy`: a finished run under other prices, and the cost profiles themselves. */
import { SeamountError } from '../../cores/index.js';
import { energyReportOf, type StepCounts, staticTime } from '../account/account-reports.js';
import type { TimeReport } from '../account/time-report.js';
import type { CostProfile } from '../energy/cost-profile.js';
import { costProfileToText } from '../energy/cost-profile-text.js';
import { COST_PROFILES } from '../energy/cost-profiles.js';
import { compareText } from '../energy/energy-comparison.js';
import type { EnergyReport } from '../energy/energy-report.js';
import { renderEnergy } from '../energy/energy-text.js';
import { brokenAtWords } from '../energy/labelled-lines.js';
import { LEDGER_FILE, ledgerFromJson, STEPS_FILE, savedSteps, TIMING_FILE } from '../io/account-files.js';
import { openRun } from '../io/run-directory.js';
import type { SavedRun } from '../io/saved-run.js';
import { DEFAULT_PROFILE, loadCosts, loadSeveralCosts } from './load-costs.js';
import { renderTable } from './table.js';
import { painter, type Terminal } from './terminal.js';

/** Columns a title of a list gets at least. */
const LEAST_TITLE = 20;

export interface EnergyCommandOptions {
  readonly profile?: string;
  readonly compare?: string;
  readonly static?: boolean;
  /** Milliseconds a step is meant to take, in place of the network's. */
  readonly dt?: number;
  readonly sample?: number;
  readonly window?: number;
  readonly list?: boolean;
  readonly show?: string;
  readonly json?: boolean;
}

export async function energyCommand(
  path: string | undefined,
  options: EnergyCommandOptions,
  terminal: Terminal,
): Promise<number> {
  if (options.list === true) return listProfiles(options, terminal);
  if (options.show !== undefined) {
    terminal.out(costProfileToText(await loadCosts(options.show)));
    return 0;
  }
  if (path === undefined)
    throw new SeamountError(
      'E_USAGE',
      'no run directory is named',
      'seamount energy RUN, --list or --show PROFILE; a run directory is what seamount run --out writes',
    );
  checkComparison(options);
  const profiles =
    options.compare === undefined
      ? [await loadCosts(options.profile ?? DEFAULT_PROFILE)]
      : await loadSeveralCosts(options.compare);
  const run = await openRun(path);
  const priced = await reportsOfRun(run, profiles, options);
  const paint = painter(terminal.colours.out);
  const look = { width: terminal.columns, dim: (text: string) => paint('dim', text) };
  if (options.json === true) {
    const object =
      options.compare === undefined ? priced[0] : { schema: 'seamount-energy-comparison/1', reports: priced };
    terminal.out(`${JSON.stringify(object, undefined, 2)}\n`);
  } else {
    terminal.out(
      `${options.compare === undefined ? renderEnergy(priced[0]!, look) : compareText(priced, look)}\n`,
    );
  }
  return 0;
}

/** What does not go with several profiles. */
function checkComparison({ compare, profile, window }: EnergyCommandOptions): void {
  if (compare === undefined) return;
  if (profile !== undefined)
    throw new SeamountError(
      'E_USAGE',
      '--profile and --compare both say which profiles',
      `name all of them in one list: --compare ${[...new Set([profile, ...compare.split(',')])].join(',')}`,
    );
  if (window !== undefined)
    throw new SeamountError(
      'E_USAGE',
      '--compare has no windows: it shows a run, and its mean sample',
      `price them under one profile at a time: --profile ${compare.split(',')[0]} --window ${window}`,
    );
}

async function reportsOfRun(
  run: SavedRun,
  profiles: readonly CostProfile[],
  options: EnergyCommandOptions,
): Promise<EnergyReport[]> {
  const { manifest, path } = run;
  const { sample, window, static: withStatic, dt: paced } = options;
  const ledgerBytes = await run.bytesOf(LEDGER_FILE);
  if (ledgerBytes === null)
    throw new SeamountError(
      'E_INPUT',
      `${path}: its run wrote no ${LEDGER_FILE}, so its events are not known`,
      'it is of an earlier version: run the network again',
    );
  const ledger = ledgerFromJson(ledgerBytes, `${path}/${LEDGER_FILE}`);
  const steps = await stepsOf(run, options);
  const dt = paced ?? manifest.dt;
  const fixed = withStatic === true ? staticTime(dt, ledger.steps, await timeOf(run), paced) : undefined;
  return profiles.map((costs) =>
    energyReportOf(ledger, steps, {
      costs,
      dt,
      ...(sample === undefined ? {} : { sample }),
      ...(window === undefined ? {} : { window }),
      ...(fixed === undefined ? {} : { staticSeconds: fixed }),
    }),
  );
}

/** Null where nothing needs the events of single steps, or samples have to do without. */
async function stepsOf(run: SavedRun, { sample, window }: EnergyCommandOptions): Promise<StepCounts | null> {
  if (sample === undefined && window === undefined) return null;
  const bytes = await run.bytesOf(STEPS_FILE);
  if (bytes !== null) return savedSteps(bytes, `${run.path}/${STEPS_FILE}`);
  if (window === undefined) return null;
  throw new SeamountError(
    'E_INPUT',
    `${run.path}: its run kept no events of single steps, so there are no windows`,
    'run the network again with --energy and --out',
  );
}

/** Null where the run was not timed. */
async function timeOf(run: SavedRun): Promise<TimeReport | null> {
  const bytes = await run.bytesOf(TIMING_FILE);
  return bytes === null ? null : JSON.parse(new TextDecoder().decode(bytes));
}

function listProfiles({ json }: EnergyCommandOptions, terminal: Terminal): number {
  if (json === true) {
    terminal.out(
      `${JSON.stringify({ schema: 'seamount-cost-profiles/1', profiles: COST_PROFILES }, undefined, 2)}\n`,
    );
    return 0;
  }
  const paint = painter(terminal.colours.out);
  const widest = (texts: readonly string[]): number => Math.max(...texts.map(({ length }) => length));
  const left = [COST_PROFILES.map(({ name }) => name), COST_PROFILES.map(({ basis }) => basis)];
  const room = Math.max(
    LEAST_TITLE,
    terminal.columns - left.reduce((sum, texts) => sum + widest(texts) + 2, 0),
  );
  const rows = COST_PROFILES.flatMap(({ name, basis, title }) =>
    brokenAtWords(title, room).map((part, i) => (i === 0 ? [name, basis, part] : ['', '', part])),
  );
  const columns = ['profile', 'basis', 'what'].map((title) => ({ title, align: 'left' as const }));
  terminal.out(`${renderTable(columns, rows, (text) => paint('dim', text))}\n`);
  return 0;
}
