/** `seamount run`: a network or an image, step by step, with everything it leaves behind. */
import { setImmediate } from 'node:timers/promises';
import { type BackendKind, type OverflowBehaviour, SeamountError } from '../../cores/index.js';
import {
  type Checkpoint,
  Chip,
  type ChipImage,
  joinRecordings,
  type Recording,
} from '../../routing/index.js';
import { explainImage, renderReport } from '../compiler/explain.js';
import type { CompileReport } from '../compiler/report.js';
import { populationSpikes } from '../io/population-spikes.js';
import { probedSpikes, recordedSpikes } from '../io/probed-spikes.js';
import { readBytes } from '../io/read-file.js';
import type { FinishedRun } from '../io/run-files.js';
import { SPIKE_FORMATS, type SpikeFormat } from '../io/spike-format.js';
import type { NetworkFile } from '../netfile/network-from-text.js';
import { COMPILE_FILE, COMPILE_SCHEMA } from '../report/compile-file.js';
import type { LoadedSanafe } from '../sanafe/load.js';
import { compileFile, stepsOf } from './compile-file.js';
import { type InputOptions, withInput } from './encoded-input.js';
import { EXIT_CODES } from './failure.js';
import { loadCheckpoint, loadTarget } from './load.js';
import { sayNotices } from './notices.js';

import { Progress } from './progress.js';
import type { AccountingOptions } from './run-account.js';
import { type RunSummary, renderRun, runObject, showsNeurons } from './run-result.js';
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

/** A run is cut into about so many legs, between which progress is drawn. */
const LEGS = 400;

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
  const csv = await openSanafeCsv(options.sanaFeCsv, sanafe);
  sayNotices(sanafe?.notices ?? report?.notices ?? [image.profile.notice], terminal, options);

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
}: AccountingOptions): boolean =>
  [energy, timing, fixed, sample, window, neurobench].some((option) => option !== undefined);

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
  await savePage(path, buildReport(await sourceOfRun(run, about)));
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

interface Prepared {
  readonly image: ChipImage;
  /** Only where something was compiled. */
  readonly report: CompileReport | undefined;
  readonly file: NetworkFile | undefined;
  /** Only where an architecture of SANA-FE came with its network. */
  readonly sanafe: LoadedSanafe | undefined;
}

async function prepare(
  path: string,
  networkPath: string | undefined,
  options: RunCommandOptions,
  terminal: Terminal,
): Promise<Prepared> {
  const { profile, seed } = options;
  if (networkPath !== undefined) {
    const sanafe = await loadPair(path, networkPath, options);
    return { image: sanafe.image, report: undefined, file: undefined, sanafe };
  }
  const target = await loadTarget(path, terminal, seed === undefined ? {} : { seed });
  if (target.kind === 'network') {
    const compiled = compileFile(target.file, profile === undefined ? {} : { profile });
    return { ...compiled, file: target.file, sanafe: undefined };
  }
  if (target.kind === 'checkpoint')
    throw usage(
      `${target.name}: is a checkpoint, not a network`,
      `run its network with --resume ${target.name}`,
    );
  const fixed = { '--profile': profile, '--seed': seed };
  for (const [option, value] of Object.entries(fixed))
    if (value !== undefined)
      throw usage(
        `${option} cannot change ${target.name}, which is compiled already`,
        'run the network file, or compile it again',
      );
  return {
    image: target.kind === 'image' ? target.image : await target.run.image(),
    report: undefined,
    file: undefined,
    sanafe: undefined,
  };
}

/** An architecture and a network of SANA-FE. */
async function loadPair(
  path: string,
  networkPath: string,
  { profile, seed }: RunCommandOptions,
): Promise<LoadedSanafe> {
  for (const [option, value] of Object.entries({ '--profile': profile, '--seed': seed }))
    if (value !== undefined)
      throw usage(`${option} does not go with an architecture file`, 'the architecture is the chip');
  const { isSanafeArchitecture } = await import('../sanafe/architecture.js');
  const { loadSanafe } = await import('../sanafe/load.js');
  const [architecture, network] = await Promise.all(
    [path, networkPath].map(async (name) => ({
      name,
      text: new TextDecoder().decode(await readBytes(name)),
    })),
  );
  if (!isSanafeArchitecture(architecture!.text))
    throw usage(
      `two files are an architecture and a network of SANA-FE, and ${path} is no architecture`,
      'name the architecture first; a network of ours is one file',
    );
  return loadSanafe({ architecture: architecture!, network: network! });
}

async function openSanafeCsv(directory: string | undefined, sanafe: LoadedSanafe | undefined) {
  if (directory === undefined) return undefined;
  if (sanafe === undefined)
    throw usage(
      '--sana-fe-csv is for an architecture and a network of SANA-FE',
      'seamount run ARCHITECTURE NETWORK',
    );
  const { SanafeCsv } = await import('./sanafe-csv.js');
  return SanafeCsv.open(directory, sanafe);
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

/** Runs to each stop in turn, with a checkpoint at all but the last, or until interrupted. */
async function runTo(
  chip: Chip,
  stops: readonly number[],
  {
    keep,
    signal,
    progress,
    take,
  }: {
    readonly keep: boolean;
    readonly signal: AbortSignal;
    readonly progress: Progress;
    /** Told of every recording as it comes. */
    readonly take: (part: Recording) => void;
  },
): Promise<{
  readonly recording: Recording;
  readonly checkpoints: Checkpoint[];
  readonly interrupted: boolean;
}> {
  const every = Math.ceil((stops.at(-1)! - chip.step) / LEGS);
  const parts: Recording[] = [{ ...(await chip.run(0)), activity: null }];
  const checkpoints: Checkpoint[] = [];
  const breath = new Breath();
  let interrupted = false;
  try {
    for (const [i, stop] of stops.entries()) {
      for await (const part of chip.legs(stop - chip.step, { signal, every })) {
        take(part);
        // activity is for the account alone, and large
        if (keep) parts.push({ ...part, activity: null });
        progress.update(chip.step);
        await breath.take();
      }
      if (i < stops.length - 1) checkpoints.push(chip.checkpoint());
    }
  } catch (cause) {
    interrupted = cause instanceof SeamountError && cause.code === 'E_ABORTED';
    if (!interrupted) throw cause;
  } finally {
    progress.clear();
  }
  return { recording: { ...joinRecordings(parts), to: chip.step }, checkpoints, interrupted };
}

/** Between two looks at the event loop, in ms: how late Ctrl-C may be heard. */
const BREATH_MS = 25;

/** Lets signals and timers have their turn now and then; short legs in the calling thread would not. */
class Breath {
  #last = performance.now();

  async take(): Promise<void> {
    if (performance.now() - this.#last < BREATH_MS) return;
    await setImmediate();
    this.#last = performance.now();
  }
}
