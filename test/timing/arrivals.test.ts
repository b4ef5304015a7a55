/** Compartments updated because something reached them, whatever it adds up to. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { LOIHI1, packSynapse, packTarget, type SynapseMemory } from '../../cores/index.js';
import { activityWords, type ChipImage, messageTable, type Recording } from '../../routing/index.js';
import { coreCosts } from '../../src/timing/core-costs.js';
import { MessageWalk } from '../../src/timing/message-walk.js';
import { UpdatesByArrivals } from '../../src/timing/updates-by-arrivals.js';
import { chipCase, chipOf } from '../routing/random-chip.js';
import { tinyImage } from '../routing/tiny-image.js';
import { randomRecording } from './random-recording.js';
import { PEER_COSTS } from './sanafe-case.js';

const PS = coreCosts(PEER_COSTS).costs;

/** Compartments that an in-axon reaches. */
function targetsOf(synapses: SynapseMemory, axon: number): number[] {
  const targets: number[] = [];
  for (let s = synapses.axonStart[axon]!; s < synapses.axonStart[axon + 1]!; s++) {
    const wide = synapses.wide[s] === 1;
    for (let k = 0; k < synapses.count[s]!; k++) {
      const dense = synapses.formats[synapses.format[s]!]!.kind === 'dense';
      const word = synapses.words[synapses.offset[s]! + (wide ? 2 * k : k)]!;
      targets.push(synapses.first[s]! + (dense ? k : word & 0x1ffff));
    }
  }
  return targets;
}

function naiveUpdated(image: ChipImage, recording: Recording, step: number): number[] {
  const { idOfKey, firstOfCore } = messageTable(image);
  const words = activityWords(image.cores);
  const firedAt = (t: number): number[] =>
    [...recording.spikes.ids]
      .filter((_, i) => recording.spikes.steps[i] === t)
      .map((id) => idOfKey.indexOf(id));
  const updated = image.cores.map(({ n }, core) => {
    const row = (step - 1) * words.at(-1)! + words[core]!;
    return Array.from(
      { length: n },
      (_, i) => ((recording.activity!.masks![row + (i >>> 5)]! >>> (i & 31)) & 1) === 1,
    );
  });
  const coreOf = (key: number): number => firstOfCore.findLastIndex((first) => first <= key);
  for (const key of firedAt(step)) updated[coreOf(key)]![key - firstOfCore[coreOf(key)]!] = true;
  for (const key of firedAt(step - 1)) {
    const { start, core, axon } = image.cores[coreOf(key)]!.outAxons;
    const source = key - firstOfCore[coreOf(key)]!;
    for (let i = start[source]!; i < start[source + 1]!; i++)
      for (const target of targetsOf(image.cores[core[i]!]!.synapses, axon[i]!))
        updated[core[i]!]![target] = true;
  }
  return updated.map((flags) => flags.filter(Boolean).length);
}

/** Only neurons, no delays, and every segment of a layout the format allows. */
const chip = chipCase.map((spec) => {
  const image = chipOf({ ...spec, cores: spec.cores.map((core) => ({ ...core, maxDelay: 0 })) });
  const none = { start: new Uint32Array(1), core: new Uint32Array(), axon: new Uint32Array() };
  const [cells] = image.populations;
  return { ...image, populations: [cells!], sources: { count: 0, ...none }, schedules: [] };
});

/** All compartments of a core send to where its first one does, as those of a layer. */
const layered = chip.map((image) => ({
  ...image,
  cores: image.cores.map((core) => {
    const { start, core: to, axon } = core.outAxons;
    const fan = start[1]!;
    const repeat = (list: Uint32Array): Uint32Array =>
      Uint32Array.from({ length: core.n * fan }, (_, i) => list[i % fan]!);
    const outAxons = {
      start: Uint32Array.from(start, (_, i) => i * fan),
      core: repeat(to),
      axon: repeat(axon),
    };
    return { ...core, outAxons };
  }),
}));

