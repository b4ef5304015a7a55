/** `seamount verify`: recordings against this emulator. */
import type { BackendKind } from '../../cores/index.js';
import { SeamountError } from '../../cores/index.js';
import { listDirectory, pathKind, readBytes } from '../io/read-file.js';
import { outcomeOf, renderVerifyReport } from '../verify/report.js';
import { isSanafeNet, isSanafeOutput } from '../verify/sanafe-recording.js';
import { type VerifySource, verifyRecordings } from '../verify/verify.js';
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

/** Files as they are; of a directory the recordings in it, or itself and those directly in it that SANA-FE's output is in. */
async function sourcesOf(paths: readonly string[]): Promise<readonly VerifySource[]> {
  const sources: VerifySource[] = [];
  for (const path of paths) {
    if ((await pathKind(path)) === 'directory') sources.push(...(await sourcesIn(path.replace(/\/+$/, ''))));
    else sources.push({ name: path, read: () => readBytes(path) });
  }
  return sources;
}

async function sourcesIn(directory: string): Promise<readonly VerifySource[]> {
  const names = await listDirectory(directory);
  // without its net it is refused by name, which a reader of recordings could not do
  const own = names.some(isSanafeOutput) ? [sanafeSource(directory, names)] : [];
  if (own.length > 0 && names.some(isSanafeNet)) return own;
  const recordings = names
    .filter((name) => RECORDING.test(name) && !isSanafeOutput(name))
    .map((name) => ({ name: `${directory}/${name}`, read: () => readBytes(`${directory}/${name}`) }));
  const directories: VerifySource[] = [];
  for (const name of names) {
    const inner = `${directory}/${name}`;
    if ((await pathKind(inner)) !== 'directory') continue;
    const innerNames = await listDirectory(inner);
    if (innerNames.some(isSanafeOutput)) directories.push(sanafeSource(inner, innerNames));
  }
  const sources = [...own, ...recordings, ...directories];
  if (sources.length === 0)
    throw new SeamountError('E_INPUT', `${directory}: has no recordings (.json, .json.gz)`);
  return sources;
}

const sanafeSource = (directory: string, names: readonly string[]): VerifySource => ({
  name: directory,
  files: new Map(names.map((name) => [name, () => readBytes(`${directory}/${name}`)])),
});

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
