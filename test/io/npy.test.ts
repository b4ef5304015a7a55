import { execFileSync } from 'node:child_process';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { SeamountError } from '../../cores/index.js';
import { type NpyData, readNpy, writeNpy } from '../../src/io/npy.js';

const ARRAYS: readonly NpyData[] = [
  Int8Array.of(-128, 0, 127),
  Uint8Array.of(0, 1, 255),
  Int16Array.of(-32768, 0, 32767),
  Uint16Array.of(0, 1, 65535),
  Int32Array.of(-(2 ** 31), 0, 2 ** 31 - 1),
  Uint32Array.of(0, 1, 2 ** 32 - 1),
  BigInt64Array.of(-(2n ** 63n), 0n, 2n ** 63n - 1n),
  BigUint64Array.of(0n, 1n, 2n ** 64n - 1n),
  Float32Array.of(-1.5, 0, Number.NaN),
  Float64Array.of(Math.PI, -0, Infinity),
];

/** What numpy makes of files: dtype, shape, and the bytes it would save itself; undefined where there is no numpy. */
function numpy(
  files: readonly Uint8Array[],
): { dtype: string; shape: number[]; saved: string }[] | undefined {
  const script = `
import base64, io, json, sys, numpy
def told(file):
    array, saved = numpy.load(io.BytesIO(base64.b64decode(file))), io.BytesIO()
    numpy.save(saved, array)
    return {'dtype': array.dtype.str, 'shape': array.shape, 'saved': saved.getvalue().hex()}
print(json.dumps([told(file) for file in json.load(sys.stdin)]))`;
  try {
    execFileSync('python3', ['-c', 'import numpy'], { stdio: 'ignore' });
  } catch {
    return undefined;
  }
  const input = JSON.stringify(files.map((file) => Buffer.from(file).toString('base64')));
  return JSON.parse(execFileSync('python3', ['-c', script], { input }).toString());
}

describe('npy', () => {
  it.each(ARRAYS.map((a) => [a.constructor.name, a] as const))('brings back a %s', (_, data) => {
    expect(readNpy(writeNpy(data))).toEqual({ shape: [3], data });
  });

  it('brings back any shape of any integers', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(5), { maxLength: 4 }), fc.integer(), (shape, seed) => {
        const data = Int32Array.from({ length: shape.reduce((a, b) => a * b, 1) }, (_, i) =>
          Math.imul(seed, i + 1),
        );
        expect(readNpy(writeNpy(data, shape))).toEqual({ shape, data });
      }),
    );
  });

  it('writes the header numpy writes', () => {
    const bytes = writeNpy(Int32Array.of(1, 2, 3, 4, 5, 6), [3, 2]);
    const header = "{'descr': '<i4', 'fortran_order': False, 'shape': (3, 2), }";
    expect(Buffer.from(bytes.subarray(0, 10)).toString('hex')).toBe('934e554d505901007600');
    expect(Buffer.from(bytes.subarray(10, 128)).toString('latin1')).toBe(`${header.padEnd(117)}\n`);
    expect(bytes.length).toBe(128 + 24);
  });

  it('is what numpy itself would save', (context) => {
    const files = ARRAYS.map((data) => writeNpy(data, [3, 1]));
    const told = numpy(files) ?? context.skip('no numpy here');
    expect(told.map(({ saved }) => saved)).toEqual(files.map((file) => Buffer.from(file).toString('hex')));
    expect(told.map(({ dtype }) => dtype)).toEqual('|i1 |u1 <i2 <u2 <i4 <u4 <i8 <u8 <f4 <f8'.split(' '));
    expect(told.every(({ shape }) => shape.join() === '3,1')).toBe(true);
  });

  it('reads views that start anywhere in a buffer', () => {
    const file = writeNpy(Float64Array.of(1, 2, 3));
    const shifted = new Uint8Array(file.length + 3);
    shifted.set(file, 3);
    expect(readNpy(shifted.subarray(3)).data).toEqual(Float64Array.of(1, 2, 3));
  });

  const good = writeNpy(Int32Array.of(1, 2, 3, 4), [2, 2]);
  const edited = (from: string, to: string): Uint8Array => {
    const text = Buffer.from(good).toString('latin1').replace(from, to);
    return new Uint8Array(Buffer.from(text, 'latin1'));
  };
  it.each([
    ['empty', new Uint8Array(0), 'not a .npy file'],
    ['foreign', new TextEncoder().encode('step,population,neuron\n'), 'not a .npy file'],
    ['version 3', good.map((b, i) => (i === 6 ? 3 : b)), 'version 3.0 is not supported'],
    ['truncated header', good.subarray(0, 60), 'header is truncated'],
    ['truncated data', good.subarray(0, good.length - 1), 'data has 15 bytes, its header promises 16'],
    ['excess data', new Uint8Array([...good, 0]), 'data has 17 bytes'],
    ['big endian', edited('<i4', '>i4'), 'dtype >i4 is not supported'],
    ['complex', edited('<i4', '<c8'), 'dtype <c8 is not supported'],
    ['Fortran order', edited('False', 'True '), 'Fortran order'],
    ['no shape', edited("'shape'", "'shade'"), 'header cannot be read'],
    ['huge shape', edited('(2, 2), }', '(9000000000000000,)}'), 'too large'],
  ])('refuses a file that is %s', (_, bytes, message) => {
    expect(() => readNpy(bytes, 'spikes.npy')).toThrow(SeamountError);
    expect(() => readNpy(bytes, 'spikes.npy')).toThrow(`spikes.npy: `);
    expect(() => readNpy(bytes, 'spikes.npy')).toThrow(message);
  });

  it('refuses a shape that does not fit the data', () => {
    expect(() => writeNpy(Int8Array.of(1, 2, 3), [2, 2])).toThrow('shape (2, 2) does not hold 3 values');
  });
});
