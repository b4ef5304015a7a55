/**
 * A workload in a process of its own, so that memory is that of the whole way from the network to the spikes.
 *
 *   node --expose-gc workload-process.js W1 '{"workers":1}'
 *
 * Builds, compiles, opens and runs once (a cold run, as a user has it), prints one line of JSON about that, then
 * runs once more, on a fresh chip or a reset one, for every line of standard input, a line of JSON each; ends with the input.
 * reference.c speaks the same protocol, so runs of both can alternate.
 */
import { performance } from 'node:perf_hooks';
import process from 'node:process';
import { createInterface } from 'node:readline';
import { setTimeout } from 'node:timers/promises';
import { Chip, type ChipOptions } from '../routing/index.js';
import { compile } from '../src/index.js';
import { runExactly, runOn } from './exact-run.js';
import { fail } from './failure.js';
import { peakBytes } from './peak-bytes.js';
import { workloadNamed } from './workloads.js';

/** For what a collection leaves to the event loop, and for the compiler, which works on what ran before in a thread of its own. */
const SETTLE_MS = 250;

const say = (line: object): void => void process.stdout.write(`${JSON.stringify(line)}\n`);

export interface ProcessOptions extends ChipOptions {
  /** Warm runs on one chip, reset in between, so that its threads are warm too. */
  readonly reuse?: boolean;
}

async function serve(name: string, { reuse = false, ...options }: ProcessOptions): Promise<void> {
  const workload = workloadNamed(name);
  const { profile, coreSize } = workload;
  const peaks: Record<string, number> = { start: peakBytes() };
  let last = performance.now();
  const lap = (phase: string): number => {
    const from = last;
    last = performance.now();
    peaks[phase] = peakBytes();
    return (last - from) / 1000;
  };
  // in a function, so that the network can be let go of before the chip is opened, as `simulate` does
  const made = (() => {
    const network = workload.build();
    const build = lap('build');
    const { image } = compile(network, { profile, ...(coreSize === null ? {} : { coreSize }) });
    return { image, build, compile: lap('compile') };
  })();
  const { image } = made;
  const cold = await runExactly(workload, image, options);
  lap('run');
  say({
    workload: name,
    build: made.build,
    compile: made.compile,
    cores: image.cores.length,
    ...cold,
    peakBytes: peaks,
  });
  // input that comes at fixed steps does not come again after a reset
  await using kept = reuse && workload.inputs === 0 ? await Chip.open(image, options) : null;
  for await (const _ of createInterface({ input: process.stdin })) {
    // the chip before: its memory would otherwise stay until the collector feels like it, and be given back then
    const collect = async (): Promise<void> => {
      globalThis.gc?.();
      await setTimeout(SETTLE_MS);
    };
    const { run, reading, hash } = await (kept === null
      ? runExactly(workload, image, options, collect)
      : runOn(workload, kept, options));
    kept?.reset();
    say({ seconds: run, reading, hash });
  }
}

const [, , name = '', options = '{}'] = process.argv;
try {
  await serve(name, JSON.parse(options) as ProcessOptions);
} catch (cause) {
  process.exitCode = fail(cause);
}
