/** Accounts from the API: of the same run, with the same result, and summing to what the command line says. */
import { describe, expect, it } from 'vitest';
import {
  cells,
  compile,
  connectors,
  costProfileNamed,
  Network,
  reportsOf,
  simulate,
  sources,
  synapses,
} from '../../src/index.js';

function network(): Network {
  const net = new Network({ dt: 1, seed: 3 });
  const noise = net.population(30, sources.poisson({ rate: 80 }), 'noise');
  const cell = cells.loihi({ du: 1000, dv: 300, vthMant: 120, refract: 3 });
  const exc = net.population(90, cell, 'exc');
  const out = net.population(10, cell, 'out');
  net.projection(noise, exc, connectors.fixedProbability(0.3), synapses.static({ weight: 60 }));
  net.projection(exc, out, connectors.fixedProbability(0.4), synapses.static({ weight: 40 }));
  net.probe(out, ['spikes', 'v']);
  return net;
}

const COSTS = costProfileNamed('loihi1-sanafe');

describe('simulate with an account', () => {
  it('changes nothing of the run, and charges for all of it', async () => {
    const plain = await simulate(network(), { steps: 300 });
    expect(plain.accounts).toBeNull();
    for (const timing of ['off', 'simple', 'detailed', 'mesh'] as const) {
      const { accounts, image, stateHash, spikes, traces } = await simulate(network(), {
        steps: 300,
        account: { costs: COSTS, timing, series: true },
      });
      expect(stateHash).toBe(plain.stateHash);
      expect(spikes.get('out')).toEqual(plain.spikes.get('out'));
      expect(traces).toEqual(plain.traces);
      const { ledger, series, clock } = accounts!;
      expect(ledger.total.spike).toBe(Number(plain.counters.totals.spikes));
      expect(ledger.total.updateActive).toBe(Number(plain.counters.totals.updatesActive));
      expect(series!.counts(1, 300)).toEqual(ledger.total);
      expect(clock === null).toBe(timing === 'off');
      const { energy, time } = reportsOf(image, accounts!, { costs: COSTS, from: 1 });
      expect(energy.counts).toEqual(ledger.total);
      expect(time?.steps ?? 300).toBe(300);
    }
  });

  it('tells of its progress as a run without does, while it runs', async () => {
    const told: number[] = [];
    const onProgress = (done: number, steps: number): void => {
      expect(steps).toBe(300);
      told.push(done);
    };
    await simulate(network(), { steps: 300, account: { costs: COSTS }, onProgress });
    expect(told.length).toBeGreaterThan(4);
    expect(told).toEqual([...told].sort((a, b) => a - b));
    expect(told.at(-1)).toBe(300);
  });

  it('tells populations of one core apart where compartments are marked', async () => {
    const { image } = compile(network());
    expect(image.cores.length).toBe(1);
    const simple = await simulate(image, { steps: 200, account: { costs: COSTS, timing: 'simple' } });
    const mesh = await simulate(image, { steps: 200, account: { costs: COSTS, timing: 'mesh' } });
    const { total } = mesh.accounts!.ledger;
    expect(simple.accounts!.ledger.sharedUpdates).toBe(total.updateActive);
    expect(mesh.accounts!.ledger.sharedUpdates).toBeNull();
    const updates = mesh.accounts!.ledger.populations.map(({ counts }) => counts.updateActive);
    expect(updates.reduce((a, b) => a + b, 0)).toBe(total.updateActive);
    expect(updates.every((count, i) => count > 0 || i === 0)).toBe(true);
  });
});
