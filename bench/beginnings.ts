/** What a user waits for before anything runs: compiling, loading a saved image, a command from shell to result. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import process from 'node:process';
import { fileURLToPath } from 'node:url';
import { SeamountError } from '../src/index.js';
import { CoProcess } from './co-process.js';
import type { Experiment, Settings } from './experiment.js';
import type { CompileLine, LoadLine } from './image-process.js';
import { duration, type Finding, mebibytes } from './report.js';
import { repository } from './repository.js';
import { spread } from './statistics.js';

async function inDirectory<T>(work: (directory: string) => Promise<T>): Promise<T> {
  const directory = mkdtempSync(join(os.tmpdir(), 'seamount-bench-'));
  try {
    return await work(directory);
  } finally {
    rmSync(directory, { recursive: true, force: true });
  }
}

/** Runs it in a new process each time. */
async function lines<Line>(name: string, args: readonly string[], count: number): Promise<readonly Line[]> {
  const found: Line[] = [];
  for (let i = 0; i < count; i++) {
    await using child = await CoProcess.startModule<Line, never>(name, './image-process.js', args);
    found.push(child.ready);
  }
  return found;
}

async function compileTime(workload: string, { reps, say }: Settings): Promise<readonly Finding[]> {
  const name = `compile/${workload}`;
  say(name);
  const found = await lines<CompileLine>(name, ['compile', workload], Math.max(1, reps));
  const describing = spread(found.map(({ build }) => build));
  const compiling = spread(found.map(({ compile }) => compile));
  const peakBytes = Math.max(...found.map((line) => line.peakBytes));
  return [
    {
      kind: 'compile',
      name,
      data: { seconds: { build: describing, compile: compiling }, peakBytes },
      row: {
        network: workload,
        'described in': duration(describing.median),
        'compiled in (least)': `${duration(compiling.median)} (${duration(compiling.min)})`,
        'peak memory': mebibytes(peakBytes),
      },
    },
  ];
}

const loadTime = (workload: string, { reps, say }: Settings): Promise<readonly Finding[]> =>
  inDirectory(async (directory) => {
    const name = `load/${workload}`;
    say(name);
    const file = join(directory, 'image');
    await lines<CompileLine>(name, ['compile', workload, file], 1);
    const found = await lines<LoadLine>(name, ['load', file], Math.max(1, reps));
    const loading = spread(found.map(({ read, decode }) => read + decode));
    const opening = spread(found.map(({ open }) => open));
    return [
      {
        kind: 'load',
        name,
        data: { bytes: statSync(file).size, seconds: { load: loading, open: opening } },
        row: {
          image: workload,
          size: mebibytes(statSync(file).size),
          'loaded in (least)': `${duration(loading.median)} (${duration(loading.min)})`,
          'chip opened in': duration(opening.median),
        },
      },
    ];
  });

const HELLO = `populations:
  cells: { size: 10, cell: { type: loihi, vth: 100, bias: 1000 } }
run: { steps: 100 }
`;

const CLI = fileURLToPath(new URL('../src/cli/main.js', import.meta.url));

/** From the start of the process to its end, result read. */
async function commandTime(args: readonly string[]): Promise<number> {
  const started = performance.now();
  const child = spawn(process.execPath, [CLI, ...args], { stdio: ['ignore', 'pipe', 'inherit'] });
  child.stdout.resume();
  const [code] = await once(child, 'close');
  if (code !== 0) throw new SeamountError('E_WORKER', `seamount ${args.join(' ')} ended with ${code}`);
  return (performance.now() - started) / 1000;
}

const startTime = (name: string, fileIn: (directory: string) => string, { reps, say }: Settings) =>
  inDirectory(async (directory): Promise<readonly Finding[]> => {
    say(name);
    const args = ['run', fileIn(directory)];
    await commandTime(args); // files are in the page cache from here on
    const times: number[] = [];
    for (let i = 0; i < Math.max(5, reps); i++) times.push(await commandTime(args));
    const all = spread(times);
    return [
      {
        kind: 'start',
        name,
        data: { seconds: all },
        row: { 'seamount run': name, 'shell to result': duration(all.median), least: duration(all.min) },
      },
    ];
  });

export const experiments: readonly Experiment[] = [
  ...['W2', 'W4'].map((workload) => ({
    name: `compile/${workload}`,
    title: `description and compilation of ${workload}`,
    quick: false,
    run: (settings: Settings) => compileTime(workload, settings),
  })),
  {
    name: 'load/W2',
    title: 'loading a saved image of W2',
    quick: false,
    run: (settings) => loadTime('W2', settings),
  },
  {
    name: 'start/hello',
    title: 'seamount run of three lines, from shell to result',
    quick: false,
    run: (settings) =>
      startTime(
        'start/hello',
        (directory) => {
          const file = join(directory, 'hello.yaml');
          writeFileSync(file, HELLO);
          return file;
        },
        settings,
      ),
  },
  {
    name: 'start/yaml-network',
    title: 'seamount run of the example, from shell to result',
    quick: false,
    run: (settings) =>
      startTime('start/yaml-network', () => join(repository, 'examples/yaml-network/network.yaml'), settings),
  },
];
