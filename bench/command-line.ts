/** What may stand after `npm run bench --`. */
import { parseArgs } from 'node:util';
import { SeamountError } from '../src/index.js';
import type { Settings, Workers } from './experiment.js';

export const USAGE = `npm run bench -- [NAME ...] [options]

NAME selects what begins with it: W1, chip, chip/closed-loop; --list names all. Without one, the quick ones.
The result goes to standard output, progress to standard error. Exit 5: a check failed. Workers, kernels and
reps are for what is not a quick case.

  --json           one object instead of tables
  --workers N,N    threads, each in turn; auto where the chip can choose       (default 1)
  --kernels KIND   wasm or scalar                                              (default wasm)
  --reps N         warm runs                                                   (default 5)
  --reuse          warm runs on one chip, reset in between: its threads are warm too (not W3, whose input is timed)
  --time MS        measured time of a quick case                               (default 1000)
  --against-c      W1 to W4, or those named, in turn with reference.c          (workers 1,2)
  --pairs N        pairs of runs against C, or of Node and browser             (default 5)
  --guard          fails (exit 5) when a quick case has become slower than baseline.json by more than a third
  --guard --update writes baseline.json anew
  --plot FILE      draws docs/images from a report saved by: npm run --silent bench -- scaling silent --json > FILE
  --list           names
`;

export interface CommandLine {
  readonly names: readonly string[];
  readonly mode: 'run' | 'list' | 'help' | 'against-c' | 'guard' | 'update' | 'plot';
  readonly json: boolean;
  /** The saved report to draw. */
  readonly report: string;
  readonly settings: Omit<Settings, 'say'>;
}

/** Throws E_USAGE. */
export function readCommandLine(args: readonly string[]): CommandLine {
  const { values, positionals } = parsed(args);
  if (values.update && !values.guard) throw usage('--update goes with --guard');
  const mode = modeOf(values);
  const { kernels } = values;
  if (kernels !== 'wasm' && kernels !== 'scalar') throw usage(`--kernels: wasm or scalar, got '${kernels}'`);
  return {
    names: positionals,
    mode,
    json: values.json,
    report: values.plot ?? '',
    settings: {
      workers: (values.workers ?? (mode === 'against-c' ? '1,2' : '1')).split(',').map(workersOf),
      kernels,
      reps: whole('--reps', values.reps, 0),
      reuse: values.reuse,
      pairs: whole('--pairs', values.pairs, 1),
      time: whole('--time', values.time, 1),
    },
  };
}

function modeOf(values: ReturnType<typeof parsed>['values']): CommandLine['mode'] {
  if (values.help) return 'help';
  if (values.list) return 'list';
  if (values.guard) return values.update ? 'update' : 'guard';
  if (values.plot !== undefined) return 'plot';
  return values['against-c'] ? 'against-c' : 'run';
}

function parsed(args: readonly string[]) {
  try {
    return parseArgs({
      args: [...args],
      allowPositionals: true,
      options: {
        'against-c': { type: 'boolean', default: false },
        guard: { type: 'boolean', default: false },
        help: { type: 'boolean', short: 'h', default: false },
        json: { type: 'boolean', default: false },
        kernels: { type: 'string', default: 'wasm' },
        list: { type: 'boolean', default: false },
        pairs: { type: 'string', default: '5' },
        plot: { type: 'string' },
        reps: { type: 'string', default: '5' },
        reuse: { type: 'boolean', default: false },
        time: { type: 'string', default: '1000' },
        update: { type: 'boolean', default: false },
        workers: { type: 'string' },
      },
    });
  } catch (cause) {
    throw usage(cause instanceof Error ? cause.message : String(cause));
  }
}

const usage = (message: string): SeamountError =>
  new SeamountError('E_USAGE', message, 'npm run bench -- --help');

function whole(option: string, text: string, least: number): number {
  const value = Number(text);
  if (Number.isInteger(value) && value >= least) return value;
  throw usage(`${option}: a whole number from ${least}, got '${text}'`);
}

/** Words go to the chip as they are: it says itself what it does not understand. */
const workersOf = (text: string): Workers => (/^\d+$/.test(text) ? Number(text) : text) as Workers;
