/**
 * Arrays in numpy's own file format (NEP 1): versions 1 and 2, little endian, C order, integers and floats.
 * The header is padded to 64 bytes as numpy does, so that equal arrays give equal files.
 */
import { SeamountError } from '../../cores/index.js';

export type NpyData =
  | Int8Array
  | Uint8Array
  | Int16Array
  | Uint16Array
  | Int32Array
  | Uint32Array
  | BigInt64Array
  | BigUint64Array
  | Float32Array
  | Float64Array;

/** An array in C order; `data.length` is the product of `shape` (an empty shape is a scalar, length 1). */
export interface NpyArray<T extends NpyData = NpyData> {
  readonly shape: readonly number[];
  readonly data: T;
}

interface Dtype {
  readonly descr: string;
  readonly make: { new (buffer: ArrayBuffer): NpyData; readonly BYTES_PER_ELEMENT: number };
}

const DTYPES: readonly Dtype[] = [
  { descr: '|i1', make: Int8Array },
  { descr: '|u1', make: Uint8Array },
  { descr: '<i2', make: Int16Array },
  { descr: '<u2', make: Uint16Array },
  { descr: '<i4', make: Int32Array },
  { descr: '<u4', make: Uint32Array },
  { descr: '<i8', make: BigInt64Array },
  { descr: '<u8', make: BigUint64Array },
  { descr: '<f4', make: Float32Array },
  { descr: '<f8', make: Float64Array },
];

const MAGIC = [0x93, 0x4e, 0x55, 0x4d, 0x50, 0x59];
const ALIGNMENT = 64;

const bad = (name: string, message: string, hint = ''): SeamountError =>
  new SeamountError('E_INPUT', `${name}: ${message}`, hint);

const elements = (shape: readonly number[]): number => shape.reduce((product, extent) => product * extent, 1);

/** The bytes of a `.npy` file, version 1 (version 2 when the header needs it). */
export function writeNpy(data: NpyData, shape: readonly number[] = [data.length]): Uint8Array {
  const dtype = DTYPES.find((d) => data instanceof d.make);
  if (dtype === undefined) throw new SeamountError('E_USAGE', 'npy: this kind of array has no numpy dtype');
  if (elements(shape) !== data.length)
    throw new SeamountError(
      'E_USAGE',
      `npy: shape (${shape.join(', ')}) does not hold ${data.length} values`,
    );
  const tuple = shape.length === 1 ? `(${shape[0]},)` : `(${shape.join(', ')})`;
  const header = `{'descr': '${dtype.descr}', 'fortran_order': False, 'shape': ${tuple}, }`;
  const version = header.length + 1 + 10 + ALIGNMENT > 0xffff ? 2 : 1;
  const prefix = version === 1 ? 10 : 12;
  const headerEnd = Math.ceil((prefix + header.length + 1) / ALIGNMENT) * ALIGNMENT;
  const bytes = new Uint8Array(headerEnd + data.byteLength);
  bytes.set(MAGIC);
  bytes[6] = version;
  const view = new DataView(bytes.buffer);
  if (version === 1) view.setUint16(8, headerEnd - prefix, true);
  else view.setUint32(8, headerEnd - prefix, true);
  bytes.fill(0x20, prefix, headerEnd);
  bytes.set(new TextEncoder().encode(header), prefix);
  bytes[headerEnd - 1] = 0x0a;
  bytes.set(new Uint8Array(data.buffer, data.byteOffset, data.byteLength), headerEnd);
  return bytes;
}

/**
 * The array in a `.npy` file; `name` is for messages.
 * @throws {SeamountError} `E_INPUT` for anything that is not a complete array of a supported kind.
 */
export function readNpy(bytes: Uint8Array, name = 'array'): NpyArray {
  if (bytes.length < 10 || MAGIC.some((byte, i) => bytes[i] !== byte)) throw bad(name, 'is not a .npy file');
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const version = bytes[6]!;
  if (version !== 1 && version !== 2)
    throw bad(
      name,
      `.npy version ${version}.${bytes[7]} is not supported`,
      'save it with numpy.save, version 1 or 2',
    );
  const prefix = version === 1 ? 10 : 12;
  if (bytes.length < prefix) throw bad(name, '.npy header is truncated');
  const headerEnd = prefix + (version === 1 ? view.getUint16(8, true) : view.getUint32(8, true));
  if (headerEnd > bytes.length) throw bad(name, '.npy header is truncated');
  const header = new TextDecoder('latin1').decode(bytes.subarray(prefix, headerEnd));

  const descr = /'descr'\s*:\s*'([^']*)'/.exec(header)?.[1];
  const order = /'fortran_order'\s*:\s*(True|False)/.exec(header)?.[1];
  const tuple = /'shape'\s*:\s*\(([\d,\sL]*)\)/.exec(header)?.[1];
  if (descr === undefined || order === undefined || tuple === undefined)
    throw bad(name, '.npy header cannot be read: expected descr, fortran_order and shape');
  const dtype = DTYPES.find(
    (d) => d.descr === descr || (d.descr.startsWith('|') && d.descr.slice(1) === descr.slice(1)),
  );
  if (dtype === undefined)
    throw bad(
      name,
      `.npy dtype ${descr} is not supported`,
      `use one of ${DTYPES.map((d) => d.descr.slice(1)).join(' ')}, little endian`,
    );
  const shape = tuple
    .split(',')
    .map((part) => part.trim().replace(/L$/, ''))
    .filter(Boolean)
    .map(Number);
  if (order === 'True' && shape.filter((extent) => extent > 1).length > 1)
    throw bad(name, '.npy array is in Fortran order', 'save numpy.ascontiguousarray(array) instead');

  const size = elements(shape) * dtype.make.BYTES_PER_ELEMENT;
  if (!Number.isSafeInteger(size)) throw bad(name, `.npy shape (${tuple}) is too large`);
  if (bytes.length - headerEnd !== size)
    throw bad(
      name,
      `.npy data has ${bytes.length - headerEnd} bytes, its header promises ${size}`,
      'the file is truncated or was changed',
    );
  // A copy: the data rarely starts at a multiple of its element size.
  return { shape, data: new dtype.make(bytes.slice(headerEnd).buffer) };
}
