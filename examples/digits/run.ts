/**
 * The main job: real handwritten digits on an emulated many-core Loihi 1.
 *
 *   node --import tsx examples/digits/run.ts [--digits N] [--workers N] [--kernels wasm|scalar] [--json] [--out DIR]
 *
 * Exit code 0; 5 when fewer than 96 % of the held-out digits are read right on the chip; 130 after Ctrl-C, with the
 * digits so far reported and saved; 2 and others as `seamount` has them.
 */
import process from 'node:process';
import { setImmediate } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { type BackendKind, SeamountError } from '../../cores/index.js';
import { Chip, joinRecordings, type Recording } from '../../routing/index.js';
import { EXIT_CODES, reportFailure } from '../../src/cli/failure.js';
import { Progress } from '../../src/cli/progress.js';
import { grouped } from '../../src/cli/table.js';
import { painter, type Terminal, wantsColour } from '../../src/cli/terminal.js';
import { compile } from '../../src/index.js';
import { populationSpikes } from '../../src/io/population-spikes.js';
import { checkRunTarget, writeRun } from '../../src/io/run-directory.js';
import { type Answer, classify } from './classify.js';
import { loadDigits } from './data.js';
import { drawAnswer, drawRow, type Shown } from './gallery.js';
import { DIGIT_STEPS } from './model.js';
import { digitsNetwork } from './network.js';
import { type DigitsRun, passed, renderDigits, reportObject } from './report.js';
import { Scorer } from './score.js';
import { loadWeights } from './weights.js';

const USAGE = `Shows handwritten digits to a spiking network on an emulated Loihi 1.

  npm start -- [options]

  --digits N      show N digits, the held-out ones first (default all 10,000)
  --workers N     threads to share the cores among (default 1)
  --kernels KIND  wasm (default) or scalar; both give the same bits
  --out DIR       run directory, replaced if it holds a run (default runs/digits)
  --json          print one JSON object instead of the report
  --help          print this`;

interface Options {
  readonly digits: number | undefined;
  readonly workers: number;
  readonly kernels: BackendKind;
  readonly out: string;
  readonly json: boolean;
}

/** Digits of either kind kept for the gallery. */
const GALLERY = 3;

const interrupt = new AbortController();

const terminal: Terminal = {
  out: (text) => void process.stdout.write(text),
  err: (text) => void process.stderr.write(text),
  readInput: async () => new Uint8Array(),
  drawsProgress: process.stderr.isTTY === true && process.env.TERM !== 'dumb',
  columns: process.stdout.columns ?? 80,
  colours: {
    out: wantsColour(process.env, process.stdout.isTTY === true),
    err: wantsColour(process.env, process.stderr.isTTY === true),
  },
  interruptSignal: () => interrupt.signal,
  now: () => performance.now() / 1000,
};

function readOptions(args: readonly string[]): Options | 'help' {
  const whole = (name: string, text: string): number => {
    const value = Number(text);
    if (!Number.isInteger(value) || value < 1)
      throw new SeamountError('E_USAGE', `--${name} ${text}: expected a whole number from 1 on`);
    return value;
  };
  let values: {
    digits?: string;
    workers: string;
    kernels: string;
    out: string;
    json: boolean;
    help: boolean;
  };
  try {
    ({ values } = parseArgs({
      args: [...args],
      options: {
        digits: { type: 'string' },
        workers: { type: 'string', default: '1' },
        kernels: { type: 'string', default: 'wasm' },
        out: { type: 'string', default: 'runs/digits' },
        json: { type: 'boolean', default: false },
        help: { type: 'boolean', default: false },
      },
    }));
  } catch (cause) {
    throw new SeamountError('E_USAGE', (cause as Error).message, '--help lists the options', { cause });
  }
  const { digits, workers, kernels, out, json, help } = values;
  if (help) return 'help';
  if (kernels !== 'wasm' && kernels !== 'scalar')
    throw new SeamountError('E_USAGE', `--kernels ${kernels}: expected wasm or scalar`);
  return {
    digits: digits === undefined ? undefined : whole('digits', digits),
    workers: whole('workers', workers),
    kernels,
    out,
    json,
  };
}

