/** All of W1 in a page, on threads of it and without any: the spikes every exact implementation must give. */
import { afterAll, beforeAll, expect, it } from 'vitest';
import { workloadNamed } from '../../bench/workloads.js';
import { Chip, SpikeHash, spikeHash } from '../../routing/index.js';
import { compile, encodeImage } from '../../src/index.js';
import { describeInChromium, Pages, type RunInPage } from './pages.js';

describeInChromium('golden W1 in headless Chromium', () => {
  const { steps, profile, spikeHash: golden, build } = workloadNamed('W1');
  let pages: Pages;
  let expected: Pick<RunInPage, 'spikes' | 'state' | 'events'>;

  beforeAll(async () => {
    const { image } = compile(build(), { profile });
    pages = await Pages.open(encodeImage(image));
    await using chip = await Chip.open(image);
    const { spikes } = await chip.run(steps);
    const fromZero = spikes.steps.map((step) => step - 1); // as the recipe counts
    expect(new SpikeHash().addAll(fromZero, spikes.ids).toString()).toBe(golden);
    expected = {
      spikes: spikeHash(spikes).toString(16),
      state: chip.stateHash(),
      events: String(chip.counters().totals.axonEventsIn),
    };
  });

  afterAll(() => pages?.close());

  it.each([
    ['isolated', 'one web worker', { workers: 1, pool: 'threads' }, 1],
    ['isolated', 'two web workers', { workers: 2 }, 2],
    ['plain', 'one thread', { workers: 1 }, 1],
    ['plain', 'one thread though two workers are asked for', { workers: 2 }, 2],
  ] as const)('%s, %s', async (kind, _, options, shards) => {
    const isolated = kind === 'isolated';
    expect(await pages.run(kind, steps, options)).toEqual({ ...expected, isolated, shards });
  });
});
