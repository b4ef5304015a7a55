/** Run directories on the disk: written whole or not at all. */
import { SeamountError } from '../../cores/index.js';
import { MANIFEST_FILE, parseManifest } from './manifest.js';
import { listDirectory, pathKind, readBytes } from './read-file.js';
import { type FinishedRun, runFiles } from './run-files.js';
import { inside, noRun, openSavedRun, type SavedRun } from './saved-run.js';
import type { SpikeFormat } from './spike-format.js';
import { writeDirectoryWhole } from './write-file.js';

export interface WriteRunOptions {
  /** Forms of the spike file; default npy. */
  readonly formats?: readonly SpikeFormat[];
  /** Replace a run directory that is there already. */
  readonly force?: boolean;
}

/**
 * Checks that a run may be written to `path`: nothing is there, an empty directory, or with `force` a run
 * directory and nothing else.
 * @throws {SeamountError} `E_USAGE` saying what is there.
 */
export async function checkRunTarget(path: string, force: boolean): Promise<void> {
  const kind = await pathKind(path);
  if (kind === 'missing') return;
  if (kind === 'file') throw new SeamountError('E_USAGE', `${path}: is a file, expected a new directory`);
  const names = await listDirectory(path);
  if (names.length === 0) return;
  if (!names.includes(MANIFEST_FILE))
    throw new SeamountError(
      'E_USAGE',
      `${path}: is a directory with other files in it`,
      'choose a new name; --force replaces run directories only',
    );
  if (!force)
    throw new SeamountError(
      'E_USAGE',
      `${path}: holds a run already`,
      'choose a new name, or add --force to replace it',
    );
  const { files } = parseManifest(await readBytes(inside(path, MANIFEST_FILE)), inside(path, MANIFEST_FILE));
  const foreign = names.filter((name) => name !== MANIFEST_FILE && !Object.hasOwn(files, name));
  if (foreign.length > 0)
    throw new SeamountError(
      'E_USAGE',
      `${path}: also holds ${foreign.join(', ')}, which no run wrote`,
      'move that elsewhere, or choose a new name',
    );
}

/**
 * Writes a run directory. It appears under its name complete, manifest and all, or not at all.
 * @throws {SeamountError} `E_USAGE` when something is there already, `E_IO` when it cannot be written; what
 * was there is unchanged then.
 */
export async function writeRun(path: string, run: FinishedRun, options: WriteRunOptions = {}): Promise<void> {
  const { formats = ['npy'], force = false } = options;
  const files = await runFiles(run, formats);
  await checkRunTarget(path, force);
  await writeDirectoryWhole(path, files);
}

/**
 * Opens a run directory.
 * @throws {SeamountError} `E_INPUT` when it is none, or (later) when a file is missing or was changed.
 */
export async function openRun(path: string): Promise<SavedRun> {
  if ((await pathKind(inside(path, MANIFEST_FILE))) === 'missing') throw noRun(path);
  return openSavedRun(path, (name) => readBytes(inside(path, name)));
}
