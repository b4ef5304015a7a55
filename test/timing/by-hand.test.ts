/** Steps reckoned by hand, one for each kind of latency. Costs in ns; times in ps. */
import { describe, expect, it } from 'vitest';
import { type ChipImage, messageTable } from '../../routing/index.js';
import { coreCosts, meshCosts } from '../../src/timing/core-costs.js';
import { DetailedModel } from '../../src/timing/detailed.js';
import { DetailedTrace } from '../../src/timing/detailed-trace.js';
import { meshGeometry } from '../../src/timing/geometry.js';
import { MeshModel } from '../../src/timing/mesh.js';
import { MessageWalk } from '../../src/timing/message-walk.js';
import { SimpleModel } from '../../src/timing/simple.js';
import type { MeshGeometry, StepMessages } from '../../src/timing/step-messages.js';
import { tinyImage } from '../routing/tiny-image.js';
import { PEER_COSTS } from './sanafe-case.js';
import { timesBySums, timesOfEach } from './simple-times.js';

/** Shorter than the profile's, so that cores bound steps. */
const BARRIER = 1000;

/** Two cores of 2 and 3 compartments, one hop east of each other; every neuron and the host's source reach all. */
const { image } = tinyImage({
  cores: [2, 3],
  sources: 1,
  density: 1,
  dense: 0,
  positions: [
    [0, 0, 0, 0, 0],
    [0, 0, 1, 0, 0],
  ],
});

interface Step {
  /** Keys: 0, 1 on core 0; 2, 3, 4 on core 1; 5 is the source. */
  readonly fired?: readonly number[];
  /** Bits of compartments with work, by core. */
  readonly work?: readonly [number, number];
  readonly on?: ChipImage;
}

/** Simple and detailed time of a step, without the barrier, and what ended it. */
function timesOf({ fired = [], work = [0, 0], on = image }: Step) {
  const { idOfKey } = messageTable(on);
  const ids = fired.map((key) => idOfKey[key]!).sort((a, b) => a - b);
  const ones = (bits: number): number => bits.toString(2).replaceAll('0', '').length;
  const recording = {
    from: 1,
    to: 1,
    spikes: { steps: new Uint32Array(ids.length).fill(1), ids: Uint32Array.from(ids), values: null },
    traces: [],
    activity: { counts: Uint32Array.from(work, ones), masks: Uint32Array.from(work) },
    membraneUpdates: null,
  };
  const geometry = meshGeometry(on);
  const { costs } = coreCosts(PEER_COSTS);
  const mesh = { ...meshCosts(PEER_COSTS, geometry.tilesInUse).costs, barrier: BARRIER };
  const [messages] = new MessageWalk(on, costs, { updates: 'state' }).steps(recording);
  const simple = new SimpleModel(geometry.cores, mesh).step(messages!);
  const detailed = new DetailedModel(geometry, mesh).step(messages!);
  expect(timesBySums(on, costs, mesh, [recording])).toEqual(timesOfEach([simple]));
  const show = ({ time, bound }: typeof simple) => `${time - BARRIER} ${bound.kind} ${bound.index}`;
  return [show(simple), show(detailed)];
}

const both = (text: string): string[] => [text, text];

/** The source as input neuron of a core, after so many compartments. */
const placed = (core: number, visit: number): ChipImage => ({
  ...image,
  sources: {
    ...image.sources,
    senders: {
      core: Uint32Array.of(core),
      visit: Uint32Array.of(visit),
      places: [{ chipX: 0, chipY: 0, tileX: 1, tileY: 0, slot: 1 }],
    },
  },
});

