/** What the chip panel draws and shares, without a page: ways of messages, checkpoints kept, links. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Checkpoint } from '../../routing/index.js';
import type { Flights, Plane } from '../../src/page/chip/calls.js';
import { Checkpoints } from '../../src/page/chip/checkpoints.js';
import { EXAMPLES } from '../../src/page/chip/examples.js';
import { FlightPaths } from '../../src/page/chip/flight-path.js';
import { MESH_QUANTITIES } from '../../src/page/chip/mesh-figure.js';
import { chipFrom, FIRST, type SharedChip, sharedOf } from '../../src/page/chip/shared-chip.js';
import { meshLayout } from '../../src/views/mesh-layout.js';

const PLANE: Plane = {
  width: 4,
  height: 3,
  coresPerTile: 1,
  tilesX: 4,
  tilesY: 3,
  x: Uint32Array.from({ length: 12 }, (_, i) => i % 4),
  y: Uint32Array.from({ length: 12 }, (_, i) => Math.floor(i / 4)),
  slot: new Uint32Array(12),
};

const layout = meshLayout(
  {
    tilesX: 4,
    tilesY: 3,
    chipsX: 1,
    chipsY: 1,
    coresPerTile: 1,
    cores: Array.from({ length: 12 }, (_, core) => ({
      core,
      x: PLANE.x[core]!,
      y: PLANE.y[core]!,
      slot: 0,
      value: 0,
      label: '',
    })),
    links: [],
  },
  { width: 400 },
);

const middle = (core: number) => {
  const { left, top } = layout.cores[core]!;
  return { x: left + layout.side / 2, y: top + layout.side / 2 };
};

const oneMessage = (from: number, to: number): Flights => ({
  step: 1,
  messages: 1,
  from: Int32Array.of(from),
  to: Uint32Array.of(to),
  sent: Float32Array.of(0),
  arrived: Float32Array.of(1),
});

describe('messages on their way', () => {
  it('leave their core, go x first and then y, and arrive', () => {
    const core = fc.integer({ min: 0, max: 11 });
    fc.assert(
      fc.property(core, core, (from, to) => {
        const paths = new FlightPaths(oneMessage(from, to), PLANE);
        const seen = Array.from({ length: 400 }, (_, i) => paths.dots(layout, i / 400)).flat();
        const [first, last] = [seen[0]!, seen.at(-1)!];
        const pitch = layout.tile / 4;
        expect(Math.hypot(first.x - middle(from).x, first.y - middle(from).y)).toBeLessThan(pitch);
        expect(Math.hypot(last.x - middle(to).x, last.y - middle(to).y)).toBeLessThan(pitch);
        // within the row of its sender until it is in the column of its destination
        for (const { x, y } of seen)
          expect(
            Math.abs(y - middle(from).y) <= layout.tile / 2 + 1e-6 ||
              Math.abs(x - middle(to).x) <= layout.tile / 2 + 1e-6,
          ).toBe(true);
      }),
    );
  });

  it('of the host appear where they arrive', () => {
    const [dot] = new FlightPaths(oneMessage(-1, 5), PLANE).dots(layout, 0.1);
    expect(dot).toMatchObject({ ...middle(5), isFromHost: true });
  });

  it('that leave together for one core are one dot', () => {
    const flights: Flights = {
      step: 1,
      messages: 3,
      from: Int32Array.of(0, 0, 1),
      to: Uint32Array.of(3, 3, 3),
      sent: new Float32Array(3),
      arrived: new Float32Array(3).fill(1),
    };
    const dots = new FlightPaths(flights, PLANE).dots(layout, 0.1);
    expect(dots.map(({ messages }) => messages).sort()).toEqual([1, 2]);
  });
});

describe('checkpoints kept', () => {
  const at = (step: number, bytes = 0): Checkpoint =>
    ({
      step,
      cores: [{ u: new Int32Array(0), pending: new Int32Array(bytes / 4), spikeCounts: new Uint32Array(0) }],
      inFlight: new Uint32Array(0),
    }) as unknown as Checkpoint;

  it('stay evenly spread and few however long the run', () => {
    const kept = new Checkpoints({ every: 10, most: 16, mostBytes: 1e9 });
    for (let step = 1; step <= 20_000; step++) if (kept.wants(step)) kept.add(at(step));
    const { steps, every } = kept;
    expect(steps.length).toBeGreaterThan(7);
    expect(steps.length).toBeLessThanOrEqual(16);
    expect(steps).toEqual(Array.from({ length: steps.length }, (_, i) => (i + 1) * every));
    expect(kept.before(every * 2 + 1)?.step).toBe(every * 2);
    expect(kept.before(every - 1)).toBe(null);
  });

  it('take no more memory than they may', () => {
    const kept = new Checkpoints({ every: 1, most: 1000, mostBytes: 10_000 });
    for (let step = 1; step <= 100; step++) if (kept.wants(step)) kept.add(at(step, 2000));
    expect(kept.steps.length).toBeLessThanOrEqual(4);
    expect(kept.steps.length).toBeGreaterThan(1);
  });
});

describe('links', () => {
  const index = fc.integer({ min: 0, max: 1000 });
  const state: fc.Arbitrary<SharedChip> = fc.record({
    source: fc.oneof(
      fc.constantFrom(...EXAMPLES).map(({ name }) => ({ kind: 'example' as const, name })),
      fc.record({
        kind: fc.constant('text' as const),
        name: fc.string({ maxLength: 20 }),
        text: fc.string(),
      }),
    ),
    step: index,
    quantity: fc.constantFrom(...MESH_QUANTITIES),
    isLatest: fc.boolean(),
    selection: fc.oneof(
      fc.constant(null),
      fc.record({ kind: fc.constant('core' as const), core: index }),
      fc.record({ kind: fc.constant('neuron' as const), population: index, neuron: index }),
    ),
  });

  it('hold the whole state', () => {
    fc.assert(
      fc.property(state, (shared) => {
        const text = sharedOf(shared);
        expect(chipFrom(text === undefined ? undefined : JSON.parse(JSON.stringify(text)))).toEqual(shared);
      }),
    );
  });

  it('of the first state are empty', () => {
    expect(sharedOf(FIRST)).toBe(undefined);
  });

  it.each([[3], [[]], [{ step: -1 }], [{ step: 1e9 }], [{ quantity: 'gold' }], [{ example: 'none' }]])(
    'with %j are refused',
    (shared) => {
      expect(() => chipFrom(shared)).toThrow();
    },
  );
});
