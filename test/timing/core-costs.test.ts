/** Latencies of a profile as whole picoseconds or as seconds; what has none is free and named. */
import { describe, expect, it } from 'vitest';
import { coreCosts, meshCosts } from '../../src/timing/core-costs.js';
import { figure, PEER_COSTS } from './sanafe-case.js';

describe('coreCosts', () => {
  it('gives whole picoseconds', () => {
    expect(coreCosts(PEER_COSTS)).toEqual({
      costs: {
        visit: 6000,
        updateActive: 3700,
        updateIdle: 0,
        spike: 30_000,
        axonOut: 5100,
        axonIn: 16_000,
        synapseSparse: 4700,
        synapseDense: 3800,
        synapseConv: 3100,
        unit: 'ps',
      },
      untimed: [],
    });
    const latency = { ...PEER_COSTS.latency, spike: figure(0.12345) };
    expect(coreCosts({ ...PEER_COSTS, latency }).costs.spike).toBe(123);
  });

  it('gives the nearest double of seconds', () => {
    const { costs } = coreCosts(PEER_COSTS, 's');
    expect(costs).toMatchObject({ unit: 's', updateActive: 3.7e-9, synapseDense: 3.8e-9, axonOut: 5.1e-9 });
  });

  it('names what has no latency, but not what is part of another', () => {
    const { axonOut, axonIn, spike, ...latency } = PEER_COSTS.latency;
    const { costs, untimed } = coreCosts({
      ...PEER_COSTS,
      latency: { ...latency, visit: { includedIn: 'updateIdle' } },
    });
    expect(untimed).toEqual(['spike', 'axonOut', 'axonIn']);
    expect(costs).toMatchObject({ visit: 0, spike: 0, axonOut: 0, axonIn: 0, synapseConv: 3100 });
  });
});

describe('meshCosts', () => {
  it.each([
    [1, 600_000],
    [3, 1_000_000],
    [4, 1_400_000],
    [28, 1_400_000],
    [29, 1_800_000],
    [4000, 1_800_000],
  ])('%d tiles have a barrier of %d ps', (tiles, barrier) => {
    expect(meshCosts(PEER_COSTS, tiles)).toEqual({
      costs: { hopEast: 4100, hopWest: 4100, hopNorth: 6500, hopSouth: 6500, linkBuffer: 16, barrier },
      untimed: [],
    });
  });

  it('takes the first barrier for fewer tiles than any', () => {
    expect(meshCosts({ ...PEER_COSTS, barrier: PEER_COSTS.barrier.slice(2) }, 1).costs.barrier).toBe(
      1_400_000,
    );
  });

  it('in seconds', () => {
    expect(meshCosts(PEER_COSTS, 1, 's').costs).toMatchObject({ hopEast: 4.1e-9, barrier: 6e-7 });
  });

  it('names what has no latency; buffers without a figure are endless', () => {
    const { hopWest, ...latency } = PEER_COSTS.latency;
    expect(meshCosts({ ...PEER_COSTS, latency, barrier: [], linkBuffer: null }, 5)).toEqual({
      costs: {
        hopEast: 4100,
        hopWest: 0,
        hopNorth: 6500,
        hopSouth: 6500,
        linkBuffer: Number.POSITIVE_INFINITY,
        barrier: 0,
      },
      untimed: ['hopWest', 'barrier'],
    });
  });
});
