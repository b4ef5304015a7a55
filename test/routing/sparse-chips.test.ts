/**
 * Large chips of which little is active, where the kernels keep an active set: spikes, probes, state and counters
 * are those of brute force, whoever looks in between, and a reset and a checkpoint find everything.
 */
import { describe, expect, it } from 'vitest';
import * as C from '../../cores/cluster-words.js';
import { type BackendKind, LOIHI1 } from '../../cores/index.js';
import { readCounters } from '../../routing/chip-counters.js';
import { readCheckpoint, resetState, stateHash, writeCheckpoint } from '../../routing/chip-state.js';
import { loseInFlight } from '../../routing/deliveries.js';
import { Chip, type ChipImage, type ChipOptions, joinRecordings } from '../../routing/index.js';
import { Recorder } from '../../routing/recorder.js';
import { type OpenedChip, openChip } from './opened-chip.js';
import { bruteForce, placeNet, random, type Synapse, type TinyNet } from './tiny-image.js';

const SIZES = [2500, 1800, 4200];
const SOURCES = 6;
const STEPS = 150;
/** Steps after which somebody looks, writes a checkpoint back, or resets the chip. */
const LOOK = 40;
const CHANGE = 90;
const NO_INPUT = { steps: new Uint32Array(), sources: new Uint32Array(), values: new Int32Array() };

/** A few biased neurons keep a large, sparse network going; many are integrators and rest off 0. */
function sparseNet(seed: number): TinyNet {
  const next = random(seed);
  const whole = (low: number, high: number): number => low + Math.floor(next() * (high - low + 1));
  const n = SIZES.reduce((sum, size) => sum + size, 0);
  const column = (value: () => number): Int32Array => Int32Array.from({ length: n }, value);
  const targets = (count: number, maxDelay: number): Synapse[] =>
    Array.from(new Set(Array.from({ length: count }, () => whole(0, n - 1))), (post) => ({
      post,
      weight: 2 * whole(-60, 75),
      delay: whole(0, maxDelay),
    }));
  const maxDelay = seed % 2 === 0 ? 5 : 0;
  return {
    n,
    sources: SOURCES,
    synapses: Array.from({ length: n + SOURCES }, (_, source) => targets(source < n ? 3 : 40, maxDelay)),
    du: column(() => whole(1500, 4095)),
    dv: column(() => (next() < 0.5 ? 0 : whole(300, 3000))),
    vthMant: column(() => whole(60, 250)),
    bias: column(() => (next() < 0.002 ? whole(500, 3000) : 0)),
    refract: column(() => whole(1, 9)),
    v0: column(() => (next() < 0.05 ? whole(0, 3000) : 0)),
    vthLoMant: null,
    adaptive: null,
    resetInterval: 0,
  };
}

const inputAt = (t: number): number[] => (t % 7 === 3 ? [t % SOURCES] : t % 31 === 0 ? [0, 3, 5] : []);

function imageOf(net: TinyNet): ChipImage {
  const steps: number[] = [];
  const sources: number[] = [];
  for (let t = 1; t <= STEPS; t++) {
    for (const source of inputAt(t)) {
      steps.push(t);
      sources.push(source);
    }
  }
  const neurons = Uint32Array.from({ length: 40 }, (_, k) => k * 211 + 3);
  return placeNet(
    net,
    SIZES,
    LOIHI1,
    net.synapses.flat().reduce((d, s) => Math.max(d, s.delay), 0),
    {
      schedules: [{ kind: 'array', steps: Uint32Array.from(steps), sources: Uint32Array.from(sources) }],
      probes: [{ population: 0, variables: ['u', 'v'], neurons, from: 1, to: 0, every: 1 }],
    },
  );
}

interface Outcome {
  readonly spikes: unknown;
  readonly traces: unknown;
  readonly counters: unknown;
  readonly hashes: readonly string[];
}

const isCondensed = ({ chip }: OpenedChip): boolean =>
  chip.clusters.some(({ words }) => words[C.ACTIVE_SET] === 1);

