/** Run directories on the disk: written whole or not at all, and checked against their manifest when read. */
import { SeamountError } from '../../cores/index.js';
import type { ChipImage, Recording, Trace } from '../../routing/index.js';
import { decodeImage } from './codec.js';
import { imageHash } from './content-hash.js';
import { decodeSpikes } from './decode-spikes.js';
import { MANIFEST_FILE, type Manifest, parseManifest } from './manifest.js';
import { readNpz } from './npz.js';
import { listDirectory, pathKind, readBytes } from './read-file.js';
import {
  COUNTERS_FILE,
  type FinishedRun,
  fileEntry,
  IMAGE_FILE,
  runFiles,
  spikesFile,
  TRACES_FILE,
} from './run-files.js';
import { SPIKE_FORMATS, type SpikeFormat } from './spike-format.js';
import { writeDirectoryWhole } from './write-file.js';

export interface WriteRunOptions {
  /** Forms of the spike file; default npy. */
  readonly formats?: readonly SpikeFormat[];
  /** Replace a run directory that is there already. */
  readonly force?: boolean;
}

const inside = (path: string, name: string): string => `${path.replace(/\/+$/, '')}/${name}`;

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

/**
 * Opens a run directory.
 * @throws {SeamountError} `E_INPUT` when it is none, or (later) when a file is missing or was changed.
 */
export async function openRun(path: string): Promise<SavedRun> {
  const manifestPath = inside(path, MANIFEST_FILE);
  if ((await pathKind(manifestPath)) === 'missing')
    throw new SeamountError('E_INPUT', `${path}: is no run directory: it has no ${MANIFEST_FILE}`);
  const manifest = parseManifest(await readBytes(manifestPath), manifestPath);

  async function file(name: string): Promise<Uint8Array> {
    const entry = Object.hasOwn(manifest.files, name) ? manifest.files[name] : undefined;
    if (entry === undefined) throw new SeamountError('E_INPUT', `${path}: its run wrote no ${name}`);
    const bytes = await readBytes(inside(path, name));
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
