/**
 * Counts what NeuroBench's algorithm track asks for while a chip runs: recordings go in, piece by piece; a report
 * comes out. Everything is counted, nothing timed or measured: the result is modelled.
 *
 * A spike belongs to the step in which it was fired (of a host source: in which it arrives), whatever the
 * delays of its synapses, as a forward pass of the harness has it.
 */
import { SeamountError } from '../../cores/index.js';
import type { ChipCounters, ChipImage, ChipOptions, Recording } from '../../routing/index.js';
import type { Network } from '../api/network.js';
import type { Simulation } from '../api/simulate.js';
import { footprint } from './footprint.js';
import { layersOfImage } from './image-layers.js';
import { type Layer, layersOfNetwork } from './layers.js';
import { Membranes } from './membranes.js';
import { type NeuronModel, neuronModel } from './neuron-model.js';
import { type NeurobenchReport, SCHEMA, type Spread } from './report.js';

export interface NeurobenchOptions {
  /** What the image was compiled from: layers are its projections. Without it they are population pairs. */
  readonly network?: Network;
  /** Timesteps of a sample: 1 where each step is a model execution, the length of a sequence else. */
  readonly sampleSteps: number;
  /** Labels of populations whose spikes carry payloads other than +-1: what they feed counts as MACs. */
  readonly graded?: readonly string[];
}

/** Sums by sample. */
interface Sample {
  acs: number;
  macs: number;
}

export class NeurobenchMeter {
  readonly #image: ChipImage;
  readonly #layers: readonly Layer[];
  readonly #ofProjections: boolean;
  readonly #models: readonly (NeuronModel | null)[];
  readonly #sampleSteps: number;
  readonly #graded: readonly boolean[];
  /** Per network id: operations that one of its spikes sets off. */
  readonly #acs: Float64Array;
  readonly #macs: Float64Array;
  readonly #spikes: Float64Array;
  readonly #samples: Sample[] = [];
  /** From the first recording on. */
  #membranes: Membranes | null = null;
  #first = 0;
  #last = -1;

  /** Throws E_USAGE for bad options. */
  constructor(image: ChipImage, { network, sampleSteps, graded = [] }: NeurobenchOptions) {
    if (!(Number.isInteger(sampleSteps) && sampleSteps >= 1))
      throw new SeamountError(
        'E_USAGE',
        `sampleSteps ${sampleSteps} must be a whole number of steps, 1 or more`,
      );
    const { populations } = image;
    const stranger = graded.find((label) => populations.every((population) => population.label !== label));
    if (stranger !== undefined)
      throw new SeamountError(
        'E_USAGE',
        `graded: there is no population ${stranger}`,
        `populations: ${populations.map(({ label }) => label).join(', ')}`,
      );
    this.#image = image;
    this.#layers = network ? layersOfNetwork(network, image) : layersOfImage(image);
    this.#ofProjections = network !== undefined;
    this.#models = populations.map((one) => (one.kind === 'cells' ? neuronModel(image, one) : null));
    this.#sampleSteps = sampleSteps;
    this.#graded = populations.map(({ label }) => graded.includes(label));
    const ids = populations.reduce((sum, { firstId, size }) => Math.max(sum, firstId + size), 0);
    this.#acs = new Float64Array(ids);
    this.#macs = new Float64Array(ids);
    this.#spikes = new Float64Array(ids);
    for (const { pre, from, fanOut } of this.#layers) {
      const sums = this.#graded[pre] ? this.#macs : this.#acs;
      const first = populations[pre]!.firstId + from;
      for (let i = 0; i < fanOut.length; i++) sums[first + i]! += fanOut[i]!;
    }
  }

  /** What the chip must record. In samples of one step every neuron counts as updated. */
  static needs({
    sampleSteps,
  }: Pick<NeurobenchOptions, 'sampleSteps'>): Required<
    Pick<ChipOptions, 'recordSpikes' | 'membraneUpdates'>
  > {
    return { recordSpikes: 'all', membraneUpdates: sampleSteps > 1 };
  }