describe('a step by hand', () => {
  it('without work: visits', () => {
    // three compartments at 6
    expect(timesOf({})).toEqual(both('18000 sender 1'));
  });

  it('with updates', () => {
    // core 0: 2 x (6 + 3.7) = 19.4; core 1: 18
    expect(timesOf({ work: [3, 0] })).toEqual(both('19400 sender 0'));
  });

  it('with a spike', () => {
    // core 0: 6 + 3.7 + 30 + 5.1 = 44.8 to itself, 5.1 more to core 1, then 6: 55.9
    // core 0 receives at 44.8 and is done after 16 + 2 x 3.8 = 23.6: 68.4
    // core 1 receives at 49.9 + 4.1 = 54.0 and is done after 16 + 3 x 3.8 = 27.4: 81.4
    expect(timesOf({ fired: [0], work: [1, 0] })).toEqual(['55900 sender 0', '81400 receiver 1']);
  });

  it('with a spike of a compartment without work', () => {
    // as above without the update of 3.7
    expect(timesOf({ fired: [0] })).toEqual(['52200 sender 0', '77700 receiver 1']);
  });

  it('with two spikes: receiving sums up in the one, sending in the other', () => {
    // core 0: twice 6 + 30 + 5.1 + 5.1 = 92.4; core 1: 92.4 + 4.1 + 27.4
    expect(timesOf({ fired: [0, 1] })).toEqual(['92400 sender 0', '123900 receiver 1']);
  });

  it('with a spike of the host: it is there when the step begins', () => {
    // core 0: 23.6; core 1: 27.4
    expect(timesOf({ fired: [5] })).toEqual(both('27400 receiver 1'));
    // and core 1 begins with what core 0 sent only then: 52.2 as before, but 27.4 is over
    expect(timesOf({ fired: [0, 5] })).toEqual(['54800 receiver 1', '77700 receiver 1']);
  });

  it('with a spike of an input neuron: its messages cost, its soma does not', () => {
    // after one visit of 6, to core 0 at 11.1, to core 1 at 16.2, there at 20.3
    expect(timesOf({ fired: [5], on: placed(0, 1) })).toEqual(['27400 receiver 1', '47700 receiver 1']);
    // before all visits: 6 earlier
    expect(timesOf({ fired: [5], on: placed(0, 0) })).toEqual(['27400 receiver 1', '41700 receiver 1']);
    // on a core of its own, on the tile of core 1: sent at 5.1 and 10.2, and no hops to go
    expect(timesOf({ fired: [5], on: placed(2, 0) })).toEqual(['27400 receiver 1', '37600 receiver 1']);
  });
});

describe('one message', () => {
  const geometry: MeshGeometry = {
    cores: 3,
    x: Uint32Array.of(2, 2, 0),
    y: Uint32Array.of(1, 1, 0),
    slot: Uint32Array.of(0, 1, 0),
    width: 5,
    height: 4,
    coresPerTile: 2,
    tilesInUse: 2,
  };
  const costs = { hopEast: 1, hopWest: 20, hopNorth: 300, hopSouth: 4000, linkBuffer: 16, barrier: 50_000 };
  const message = (from: number, to: number): StepMessages => ({
    step: 1,
    first: Uint32Array.from([0, 1, 2, 3], (core) => Number(core > from)),
    key: Uint32Array.of(0),
    to: Uint32Array.of(to),
    events: Uint32Array.of(1),
    generation: Float64Array.of(700_000),
    processing: Float64Array.of(6_000_000),
    rest: new Float64Array(3),
    hostProcessing: new Float64Array(3),
  });

  it.each([
    ['on its core', 0, 0, 0],
    ['on its tile', 0, 1, 0],
    ['two west and one south', 0, 2, 4040],
    ['two east and one north', 2, 0, 302],
  ])('%s takes its hops', (_, from, to, hops) => {
    const trace = new DetailedTrace(3);
    const { time, bound } = new DetailedModel(geometry, costs, trace).step(message(from, to));
    expect(time).toBe(700_000 + hops + 6_000_000 + 50_000);
    expect(bound).toEqual({ kind: 'receiver', index: to });
    expect([trace.send[0], trace.minHop[0], trace.network[0], trace.blocking[0], trace.along[0]]).toEqual([
      700_000,
      hops,
      hops,
      0,
      0,
    ]);
  });
});

