/** The messages of a step against its definition: every compartment of every core, one after the other. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { LOIHI1 } from '../../cores/index.js';
import {
  activityWords,
  type ChipImage,
  joinRecordings,
  messageTable,
  type Recording,
} from '../../routing/index.js';
import { compile } from '../../src/index.js';
import { type CoreCosts, coreCosts } from '../../src/timing/core-costs.js';
import { MessageWalk } from '../../src/timing/message-walk.js';
import { SimpleModel } from '../../src/timing/simple.js';
import { drawFrom } from '../cores/kernels-case.js';
import { randomNetwork } from '../host/random-network.js';
import { chipCase, chipOf } from '../routing/random-chip.js';
import { randomRecording, withSenders } from './random-recording.js';
import { figure, PEER_COSTS } from './sanafe-case.js';
import { timesBySums, timesOfEach } from './simple-times.js';

/** All different, so that none can stand for another. */
const PROFILE = { ...PEER_COSTS, latency: { ...PEER_COSTS.latency, updateIdle: figure(1.3) } };
const PS = coreCosts(PROFILE).costs;

function naiveStep(image: ChipImage, costs: CoreCosts, recording: Recording, step: number) {
  const table = messageTable(image);
  const { senders } = image.sources;
  const hostKey = table.firstOfCore[image.cores.length]!;
  const words = activityWords(image.cores);
  const row = (step - recording.from) * words.at(-1)!;
  const cores = image.cores.length + (senders?.places.length ?? 0);
  const out = {
    first: [] as number[],
    key: [] as number[],
    to: [] as number[],
    events: [] as number[],
    generation: [] as number[],
    processing: [] as number[],
    rest: [] as number[],
    hostProcessing: Array.from({ length: cores }, () => 0),
    updated: [] as number[],
  };
  const times = new Map<number, number>();
  recording.spikes.ids.forEach((id, i) => {
    if (recording.spikes.steps[i] !== step) return;
    const key = table.idOfKey.indexOf(id);
    times.set(key, (times.get(key) ?? 0) + 1);
  });
  const entriesOf = (key: number): number[] => {
    const own: number[] = [];
    for (let copy = 0; copy < (times.get(key) ?? 0); copy++)
      for (let i = table.start[key]!; i < table.start[key + 1]!; i++) own.push(i);
    return own;
  };
  const processingOf = (entry: number): number => {
    let sum = costs.axonIn;
    for (let k = 0; k < table.sparse[entry]!; k++) sum += costs.synapseSparse;
    for (let k = 0; k < table.dense[entry]!; k++) sum += costs.synapseDense;
    for (let k = 0; k < table.conv[entry]!; k++) sum += costs.synapseConv;
    return sum;
  };
  for (let core = 0; core < cores; core++) {
    out.first.push(out.key.length);
    const n = image.cores[core]?.n ?? 0;
    let pending = 0;
    let updated = 0;
    const send = (key: number): void => {
      for (const entry of entriesOf(key)) {
        out.key.push(key);
        out.to.push(table.to[entry]!);
        out.events.push(table.sparse[entry]! + table.dense[entry]! + table.conv[entry]!);
        out.generation.push(pending + costs.axonOut);
        out.processing.push(processingOf(entry));
        pending = 0;
      }
    };
    for (let i = 0; i <= n; i++) {
      senders?.core.forEach((on, source) => {
        if (on === core && senders.visit[source] === i) send(hostKey + source);
      });
      if (i === n) break;
      const key = table.firstOfCore[core]! + i;
      const bit = (recording.activity!.masks![row + words[core]! + (i >>> 5)]! >>> (i & 31)) & 1;
      updated += bit;
      const update = costs.visit + (bit === 1 ? costs.updateActive : costs.updateIdle);
      pending += times.has(key) ? update + costs.spike : update;
      send(key);
    }
    out.rest.push(pending);
    out.updated.push(updated);
  }
  out.first.push(out.key.length);
  if (senders === undefined)
    for (let source = 0; source < image.sources.count; source++)
      for (const entry of entriesOf(hostKey + source))
        out.hostProcessing[table.to[entry]!]! += processingOf(entry);
  return out;
}

