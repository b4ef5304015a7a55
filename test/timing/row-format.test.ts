/** Rows of costs as the kernels of `simple` keep them: nothing is lost, and what is added up in small numbers fits them. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { ReceivingRows } from '../../src/timing/receiving-rows.js';
import { nibbleOf, rowFormat, writeRows } from '../../src/timing/row-format.js';
import { BYTES, LISTS, MOST_COST, NIBBLES, WORDS } from '../../src/timing/simple-words.js';

interface Case {
  readonly cores: number;
  readonly unit: number;
  /** In units, by row and core; 0 for a core that is not reached. */
  readonly table: readonly (readonly number[])[];
}

const cases: fc.Arbitrary<Case> = fc
  .record({
    cores: fc.constantFrom(1, 8, 32, 33, 64, 100),
    unit: fc.constantFrom(1, 100),
    rows: fc.integer({ min: 0, max: 6 }),
    least: fc.integer({ min: 0, max: 700 }),
    step: fc.integer({ min: 1, max: 50 }),
    steps: fc.constantFrom(1, 8, 15, 16, 25, 26, 1000),
    sparse: fc.boolean(),
    seed: fc.nat(0xffff),
  })
  .map(({ cores, unit, rows, least, step, steps, sparse, seed }) => ({
    cores,
    unit,
    table: Array.from({ length: rows }, (_, row) =>
      Array.from({ length: cores }, (_core, core) => {
        const any = Math.imul(seed + 131 * row + core, 0x9e3779b1) >>> 4;
        return any % (sparse ? 20 : 3) === 0 ? least + step * ((any >>> 8) % steps) : 0;
      }),
    ),
  }));

function rowsOf({ unit, table }: Case): ReceivingRows {
  const start = [0];
  const core: number[] = [];
  const cost: number[] = [];
  for (const row of table) {
    row.forEach((units, at) => {
      if (units === 0) return;
      core.push(at);
      cost.push(units * unit);
    });
    start.push(core.length);
  }
  return {
    row: new Uint32Array(0),
    start: Uint32Array.from(start),
    core: Uint32Array.from(core),
    cost: Float64Array.from(cost),
  };
}

describe('rows of costs', () => {
  it('are written so that each can be read', () => {
    const kinds = new Set<number>();
    fc.assert(
      fc.property(cases, (spec) => {
        const rows = rowsOf(spec);
        const format = rowFormat(rows, spec.cores, spec.unit);
        kinds.add(format.kind);
        const { kind, rowBytes, width, chunk, base, step } = format;
        const listAt = rowBytes * rows.start.length;
        const buffer = new ArrayBuffer(listAt + 4 * rows.cost.length);
        writeRows(rows, format, spec.unit, buffer, { at: 0, listAt });
        spec.table.forEach((row, r) => {
          const read = new Array<number>(kind === LISTS ? spec.cores : width).fill(0);
          if (kind === LISTS) {
            const [from, to] = new Uint32Array(buffer, 4 * r, 2);
            for (const word of new Uint32Array(buffer, listAt).subarray(from, to))
              read[word & 0xffff] = word >>> 16;
          } else {
            const words = new Uint16Array(buffer, r * rowBytes, rowBytes / 2);
            const bytes = new Uint8Array(buffer, r * rowBytes, rowBytes);
            for (let i = 0; i < width; i++) {
              const { byte, shift } = nibbleOf(i);
              const code =
                kind === WORDS ? words[i]! : kind === BYTES ? bytes[i]! : (bytes[byte]! >>> shift) & 0xf;
              read[i] = kind === WORDS || code === 0 ? code : base + step * code;
            }
          }
          expect(read.slice(0, spec.cores)).toEqual(row);
          expect(read.slice(spec.cores).every((units) => units === 0)).toBe(true);
          if (kind === LISTS) return;
          expect(chunk * Math.max(...row)).toBeLessThanOrEqual(MOST_COST);
          if (kind === WORDS) return;
          expect(
            chunk * Math.max(...row.map((units) => (units === 0 ? 0 : (units - base) / step))),
          ).toBeLessThan(256);
          expect(chunk).toBeGreaterThanOrEqual(10);
        });
      }),
      { numRuns: 300 },
    );
    expect([...kinds].sort()).toEqual([LISTS, WORDS, BYTES, NIBBLES]);
  });
});
