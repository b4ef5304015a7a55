/**
 * Changes of membrane potential, counted as the harness does (e521c28, metrics/workload/membrane_updates.py): in the
 * first step of a sample every neuron counts, in each later one those whose v is not what it was. One departure: the
 * chip resets v in the step of a spike, snnTorch in the step after it, so a neuron that spikes has changed here, even
 * where v was 0 and is 0 again.
 *
 * A chip that was asked to (`ChipOptions.membraneUpdates`) has counted by the same rule already, but for samples, of
 * which it knows nothing. Else traces of v are compared.
 */
import type { ChipImage } from '../../routing/index.js';

/** Populations whose v is probed in all neurons at every step; only of these the count is exact. */
export function tracedPopulations({ populations, probes, profile }: ChipImage): ReadonlySet<number> {
  // Where a probe of v reads the refractory count, it is not v.
  if (profile.rules.refractoryReadout !== 'zero') return new Set();
  return new Set(
    probes
      .filter(
        ({ population, variables, neurons, from, to, every }) =>
          variables.includes('v') &&
          neurons.length === populations[population]!.size &&
          from <= 1 &&
          to === 0 &&
          every === 1,
      )
      .map(({ population }) => population),
  );
}

/** Counts the changes of one population, in as many pieces as the recording has; of traces or by the chip, not both. */
export class MembraneCount {
  readonly #neurons: number;
  readonly #firstStep: number;
  readonly #sampleSteps: number;
  #last: Int32Array | null = null;
  #next: number;
  /** So far, by the harness's rule. */
  updates = 0;

  /** `firstStep`: the step at which the first sample begins. */
  constructor(neurons: number, firstStep: number, sampleSteps: number) {
    this.#neurons = neurons;
    this.#firstStep = firstStep;
    this.#sampleSteps = sampleSteps;
    this.#next = firstStep;
  }

  /** The step to count next. */
  get next(): number {
    return this.#next;
  }

  /** Takes up what the chip counted in the next step. */
  addCounted(changed: number): void {
    this.updates += this.#beginsSample(this.#next) ? this.#neurons : changed;
    this.#next++;
  }

  #beginsSample(step: number): boolean {
    return (step - this.#firstStep) % this.#sampleSteps === 0;
  }

  /** Whether these steps, ascending, are the next ones without a gap. */
  continues(steps: Uint32Array): boolean {
    return steps[0] === this.#next && steps.at(-1) === this.#next + steps.length - 1;
  }

  /**
   * @param samples [steps x neurons] after each step, row-major, continuing what was added before
   * @param spiked whether a neuron spiked in a step
   */
  add(steps: Uint32Array, samples: Int32Array, spiked: (step: number, neuron: number) => boolean): void {
    const n = this.#neurons;
    for (let row = 0; row < steps.length; row++) {
      const step = steps[row]!;
      const v = samples.subarray(row * n, (row + 1) * n);
      if (this.#beginsSample(step)) this.updates += n;
      else {
        for (let i = 0; i < n; i++) if (v[i] !== this.#last![i] || spiked(step, i)) this.updates++;
      }
      this.#last = v;
    }
    this.#last = this.#last?.slice() ?? null;
    this.#next += steps.length;
  }
}
