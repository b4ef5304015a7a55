/** Messages, hops and crossings: by hand for one spike, and conserved in every network. */
import { describe, expect, it } from 'vitest';
import { Chip } from '../../routing/index.js';
import { trafficOf } from '../../routing/traffic.js';
import { type TinyOptions, tinyImage } from './tiny-image.js';

describe('by hand', () => {
  const positions = [
    { chipX: 0, chipY: 0, tileX: 0, tileY: 0, slot: 0 },
    { chipX: 0, chipY: 0, tileX: 0, tileY: 0, slot: 1 },
    { chipX: 0, chipY: 0, tileX: 5, tileY: 2, slot: 0 },
    { chipX: 1, chipY: 0, tileX: 0, tileY: 3, slot: 0 },
  ];
  const shape = { tilesX: 8, tilesY: 4 };
  const axons = {
    start: Uint32Array.of(0, 5, 5, 6),
    core: Uint32Array.of(0, 1, 2, 3, 3, 2),
    axon: new Uint32Array(6),
  };

  it('every spike of a source sends a message to each entry of its list', () => {
    expect(trafficOf(0, axons, [3, 100, 2], positions, shape)).toEqual({
      messagesCore: 3n,
      messagesTile: 3n,
      messagesMesh: 5n,
      messagesChip: 6n,
      hopsX: 3n * (5n + 8n + 8n) + 2n * 5n,
      hopsY: 3n * (2n + 3n + 3n) + 2n * 2n,
      chipCrossings: 6n,
    });
  });

  it('is exact beyond 2^53', () => {
    const many = 2 ** 52;
    const traffic = trafficOf(0, axons, [many, 0, many], positions, shape);
    expect(traffic.messagesMesh).toBe(2n ** 53n);
    expect(traffic.messagesChip).toBe(2n ** 53n);
    expect(traffic.hopsX).toBe(2n ** 52n * 21n + 2n ** 52n * 5n);
  });
});

const NETS: readonly TinyOptions[] = [
  { seed: 31, cores: [10, 20, 30, 5] },
  {
    seed: 32,
    cores: [12, 12, 12],
    positions: [
      [0, 0, 7, 3, 0],
      [1, 0, 0, 3, 0],
      [1, 1, 0, 0, 2],
    ],
  },
];

it.each(NETS)('messages sent are axon events one step later: network %#', async (options) => {
  const { image } = tinyImage(options);
  const poisson = { kind: 'poisson', first: 0, seed: 1, from: 1, to: 90 } as const;
  const schedules = [{ ...poisson, thresholds: new Uint32Array(5).fill(2 ** 30) }];
  await using chip = await Chip.open(
    { ...image, schedules },
    { kernels: 'scalar', workers: 2, pool: 'inline' },
  );
  await chip.run(100);
  const { cores, totals, hostMessages, hostSpikes } = chip.counters();
  const { inFlight } = chip.checkpoint();
  const keys = image.cores.flatMap(({ n, outAxons }) =>
    Array.from({ length: n }, (_, i) => outAxons.start[i + 1]! - outAxons.start[i]!),
  );
  const waiting = inFlight.reduce((sum, key) => sum + keys[key]!, 0);
  const sent = totals.messagesCore + totals.messagesTile + totals.messagesMesh + totals.messagesChip;
  expect(sent + hostMessages - BigInt(waiting)).toBe(totals.axonEventsIn);
  expect(sent).toBeGreaterThan(100n);
  expect(hostSpikes).toBeGreaterThan(50n);
  expect(totals.barriers).toBe(BigInt(100 * image.cores.length));
  expect(cores.map((core) => core.steps)).toEqual(cores.map(() => 100n));
});

it('a message over an edge of the chip is counted as that', async () => {
  const { image } = tinyImage(NETS[1]!);
  await using chip = await Chip.open(image, { kernels: 'scalar' });
  await chip.run(50);
  const { cores } = chip.counters();
  expect(cores[0]!.messagesMesh).toBe(0n);
  expect(cores[0]!.messagesChip).toBeGreaterThan(0n);
  // from (7, 3) to (8, 3) and (8, 4): one hop east each, one of two also south
  expect(cores[0]!.hopsX).toBe(cores[0]!.messagesChip);
  expect(cores[0]!.chipCrossings).toBe(cores[0]!.messagesChip + cores[0]!.hopsY);
});
