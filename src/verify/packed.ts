/**
 * Packed arrays of recordings: `{ dtype, shape, b64 }`, little-endian, row-major, base64, so that a large
 * trace stays readable JSON around compact numbers.
 */

type Read = (view: DataView, at: number) => number;

const big = (value: bigint): number => Number(value);

const DTYPES: ReadonlyMap<string, { readonly bytes: number; readonly read: Read }> = new Map([
  ['bool', { bytes: 1, read: (v, at) => v.getUint8(at) }],
  ['int8', { bytes: 1, read: (v, at) => v.getInt8(at) }],
  ['uint8', { bytes: 1, read: (v, at) => v.getUint8(at) }],
  ['int16', { bytes: 2, read: (v, at) => v.getInt16(at, true) }],
  ['uint16', { bytes: 2, read: (v, at) => v.getUint16(at, true) }],
  ['int32', { bytes: 4, read: (v, at) => v.getInt32(at, true) }],
  ['uint32', { bytes: 4, read: (v, at) => v.getUint32(at, true) }],
  ['int64', { bytes: 8, read: (v, at) => big(v.getBigInt64(at, true)) }],
  ['uint64', { bytes: 8, read: (v, at) => big(v.getBigUint64(at, true)) }],
] satisfies [string, { bytes: number; read: Read }][]);

/** True for anything that means to be a packed array; `unpack` says whether it is a good one. */
export const isPacked = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && 'b64' in value;

/** The shape and the numbers, or what is wrong with the array. */
export function unpack(value: unknown): { shape: readonly number[]; values: readonly number[] } | string {
  if (!isPacked(value)) return 'expected a packed array';
  const { dtype, shape, b64 } = value;
  const type = typeof dtype === 'string' ? DTYPES.get(dtype) : undefined;
  if (type === undefined)
    return `dtype ${JSON.stringify(dtype)} is not one of ${[...DTYPES.keys()].join(', ')}`;
  if (!Array.isArray(shape) || !shape.every((k) => Number.isSafeInteger(k) && k >= 0)) {
    return `shape ${JSON.stringify(shape)} is not a list of lengths`;
  }
  const bytes = fromBase64(b64);
  if (bytes === null) return 'b64 is not base64';
  const count = shape.reduce((product: number, k: number) => product * k, 1);
  if (bytes.length !== count * type.bytes) {
    return `shape ${JSON.stringify(shape)} of ${dtype} needs ${count * type.bytes} bytes, b64 holds ${bytes.length}`;
  }
  const view = new DataView(bytes.buffer);
  return { shape, values: Array.from({ length: count }, (_, i) => type.read(view, i * type.bytes)) };
}

function fromBase64(text: unknown): Uint8Array | null {
  if (typeof text !== 'string' || text.length % 4 !== 0 || !/^[A-Za-z0-9+/]*={0,2}$/.test(text)) return null;
  return Uint8Array.from(atob(text), (c) => c.charCodeAt(0));
}
