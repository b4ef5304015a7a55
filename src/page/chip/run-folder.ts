/**
 * A run directory that was dropped on the page: the same files and checks as `openRun` (io/run-directory.ts), from
 * memory in place of a disk.
 */
import { SeamountError } from '../../../cores/index.js';
import type { ChipImage } from '../../../routing/index.js';
import { decodeImage } from '../../io/codec.js';
import { imageHash } from '../../io/content-hash.js';
import { decodeSpikes } from '../../io/decode-spikes.js';
import { MANIFEST_FILE, type Manifest, parseManifest } from '../../io/manifest.js';
import { readNpz } from '../../io/npz.js';
import { fileEntry, IMAGE_FILE, spikesFile, TRACES_FILE } from '../../io/run-files.js';
import { SPIKE_FORMATS } from '../../io/spike-format.js';
import type { GivenFile, RecordedRun, TracePart } from './calls.js';

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
  const pathOf = (file: string): string => (folder === '' ? file : `${folder}/${file}`);
  const bytesOf = (file: string): Uint8Array | undefined =>
    files.find(({ path }) => path === pathOf(file))?.bytes;
  const manifest = parseManifest(bytesOf(MANIFEST_FILE)!, pathOf(MANIFEST_FILE));

  const checked = async (file: string): Promise<Uint8Array> => {
    const entry = Object.hasOwn(manifest.files, file) ? manifest.files[file] : undefined;
    if (entry === undefined) throw new SeamountError('E_INPUT', `${name}: its run wrote no ${file}`);
    const bytes = bytesOf(file);
    if (bytes === undefined)
      throw new SeamountError(
        'E_INPUT',
        `${pathOf(file)}: is missing`,
        'drop the whole folder of the run, not some of its files',
      );
    const { sha256 } = await fileEntry(bytes);
    if (bytes.length !== entry.bytes || sha256 !== entry.sha256)
      throw new SeamountError(
        'E_INPUT',
        `${pathOf(file)}: is not what its run wrote`,
        'it was changed or damaged since',
      );
    return bytes;
  };

  const image = decodeImage(await checked(IMAGE_FILE));
  if (imageHash(image) !== manifest.image)
    throw new SeamountError('E_INPUT', `${pathOf(IMAGE_FILE)}: is not the image the manifest names`);
  const format = SPIKE_FORMATS.find((f) => Object.hasOwn(manifest.files, spikesFile(f)));
  if (format === undefined) throw new SeamountError('E_INPUT', `${name}: its run wrote no spikes`);
  const spikes = decodeSpikes(
    await checked(spikesFile(format)),
    format,
    manifest.populations,
    pathOf(spikesFile(format)),
  );
  return {
    name,
    manifest,
    image,
    run: {
      from: manifest.steps.from,
      to: manifest.steps.to,
      stateHash: manifest.stateHash,
      spikes: { steps: spikes.steps, ids: spikes.ids },
      traces:
        manifest.traces.length === 0
          ? []
          : tracesOf(manifest, await checked(TRACES_FILE), pathOf(TRACES_FILE)),
    },
  };
}

function tracesOf({ traces, populations }: Manifest, bytes: Uint8Array, name: string): readonly TracePart[] {
  const arrays = readNpz(bytes, name);
  const data = <T>(key: string, kind: new () => T): T => {
    const values = arrays.get(key)?.data;
    if (values instanceof kind) return values;
    throw new SeamountError('E_INPUT', `${name}: has no array ${key} of the expected kind`);
  };
  return traces.map(({ name: trace, population, variable }) => ({
    population: populations.findIndex(({ label }) => label === population),
    variable,
    steps: data(`${trace}.steps`, Uint32Array),
    neurons: data(`${trace}.neurons`, Uint32Array),
    samples: data(trace, Int32Array),
  }));
}
