import { expect, it } from 'vitest';
import { EVENTS, type EventCounts } from '../../src/energy/events.js';
import { breakdown, priceEvents } from '../../src/energy/price.js';
import { LOIHI1_SANAFE } from '../../src/energy/profiles/loihi1-sanafe.js';
import { describeWithShared } from '../shared.js';
import { addEvents, goldenCases, goldenRun } from './golden.js';

/** As SANA-FE prints: seven significant digits. */
const printed = (joules: number): string => joules.toExponential(6);

const energies = (counts: EventCounts) => {
  const priced = priceEvents(counts, LOIHI1_SANAFE);
  const { synapse, soma, network } = breakdown(priced).groups;
  if ('refused' in priced.operations) throw new Error(priced.operations.refused);
  return { synapse, soma, network, total: priced.operations.joules };
};

describeWithShared('energies of SANA-FE, from its counts and our figures', (shared) => {
  it.each(goldenCases(shared))('%s: the whole run, to every printed digit', (name) => {
    const { summary, steps } = goldenRun(shared, name);
    const ours = energies(addEvents(steps));
    for (const key of ['synapse', 'soma', 'network', 'total'] as const)
      expect([key, printed(ours[key])]).toEqual([key, printed(summary.energy[key])]);
  });

  it.each(goldenCases(shared))('%s: each step, to every printed digit', (name) => {
    const { perf, steps } = goldenRun(shared, name);
    perf.forEach((row, i) => {
      const ours = energies(steps[i]!);
      const step = `step ${i + 1}`;
      for (const key of ['synapse', 'soma', 'network', 'total'] as const)
        expect([step, key, printed(ours[key])]).toEqual([step, key, printed(Number(row[`${key}_energy`]))]);
    });
  });

  it.each(goldenCases(shared))('%s: the counts agree with those it printed', (name) => {
    const { perf, steps, summary } = goldenRun(shared, name);
    expect(steps.length).toBe(summary.timesteps_executed);
    perf.forEach((row, i) => {
      const counts = steps[i]!;
      expect(counts.synapseDense + counts.synapseSparse + counts.synapseConv).toBe(Number(row.spikes));
      expect(counts.hopEast + counts.hopWest + counts.hopNorth + counts.hopSouth).toBe(Number(row.hops));
      expect(counts.axonOut).toBe(Number(row.packets));
    });
  });

  it('the cases go in all four directions and use two kinds of list', () => {
    const seen = addEvents(goldenCases(shared).map((name) => addEvents(goldenRun(shared, name).steps)));
    const absent = EVENTS.map(({ name }) => name).filter((name) => seen[name] === 0);
    expect(absent).toEqual(['synapseConv', 'chipCrossing', 'hostMessage']);
  });
});
