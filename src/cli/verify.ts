/** `seamount verify`: recordings against this emulator. */
import type { BackendKind } from '../../cores/index.js';
import { SeamountError } from '../../cores/index.js';
import { listDirectory, pathKind, readBytes } from '../io/read-file.js';
import { outcomeOf, renderVerifyReport } from '../verify/report.js';
import { type RecordingSource, verifyRecordings } from '../verify/verify.js';
import { EXIT_CODES } from './failure.js';
import { painter, type Terminal } from './terminal.js';

export interface VerifyCommandOptions {
  readonly profile?: string;
  readonly workers?: number;
  readonly kernels?: BackendKind;
  readonly json?: boolean;
  readonly quiet?: boolean;
}

const RECORDING = /\.json(\.gz)?$/;

/** The files themselves, and the recordings directly in the directories. */
async function sourcesOf(paths: readonly string[]): Promise<readonly RecordingSource[]> {
  const sources: RecordingSource[] = [];
  for (const path of paths) {
    if ((await pathKind(path)) !== 'directory') {
      sources.push({ name: path, read: () => readBytes(path) });
      continue;
    }
    const names = (await listDirectory(path)).filter((name) => RECORDING.test(name));
    if (names.length === 0)
      throw new SeamountError('E_INPUT', `${path}: has no recordings (.json, .json.gz)`);
    for (const name of names) {
      const file = `${path.replace(/\/+$/, '')}/${name}`;
      sources.push({ name: file, read: () => readBytes(file) });
    }
  }
  return sources;
}

export async function verifyCommand(
  paths: readonly string[],
  options: VerifyCommandOptions,
  terminal: Terminal,
): Promise<number> {
  const { profile, workers, kernels } = options;
  const draws = terminal.drawsProgress && !options.quiet;
  const paint = painter(terminal.colours.err);
  const report = await verifyRecordings(await sourcesOf(paths), {
    signal: terminal.interruptSignal(),
    ...(profile === undefined ? {} : { profile }),
    ...(workers === undefined ? {} : { workers }),
    ...(kernels === undefined ? {} : { kernels }),
    ...(draws
      ? {
          onProgress: ({ file, profile: under, done, total }) =>
            terminal.err(`\r${paint('dim', `${file}, ${under}: ${done} of ${total}`)}\u001b[K`),
        }
      : {}),
  });
  if (draws) terminal.err('\r\u001b[K');
  terminal.out(`${options.json ? JSON.stringify(report, undefined, 2) : renderVerifyReport(report)}\n`);
  const outcome = outcomeOf(report);
  return outcome === null ? 0 : EXIT_CODES[outcome];
}