/** Runs all steps; what happens after LOOK and CHANGE leaves the chip as it was, or resets it. */
async function run(
  image: ChipImage,
  workers: number,
  kernels: BackendKind,
  resets: boolean,
): Promise<Outcome & { readonly made: number; readonly chip: OpenedChip }> {
  let opened = await openChip(image, workers, kernels);
  const hashes: string[] = [];
  const parts: unknown[] = [];
  let recorder = new Recorder(opened.chip);
  let made = 0;
  let from = 1;
  for (let t = 1; t <= STEPS; t++) {
    const was = isCondensed(opened);
    opened.step(t);
    if (isCondensed(opened) && !was) made++;
    if (t === LOOK) hashes.push(stateHash(opened.chip, t));
    if (t === CHANGE || t === STEPS) {
      parts.push(recorder.collect(from, t));
      from = t + 1;
    }
    if (t !== CHANGE) continue;
    if (resets) {
      loseInFlight(opened.chip, t);
      resetState(opened.chip, t);
      continue;
    }
    const checkpoint = structuredClone(readCheckpoint(opened.chip, t, NO_INPUT));
    opened = await openChip(image, 3 - workers, kernels);
    writeCheckpoint(opened.chip, checkpoint);
    recorder = new Recorder(opened.chip);
  }
  const counters = readCounters(opened.chip, STEPS);
  hashes.push(stateHash(opened.chip, STEPS));
  const recordings = parts as ReturnType<Recorder['collect']>[];
  return {
    spikes: recordings.map(({ spikes }) => [spikes.steps.join(), spikes.ids.join()]),
    traces: recordings.flatMap(({ traces }) => traces.map(({ samples }) => samples.join())),
    counters,
    hashes,
    made,
    chip: opened,
  };
}

describe.each([21, 22])('a sparse chip of seed %i', (seed) => {
  const net = sparseNet(seed);
  const image = imageOf(net);

  it('goes on as by brute force, through a checkpoint', async () => {
    const expected = bruteForce(net, STEPS, inputAt);
    const reference = await run(image, 1, 'scalar', false);
    expect(reference.made).toBe(0);
    for (const workers of [1, 2]) {
      const { made, chip, ...outcome } = await run(image, workers, 'wasm', false);
      expect(made).toBeGreaterThan(2);
      const { made: _, chip: __, ...wanted } = reference;
      expect(outcome).toEqual(wanted);
      const { totals } = readCounters(chip.chip, STEPS);
      expect(totals.updatesActive).toBe(expected.updatesActive);
      expect(totals.synapticEventsSparse + totals.synapticEventsDense).toBe(expected.synapticEvents);
      for (const { core, compartment, neuron, count } of image.populations[0]!.slices) {
        const { u, v } = chip.chip.cores[core]!.core;
        expect(u.subarray(compartment, compartment + count).join()).toBe(
          expected.u.subarray(neuron, neuron + count).join(),
        );
        expect(v.subarray(compartment, compartment + count).join()).toBe(
          expected.v.subarray(neuron, neuron + count).join(),
        );
      }
    }
    expect(expected.ids.length).toBeGreaterThan(500);
  });

  it('is the same in threads, while the host looks', async () => {
    const outcomeOf = async (options: ChipOptions) => {
      await using chip = await Chip.open(image, options);
      const first = await chip.run(LOOK);
      const hashes = [chip.stateHash()];
      const { spikes, traces } = joinRecordings([first, await chip.run(STEPS - LOOK)]);
      hashes.push(chip.stateHash());
      const samples = traces.map((trace) => trace.samples.join());
      return {
        ids: spikes.ids.join(),
        steps: spikes.steps.join(),
        samples,
        hashes,
        counters: chip.counters(),
      };
    };
    const expected = await outcomeOf({ workers: 1, kernels: 'scalar' });
    expect(await outcomeOf({ workers: 2, kernels: 'wasm', pool: 'threads' })).toEqual(expected);
  });

  it('starts over when it is reset', async () => {
    const { made: _, chip: __, ...wanted } = await run(image, 1, 'scalar', true);
    for (const workers of [1, 2]) {
      const { made, chip: ___, ...outcome } = await run(image, workers, 'wasm', true);
      expect(made).toBeGreaterThan(2);
      expect(outcome).toEqual(wanted);
    }
  });
});
