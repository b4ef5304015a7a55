/** `seamount run`: a network or an image, step by step, with everything it leaves behind. */
import { type BackendKind, type OverflowBehaviour, SeamountError } from '../../cores/index.js';
import { Chip } from '../../routing/index.js';
import { explainImage, renderReport } from '../compiler/explain.js';
import type { CompileReport } from '../compiler/report.js';
import { populationSpikes } from '../io/population-spikes.js';
import { probedSpikes, recordedSpikes } from '../io/probed-spikes.js';
import type { FinishedRun } from '../io/run-files.js';
import { SPIKE_FORMATS, type SpikeFormat } from '../io/spike-format.js';
import { COMPILE_FILE, COMPILE_SCHEMA } from '../report/compile-file.js';
import { stepsOf } from './compile-file.js';
import { type InputOptions, withInput } from './encoded-input.js';
import { EXIT_CODES } from './failure.js';
import { loadCheckpoint } from './load.js';
import { sayNotices } from './notices.js';
import { openSanafeCsv, prepare } from './prepare-run.js';
import { Progress } from './progress.js';
import type { AccountingOptions } from './run-account.js';
import { type RunSummary, renderRun, runObject, showsNeurons } from './run-result.js';
import { runTo } from './run-steps.js';
import { painter, type Terminal } from './terminal.js';

export interface RunCommandOptions extends AccountingOptions, InputOptions {
  readonly steps?: number;
  readonly profile?: string;
  readonly workers?: number | 'auto';
  readonly kernels?: BackendKind;
  readonly seed?: number;
  readonly out?: string;
  readonly force?: boolean;
  readonly format?: string;
  readonly checkpointAt?: readonly number[];
  readonly saveCheckpoint?: boolean;
  readonly resume?: string;
  readonly onOverflow?: OverflowBehaviour;
  readonly explain?: boolean;
  readonly sanaFeCsv?: string;
  readonly report?: string;
  readonly json?: boolean;
  readonly quiet?: boolean;
}

const usage = (message: string, hint = ''): SeamountError => new SeamountError('E_USAGE', message, hint);

/** Runs, reports, and returns the exit code. */
export async function runCommand(
  [path, networkPath]: readonly [string, string | undefined],
  options: RunCommandOptions,
  terminal: Terminal,
  command: readonly string[],
): Promise<number> {
  checkOptions(options);
  const formats = formatsOf(options.format);
  const directory = options.out === undefined ? undefined : await import('../io/run-directory.js');
  if (options.out !== undefined) await directory?.checkRunTarget(options.out, options.force === true);
  // a long run must not end with what could have been said before it
  if (options.report !== undefined) await (await import('./report.js')).reportScript();
  const prepared = await prepare(path, networkPath, options, terminal);
  const { report, file, sanafe } = prepared;
  const { image, steps: encoded } = await withInput(prepared.image, options);
  const steps = encoded !== undefined && options.steps === undefined ? encoded : stepsOf(options.steps, file);
  const resumed = options.resume === undefined ? undefined : await loadCheckpoint(options.resume, image);
  const first = resumed?.step ?? 0;
  const stops = stopsOf(first, steps, options);
  const csv = await openSanafeCsv(options, sanafe);
  const notices = sanafe?.notices ?? report?.notices ?? [image.profile.notice];
  sayNotices([...notices, csv?.notice ?? ''], terminal, options);

  // What nobody will see is not kept: a run without --out may go on for ever.
  const isKept = options.out !== undefined || options.report !== undefined;
  const keep = isKept || (file !== undefined && showsNeurons(file.neuronNames));
  const accounting =
    isKept || sanafe !== undefined || asksForAccounts(options)
      ? await (await import('./run-account.js')).Accounting.open(
          {
            image,
            network: file?.network,
            costs: sanafe?.costs ?? null,
            updates: sanafe === undefined ? 'state' : 'arrivals',
            keeps: isKept,
            steps: steps - first,
          },
          options,
        )
      : null;
  const signal = terminal.interruptSignal();
  const started = terminal.now();
  await using chip = await Chip.open(image, {
    recordSpikes: keep ? recordedSpikes(image) : 'none',
    ...accounting?.chipOptions,
    expectedSteps: steps - first,
    ...(options.workers === undefined ? {} : { workers: options.workers }),
    ...(options.kernels === undefined ? {} : { kernels: options.kernels }),
    ...(options.onOverflow === undefined ? {} : { onOverflow: options.onOverflow }),
    ...(resumed === undefined ? {} : { checkpoint: resumed }),
  });
  const opened = terminal.now();
  const progress = new Progress(terminal, { from: first, to: steps, quiet: options.quiet === true });
  accounting?.begin(chip);
  const { recording, checkpoints, interrupted } = await runTo(chip, stops, {
    keep,
    signal,
    progress,
    take: (part) => {
      accounting?.add(part);
      csv?.add(part);
    },
  });
  const seconds = terminal.now() - opened;
  const charged = accounting?.end(chip) ?? null;

  const state = chip.checkpoint();
  if ((interrupted || options.saveCheckpoint) && checkpoints.at(-1)?.step !== chip.step)
    checkpoints.push(state);
  const name = file?.network.label ?? networkPath ?? path;
  const run: FinishedRun = {
    image,
    recording: { ...recording, spikes: probedSpikes(image, recording.spikes) },
    counters: chip.counters(),
    stateHash: chip.stateHash(),
    populationSpikes: populationSpikes(image, state),
    stepsAsked: steps,
    interrupted,
    command,
    checkpoints: options.out === undefined ? [] : checkpoints,
    further: new Map([
      ...(charged?.files(formats.includes('csv')) ?? []),
      ...(report === undefined
        ? []
        : [[COMPILE_FILE, jsonBytes({ schema: COMPILE_SCHEMA, name, report })] as const]),
    ]),
  };
  await chip.close();
  if (options.out !== undefined)
    await directory?.writeRun(options.out, run, { formats, force: options.force === true });

  await csv?.write();
  if (options.report !== undefined)
    await writeReport(options.report, run, { title: name, compile: report ?? null });

  const summary: RunSummary = {
    name,
    neuronNames: file?.neuronNames ?? new Map(),
    run,
    saved: options.out,
    charged: first === 0 ? (charged?.counts ?? null) : null,
    balance: chip.balance,
    kernels: options.kernels ?? 'wasm',
    secondsToOpen: opened - started,
    seconds,
  };
  const explained = report ?? (options.explain ? explainImage(image) : undefined);
  if (options.json) {
    const object = {
      ...runObject(summary),
      ...(options.explain ? { report: explained } : {}),
      ...charged?.object(),
    };
    terminal.out(`${JSON.stringify(object, undefined, 2)}\n`);
  } else {
    if (options.explain && explained !== undefined) terminal.out(`${renderReport(explained).trimEnd()}\n\n`);
    terminal.out(`${renderRun(summary, terminal)}\n`);
    const paint = painter(terminal.colours.out);
    const text =
      charged?.render({
        width: terminal.columns,
        dim: (line) => paint('dim', line),
        bold: (line) => paint('bold', line),
      }) ?? '';
    if (text !== '') terminal.out(`\n${text}\n`);
  }
  return interrupted ? EXIT_CODES.E_ABORTED : 0;
}

