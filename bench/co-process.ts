/** A child that says it is ready in one line of JSON and then answers every line with another one. */
import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process';
import { once } from 'node:events';
import process from 'node:process';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { SeamountError } from '../src/index.js';
import { codeOfExit } from './failure.js';

/** Longer than anything measured here should take on a slow machine. */
const ANSWER_MS = 300_000;

export class CoProcess<Ready, Answer> {
  readonly #name: string;
  readonly #child: ChildProcessWithoutNullStreams;
  readonly #lines: AsyncIterator<string>;
  readonly #exit: Promise<number | null>;
  readonly ready: Ready;

  private constructor(
    name: string,
    child: ChildProcessWithoutNullStreams,
    lines: AsyncIterator<string>,
    exit: Promise<number | null>,
    ready: Ready,
  ) {
    this.#name = name;
    this.#child = child;
    this.#lines = lines;
    this.#exit = exit;
    this.ready = ready;
  }

  /** Starts a program and waits until it is ready. Throws with the code it ended with, else E_WORKER. */
  static async start<Ready, Answer>(
    name: string,
    program: string,
    args: readonly string[],
  ): Promise<CoProcess<Ready, Answer>> {
    const child = spawn(program, args, { stdio: 'pipe' });
    child.stderr.pipe(process.stderr, { end: false });
    child.stdin.on('error', () => {}); // a dead child is noticed by its silence
    const exit = once(child, 'close').then(
      ([code]) => code as number | null,
      () => null, // could not be spawned
    );
    const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
    const ready = await nextLine<Ready>(name, child, lines, exit);
    return new CoProcess<Ready, Answer>(name, child, lines, exit, ready);
  }

  /** One of our own modules under node. */
  static startModule<Ready, Answer>(
    name: string,
    module: string,
    args: readonly string[],
  ): Promise<CoProcess<Ready, Answer>> {
    const path = fileURLToPath(new URL(module, import.meta.url));
    return CoProcess.start(name, process.execPath, ['--expose-gc', path, ...args]);
  }

  /** Runs it once. */
  ask(): Promise<Answer> {
    this.#child.stdin.write('\n');
    return nextLine<Answer>(this.#name, this.#child, this.#lines, this.#exit);
  }

  async close(): Promise<void> {
    this.#child.stdin.end();
    await this.#exit;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.close();
  }
}

async function nextLine<Line>(
  name: string,
  child: ChildProcessWithoutNullStreams,
  lines: AsyncIterator<string>,
  exit: Promise<number | null>,
): Promise<Line> {
  const timer = setTimeout(() => child.kill('SIGKILL'), ANSWER_MS);
  try {
    const { done, value } = await lines.next();
    if (done !== true) return JSON.parse(value) as Line;
    throw new SeamountError(
      codeOfExit(await exit),
      `${name}: its process ended without an answer, or was ended after ${ANSWER_MS / 1000} s`,
    );
  } finally {
    clearTimeout(timer);
  }
}