describe('a second message on the same route', () => {
  const geometry: MeshGeometry = {
    cores: 2,
    x: Uint32Array.of(2, 0),
    y: Uint32Array.of(1, 0),
    slot: new Uint32Array(2),
    width: 3,
    height: 2,
    coresPerTile: 1,
    tilesInUse: 2,
  };
  const step: StepMessages = {
    step: 1,
    first: Uint32Array.of(0, 2, 2),
    key: new Uint32Array(2),
    to: Uint32Array.of(1, 1),
    events: new Uint32Array(2),
    generation: Float64Array.of(100, 5),
    processing: Float64Array.of(6000, 1000),
    rest: new Float64Array(2),
    hostProcessing: new Float64Array(2),
  };
  const send = (linkBuffer: number): DetailedTrace => {
    const trace = new DetailedTrace(2);
    const hops = { hopEast: 10, hopWest: 10, hopNorth: 10, hopSouth: 10 };
    new DetailedModel(geometry, { ...hops, linkBuffer, barrier: 0 }, trace).step(step);
    return trace;
  };

  it('goes at the speed of what is before it', () => {
    // 3 hops, 4 buffers with 1/5 each: 0.8 along; 0.8 x 6000 / 4 = 1200 is more than 3 x 10
    const { send: at, along, network, blocking, received, processed } = send(16);
    expect([...at.subarray(0, 2)]).toEqual([100, 105]);
    expect(along[1]).toBeCloseTo(0.8, 12);
    expect(network[1]).toBeCloseTo(1200, 9);
    expect(blocking[1]).toBe(0);
    // the first is received at 130 and done at 6130, which is later than 105 + 1200
    expect([received[1], processed[1]]).toEqual([6130, 7130]);
  });

  it('is held back by what buffers cannot hold', () => {
    // capacity 4 x 0.15 = 0.6; (0.8 - 0.6) x 6000 = 1200
    const { send: at, blocking, network } = send(0.15);
    expect(blocking[1]).toBeCloseTo(1200, 9);
    expect(at[1]).toBeCloseTo(1305, 9);
    expect(network[1]).toBeCloseTo(1200, 9);
  });
});

const nothing: StepMessages = {
  step: 1,
  first: new Uint32Array(2),
  key: new Uint32Array(),
  to: new Uint32Array(),
  events: new Uint32Array(),
  generation: new Float64Array(),
  processing: new Float64Array(),
  rest: new Float64Array(1),
  hostProcessing: new Float64Array(1),
};

it.each([
  [60_000, 'sender'],
  [60_001, 'barrier'],
])('a step of 60 ns with a barrier of %i ps is bounded by the %s', (barrier, kind) => {
  const geometry = meshGeometry(tinyImage({ cores: [1], sources: 0 }).image);
  const mesh = { ...meshCosts(PEER_COSTS, 1).costs, barrier };
  const step = { ...nothing, rest: Float64Array.of(60_000) };
  const expected = { time: 60_000 + barrier, bound: { kind, index: kind === 'sender' ? 0 : -1 } };
  expect(new SimpleModel(1, mesh).step(step)).toEqual(expected);
  expect(new DetailedModel(geometry, mesh).step(step)).toEqual(expected);
  expect(new MeshModel(geometry, mesh).step(step)).toEqual(expected);
});

it('a step with nothing at all is the barrier', () => {
  const geometry = meshGeometry(tinyImage({ cores: [1], sources: 0 }).image);
  const { costs } = meshCosts(PEER_COSTS, 1);
  const expected = { time: 600_000, bound: { kind: 'barrier', index: -1 } };
  expect(new SimpleModel(1, costs).step(nothing)).toEqual(expected);
  expect(new DetailedModel(geometry, costs).step(nothing)).toEqual(expected);
});
