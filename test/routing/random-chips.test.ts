/**
 * A chip computes what its cores compute alone, whatever its workers, kernels and clusters; so does one that is
 * reset in the middle, and one that goes on from a checkpoint of another.
 */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { SeamountError } from '../../cores/index.js';
import { Chip, type ChipImage, type ChipOptions, type Recording } from '../../routing/index.js';
import { drawFrom } from '../cores/kernels-case.js';
import { unequalStates } from '../cores/twin-clusters.js';
import { ChipApart, type HostSpike } from './chip-apart.js';
import { type ChipCase, chipCase, chipOf } from './random-chip.js';

/** Times as many cases, for a change of the kernels. */
const EFFORT = Number(process.env.KERNEL_CASES ?? 1);
const STEPS = 48;
/** Steps after which a chip is reset, and after which another goes on. */
const RESET = 17;
const CHANGE = 30;

const inline = (kernels: 'scalar' | 'wasm', workers: number): ChipOptions => ({
  kernels,
  workers,
  pool: 'inline',
});
/** Each pair: who runs the first part, who the second. */
const SETUPS: readonly (readonly [ChipOptions, ChipOptions])[] = [
  [inline('scalar', 1), inline('wasm', 3)],
  [inline('wasm', 1), inline('scalar', 2)],
  [inline('wasm', 2), inline('wasm', 8)],
  [inline('scalar', 3), inline('wasm', 1)],
  [inline('wasm', 8), inline('wasm', 2)],
];

const seen = { spikes: 0, negative: 0, lost: 0, values: 0, cases: 0 };

/** What the host sends: by step, each source at most once. */
function inputsOf(spec: ChipCase, payloads: boolean): HostSpike[][] {
  const draw = drawFrom(spec.seed + 7);
  return Array.from({ length: STEPS + 1 }, (_, t) =>
    t === 0
      ? []
      : Array.from({ length: spec.sources }, (_, source) => ({
          source,
          value: payloads && draw(2) === 0 ? draw(9) - 4 : 1,
        })).filter(() => draw(5) === 0),
  );
}

function send(chip: Chip, inputs: readonly (readonly HostSpike[])[], from: number, payloads: boolean): void {
  inputs.forEach((spikes, step) => {
    if (step < from || spikes.length === 0) return;
    const sources = spikes.map(({ source }) => source);
    chip.send({ sources, steps: step, ...(payloads ? { values: spikes.map(({ value }) => value) } : {}) });
  });
}

async function apartOf(image: ChipImage, inputs: readonly (readonly HostSpike[])[]) {
  const apart = await ChipApart.place(image);
  for (let t = 1; t <= STEPS; t++) {
    apart.step(t, inputs[t]!);
    if (t === RESET) apart.reset(t);
  }
  return apart;
}

interface Outcome {
  readonly hashes: readonly string[];
  readonly counters: Awaited<ReturnType<Chip['counters']>>;
  readonly parts: readonly Recording[];
}

/** Runs to the reset, to the change, and with the second setup to the end. */
async function run(
  image: ChipImage,
  inputs: readonly (readonly HostSpike[])[],
  [first, second]: readonly [ChipOptions, ChipOptions],
  apart: ChipApart,
): Promise<Outcome> {
  const payloads = image.profile.rules.graded;
  await using chip = await Chip.open(image, { ...first, payloads });
  send(chip, inputs, 1, payloads);
  const parts = [await chip.run(RESET)];
  const before = chip.counters().totals;
  chip.reset();
  const hashes = [chip.stateHash()];
  expect(chip.counters().totals, 'a reset changes no counter').toEqual(before);
  send(chip, inputs, RESET + 1, payloads);
  // looked at in between, which must not change anything
  parts.push(await chip.run(5));
  chip.state(0);
  parts.push(await chip.run(CHANGE - RESET - 5));
  hashes.push(chip.stateHash());
  const checkpoint = structuredClone(chip.checkpoint());
  await using other = await Chip.open(image, { ...second, payloads, checkpoint });
  expect(other.stateHash()).toBe(hashes[1]);
  parts.push(await other.run(STEPS - CHANGE));
  image.cores.forEach((_, core) => {
    const found = unequalStates(apart.clusters[core]!.readState(0, STEPS), other.state(core));
    expect(found, `core ${core}`).toBeNull();
  });
  hashes.push(other.stateHash());
  return { hashes, counters: other.counters(), parts };
}

