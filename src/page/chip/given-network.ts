/** What was given to the page as something to run: a network's text, an image, a run directory or a checkpoint. */
import { SeamountError } from '../../../cores/index.js';
import type { ChipImage } from '../../../routing/index.js';
import { compileFile } from '../../cli/compile-file.js';
import { isCheckpoint } from '../../io/checkpoint-file.js';
import { decodeImage } from '../../io/codec.js';
import { named, textOf } from '../../io/named-bytes.js';
import { noRun } from '../../io/saved-run.js';
import { networkFromText } from '../../netfile/network-from-text.js';
import type { Given, GivenFile, Opened, RecordedRun } from './calls.js';
import { openRunFolder, runFolderOf } from './run-folder.js';

export interface Runnable {
  readonly kind: Exclude<Opened['kind'], 'checkpoint'>;
  readonly name: string;
  readonly image: ChipImage;
  readonly names: ReadonlyMap<string, readonly string[]>;
  readonly notices: readonly string[];
  readonly steps: number | null;
  readonly text: string | null;
  readonly run: RecordedRun | null;
}

/** A checkpoint goes with the image that is open already. */
export interface GivenCheckpoint {
  readonly kind: 'checkpoint';
  readonly name: string;
  readonly bytes: Uint8Array;
}

/** Longer texts make links that some programs cut. */
const SHARED_TEXT = 20_000;

const NO_NAMES: ReadonlyMap<string, readonly string[]> = new Map();

/**
 * Reads what was given; the same kinds and the same words as the command line.
 * @throws {SeamountError} `E_INPUT` or `E_CAPACITY`, all violations at once
 */
export async function readGiven(given: Given): Promise<Runnable | GivenCheckpoint> {
  if (given.kind === 'text') return fromText(given.text, given.name);
  const { files } = given;
  const folder = runFolderOf(files);
  if (folder !== null) {
    const { name, image, run, manifest } = await openRunFolder(folder, files);
    const notices = manifest.notice === '' ? [] : [manifest.notice];
    return { kind: 'run', name, image, names: NO_NAMES, notices, steps: run.to, text: null, run };
  }
  const [file, ...more] = files;
  if (file === undefined)
    throw new SeamountError('E_INPUT', 'nothing was dropped', 'drop a file or the folder of a run');
  if (more.length > 0) throw severalFiles(files);
  return fromFile(file);
}

function severalFiles(files: readonly GivenFile[]): SeamountError {
  const [folder] = files[0]!.path.split('/');
  const isFolder = files.every(({ path }) => path.startsWith(`${folder}/`));
  return isFolder
    ? noRun(folder!)
    : new SeamountError(
        'E_INPUT',
        `${files.length} files were given, expected one, or the folder of a run`,
        'drop one network, image or checkpoint',
      );
}

function fromFile({ path, bytes }: GivenFile): Runnable | GivenCheckpoint {
  if (bytes.length === 0)
    throw new SeamountError('E_INPUT', `${path}: is empty, expected a network or an image`);
  const text = textOf(bytes);
  if (text !== undefined) return fromText(text, path);
  if (isCheckpoint(bytes)) return { kind: 'checkpoint', name: path, bytes };
  const image = named(path, () => decodeImage(bytes));
  const { notice } = image.profile;
  return {
    kind: 'image',
    name: path,
    image,
    names: NO_NAMES,
    notices: notice === '' ? [] : [notice],
    steps: null,
    text: null,
    run: null,
  };
}

function fromText(text: string, name: string): Runnable {
  const file = networkFromText(text, name);
  const { image, report } = compileFile(file, {});
  return {
    kind: 'network',
    name: file.network.label === '' ? name : file.network.label,
    image,
    names: file.neuronNames,
    notices: report.notices,
    steps: file.steps ?? null,
    text: text.length <= SHARED_TEXT ? text : null,
    run: null,
  };
}
