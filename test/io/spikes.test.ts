import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decodeSpikes } from '../../src/io/decode-spikes.js';
import { encodeSpikes } from '../../src/io/encode-spikes.js';
import { SPIKE_FORMATS, type SpikePopulation, type SpikeTable } from '../../src/io/spike-format.js';

const POPULATIONS: readonly SpikePopulation[] = [
  { label: 'exc', size: 3, firstId: 0 },
  { label: 'with "quotes", commas\nand lines', size: 2, firstId: 3 },
  { label: '=1+1', size: 1, firstId: 5 },
];

const table = (rows: readonly (readonly [number, number, number])[], valued: boolean): SpikeTable => ({
  steps: Uint32Array.from(rows, (r) => r[0]),
  ids: Uint32Array.from(rows, (r) => r[1]),
  values: valued ? Int8Array.from(rows, (r) => r[2]) : null,
});

const spikes = fc.tuple(
  fc.uniqueArray(fc.tuple(fc.integer({ min: 1, max: 9 }), fc.nat(5)), {
    selector: ([step, id]) => step * 6 + id,
  }),
  fc.boolean(),
);

const text = (bytes: Uint8Array): string => new TextDecoder().decode(bytes);
const few = table(
  [
    [1, 0, 1],
    [1, 4, -1],
    [7, 2, 1],
  ],
  true,
);

describe('spike files', () => {
  it.each(SPIKE_FORMATS)('%s brings back any spikes', (format) => {
    fc.assert(
      fc.property(spikes, ([rows, ternary]) => {
        const sorted = [...rows].sort((a, b) => a[0] - b[0] || a[1] - b[1]);
        const all = table(
          sorted.map(([step, id]) => [step, id, id % 2 === 0 ? 1 : -1]),
          ternary,
        );
        expect(decodeSpikes(encodeSpikes(all, format, POPULATIONS), format, POPULATIONS, 'spikes')).toEqual(
          all,
        );
      }),
    );
  });

  it('CSV names populations, and numbers neurons in them', () => {
    const csv = text(encodeSpikes({ ...few, values: null }, 'csv', POPULATIONS));
    expect(csv).toBe('step,population,neuron\n1,exc,0\n1,"with ""quotes"", commas\nand lines",1\n7,exc,2\n');
  });

  it('JSON is one object of columns', () => {
    const json = JSON.parse(text(encodeSpikes(few, 'json', POPULATIONS))) as { populations: unknown[] };
    expect(json).toMatchObject({ schema: 'seamount/spikes/1' });
    expect(json.populations[0]).toEqual({
      label: 'exc',
      size: 3,
      steps: [1, 7],
      neurons: [0, 2],
      values: [1, 1],
    });
  });

  it('CSV of many spikes is whole', () => {
    const n = 70_000;
    const many = table(
      Array.from({ length: n }, (_, i) => [i + 1, 2, 1] as const),
      false,
    );
    const lines = text(encodeSpikes(many, 'csv', POPULATIONS)).split('\n');
    expect(lines).toHaveLength(n + 2);
    expect(lines[n]).toBe(`${n},exc,2`);
  });

  const bytes = (content: string): Uint8Array => new TextEncoder().encode(content);
  it.each([
    ['csv', bytes('a,b\n'), 'expected the header'],
    ['csv', bytes('step,population,neuron\n1,exc,0\n2,exc\n'), 'row 2 cannot be read'],
    ['csv', bytes('step,population,neuron\n1,inh,0\n'), 'unknown population inh'],
    ['json', bytes('{'), 'is not JSON'],
    ['json', bytes('{"schema": "seamount/run/1"}'), 'is not a seamount/spikes/1 file'],
    ['npy', encodeSpikes(few, 'npz', POPULATIONS), 'is not a .npy file'],
    ['npz', encodeSpikes(few, 'npy', POPULATIONS), 'is not a complete .npz file'],
  ] as const)('%s refuses %o', (format, content, message) => {
    expect(() => decodeSpikes(content, format, POPULATIONS, 'spikes.x')).toThrow(`spikes.x: `);
    expect(() => decodeSpikes(content, format, POPULATIONS, 'spikes.x')).toThrow(message);
  });
});