async function main(options: Options, command: readonly string[]): Promise<number> {
  const { workers, kernels, out, json } = options;
  const paint = painter(terminal.colours.out);
  const say = (text: string): void => {
    if (!json) terminal.out(`${text}\n`);
  };
  await checkRunTarget(out, true);
  const digits = loadDigits();
  const count = Math.min(digits.count, options.digits ?? digits.count);
  const weights = loadWeights();
  const { image, report: compiled } = compile(digitsNetwork(weights).network);
  const synapses = grouped(compiled.totals.synapses);
  say(
    paint(
      'bold',
      `${grouped(count)} handwritten digits on ${compiled.cores.length} cores of an emulated ${image.profile.title}`,
    ),
  );
  say(
    paint(
      'dim',
      `${grouped(compiled.totals.neurons)} compartments, ${synapses} synapses; the held-out digits first\n`,
    ),
  );

  const scorer = new Scorer(digits, weights.floatAnswers);
  const recordings: Recording[] = [];
  const right: Shown[] = [];
  const wrong: Shown[] = [];
  let secondsToFirstAnswer = 0;
  let interrupted = false;
  await using chip = await Chip.open(image, { workers, kernels, recordSpikes: 'probed' });
  const started = terminal.now();
  const progress = new Progress(terminal, { from: 0, to: count * DIGIT_STEPS, quiet: json });
  const take = (answer: Answer): void => {
    const list = scorer.add(answer) ? right : wrong;
    if (answer.digit === 0) {
      secondsToFirstAnswer = terminal.now();
      say(`${drawAnswer(answer, digits, terminal)}\n`);
    } else if (list.length < GALLERY) {
      list.push(answer);
    }
    progress.update((answer.digit + 1) * DIGIT_STEPS);
  };
  try {
    const signal = interrupt.signal;
    const onRecording = (recording: Recording): void => void recordings.push(recording);
    for await (const answer of classify(chip, digits, count, { signal, onRecording })) {
      take(answer);
      // legs as short as a digit never look at the event loop, and Ctrl-C arrives there
      await setImmediate();
    }
  } catch (error) {
    if (!(error instanceof SeamountError && error.code === 'E_ABORTED')) throw error;
    interrupted = true;
  } finally {
    progress.clear();
  }
  const seconds = terminal.now() - started;

  const result: DigitsRun = {
    run: {
      image,
      recording: recordings.length > 0 ? joinRecordings(recordings) : await chip.run(0),
      counters: chip.counters(),
      stateHash: chip.stateHash(),
      populationSpikes: populationSpikes(image, chip.checkpoint()),
      stepsAsked: count * DIGIT_STEPS,
      interrupted,
      command,
      checkpoints: [],
    },
    compiled,
    score: scorer.score(),
    heldOut: digits.heldOut,
    seconds,
    secondsToFirstAnswer,
    workers: chip.shards,
    kernels,
    saved: out,
  };
  await writeRun(out, result.run, { force: true });
  if (json) terminal.out(`${JSON.stringify(reportObject(result), undefined, 2)}\n`);
  for (const row of [right, wrong]) if (row.length > 0) say(`${drawRow(row, digits, terminal)}\n`);
  say(renderDigits(result, terminal));
  if (interrupted) return EXIT_CODES.E_ABORTED;
  return passed(result) === false ? EXIT_CODES.E_MISMATCH : 0;
}

function onSignal(): void {
  if (interrupt.signal.aborted) process.exit(EXIT_CODES.E_ABORTED);
  terminal.err('\nstopping at the next step boundary; Ctrl-C again to leave at once\n');
  interrupt.abort();
}

process.on('SIGINT', onSignal);
process.on('SIGTERM', onSignal);
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error;
});

const args = process.argv.slice(2);
try {
  const options = readOptions(args);
  if (options === 'help') terminal.out(`${USAGE}\n`);
  else process.exitCode = await main(options, ['examples/digits/run.ts', ...args]);
} catch (error) {
  process.exitCode = reportFailure(error, terminal, args.includes('--json'));
}
