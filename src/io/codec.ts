/**
 * Chip images as bytes: a head that says what this is, how long and with which hash, then msgpack. The only
 * importer of msgpackr, whose defaults damage typed arrays (hence `moreTypes`) and may compile code for
 * records (hence no records); its main entry adds streams and a native addon for strings, of which images have
 * few, at 8 ms and 6 MiB.
 *
 *   0  8 bytes  mark: 0x93 "SMTIMG" 0x0a
 *   8  u32      format version, little-endian like all numbers here
 *  12  u32      bytes of the rest, at most 2^31 - 1
 *  16  16 bytes MurmurHash3 x86 128 of the rest
 *  32           msgpack of the image; typed arrays as msgpackr's extension 0x74
 */
import { Packr } from 'msgpackr/pack';
import { SeamountError, type Violation, ViolationsError } from '../../cores/index.js';
import { type ChipImage, IMAGE_VERSION } from '../../routing/index.js';
import { bytesHash } from './content-hash.js';
import { referenceProblems } from './image-references.js';
import { shapeProblems } from './image-shape.js';

const MARK = Uint8Array.of(0x93, 0x53, 0x4d, 0x54, 0x49, 0x4d, 0x47, 0x0a);
const HEAD = 32;
const VERSION_AT = 8;
const LENGTH_AT = 12;
const HASH_AT = 16;
const LENGTH_MAX = 2 ** 31 - 1;

const packr = (): Packr => new Packr({ moreTypes: true, useRecords: false, mapsAsObjects: true });

/** Throws E_CAPACITY for an image of 2 GiB or more. */
export function encodeImage(image: ChipImage): Uint8Array {
  const body = pack(image);
  const bytes = new Uint8Array(HEAD + body.length);
  const head = new DataView(bytes.buffer);
  bytes.set(MARK);
  head.setUint32(VERSION_AT, IMAGE_VERSION, true);
  head.setUint32(LENGTH_AT, body.length, true);
  bytes.set(hashBytes(body), HASH_AT);
  bytes.set(body, HEAD);
  return bytes;
}

function pack(image: ChipImage): Uint8Array {
  try {
    const body: Uint8Array = packr().pack(image);
    if (body.length <= LENGTH_MAX) return body;
  } catch (cause) {
    // msgpackr says so when it cannot get that much memory.
    if (!(cause instanceof Error && /buffer|allocation|length/i.test(cause.message))) throw cause;
  }
  throw new SeamountError('E_CAPACITY', 'the image is too large for a file: 2 GiB', 'compile where it runs');
}

/** The hash's digits as bytes. */
const hashBytes = (body: Uint8Array): Uint8Array =>
  Uint8Array.from(bytesHash(body).match(/../g) ?? [], (pair) => Number.parseInt(pair, 16));

/**
 * Reads an image, and checks it whole: every field, and that every index is of something there.
 * Throws E_INPUT for bytes that are not a whole, undamaged image of this version.
 */
export function decodeImage(bytes: Uint8Array): ChipImage {
  const value = unpack(bodyOf(bytes));
  const shape = shapeProblems(value);
  refuse(shape);
  const image = value as ChipImage;
  refuse(referenceProblems(image));
  return image;
}

const bad = (message: string, hint = '', cause?: unknown): SeamountError =>
  new SeamountError('E_INPUT', message, hint, { cause });

function bodyOf(bytes: Uint8Array): Uint8Array {
  if (bytes.length === 0) throw bad('is empty, expected a chip image');
  if (!MARK.every((byte, i) => i >= bytes.length || bytes[i] === byte))
    throw bad('is no chip image of seamount');
  if (bytes.length < HEAD) throw bad('is a chip image cut off in its head', 'copy it again');
  const head = new DataView(bytes.buffer, bytes.byteOffset, HEAD);
  const version = head.getUint32(VERSION_AT, true);
  if (version !== IMAGE_VERSION)
    throw bad(
      `is a chip image of version ${version}, this program reads version ${IMAGE_VERSION}`,
      'compile the network again',
    );
  const length = head.getUint32(LENGTH_AT, true);
  const body = bytes.subarray(HEAD);
  if (body.length < length)
    throw bad(`is a chip image cut off: ${bytes.length} of ${HEAD + length} bytes`, 'copy it again');
  if (body.length > length)
    throw bad(`is a chip image with ${body.length - length} bytes too many`, 'copy it again');
  const hash = hashBytes(body);
  if (hash.some((byte, i) => byte !== bytes[HASH_AT + i]))
    throw bad('is a damaged chip image: its hash is wrong', 'copy it again');
  return body;
}

function unpack(body: Uint8Array): unknown {
  try {
    return packr().unpack(body);
  } catch (cause) {
    throw bad('is no chip image: its content cannot be read', '', cause);
  }
}

/** Problems told before the rest is only counted. */
const TOLD = 20;

function refuse(problems: readonly string[]): void {
  if (problems.length === 0) return;
  const told =
    problems.length > TOLD ? [...problems.slice(0, TOLD), `and ${problems.length - TOLD} more`] : problems;
  throw new ViolationsError(
    'E_INPUT',
    told.map((message): Violation => ({ subject: 'chip image', message, hint: '' })),
  );
}
