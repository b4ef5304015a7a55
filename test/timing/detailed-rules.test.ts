/** The fast model against the rules as they are written: every message in flight looked at for every message. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { DetailedModel } from '../../src/timing/detailed.js';
import { DetailedTrace } from '../../src/timing/detailed-trace.js';
import { SendQueue } from '../../src/timing/send-queue.js';
import type { MeshCosts, MeshGeometry, StepMessages, StepTime } from '../../src/timing/step-messages.js';
import { stepOf } from './mesh-case.js';

interface Case {
  readonly geometry: MeshGeometry;
  readonly costs: MeshCosts;
  /** Several steps, to see that nothing is left of one in the next. */
  readonly steps: readonly StepMessages[];
}

const time = fc.constantFrom(0, 100, 5100, 5100, 5100, 9700, 44_800);

const oneCase: fc.Arbitrary<Case> = fc
  .record({
    width: fc.integer({ min: 1, max: 5 }),
    height: fc.integer({ min: 1, max: 4 }),
    coresPerTile: fc.integer({ min: 1, max: 3 }),
    linkBuffer: fc.constantFrom(1, 2, 16),
    seed: fc.integer(),
  })
  .chain(({ width, height, coresPerTile, linkBuffer }) => {
    const places = Array.from({ length: width * height * coresPerTile }, (_, i) => i);
    return fc
      .shuffledSubarray(places, { minLength: 1, maxLength: Math.min(24, places.length) })
      .chain((own) => {
        const cores = own.length;
        const tile = own.map((place) => Math.floor(place / coresPerTile));
        const geometry: MeshGeometry = {
          cores,
          x: Uint32Array.from(tile, (t) => Math.floor(t / height)),
          y: Uint32Array.from(tile, (t) => t % height),
          slot: Uint32Array.from(own, (place) => place % coresPerTile),
          width,
          height,
          coresPerTile,
          tilesInUse: new Set(tile).size,
        };
        const message = fc.record({
          from: fc.nat({ max: cores - 1 }),
          to: fc.nat({ max: cores - 1 }),
          generation: time,
          processing: fc.constantFrom(0, 20_700, 20_700, 25_400, 259_200),
        });
        const step = fc.record({
          messages: fc.array(message, { maxLength: 120, size: 'max' }),
          rest: fc.array(time, { minLength: cores, maxLength: cores }),
          hostProcessing: fc.array(fc.constantFrom(0, 0, 0, 30_000), { minLength: cores, maxLength: cores }),
        });
        return fc.array(step, { minLength: 1, maxLength: 3 }).map((steps) => ({
          geometry,
          costs: {
            hopEast: 4100,
            hopWest: 4000,
            hopNorth: 6500,
            hopSouth: 6400,
            linkBuffer,
            barrier: 20_000,
          },
          steps: steps.map(({ messages, ...work }) => stepOf(cores, messages, work)),
        }));
      });
  });

type Row = readonly number[];

