/**
 * The network of examples/digits on a chip that looks at what is shown to it, and what that costs. One look is
 * DIGIT_STEPS steps of a network that was at rest, as in the example.
 */

import { emptyTrain, encode } from '../../../examples/digits/encode.js';
import { DIGIT_STEPS, INPUT_STEPS, PIXELS } from '../../../examples/digits/model.js';
import { digitsNetwork } from '../../../examples/digits/network.js';
import type { Weights } from '../../../examples/digits/weights-format.js';
import { Chip, type Recording } from '../../../routing/index.js';
import { StepClock } from '../../account/step-clock.js';
import { compile } from '../../compiler/compile.js';
import type { CostProfile } from '../../energy/cost-profile.js';
import { type ComparedNetwork, compareWithDense, spikingEstimate } from '../../energy/dense-comparison.js';
import { Ledgers } from '../../energy/event-ledger.js';
import type { EventCounts } from '../../energy/events.js';
import { priceEvents } from '../../energy/price.js';
import { type Layer, layersOfNetwork } from '../../neurobench/layers.js';
import type { Cost, DenseCost, LayerSpikes, Reading } from './reading.js';

/** Estimates since a drawing began, under one cost profile. */
interface Meter {
  readonly costs: CostProfile;
  /** null where the profile has no latencies. */
  readonly clock: StepClock | null;
  looks: number;
  joules: number;
  seconds: number;
}

export class DigitReader {
  readonly #chip: Chip;
  readonly #ledgers: Ledgers;
  readonly #layers: readonly Layer[];
  /** Neurons that have an output in a dense pass. */
  readonly #neurons: number;
  readonly #train = emptyTrain(PIXELS);
  #meter: Meter | null = null;

  private constructor(chip: Chip, layers: readonly Layer[], neurons: number) {
    this.#chip = chip;
    this.#ledgers = new Ledgers(chip.image);
    this.#layers = layers;
    this.#neurons = neurons;
  }

  static async open(weights: Weights): Promise<DigitReader> {
    const { network, features, votes } = digitsNetwork(weights);
    const { image } = compile(network);
    const chip = await Chip.open(image, { recordSpikes: 'all', activity: 'compartments' });
    return new DigitReader(chip, layersOfNetwork(network, image), features.size + votes.size);
  }

  /** A new drawing: sums begin at zero. */
  begin(): void {
    this.#meter = null;
  }

  /** @param ink SIDE x SIDE grey values 0..255 */
  async look(ink: Uint8Array, costs: CostProfile): Promise<Reading> {
    const chip = this.#chip;
    chip.reset();
    this.#send(ink);
    const [spikesBefore, updatesBefore] = [chip.spikeCounts(), chip.activeUpdates()];
    const recording = await chip.run(DIGIT_STEPS);
    const spikes = chip.spikeCounts().map((count, key) => count - spikesBefore[key]!);
    const { total } = this.#ledgers.ledger({
      steps: DIGIT_STEPS,
      spikes,
      updatesActive: chip.activeUpdates().map((updates, core) => updates - updatesBefore[core]!),
      updatesOfPopulation: null,
    });
    const layers = this.#layersOf(recording);
    const { name, title, notice } = costs;
    return {
      layers,
      ...this.#charge(total, recording, costs),
      ...this.#compare(layers, total, costs),
      costs: { name, title, notice },
    };
  }

  async close(): Promise<void> {
    await this.#chip.close();
  }

  #send(ink: Uint8Array): void {
    const { start, ids } = this.#train;
    encode(ink, 0, this.#train);
    const count = start[INPUT_STEPS]!;
    const { firstSource } = this.#chip.image.populations.find(({ label }) => label === 'pixels')!;
    const steps = new Uint32Array(count);
    for (let t = 1; t <= INPUT_STEPS; t++) steps.fill(this.#chip.step + t, start[t - 1]!, start[t]!);
    this.#chip.send({ sources: ids.subarray(0, count).map((pixel) => pixel + firstSource), steps });
  }

  /** The network probes its votes alone, so that what it records is sorted here. */
  #layersOf({ from, spikes }: Recording): Reading['layers'] {
    const layer = (label: string): LayerSpikes => {
      const { firstId, size } = this.#chip.image.populations.find((one) => one.label === label)!;
      const isOwn = (id: number): boolean => id >= firstId && id < firstId + size;
      return {
        steps: Uint8Array.from(
          spikes.steps.filter((_, k) => isOwn(spikes.ids[k]!)),
          (step) => step - from + 1,
        ),
        neurons: Uint16Array.from(spikes.ids.filter(isOwn), (id) => id - firstId),
      };
    };
    return { pixels: layer('pixels'), features: layer('features'), votes: layer('votes') };
  }

  #charge(counts: EventCounts, recording: Recording, costs: CostProfile): Pick<Reading, 'look' | 'sum'> {
    if (this.#meter?.costs !== costs)
      this.#meter = { costs, clock: this.#clockOf(costs), looks: 0, joules: 0, seconds: 0 };
    const meter = this.#meter;
    const { clock } = meter;
    const { operations } = priceEvents(counts, costs);
    const look: Cost = {
      joules: 'joules' in operations ? operations.joules : 0,
      seconds: clock === null ? null : secondsOf(clock, recording),
    };
    meter.looks += 1;
    meter.joules += look.joules;
    meter.seconds += look.seconds ?? 0;
    const { looks, joules, seconds } = meter;
    return { look, sum: { looks, joules, seconds: clock === null ? null : seconds } };
  }

  #clockOf(costs: CostProfile): StepClock | null {
    if (Object.keys(costs.latency).length === 0) return null;
    return new StepClock(this.#chip.image, { model: 'mesh', costs, updates: 'state', messages: false });
  }

  #compare(
    layers: Reading['layers'],
    counts: EventCounts,
    costs: CostProfile,
  ): Pick<Reading, 'dense' | 'operations' | 'macs'> {
    const spikes = [layers.pixels, layers.features];
    const operations = this.#layers.reduce(
      (sum, { pre, fanOut }) => spikes[pre]!.neurons.reduce((all, neuron) => all + fanOut[neuron]!, sum),
      0,
    );
    const network: ComparedNetwork = {
      label: 'digits',
      dense: this.#layers.reduce((sum, { dense }) => sum + dense, 0),
      neurons: this.#neurons,
      timesteps: DIGIT_STEPS,
      effective: operations,
    };
    const { rows } = compareWithDense(network, spikingEstimate(priceEvents(counts, costs), 1));
    const dense = rows.map(
      ({ hardware: { name, title, hides, mac }, joules }): DenseCost => ({
        name,
        title,
        joules,
        hides,
        source: mac.source,
      }),
    );
    return { dense, operations, macs: network.dense };
  }
}

/** Of the chip, for the steps of a recording. */
function secondsOf(clock: StepClock, recording: Recording): number {
  const { steps } = clock;
  clock.add(recording, () => undefined);
  return clock.times.subarray(steps).reduce((sum, time) => sum + time, 0) / 1e12;
}