describe('updates by arrivals', () => {
  it('are counted without messages, for layers by the layer', () => {
    fc.assert(
      fc.property(fc.oneof(chip, layered), fc.nat(), fc.constantFrom(2, 5, 30), (image, seed, rarity) => {
        const recording = randomRecording(image, { seed, from: 1, steps: 4, rarity });
        const counts = new UpdatesByArrivals(image).counts(recording);
        expect([...counts]).toEqual([1, 2, 3, 4].flatMap((step) => naiveUpdated(image, recording, step)));
      }),
    );
  });

  it('are those with a bit, those that fire and those that are reached', () => {
    fc.assert(
      fc.property(chip, fc.nat(), fc.constantFrom(2, 5, 30), (image, seed, rarity) => {
        const recording = randomRecording(image, { seed, from: 1, steps: 4, rarity });
        const walk = new MessageWalk(image, PS, { updates: 'arrivals' });
        for (const { step, rest } of walk.steps(recording)) {
          const updated = naiveUpdated(image, recording, step);
          expect([...walk.updated]).toEqual(updated);
          expect(rest.every((time) => time >= 0)).toBe(true);
        }
      }),
    );
  });

  it('remember the spikes of the recording before', () => {
    const { image } = tinyImage({ sources: 0, seed: 5 });
    const whole = randomRecording(image, { seed: 3, from: 1, steps: 4, rarity: 6 });
    const cut = (from: number, to: number): Recording => {
      const own = [...whole.spikes.steps.keys()].filter((i) => {
        const step = whole.spikes.steps[i]!;
        return step >= from && step <= to;
      });
      const { counts, masks } = whole.activity!;
      const part = (array: Uint32Array): Uint32Array =>
        array.slice((array.length / 4) * (from - 1), (array.length / 4) * to);
      return {
        ...whole,
        from,
        to,
        spikes: {
          steps: Uint32Array.from(own, (i) => whole.spikes.steps[i]!),
          ids: Uint32Array.from(own, (i) => whole.spikes.ids[i]!),
          values: null,
        },
        activity: { counts: part(counts), masks: part(masks!) },
      };
    };
    const updated = (recordings: readonly Recording[]): string[] => {
      const walk = new MessageWalk(image, PS, { updates: 'arrivals' });
      return recordings.flatMap((recording) => Array.from(walk.steps(recording), () => `${walk.updated}`));
    };
    expect(updated([cut(1, 2), cut(3, 4)])).toEqual(updated([whole]));
  });

  it('reach all of a dense row, and the compartments of wide synapses', () => {
    const { image } = tinyImage({ cores: [3], sources: 0, profile: LOIHI1 });
    const [core] = image.cores;
    const synapses: SynapseMemory = {
      ...core!.synapses,
      axonStart: Uint32Array.of(0, 1, 2),
      format: Uint8Array.of(1, 0),
      wide: Uint8Array.of(0, 1),
      offset: Uint32Array.of(0, 1),
      count: Uint32Array.of(2, 1),
      first: Uint32Array.of(1, 0),
      delay: Uint8Array.of(0, 0),
      words: Uint32Array.of(packSynapse(0, 0, 2), packTarget(0, 0), 640),
      rows: Int16Array.of(0, 0),
    };
    const one: ChipImage = {
      ...image,
      cores: [
        {
          ...core!,
          inAxons: 2,
          synapses,
          outAxons: {
            start: Uint32Array.of(0, 1, 2, 2),
            core: Uint32Array.of(0, 0),
            axon: Uint32Array.of(0, 1),
          },
        },
      ],
    };
    const { idOfKey } = messageTable(one);
    const updatedAfter = (key: number): number => {
      const walk = new MessageWalk(one, PS, { updates: 'arrivals' });
      const updated = Array.from(
        walk.steps({
          from: 1,
          to: 2,
          spikes: { steps: Uint32Array.of(1), ids: Uint32Array.of(idOfKey[key]!), values: null },
          traces: [],
          activity: { counts: new Uint32Array(2), masks: new Uint32Array(2) },
          membraneUpdates: null,
        }),
        () => walk.updated[0]!,
      );
      expect(updated[0]).toBe(1);
      return updated[1]!;
    };
    expect([0, 1, 2].map(updatedAfter)).toEqual([2, 1, 0]);
  });
});
