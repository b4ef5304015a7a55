#!/usr/bin/env node
/** The process around the commands: streams, Ctrl-C and the exit code. */
import process from 'node:process';
import { main } from './program.js';
import { type Terminal, wantsColour } from './terminal.js';

const INTERRUPTED = 130;

/** Set once nobody reads the stream any more (`| head`): the command goes on, to leave its files complete. */
const closed = new Set<NodeJS.WriteStream>();

function watch(stream: NodeJS.WriteStream): void {
  stream.on('error', (error: NodeJS.ErrnoException) => {
    if (closed.has(stream)) return;
    closed.add(stream);
    if (error.code === 'EPIPE') return;
    if (stream === process.stdout) process.stderr.write(`error E_IO: standard output: ${error.message}\n`);
    process.exitCode = 1;
  });
}

const write = (stream: NodeJS.WriteStream, text: string): void => {
  if (!closed.has(stream)) stream.write(text);
};

async function readInput(): Promise<Uint8Array> {
  const chunks: Buffer[] = [];
  for await (const chunk of process.stdin) chunks.push(Buffer.from(chunk));
  return new Uint8Array(Buffer.concat(chunks));
}

const interrupt = new AbortController();
let listening = false;

function onSignal(): void {
  if (!listening || interrupt.signal.aborted) process.exit(INTERRUPTED);
  process.stderr.write('\nstopping at the next step boundary; Ctrl-C again to leave at once\n');
  interrupt.abort();
}

const terminal: Terminal = {
  out: (text) => write(process.stdout, text),
  err: (text) => write(process.stderr, text),
  readInput,
  drawsProgress: process.stderr.isTTY === true && process.env.TERM !== 'dumb',
  columns: process.stdout.columns ?? 100,
  colours: {
    out: wantsColour(process.env, process.stdout.isTTY === true),
    err: wantsColour(process.env, process.stderr.isTTY === true),
  },
  interruptSignal() {
    listening = true;
    return interrupt.signal;
  },
  now: () => performance.now() / 1000,
};

watch(process.stdout);
watch(process.stderr);
process.on('SIGINT', onSignal);
process.on('SIGTERM', onSignal);

const code = await main(process.argv.slice(2), terminal);
// Both streams are flushed before leaving; leaving is explicit, so that nothing left over can keep the process alive.
await new Promise((done) => process.stdout.write('', done));
await new Promise((done) => process.stderr.write('', done));
process.exit(code === 0 ? (process.exitCode ?? 0) : code);
