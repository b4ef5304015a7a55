/**
 * One step on the way to a chip, in a process of its own and cold, as a command has it:
 *
 *   node image-process.js compile W2 [FILE]   describes and compiles; saves the image
 *   node image-process.js load FILE           reads the image and opens a chip
 *
 * Prints a line of JSON: seconds, and peak bytes of the process.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { performance } from 'node:perf_hooks';
import process from 'node:process';
import { Chip } from '../routing/index.js';
import { compile, decodeImage, encodeImage, SeamountError } from '../src/index.js';
import { fail } from './failure.js';
import { peakBytes } from './peak-bytes.js';
import { workloadNamed } from './workloads.js';

export interface CompileLine {
  readonly build: number;
  readonly compile: number;
  readonly peakBytes: number;
}

export interface LoadLine {
  readonly bytes: number;
  readonly read: number;
  readonly decode: number;
  readonly open: number;
  readonly peakBytes: number;
}

let last = performance.now();
const lap = (): number => {
  const from = last;
  last = performance.now();
  return (last - from) / 1000;
};

function compiled(name: string, file: string | undefined): CompileLine {
  const workload = workloadNamed(name);
  const { profile, coreSize } = workload;
  lap();
  const network = workload.build();
  const build = lap();
  const { image } = compile(network, { profile, ...(coreSize === null ? {} : { coreSize }) });
  const line = { build, compile: lap(), peakBytes: peakBytes() };
  if (file !== undefined) writeFileSync(file, encodeImage(image));
  return line;
}

async function loaded(file: string): Promise<LoadLine> {
  lap();
  const bytes = readFileSync(file);
  const read = lap();
  const image = decodeImage(bytes);
  const decode = lap();
  await using _chip = await Chip.open(image);
  return { bytes: bytes.length, read, decode, open: lap(), peakBytes: peakBytes() };
}

const [, , task, target = '', file] = process.argv;
try {
  if (task !== 'compile' && task !== 'load') throw new SeamountError('E_USAGE', 'compile or load');
  const line = task === 'compile' ? compiled(target, file) : await loaded(target);
  process.stdout.write(`${JSON.stringify(line)}\n`);
} catch (cause) {
  process.exitCode = fail(cause);
}
