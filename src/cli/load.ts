/**
 * What a file named on the command line is: a network, an image, a checkpoint or a run directory. Each kind's
 * reader is loaded when there is one to read: 15 ms of the 155 of a small run.
 */
import { SeamountError } from '../../cores/index.js';
import type { Checkpoint, ChipImage } from '../../routing/index.js';
import { named, textOf } from '../io/named-bytes.js';
import { pathKind, readBytes } from '../io/read-file.js';
import type { SavedRun } from '../io/saved-run.js';
import type { NetworkFile, NetworkFileOptions } from '../netfile/network-from-text.js';
import type { Terminal } from './terminal.js';

export type Target =
  | { readonly kind: 'network'; readonly name: string; readonly file: NetworkFile }
  | { readonly kind: 'image'; readonly name: string; readonly image: ChipImage; readonly bytes: number }
  | { readonly kind: 'checkpoint'; readonly name: string; readonly bytes: Uint8Array }
  | { readonly kind: 'run'; readonly name: string; readonly run: SavedRun };

const STDIN = '-';
const STDIN_NAME = 'standard input';

/**
 * Reads whatever `path` names; `-` is standard input.
 * @throws {SeamountError} `E_INPUT` when it is nothing of ours, or wrong.
 */
export async function loadTarget(
  path: string,
  terminal: Terminal,
  options: NetworkFileOptions = {},
): Promise<Target> {
  const name = path === STDIN ? STDIN_NAME : path;
  if (path !== STDIN && (await pathKind(path)) === 'directory') {
    const { openRun } = await import('../io/run-directory.js');
    return { kind: 'run', name, run: await openRun(path) };
  }
  const bytes = path === STDIN ? await terminal.readInput() : await readBytes(path);
  if (bytes.length === 0)
    throw new SeamountError('E_INPUT', `${name}: is empty, expected a network or an image`);
  const text = textOf(bytes);
  if (text !== undefined) {
    return { kind: 'network', name, file: await networkFile(text, name, options) };
  }
  const { isCheckpoint } = await import('../io/checkpoint-file.js');
  if (isCheckpoint(bytes)) return { kind: 'checkpoint', name, bytes };
  const { decodeImage } = await import('../io/codec.js');
  return { kind: 'image', name, image: named(name, () => decodeImage(bytes)), bytes: bytes.length };
}

async function networkFile(text: string, name: string, options: NetworkFileOptions): Promise<NetworkFile> {
  const { networkFromText } = await import('../netfile/network-from-text.js');
  try {
    return networkFromText(text, name, options);
  } catch (cause) {
    const { partOfSanafe } = await import('../sanafe/part-of-pair.js');
    const part = partOfSanafe(text);
    if (part === null) throw cause;
    const word = name === STDIN_NAME ? part.toUpperCase() : name;
    const pair = part === 'architecture' ? [word, 'NETWORK'] : ['ARCHITECTURE', word];
    throw new SeamountError(
      'E_USAGE',
      `${name}: is ${part === 'architecture' ? 'an architecture' : 'a network'} of SANA-FE, half of what is run`,
      `name both files: seamount run ${pair.join(' ')}`,
      { cause },
    );
  }
}

/** The checkpoint in a file, or the latest of a run directory, for this image. */
export async function loadCheckpoint(path: string, image: ChipImage): Promise<Checkpoint> {
  const { decodeCheckpoint } = await import('../io/checkpoint-file.js');
  if ((await pathKind(path)) !== 'directory') {
    return decodeCheckpoint(await readBytes(path), image, path);
  }
  const { openRun } = await import('../io/run-directory.js');
  const run = await openRun(path);
  const file = await run.checkpointBytes();
  if (file === null)
    throw new SeamountError(
      'E_INPUT',
      `${path}: its run saved no checkpoint`,
      'run with --save-checkpoint or --checkpoint-at',
    );
  return decodeCheckpoint(file, image, path);
}
