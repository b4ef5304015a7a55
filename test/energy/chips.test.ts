/** A run on two chips has a section by chip: sums of its cores, in data and in text. */
import { describe, expect, it } from 'vitest';
import {
  cells,
  connectors,
  costProfileNamed,
  EVENTS,
  Network,
  renderEnergy,
  reportsOf,
  simulate,
  sources,
  synapses,
} from '../../src/index.js';
import { ledgerFromJson } from '../../src/io/account-files.js';

const costs = costProfileNamed('loihi1-sanafe');

/** `a` on the first chip, `b` on a core further on. */
function network(coreOfB: number): Network {
  const net = new Network({ seed: 3 });
  const noise = net.population(20, sources.poisson({ rate: 80 }), 'noise');
  const cell = cells.loihi({ du: 1000, dv: 300, vthMant: 120 });
  const a = net.population(30, cell, 'a').place([{ core: 0, neurons: [0, 30] }]);
  const b = net.population(20, cell, 'b').place([{ core: coreOfB, neurons: [0, 20] }]);
  net.projection(noise, a, connectors.fixedProbability(0.4), synapses.static({ weight: 60 }));
  net.projection(a, b, connectors.fixedProbability(0.4), synapses.static({ weight: 60 }));
  return net;
}

async function reported(coreOfB: number) {
  const { image, accounts } = await simulate(network(coreOfB), { steps: 100, account: { costs } });
  return { ledger: accounts!.ledger, energy: reportsOf(image, accounts!, { costs, from: 1 }).energy };
}

describe('a run on two chips', async () => {
  const { ledger, energy } = await reported(130);
  const chips = energy.sections.find(({ by }) => by === 'chip')!;

  it('is divided by chip', () => {
    expect(ledger.chips).toBe(2);
    expect(chips.entries.map(({ label }) => label)).toEqual(['0,0', '1,0']);
    for (const { name } of EVENTS)
      expect(chips.entries.reduce((sum, { counts }) => sum + counts[name], 0)).toBe(
        ledger.total[name] - (chips.unattributed[name] ?? 0),
      );
    expect(Object.keys(chips.unattributed)).toEqual(['barrier', 'hostMessage']);
    const [first, second] = chips.entries.map(({ counts }) => counts);
    // a is on one chip, b on the other, and crosses to nowhere
    expect([first!.visit, second!.visit]).toEqual([3000, 2000]);
    expect(first!.chipCrossing).toBe(ledger.total.chipCrossing);
    expect(ledger.total.chipCrossing).toBeGreaterThan(0);
    expect(second!.axonIn).toBe(first!.axonOut);
  });

  it('shows them in text, with whose a crossing is', () => {
    const text = renderEnergy(energy);
    expect(text).toMatch(/^chip +energy +share/m);
    expect(text).toMatch(/^0,0 +\d+\.\d+ [nµ]J/m);
    expect(text.replace(/\s+/g, ' ')).toContain('hops are charged where it left from');
  });

  it('has no such section in a ledger that does not say where cores are, and says why', () => {
    const old = { ...ledger, cores: ledger.cores.map(({ label, counts }) => ({ label, counts })) };
    const bytes = (value: unknown) => new TextEncoder().encode(JSON.stringify(value));
    expect(ledgerFromJson(bytes(ledger), 'events.json')).toEqual(ledger);
    expect(() => ledgerFromJson(bytes(old), 'events.json')).toThrowError(
      expect.objectContaining({ code: 'E_INPUT', hint: expect.stringContaining('run the network again') }),
    );
  });
});

it('a run on one chip is not divided by chip', async () => {
  const { energy } = await reported(5);
  expect(energy.sections.map(({ by }) => by)).toEqual(['core', 'population', 'projection']);
});
