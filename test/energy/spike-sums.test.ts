/**
 * Every part of a ledger has what is counted message by message and synapse by synapse, on random chips whose cores
 * several populations share, whose synapses are counted under other names, and whose sources send from places.
 */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { indexOf } from '../../cores/index.js';
import type { ChipImage, PopulationImage } from '../../routing/index.js';
import { type Activity, type EventLedger, Ledgers } from '../../src/energy/event-ledger.js';
import { type EventName, noEvents } from '../../src/energy/events.js';
import { type Draw, drawFrom } from '../cores/kernels-case.js';
import { chipCase, chipOf } from '../routing/random-chip.js';
import { withSenders } from '../timing/random-recording.js';

const STEPS = 100;
const EVENT = { sparse: 'synapseSparse', dense: 'synapseDense', conv: 'synapseConv' } as const;

type Counts = Record<EventName, number>;

/** Cuts all cores and sources into stretches, each of any of some populations. */
function withPopulations(image: ChipImage, draw: Draw): ChipImage {
  const most = 1 + draw(5);
  const cut = (length: number): { from: number; count: number; population: number }[] => {
    const cuts: { from: number; count: number; population: number }[] = [];
    for (let from = 0; from < length; ) {
      const count = draw(3) === 0 ? 1 + draw(length - from) : length - from;
      cuts.push({ from, count, population: draw(most) });
      from += count;
    }
    return cuts;
  };
  const cells = Array.from({ length: most }, (_, i): PopulationImage => {
    return { label: `cells ${i}`, size: 0, firstId: 0, kind: 'cells', slices: [], firstSource: 0 };
  });
  const populations = image.cores.reduce(
    (all, { n }, core) =>
      cut(n).reduce(
        (some, { from, count, population }) =>
          some.map((each, i) =>
            i === population
              ? { ...each, slices: [...each.slices, { core, compartment: from, neuron: 0, count }] }
              : each,
          ),
        all,
      ),
    cells,
  );
  const sources = cut(image.sources.count).map(({ from, count }, i): PopulationImage => {
    return { label: `in ${i}`, size: count, firstId: 0, kind: 'source', slices: [], firstSource: from };
  });
  return { ...image, populations: [...populations, ...sources] };
}

/** Synapses of some formats are events of another kind. */
const withOtherEvents = (image: ChipImage, draw: Draw): ChipImage => ({
  ...image,
  cores: image.cores.map((core) => {
    const formats = core.synapses.formats.map((format) =>
      draw(4) === 0 ? { ...format, events: (['sparse', 'dense', 'conv'] as const)[draw(3)]! } : format,
    );
    return { ...core, synapses: { ...core.synapses, formats } };
  }),
});

/** Population of each compartment of each core, and of each source. */
function ownersOf({ cores, populations, sources }: ChipImage): { cores: number[][]; sources: number[] } {
  const owners = {
    cores: cores.map(({ n }) => new Array<number>(n).fill(0)),
    sources: new Array<number>(sources.count).fill(0),
  };
  populations.forEach(({ kind, size, firstSource, slices }, population) => {
    if (kind === 'source') owners.sources.fill(population, firstSource, firstSource + size);
    for (const { core, compartment, count } of slices)
      owners.cores[core]!.fill(population, compartment, compartment + count);
  });
  return owners;
}

