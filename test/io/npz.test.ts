import { execFileSync } from 'node:child_process';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { NpyArray } from '../../src/io/npy.js';
import { readNpz, writeNpz } from '../../src/io/npz.js';

const sample = new Map<string, NpyArray>([
  ['exc.v', { data: Int32Array.of(1, -2, 3, -4), shape: [2, 2] }],
  ['exc.v.steps', { data: Uint32Array.of(1, 2), shape: [2] }],
]);

describe('npz', () => {
  it('brings back its arrays in order, whatever their names', () => {
    const arrays = fc.uniqueArray(fc.string({ unit: 'grapheme', minLength: 1 }), { maxLength: 5 });
    fc.assert(
      fc.property(arrays, (names) => {
        const archive = new Map(names.map((name, i) => [name, { data: Int32Array.of(i), shape: [1] }]));
        expect([...readNpz(writeNpz(archive))]).toEqual([...archive]);
      }),
    );
  });

  it('never names a file outside its own folder', () => {
    const bytes = writeNpz(new Map([['../../etc/x', { data: Int8Array.of(1), shape: [1] }]]));
    expect(Buffer.from(bytes).toString('latin1')).toContain('..%2f..%2fetc%2fx.npy');
  });

  it('gives the same bytes at another time and in another time zone', () => {
    const bytes = writeNpz(sample);
    const zone = process.env.TZ;
    try {
      process.env.TZ = 'Pacific/Auckland';
      expect(writeNpz(sample)).toEqual(bytes);
    } finally {
      process.env.TZ = zone;
    }
    // The zip format's date and time words of its first minute, 1980-01-01 00:00.
    expect(Buffer.from(bytes.subarray(10, 14)).toString('hex')).toBe('00002100');
  });

  it('is read by numpy', (context) => {
    const script =
      'import sys,io,numpy\na=numpy.load(io.BytesIO(sys.stdin.buffer.read()))\nprint(list(a), a["exc.v"].tolist())';
    let answer: string;
    try {
      execFileSync('python3', ['-c', 'import numpy'], { stdio: 'ignore' });
      answer = execFileSync('python3', ['-c', script], { input: writeNpz(sample) }).toString();
    } catch {
      return context.skip('no numpy here');
    }
    expect(answer).toBe("['exc.v', 'exc.v.steps'] [[1, -2], [3, -4]]\n");
  });

  it.each([
    ['empty', new Uint8Array(0)],
    ['not a zip', new TextEncoder().encode('hello')],
    ['truncated', writeNpz(sample).subarray(0, 100)],
  ])('refuses a file that is %s', (_, bytes) => {
    expect(() => readNpz(bytes, 'traces.npz')).toThrow('traces.npz: is not a complete .npz file');
  });
});