/** Whether any option is of energy, time or NeuroBench. */
const asksForAccounts = ({
  energy,
  timing,
  static: fixed,
  sample,
  window,
  neurobench,
  dt,
}: AccountingOptions): boolean =>
  [energy, timing, fixed, sample, window, neurobench, dt].some((option) => option !== undefined);

const jsonBytes = (value: unknown): Uint8Array =>
  new TextEncoder().encode(`${JSON.stringify(value, undefined, 2)}\n`);

async function writeReport(
  path: string,
  run: FinishedRun,
  about: { readonly title: string; readonly compile: CompileReport | null },
): Promise<void> {
  const { buildReport } = await import('../report/build-report.js');
  const { sourceOfRun } = await import('../report/report-source.js');
  const { savePage } = await import('./report.js');
  await savePage(path, buildReport(sourceOfRun(run, about)));
}

function checkOptions({ out, force, format, checkpointAt, saveCheckpoint }: RunCommandOptions): void {
  if (out !== undefined) return;
  const needs = {
    '--force': force,
    '--format': format,
    '--checkpoint-at': checkpointAt,
    '--save-checkpoint': saveCheckpoint,
  };
  for (const [option, value] of Object.entries(needs))
    if (value !== undefined) throw usage(`${option} needs a place to save to`, 'add --out DIR');
}

function formatsOf(text: string | undefined): readonly SpikeFormat[] {
  if (text === undefined) return ['npy'];
  const words = text.split(',').map((word) => word.trim());
  const unknown = words.find((word) => !(SPIKE_FORMATS as readonly string[]).includes(word));
  if (unknown !== undefined)
    throw usage(`--format ${JSON.stringify(unknown)}: expected npy, npz, csv or json`);
  return SPIKE_FORMATS.filter((format) => words.includes(format));
}

/** Where the run pauses to save a checkpoint, and where it ends. */
function stopsOf(
  first: number,
  last: number,
  { resume, checkpointAt = [] }: RunCommandOptions,
): readonly number[] {
  if (last <= first)
    throw usage(
      `${resume} is at step ${first}; --steps ${last} is not after it`,
      '--steps is the last step, not how many more',
    );
  const outside = checkpointAt.find((step) => step <= first || step > last);
  if (outside !== undefined)
    throw usage(`--checkpoint-at ${outside} is not in the steps ${first + 1}..${last} of this run`);
  return [...new Set([...checkpointAt, last])].sort((a, b) => a - b);
}