/** The rules one by one; rows are send, received, processed, network, blocking, minHop, along of each message. */
function naive({ geometry, costs }: Case, step: StepMessages): { time: number; rows: Row[] } {
  const { cores, x, y, slot } = geometry;
  const order = Array.from({ length: cores }, (_, core) => core).sort(
    (a, b) => x[a]! - x[b]! || y[a]! - y[b]! || slot[a]! - slot[b]!,
  );
  const routeOf = (from: number, to: number): string[] => {
    const route = [`core ${from}`];
    let [atX, atY] = [x[from]!, y[from]!];
    while (atX !== x[to]!) {
      atX += Math.sign(x[to]! - atX);
      route.push(`${atX} ${atY} ${x[to]! > x[from]! ? 'east' : 'west'}`);
    }
    while (atY !== y[to]!) {
      atY += Math.sign(y[to]! - atY);
      route.push(`${atX} ${atY} ${y[to]! > y[from]! ? 'north' : 'south'}`);
    }
    return route;
  };
  const density = new Map<string, number>();
  const free = Float64Array.from(step.hostProcessing);
  let last = Math.max(...free);
  let mean = 0;
  let flying: { to: number; route: string[]; received: number; processing: number }[] = [];
  const next = Array.from({ length: cores }, (_, core) => step.first[core]!);
  const queue = new SendQueue(cores);
  const enqueue = (core: number, from: number): void => {
    if (next[core]! < step.first[core + 1]!) queue.push(core, from + step.generation[next[core]!]!);
    else if (step.rest[core]! > 0) queue.push(core, from + step.rest[core]!);
  };
  for (const core of order) enqueue(core, 0);
  const rows: Row[] = [];
  while (queue.size > 0) {
    const { core, time: now } = queue;
    queue.pop();
    last = Math.max(last, now);
    const stays: typeof flying = [];
    // line by line, so that sums have the same last bits
    flying.sort((a, b) => order.indexOf(a.to) - order.indexOf(b.to));
    for (const [i, message] of flying.entries()) {
      if (message.received > now) {
        stays.push(message);
        continue;
      }
      const count = flying.length - (i - stays.length);
      for (const buffer of message.route)
        density.set(buffer, density.get(buffer)! - 1 / (message.route.length + 1));
      mean = count > 1 ? mean + (mean - message.processing) / (count - 1) : 0;
    }
    flying = stays;
    const index = next[core]!;
    if (index === step.first[core + 1]!) continue;
    next[core] = index + 1;
    const to = step.to[index]!;
    const route = routeOf(core, to);
    const along = route.reduce((sum, buffer) => sum + (density.get(buffer) ?? 0), 0);
    const capacity = route.length * costs.linkBuffer;
    const blocking = along > capacity ? (along - capacity) * mean : 0;
    const send = now + blocking;
    const dx = x[to]! - x[core]!;
    const dy = y[to]! - y[core]!;
    const minHop =
      Math.abs(dx) * (dx > 0 ? costs.hopEast : costs.hopWest) +
      Math.abs(dy) * (dy > 0 ? costs.hopNorth : costs.hopSouth);
    const network = Math.max(minHop, (along * mean) / route.length);
    const received = Math.max(free[to]!, send + network);
    const processed = received + step.processing[index]!;
    free[to] = processed;
    last = Math.max(last, processed);
    for (const buffer of route) density.set(buffer, (density.get(buffer) ?? 0) + 1 / (route.length + 1));
    mean += (step.processing[index]! - mean) / (flying.length + 1);
    flying.push({ to, route, received, processing: step.processing[index]! });
    rows[index] = [send, received, processed, network, blocking, minHop, along];
    enqueue(core, send);
  }
  return { time: last + costs.barrier, rows };
}

describe('DetailedModel', () => {
  it('follows the rules to the last bit, step after step', () => {
    let blocked = 0;
    const kinds = new Set<string>();
    fc.assert(
      fc.property(oneCase, (random) => {
        const trace = new DetailedTrace(random.geometry.cores);
        const traced = new DetailedModel(random.geometry, random.costs, trace);
        const plain = new DetailedModel(random.geometry, random.costs);
        for (const step of random.steps) {
          const expected = naive(random, step);
          const found: StepTime = traced.step(step);
          expect(found.time).toBe(expected.time);
          expect(plain.step(step)).toEqual(found);
          const { send, received, processed, network, blocking, minHop, along } = trace;
          const rows = expected.rows.map((_, i) =>
            [send, received, processed, network, blocking, minHop, along].map((column) => column[i]!),
          );
          expect(rows).toEqual(expected.rows);
          blocked += rows.filter((row) => row[4]! > 0).length;
          const last = found.time - random.costs.barrier;
          if (found.bound.kind !== 'barrier') expect(endOf(step, trace, found)).toBe(last);
          else expect(last === 0 || last < random.costs.barrier).toBe(true);
          kinds.add(found.bound.kind);
        }
      }),
      { numRuns: 200 },
    );
    expect(blocked).toBeGreaterThan(100);
    expect([...kinds].sort()).toEqual(['barrier', 'receiver', 'sender']);
  });
});

/** When what is said to have ended a step ended. */
function endOf(
  { first, to, hostProcessing }: StepMessages,
  trace: DetailedTrace,
  { bound }: StepTime,
): number {
  const { kind, index } = bound;
  const count = first.at(-1)!;
  if (kind === 'sender') {
    const end = first[index + 1]!;
    return Number.isNaN(trace.rest[index]!) ? trace.send[end - 1]! : trace.rest[index]!;
  }
  let end = hostProcessing[index]!;
  for (let i = 0; i < count; i++) if (to[i] === index) end = Math.max(end, trace.processed[i]!);
  return end;
}
