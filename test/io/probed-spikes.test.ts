import { describe, expect, it } from 'vitest';
import { compile } from '../../src/compiler/compile.js';
import { probedSpikes, recordedSpikes } from '../../src/io/probed-spikes.js';
import { networkFromText } from '../../src/netfile/network-from-text.js';

const image = (probes: readonly object[]) =>
  compile(
    networkFromText(
      JSON.stringify({
        populations: {
          a: { size: 3, cell: { type: 'loihi', vth: 1 } },
          b: { size: 2, cell: { type: 'loihi', vth: 1 } },
        },
        probes,
      }),
      'net.json',
    ).network,
  ).image;

/** Every neuron at steps 1 to 3. */
const all = {
  steps: Uint32Array.from({ length: 15 }, (_, i) => 1 + Math.floor(i / 5)),
  ids: Uint32Array.from({ length: 15 }, (_, i) => i % 5),
  values: Int8Array.from({ length: 15 }, (_, i) => (i % 2 === 0 ? 1 : -1)),
};
const kept = (probes: readonly object[]): readonly string[] => {
  const { steps, ids, values } = probedSpikes(image(probes), all);
  return Array.from(ids, (id, i) => `${steps[i]}:${id}:${values![i]}`);
};

describe('probed spikes', () => {
  it('are all where no probe is of spikes', () => {
    expect(kept([])).toHaveLength(15);
    expect(kept([{ population: 'a', record: ['v'] }])).toHaveLength(15);
    expect(recordedSpikes(image([{ population: 'a', record: ['v'] }]))).toBe('all');
  });

  it('are those of the probes, each in its window, once', () => {
    const probes = [
      { population: 'a', neurons: [1], from: 2 },
      { population: 'a', neurons: [1, 2], from: 1, to: 2 },
      { population: 'b', record: ['u', 'spikes'], from: 3 },
    ];
    expect(recordedSpikes(image(probes))).toBe('probed');
    expect(kept(probes)).toEqual(['1:1:-1', '1:2:1', '2:1:1', '2:2:-1', '3:1:-1', '3:3:-1', '3:4:1']);
  });
});