  /** Samples in so many steps. Throws E_USAGE when they are not whole. */
  samplesIn(steps: number): number {
    if (steps >= 1 && steps % this.#sampleSteps === 0) return steps / this.#sampleSteps;
    throw new SeamountError(
      'E_USAGE',
      `${Math.max(0, steps)} steps are not a whole number of samples of ${this.#sampleSteps}`,
      'run whole samples, or give the sampleSteps that was meant',
    );
  }

  /**
   * The next steps, of a chip that was opened with `NeurobenchMeter.needs`. Without membrane updates they are counted from
   * traces of v, or bounded. Throws E_USAGE when steps are missing before them.
   */
  add({
    from,
    to,
    spikes,
    traces,
    membraneUpdates = null,
  }: Pick<Recording, 'from' | 'to' | 'spikes' | 'traces'> &
    Partial<Pick<Recording, 'membraneUpdates'>>): void {
    if (to < from) return;
    const membranes = this.#begin(from, to, membraneUpdates !== null);
    for (let k = 0; k < spikes.ids.length; k++) this.#count(spikes.steps[k]!, spikes.ids[k]!);
    const { probes, populations } = this.#image;
    if (membraneUpdates !== null) membranes.addCounted(membraneUpdates);
    const firedIn = (population: number): Set<number> => {
      const { firstId, size } = populations[population]!;
      const fired = new Set<number>();
      for (let k = 0; k < spikes.ids.length; k++) {
        const neuron = spikes.ids[k]! - firstId;
        if (neuron >= 0 && neuron < size) fired.add(spikes.steps[k]! * size + neuron);
      }
      return fired;
    };
    for (const { probe, variable, neurons, steps, samples } of traces) {
      const { population } = probes[probe]!;
      if (variable === 'v')
        membranes.addTrace(population, neurons.length, steps, samples, () => firedIn(population));
    }
    this.#last = to;
  }

  /** All of a `simulate` run. Throws E_USAGE when probes left spikes out. */
  addSimulation({ spikes, traces, steps }: Pick<Simulation, 'spikes' | 'traces' | 'steps'>): void {
    const membranes = this.#begin(1, steps, false);
    const { populations } = this.#image;
    for (const { label, firstId } of populations) {
      const own = spikes.get(label)!;
      for (let k = 0; k < own.neurons.length; k++) this.#count(own.steps[k]!, firstId + own.neurons[k]!);
    }
    for (const trace of traces) {
      if (trace.variable !== 'v') continue;
      const population = populations.findIndex(({ label }) => label === trace.population);
      const { size } = populations[population]!;
      const fired = (): Set<number> => {
        const own = spikes.get(trace.population)!;
        return new Set(Array.from(own.steps, (step, k) => step * size + own.neurons[k]!));
      };
      membranes.addTrace(population, trace.neurons.length, trace.steps, trace.values, fired);
    }
    this.#last = steps;
  }

  /**
   * @param counters of the same steps, at their end
   *
   * Throws E_USAGE when the steps are not whole samples, or when spikes were not all recorded.
   */
  report(counters: ChipCounters): NeurobenchReport {
    const steps = this.#last - this.#first + 1;
    const samples = this.samplesIn(steps);
    const { populations, profile, dt } = this.#image;
    const sizes = populations.map(({ kind, size }) => (kind === 'cells' ? size : 0));
    const neurons = sizes.reduce((sum, size) => sum + size, 0);
    const spikes = populations.map(({ firstId, size }) =>
      this.#spikes.subarray(firstId, firstId + size).reduce((sum, x) => sum + x, 0),
    );
    const sumOf = (wanted: 'cells' | 'source'): number =>
      spikes.reduce((sum, x, p) => sum + (populations[p]!.kind === wanted ? x : 0), 0);
    const fired = sumOf('cells');
    checkComplete('cells', fired, counters.totals.spikes);
    checkComplete('host sources', sumOf('source'), counters.hostSpikes);
    const weights = this.#layers.reduce((sum, layer) => sum + layer.weights, 0);
    const zeros = this.#layers.reduce((sum, layer) => sum + layer.zeros, 0);
    const dense = this.#layers.reduce((sum, layer) => sum + layer.dense, 0);
    const membranes = this.#membranes!;
    const membrane = membranes.total(this.#models, counters, { steps, samples });
    return {
      schema: SCHEMA,
      modelled: true,
      profile: profile.name,
      layersAre: this.#ofProjections ? 'projections' : 'population pairs',
      steps,
      samples,
      sampleSteps: this.#sampleSteps,
      metrics: {
        Footprint: footprint(this.#image, this.#layers, this.#models),
        'Connection Sparsity': share(zeros, weights),
        'Activation Sparsity': share(neurons * steps - fired, neurons * steps),
        Dense: dense * this.#sampleSteps,
        Effective_MACs: spread(this.#samples, samples, 'macs'),
        Effective_ACs: spread(this.#samples, samples, 'acs'),
        'Membrane Updates': { value: membrane.updates / samples, exact: membrane.exact },
        'Neuron Ops': {
          'Effective Neuron Ops': membrane.operations / samples,
          'Neuron Dense Ops': this.#denseOperations(sizes),
          exact: membrane.exact,
        },
        'Model Execution Rate': dt > 0 ? 1000 / (dt * this.#sampleSteps) : null,
      },
      layers: this.#layers.map(({ label, pre, from, weights: own, zeros: none, dense: all, fanOut }) => ({
        label,
        inputs: this.#graded[pre] ? 'graded' : 'binary',
        weights: own,
        zeros: none,
        Dense: all * this.#sampleSteps,
        effective: this.#effective(populations[pre]!.firstId + from, fanOut) / samples,
      })),
      populations: populations.flatMap(({ kind, label, size }, p) => {
        if (kind !== 'cells') return [];
        const model = this.#models[p]!;
        const exact = membranes.updatesOf(p, steps);
        return [
          {
            label,
            neurons: size,
            model: model.model,
            operationsPerUpdate: model.operations,
            'Activation Sparsity': share(size * steps - spikes[p]!, size * steps),
            'Membrane Updates': exact === null ? null : exact / samples,
          },
        ];
      }),
    };
  }

  /** `counted`: by the chip, of all populations. */
  #begin(from: number, to: number, counted: boolean): Membranes {
    if (this.#membranes === null) {
      this.#first = from;
      this.#membranes = new Membranes(this.#image, {
        firstStep: from,
        sampleSteps: this.#sampleSteps,
        counted,
      });
    } else if (from !== this.#last + 1)
      throw new SeamountError(
        'E_USAGE',
        `steps ${from} to ${to} do not continue those before them, which end at step ${this.#last}`,
        'add every recording of the run, in order',
      );
    return this.#membranes;
  }

  #count(step: number, id: number): void {
    const at = Math.floor((step - this.#first) / this.#sampleSteps);
    while (this.#samples.length <= at) this.#samples.push({ acs: 0, macs: 0 });
    const sample = this.#samples[at]!;
    this.#spikes[id]! += 1;
    sample.acs += this.#acs[id]!;
    sample.macs += this.#macs[id]!;
  }

  #denseOperations(sizes: readonly number[]): number {
    return sizes.reduce(
      (sum, size, p) => sum + size * this.#sampleSteps * (this.#models[p]?.operations ?? 0),
      0,
    );
  }

  #effective(first: number, fanOut: Uint32Array): number {
    let sum = 0;
    for (let i = 0; i < fanOut.length; i++) sum += this.#spikes[first + i]! * fanOut[i]!;
    return sum;
  }
}

/** What is missing would make sparsity look better than it is. */
function checkComplete(whose: string, recorded: number, counted: bigint): void {
  if (recorded === Number(counted)) return;
  throw new SeamountError(
    'E_USAGE',
    `${recorded} spikes of ${whose} were recorded, the chip counted ${counted}`,
    "record all spikes (recordSpikes: 'all', or a network without probes of spikes) and read counters at the end of the same steps",
  );
}

const share = (part: number, whole: number): number => (whole === 0 ? 0 : part / whole);

/** Samples without a spike at the end were never begun. */
function spread(samples: readonly Sample[], count: number, of: keyof Sample): Spread {
  let sum = 0;
  let least = samples.length < count ? 0 : Number.POSITIVE_INFINITY;
  let most = 0;
  for (const sample of samples) {
    sum += sample[of];
    least = Math.min(least, sample[of]);
    most = Math.max(most, sample[of]);
  }
  return { mean: sum / count, least, most };
}