/** One event after the other. */
function straightforward(image: ChipImage, { spikes, updatesActive }: Activity) {
  const { cores, sources, profile, populations } = image;
  const owners = ownersOf(image);
  const places = [...cores, ...(sources.senders?.places ?? [])];
  const ofPlace: Counts[] = places.map(noEvents);
  const ofPopulation: Counts[] = populations.map(noEvents);
  const pairs = new Map<string, Counts>();
  let key = 0;
  [...cores.map(({ outAxons }) => outAxons), sources].forEach(({ start, core, axon }, list) => {
    for (let source = 0; source + 1 < start.length; source++, key++) {
      const times = spikes[key]!;
      const isCell = list < cores.length;
      const pre = isCell ? owners.cores[list]![source]! : owners.sources[source]!;
      const place = isCell ? list : (sources.senders?.core[source] ?? -1);
      const sent = (name: EventName, count: number): void => {
        if (place >= 0) ofPlace[place]![name] += times * count;
        ofPopulation[pre]![name] += times * count;
      };
      if (isCell) sent('spike', 1);
      for (let k = start[source]!; k < start[source + 1]!; k++) {
        const to = core[k]!;
        const arrived = (name: EventName): void => {
          ofPlace[to]![name] += times;
          ofPopulation[pre]![name] += times;
        };
        arrived('axonIn');
        if (place < 0) ofPopulation[pre]!.hostMessage += times;
        else {
          const x = (i: number): number => places[i]!.chipX * profile.limits.tilesX + places[i]!.tileX;
          const y = (i: number): number => places[i]!.chipY * profile.limits.tilesY + places[i]!.tileY;
          sent('axonOut', 1);
          sent('hopEast', Math.max(0, x(to) - x(place)));
          sent('hopWest', Math.max(0, x(place) - x(to)));
          sent('hopNorth', Math.max(0, y(to) - y(place)));
          sent('hopSouth', Math.max(0, y(place) - y(to)));
          sent('withinTile', x(to) === x(place) && y(to) === y(place) ? 1 : 0);
          sent('chipCrossing', Math.abs(places[to]!.chipX - places[place]!.chipX));
        }
        const { axonStart, format, formats, wide, offset, count, first, words } = cores[to]!.synapses;
        for (let s = axonStart[axon[k]!]!; s < axonStart[axon[k]! + 1]!; s++)
          for (let i = 0; i < count[s]!; i++) {
            const { kind, events } = formats[format[s]!]!;
            const word = words[offset[s]! + (wide[s] === 1 ? 2 : 1) * i]!;
            const post = owners.cores[to]![first[s]! + (kind === 'dense' ? i : indexOf(word))]!;
            const label = `${populations[pre]!.label} → ${populations[post]!.label}`;
            const between = pairs.get(label) ?? noEvents();
            pairs.set(label, between);
            arrived(EVENT[events ?? kind]);
            between[EVENT[events ?? kind]] += times;
          }
      }
    }
  });
  let shared: number | null = null;
  cores.forEach(({ n }, core) => {
    const counts = ofPlace[core]!;
    counts.visit = n * STEPS;
    counts.updateActive = updatesActive[core]!;
    counts.updateIdle = counts.visit - counts.updateActive;
    for (const owner of owners.cores[core]!) ofPopulation[owner]!.visit += STEPS;
    const own = owners.cores[core]!;
    const { visit, updateActive, updateIdle } = counts;
    if (new Set(own).size === 1) {
      ofPopulation[own[0]!]!.updateActive += updateActive;
      ofPopulation[own[0]!]!.updateIdle += updateIdle;
    } else if (updateActive === visit) for (const owner of own) ofPopulation[owner]!.updateActive += STEPS;
    else if (updateActive === 0) for (const owner of own) ofPopulation[owner]!.updateIdle += STEPS;
    else shared = (shared ?? 0) + updateActive;
  });
  return { ofPlace, ofPopulation, pairs, shared };
}

const labelled = (rows: EventLedger['pairs']): Map<string, unknown> =>
  new Map(rows.map(({ label, counts }) => [label, counts]));

describe('the parts of a ledger', () => {
  it('are those of one event after the other', () => {
    const seen = { shared: 0, whole: 0, pairs: 0 };
    fc.assert(
      fc.property(chipCase, fc.nat(), fc.boolean(), (spec, seed, sends) => {
        const draw = drawFrom(seed + 1);
        const chip = withOtherEvents(withPopulations(chipOf(spec), draw), draw);
        const image = sends ? withSenders(chip, draw) : chip;
        const keys = image.cores.reduce((sum, { n }) => sum + n, image.sources.count);
        const ledgers = new Ledgers(image);
        // twice, as nothing may be left of the first
        for (let run = 0; run < 2; run++) {
          const activity: Activity = {
            steps: STEPS,
            spikes: Float64Array.from({ length: keys }, () => (draw(2) === 0 ? 0 : draw(1000))),
            updatesActive: image.cores.map(({ n }) => [0, n * STEPS, draw(n * STEPS)][draw(3)]!),
            updatesOfPopulation: null,
          };
          const { cores, populations, pairs, sharedUpdates } = ledgers.ledger(activity);
          const expected = straightforward(image, activity);
          expect(cores.map(({ counts }) => counts)).toEqual(expected.ofPlace);
          expect(populations.map(({ counts }) => counts)).toEqual(expected.ofPopulation);
          const happened = [...expected.pairs].filter(([, counts]) =>
            Object.values(counts).some((count) => count > 0),
          );
          expect(labelled(pairs)).toEqual(new Map(happened));
          expect(sharedUpdates).toBe(expected.shared);
          if (expected.shared === null) seen.whole++;
          else seen.shared++;
          seen.pairs += pairs.length;
        }
      }),
      { numRuns: 60 },
    );
    expect(Math.min(seen.shared, seen.whole)).toBeGreaterThan(5);
    expect(seen.pairs).toBeGreaterThan(200);
  });
});
