/** Populations that share a core: what is known of them is theirs, whatever model runs, and the rest is told. */
import { describe, expect, it } from 'vitest';
import { messageTable } from '../../routing/index.js';
import { buildEnergyReport } from '../../src/energy/energy-report.js';
import {
  cells,
  compile,
  connectors,
  costProfileNamed,
  Ledgers,
  Network,
  reportsOf,
  simulate,
  sources,
  synapses,
} from '../../src/index.js';

const STEPS = 100;

/** `a` and `b` share core 0, `b` goes on alone on core 1. */
function network(): Network {
  const net = new Network({ seed: 3 });
  const noise = net.population(20, sources.poisson({ rate: 80 }), 'noise');
  const cell = cells.loihi({ du: 1000, dv: 300, vthMant: 120 });
  const a = net.population(30, cell, 'a');
  const b = net.population(20, cell, 'b');
  a.place([{ core: 0, neurons: [0, 30] }]);
  b.place([
    { core: 0, neurons: [0, 10] },
    { core: 1, neurons: [10, 20] },
  ]);
  net.projection(noise, a, connectors.fixedProbability(0.3), synapses.static({ weight: 60 }));
  net.projection(a, b, connectors.fixedProbability(0.3), synapses.static({ weight: 60 }));
  return net;
}

const { image } = compile(network());

/** With these active updates of the two cores, and no spike. */
const ledgerWith = (updatesActive: readonly number[]) =>
  new Ledgers(image).ledger({
    steps: STEPS,
    spikes: new Float64Array(messageTable(image).keys),
    updatesActive,
    updatesOfPopulation: null,
  });

const updatesOf = (updatesActive: readonly number[]) => {
  const { populations, sharedUpdates } = ledgerWith(updatesActive);
  return {
    sharedUpdates,
    of: populations.map(({ counts: { visit, updateActive, updateIdle } }) => [
      visit,
      updateActive,
      updateIdle,
    ]),
  };
};

describe('updates on a shared core', () => {
  it('are of no population where only their number is known, and of core 1 all the same', () => {
    expect(updatesOf([1500, 400])).toEqual({
      sharedUpdates: 1500,
      of: [
        [0, 0, 0],
        [3000, 0, 0],
        [2000, 400, 600],
      ],
    });
  });

  it('are known where all compartments had work, or none', () => {
    expect(updatesOf([4000, 400])).toEqual({
      sharedUpdates: null,
      of: [
        [0, 0, 0],
        [3000, 3000, 0],
        [2000, 1400, 600],
      ],
    });
    expect(updatesOf([0, 400])).toEqual({
      sharedUpdates: null,
      of: [
        [0, 0, 0],
        [3000, 0, 3000],
        [2000, 400, 1600],
      ],
    });
  });
});

describe('joules of populations on a shared core', () => {
  it.each([
    // visits; what an active update adds to one is of none
    ['loihi1-sanafe', 3000 * 51.2, 2000 * 51.2 + 400 * 21.6, 1500 * 21.6],
    // visits as idle ones; what an active one costs more is of none
    ['loihi1-davies2018', 3000 * 52, 1000 * 52 + 400 * 81 + 600 * 52, 1500 * (81 - 52)],
  ])('under %s are of all visits, at least', (name, ofA, ofB, ofNone) => {
    const { total, populations } = ledgerWith([1500, 400]);
    const { operations, sections } = buildEnergyReport({
      profile: costProfileNamed(name),
      counts: total,
      steps: STEPS,
      sections: [{ by: 'population', entries: populations }],
    });
    const joules = sections[0]!.entries.map((entry) => entry.joules!);
    expect(joules[1]! * 1e12).toBeCloseTo(ofA, 6);
    expect(joules[2]! * 1e12).toBeCloseTo(ofB, 6);
    const all = (operations as { readonly joules: number }).joules;
    expect((all - joules[1]! - joules[2]!) * 1e12).toBeCloseTo(ofNone, 6);
  });

  it('differ between models by active updates alone, and a remark says so', async () => {
    const costs = costProfileNamed('loihi1-sanafe');
    const population = async (timing: 'off' | 'mesh') => {
      const { accounts } = await simulate(image, { steps: STEPS, account: { costs, timing } });
      const { energy } = reportsOf(image, accounts!, { costs, from: 1 });
      return { ledger: accounts!.ledger, section: energy.sections.find(({ by }) => by === 'population')! };
    };
    const [off, mesh] = [await population('off'), await population('mesh')];
    mesh.section.entries.forEach(({ counts, joules }, i) => {
      const own = off.section.entries[i]!;
      expect(own.counts).toEqual({
        ...counts,
        updateActive: own.counts.updateActive,
        updateIdle: own.counts.updateIdle,
      });
      const untold = counts.updateActive - own.counts.updateActive;
      expect(joules).toBeCloseTo(own.joules! + (untold * 21.6) / 1e12, 18);
    });
    expect(off.section.unattributed.updateActive).toBe(off.ledger.sharedUpdates);
    expect(off.section.note).toContain('only the number was kept');
    expect(off.section.note).toContain("In a network of Seamount's own, --timing detailed or mesh");
    for (const { section } of [off, mesh])
      expect(section.note).toContain('charged to the population whose spikes set them off, host sources');
    expect(mesh.section.note).not.toContain('only the number');
    expect(mesh.section.unattributed.updateActive).toBeUndefined();
  });
});