function expectSame(image: ChipImage, costs: CoreCosts, recording: Recording): void {
  const walk = new MessageWalk(image, costs, { updates: 'state' });
  let step = recording.from;
  for (const messages of walk.steps(recording)) {
    const count = messages.first.at(-1)!;
    const of = (column: ArrayLike<number>): number[] => Array.from(column).slice(0, count);
    expect(messages.step).toBe(step);
    expect({
      first: [...messages.first],
      key: of(messages.key),
      to: of(messages.to),
      events: of(messages.events),
      generation: of(messages.generation),
      processing: of(messages.processing),
      rest: [...messages.rest],
      hostProcessing: [...messages.hostProcessing],
      updated: [...walk.updated],
    }).toEqual(naiveStep(image, costs, recording, step));
    step++;
  }
  expect(step).toBe(recording.to + 1);
}

const plan = fc.record({
  seed: fc.nat(),
  from: fc.integer({ min: 1, max: 9 }),
  steps: fc.integer({ min: 1, max: 4 }),
  rarity: fc.constantFrom(1, 2, 5, 30),
});

/** Chips made by hand, with sources of the host or with placed ones. */
const chip = fc
  .tuple(chipCase, fc.boolean())
  .map(([spec, placed]) => (placed ? withSenders(chipOf(spec), drawFrom(spec.seed)) : chipOf(spec)));

describe('MessageWalk', () => {
  it('goes through random chips as defined', () => {
    fc.assert(
      fc.property(chip, plan, (image, how) => {
        expectSame(image, PS, randomRecording(image, how));
      }),
    );
  });

  it('adds one by one in seconds, so that sums have the same last bits', () => {
    const { costs } = coreCosts(PROFILE, 's');
    fc.assert(
      fc.property(chip, plan, (image, how) => {
        // one source once: the sums of hosts are products
        expectSame(withSenders(image, drawFrom(how.seed)), costs, randomRecording(image, how));
      }),
      { numRuns: 40 },
    );
  });

  it('goes through compiled networks as defined', () => {
    fc.assert(
      fc.property(randomNetwork(LOIHI1), plan, ({ network }, how) => {
        const { image } = compile(network, { coreSize: 7 });
        expectSame(image, PS, randomRecording(image, how));
      }),
      { numRuns: 40 },
    );
  });

  it('does not ask how a run is cut into recordings', () => {
    fc.assert(
      fc.property(chip, plan, (image, how) => {
        const parts = [1, 4, 7].map((from) => randomRecording(image, { ...how, from, steps: 3 }));
        const times = (recordings: readonly Recording[]): string[] => {
          const walk = new MessageWalk(image, PS, { updates: 'state' });
          return recordings.flatMap((recording) =>
            Array.from(walk.steps(recording), ({ step, rest, first }) => `${step} ${rest} ${first}`),
          );
        };
        expect(times(parts)).toEqual(times([joinRecordings(parts)]));
      }),
      { numRuns: 20 },
    );
  });
});

describe('SimpleSums', () => {
  it('is SimpleModel without messages', () => {
    fc.assert(
      fc.property(chip, plan, (image, how) => {
        const recording = randomRecording(image, how);
        const walk = new MessageWalk(image, PS, { updates: 'state' });
        const cores = image.cores.length + (image.sources.senders?.places.length ?? 0);
        const model = new SimpleModel(cores, { barrier: 1_400_000 });
        const withoutMasks = { ...recording, activity: { ...recording.activity!, masks: null } };
        const expected = Array.from(walk.steps(recording), (messages) => model.step(messages));
        const summed = timesBySums(image, PS, { barrier: 1_400_000 }, [withoutMasks]);
        expect(summed).toEqual(timesOfEach(expected));
      }),
    );
  });
});