function compare(apart: ChipApart, { counters, parts }: Outcome): void {
  const { log } = apart;
  expect(parts.flatMap(({ spikes }) => [...spikes.steps])).toEqual(log.steps);
  expect(parts.flatMap(({ spikes }) => [...spikes.ids])).toEqual(log.ids);
  if (parts[0]!.spikes.values !== null) {
    expect(parts.flatMap(({ spikes }) => [...spikes.values!])).toEqual(log.values);
  }
  apart.samples.forEach((samples, trace) => {
    expect(parts.flatMap(({ traces }) => [...traces[trace]!.samples])).toEqual(samples);
  });
  counters.cores.forEach((core, i) => {
    const { events, cores } = apart.clusters[i]!;
    const { axonEventsIn, synapticEventsSparse, synapticEventsDense, synapticEventsConv } = core;
    expect(
      [axonEventsIn, synapticEventsSparse, synapticEventsDense, synapticEventsConv],
      `core ${i}`,
    ).toEqual([apart.axonEvents[i]!, events[0]!, events[2]!, events[4]!].map(BigInt));
    expect(core).toMatchObject(cores[0]!.counters());
  });
}

async function check(
  spec: ChipCase,
  setups: readonly (readonly [ChipOptions, ChipOptions])[],
): Promise<void> {
  const image = chipOf(spec);
  const inputs = inputsOf(spec, image.profile.rules.graded);
  const apart = await apartOf(image, inputs);
  const outcomes: Outcome[] = [];
  try {
    for (const setup of setups) outcomes.push(await run(image, inputs, setup, apart));
  } catch (error) {
    // too many messages to one in-axon for the weights drawn
    if (error instanceof SeamountError && error.code === 'E_CAPACITY' && outcomes.length === 0) return;
    throw error;
  }
  compare(apart, outcomes[0]!);
  for (const outcome of outcomes.slice(1)) expect(outcome).toEqual(outcomes[0]);
  seen.cases++;
  seen.spikes += apart.log.ids.length;
  seen.negative += apart.log.values.filter((value) => value < 0).length;
  seen.values += inputs.flat().filter(({ value }) => value !== 1).length;
  const sent = outcomes[0]!.counters.totals;
  const { messagesCore, messagesTile, messagesMesh, messagesChip } = sent;
  const messages =
    messagesCore + messagesTile + messagesMesh + messagesChip + outcomes[0]!.counters.hostMessages;
  seen.lost += messages > sent.axonEventsIn ? 1 : 0;
}

describe('random chips', () => {
  it(
    'compute what their cores compute alone, for any kernels and workers',
    async () => {
      await fc.assert(
        fc.asyncProperty(chipCase, (spec) => check(spec, SETUPS)),
        { numRuns: 30 * EFFORT, seed: 8 },
      );
    },
    60_000 * EFFORT,
  );

  it(
    'do so with threads',
    async () => {
      const threads = (workers: number): ChipOptions => ({ kernels: 'wasm', workers, pool: 'threads' });
      await fc.assert(
        fc.asyncProperty(chipCase, (spec) =>
          check(spec, [
            [inline('wasm', 1), threads(3)],
            [threads(2), inline('scalar', 1)],
          ]),
        ),
        { numRuns: 3 * EFFORT, seed: 9 },
      );
    },
    60_000 * EFFORT,
  );

  it('were compared where it matters', () => {
    for (const [what, times] of Object.entries(seen)) expect(times, what).toBeGreaterThan(0);
  });
});
