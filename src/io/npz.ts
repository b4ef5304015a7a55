/**
 * Named arrays in one file, as numpy's `.npz`: a zip of `.npy` files. The clock never enters: entries carry
 * the zip format's first date, and the compression level is fixed, so that equal arrays give equal files.
 */
import { unzipSync, zipSync } from 'fflate';
import { SeamountError } from '../../cores/index.js';
import { type NpyArray, readNpy, writeNpy } from './npy.js';

/** Zip stores local time: this reads 1 Jan 1980, 00:00 in every time zone. */
const noDate = (): Date => new Date(1980, 0, 1);
/** Refuses a small file that unpacks to more than memory holds. */
const MAX_UNPACKED = 2 ** 31;

/** Array names become file names in the zip; these characters would be read as folders or end the name. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what it is about
const UNSAFE = /[/\\%\u0000-\u001f\u007f]/g;
const entryName = (name: string): string =>
  `${name.replace(UNSAFE, (c) => `%${c.charCodeAt(0).toString(16).padStart(2, '0')}`)}.npy`;

const arrayName = (entry: string): string =>
  entry
    .slice(0, -'.npy'.length)
    .replace(/%([0-9a-f]{2})/g, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));

/** The bytes of an `.npz` file; entries in the order given. */
export function writeNpz(arrays: ReadonlyMap<string, NpyArray>): Uint8Array {
  const entries: Record<string, [Uint8Array, { level: 6; mtime: Date }]> = {};
  for (const [name, { data, shape }] of arrays)
    entries[entryName(name)] = [writeNpy(data, shape), { level: 6, mtime: noDate() }];
  return zipSync(entries);
}

/**
 * The arrays in an `.npz` file by name; `name` is for messages.
 * @throws {SeamountError} `E_INPUT` when the zip or one of its arrays is damaged.
 */
export function readNpz(bytes: Uint8Array, name = 'archive'): ReadonlyMap<string, NpyArray> {
  let files: Record<string, Uint8Array>;
  let unpacked = 0;
  try {
    files = unzipSync(bytes, {
      filter: ({ name: entry, originalSize }) => {
        unpacked += originalSize;
        if (unpacked > MAX_UNPACKED) throw new Error(`unpacks to more than ${MAX_UNPACKED} bytes`);
        return entry.endsWith('.npy');
      },
    });
  } catch (cause) {
    const why = cause instanceof Error ? cause.message : String(cause);
    throw new SeamountError('E_INPUT', `${name}: is not a complete .npz file: ${why}`, '', { cause });
  }
  return new Map(
    Object.entries(files).map(([entry, content]) => {
      const array = arrayName(entry);
      return [array, readNpy(content, `${name}, ${array}`)];
    }),
  );
}
