/** The files of a run, wherever they are, checked against their manifest when read. */
import { SeamountError } from '../../cores/index.js';
import type { ChipImage, Recording, Trace } from '../../routing/index.js';
import { decodeImage } from './codec.js';
import { imageHash } from './content-hash.js';
import { decodeSpikes } from './decode-spikes.js';
import { MANIFEST_FILE, type Manifest, parseManifest } from './manifest.js';
import { readNpz } from './npz.js';
import { COUNTERS_FILE, fileEntry, IMAGE_FILE, spikesFile, TRACES_FILE } from './run-files.js';
import { SPIKE_FORMATS } from './spike-format.js';

/** A run directory, opened. Files are read, and checked against the manifest, when asked for. */
export interface SavedRun {
  readonly path: string;
  readonly manifest: Manifest;
  image(): Promise<ChipImage>;
  spikes(): Promise<Recording['spikes']>;
  traces(): Promise<
    readonly (Omit<Trace, 'probe'> & { readonly name: string; readonly population: string })[]
  >;
  /** counters.json as it is. */
  counters(): Promise<unknown>;
  /** Any of its files as bytes, or null where the run wrote none of that name. */
  bytesOf(name: string): Promise<Uint8Array | null>;
  /** The latest checkpoint as its file's bytes, or null. */
  checkpointBytes(): Promise<Uint8Array | null>;
}

export const inside = (path: string, name: string): string => `${path.replace(/\/+$/, '')}/${name}`;

export const noRun = (path: string): SeamountError =>
  new SeamountError('E_INPUT', `${path}: is no run directory: it has no ${MANIFEST_FILE}`);

/**
 * A run whose manifest is there.
 * @param path where its files are, for messages
 * @param read gives one of them
 * @throws {SeamountError} `E_INPUT` when the manifest is none, or (later) when a file is missing or was changed.
 */
export async function openSavedRun(
  path: string,
  read: (name: string) => Promise<Uint8Array>,
): Promise<SavedRun> {
  const manifest = parseManifest(await read(MANIFEST_FILE), inside(path, MANIFEST_FILE));

  async function file(name: string): Promise<Uint8Array> {
    const entry = Object.hasOwn(manifest.files, name) ? manifest.files[name] : undefined;
    if (entry === undefined) throw new SeamountError('E_INPUT', `${path}: its run wrote no ${name}`);
    const bytes = await read(name);
    const { sha256 } = await fileEntry(bytes);
    if (bytes.length !== entry.bytes || sha256 !== entry.sha256)
      throw new SeamountError(
        'E_INPUT',
        `${inside(path, name)}: is not what its run wrote`,
        'it was changed or damaged since',
      );
    return bytes;
  }

  async function image(): Promise<ChipImage> {
    const decoded = decodeImage(await file(IMAGE_FILE));
    if (imageHash(decoded) !== manifest.image)
      throw new SeamountError('E_INPUT', `${inside(path, IMAGE_FILE)}: is not the image the manifest names`);
    return decoded;
  }

  return {
    path,
    manifest,
    image,
    async spikes() {
      const format = SPIKE_FORMATS.find((f) => Object.hasOwn(manifest.files, spikesFile(f)));
      if (format === undefined) throw new SeamountError('E_INPUT', `${path}: its run wrote no spikes`);
      const name = spikesFile(format);
      return decodeSpikes(await file(name), format, manifest.populations, inside(path, name));
    },
    async traces() {
      if (manifest.traces.length === 0) return [];
      const name = inside(path, TRACES_FILE);
      const arrays = readNpz(await file(TRACES_FILE), name);
      const data = <T>(key: string, kind: new () => T): T => {
        const values = arrays.get(key)?.data;
        if (values instanceof kind) return values;
        throw new SeamountError('E_INPUT', `${name}: has no array ${key} of the expected kind`);
      };
      return manifest.traces.map(({ name: trace, population, variable }) => ({
        name: trace,
        population,
        variable,
        steps: data(`${trace}.steps`, Uint32Array),
        neurons: data(`${trace}.neurons`, Uint32Array),
        samples: data(trace, Int32Array),
      }));
    },
    async counters() {
      return JSON.parse(new TextDecoder().decode(await file(COUNTERS_FILE)));
    },
    async bytesOf(name) {
      return Object.hasOwn(manifest.files, name) ? file(name) : null;
    },
    async checkpointBytes() {
      const name = manifest.checkpoints.at(-1);
      return name === undefined ? null : file(name);
    },
  };
}
