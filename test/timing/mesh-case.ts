/** Small meshes with made-up messages, for tests of the model `mesh`. */
import fc from 'fast-check';
import type { MeshCosts, MeshGeometry, StepMessages } from '../../src/timing/step-messages.js';

/** What the mesh can be computed by; both give the same. */
export const KERNELS = ['scalar', 'wasm'] as const;

export interface Sent {
  readonly from: number;
  readonly to: number;
  readonly generation: number;
  readonly processing: number;
}

export interface CoreWork {
  readonly rest?: readonly number[];
  readonly hostProcessing?: readonly number[];
}

/** Cores by tile, row by row, `coresPerTile` each. */
export function meshOf(width: number, height: number, coresPerTile: number): MeshGeometry {
  const cores = width * height * coresPerTile;
  const tile = (core: number) => Math.floor(core / coresPerTile);
  return {
    cores,
    x: Uint32Array.from({ length: cores }, (_, core) => tile(core) % width),
    y: Uint32Array.from({ length: cores }, (_, core) => Math.floor(tile(core) / width)),
    slot: Uint32Array.from({ length: cores }, (_, core) => core % coresPerTile),
    width,
    height,
    coresPerTile,
    tilesInUse: width * height,
  };
}

/** A step of these messages, each sender's in the order given. */
export function stepOf(cores: number, sent: readonly Sent[], work: CoreWork = {}): StepMessages {
  const sorted = Array.from({ length: cores }, (_, core) => sent.filter(({ from }) => from === core));
  const list = sorted.flat();
  const first = new Uint32Array(cores + 1);
  sorted.forEach((of, core) => {
    first[core + 1] = first[core]! + of.length;
  });
  const perCore = (values: readonly number[] = []) =>
    Float64Array.from({ length: cores }, (_, core) => values[core] ?? 0);
  // longer than filled, as the contract allows
  const spare = [7, 7];
  return {
    step: 1,
    first,
    key: new Uint32Array(list.length + 2),
    to: Uint32Array.from([...list.map(({ to }) => to), ...spare]),
    events: new Uint32Array(list.length + 2),
    generation: Float64Array.from([...list.map(({ generation }) => generation), ...spare]),
    processing: Float64Array.from([...list.map(({ processing }) => processing), ...spare]),
    rest: perCore(work.rest),
    hostProcessing: perCore(work.hostProcessing),
  };
}

export interface MeshCase {
  readonly geometry: MeshGeometry;
  readonly costs: MeshCosts;
  readonly occupation: number | null;
  readonly steps: readonly StepMessages[];
}

/** Small numbers, so that equal times are common. */
const time = fc.oneof(fc.constant(0), fc.nat({ max: 4 }), fc.nat({ max: 30 }));

const costs: fc.Arbitrary<MeshCosts> = fc.record({
  hopEast: time,
  hopWest: time,
  hopNorth: time,
  hopSouth: time,
  linkBuffer: fc.oneof(fc.integer({ min: 1, max: 3 }), fc.constant(Number.POSITIVE_INFINITY)),
  barrier: fc.nat({ max: 40 }),
});

export const meshCase = (messages: number): fc.Arbitrary<MeshCase> =>
  fc
    .tuple(
      fc.integer({ min: 1, max: 4 }),
      fc.integer({ min: 1, max: 3 }),
      fc.integer({ min: 1, max: 3 }),
      fc.boolean(),
    )
    .chain(([width, height, perTile, fewTargets]) => {
      const geometry = meshOf(width, height, perTile);
      const core = fc.nat({ max: geometry.cores - 1 });
      const to = fewTargets ? fc.nat({ max: Math.min(1, geometry.cores - 1) }) : core;
      const step = fc
        .record({
          sent: fc.array(fc.record({ from: core, to, generation: time, processing: time }), {
            maxLength: messages,
            size: 'max',
          }),
          rest: fc.array(time, { maxLength: geometry.cores }),
          hostProcessing: fc.array(time, { maxLength: geometry.cores }),
        })
        .map(({ sent, ...work }) => stepOf(geometry.cores, sent, work));
      return fc.record({
        geometry: fc.constant(geometry),
        costs,
        occupation: fc.oneof(fc.constant(null), time),
        steps: fc.array(step, { minLength: 1, maxLength: 3 }),
      });
    });

/** Links a message takes, x first. */
export function routeOf({ x, y, width }: MeshGeometry, from: number, to: number): number[] {
  const route: number[] = [];
  let atX = x[from]!;
  let atY = y[from]!;
  const go = (direction: number, east: number, north: number): void => {
    route.push(4 * (atY * width + atX) + direction);
    atX += east;
    atY += north;
  };
  while (atX < x[to]!) go(0, 1, 0);
  while (atX > x[to]!) go(1, -1, 0);
  while (atY < y[to]!) go(2, 0, 1);
  while (atY > y[to]!) go(3, 0, -1);
  return route;
}

/** ps the hops of a message take. */
export function hopTime(geometry: MeshGeometry, costs: MeshCosts, from: number, to: number): number {
  const latency = [costs.hopEast, costs.hopWest, costs.hopNorth, costs.hopSouth];
  return routeOf(geometry, from, to).reduce((sum, link) => sum + latency[link % 4]!, 0);
}
