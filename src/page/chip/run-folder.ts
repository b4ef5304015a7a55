/** A run directory that was dropped on the page: from memory in place of a disk. */
import { SeamountError } from '../../../cores/index.js';
import type { ChipImage } from '../../../routing/index.js';
import { MANIFEST_FILE, type Manifest } from '../../io/manifest.js';
import { inside, openSavedRun } from '../../io/saved-run.js';
import type { GivenFile, RecordedRun } from './calls.js';

export interface RunFolder {
  readonly name: string;
  readonly manifest: Manifest;
  readonly image: ChipImage;
  readonly run: RecordedRun;
}

/** The folder that holds a manifest, or null where there is none. */
export function runFolderOf(files: readonly GivenFile[]): string | null {
  const manifest = files.find(({ path }) => path === MANIFEST_FILE || path.endsWith(`/${MANIFEST_FILE}`));
  return manifest === undefined ? null : manifest.path.slice(0, -MANIFEST_FILE.length).replace(/\/$/, '');
}

/** @throws {SeamountError} `E_INPUT` when a file is missing or was changed */
export async function openRunFolder(folder: string, files: readonly GivenFile[]): Promise<RunFolder> {
  const name = folder === '' ? 'run' : folder;
  const saved = await openSavedRun(name, async (file) => {
    const path = folder === '' ? file : inside(folder, file);
    const given = files.find((one) => one.path === path);
    if (given === undefined)
      throw new SeamountError(
        'E_INPUT',
        `${path}: is missing`,
        'drop the whole folder of the run, not some of its files',
      );
    return given.bytes;
  });
  const { manifest } = saved;
  const { steps, ids } = await saved.spikes();
  return {
    name,
    manifest,
    image: await saved.image(),
    run: {
      from: manifest.steps.from,
      to: manifest.steps.to,
      stateHash: manifest.stateHash,
      spikes: { steps, ids },
      traces: (await saved.traces()).map(({ name: _, population, ...trace }) => ({
        ...trace,
        population: manifest.populations.findIndex(({ label }) => label === population),
      })),
    },
  };
}
