/** Membrane updates of a run, of all its populations: exact where they were counted, by the chip or from traces, else bounded. */
import type { ChipCounters, ChipImage } from '../../routing/index.js';
import { MembraneCount, tracedPopulations } from './membrane-count.js';
import type { NeuronModel } from './neuron-model.js';

/** Of all samples of a run together. */
export interface MembraneUpdates {
  readonly updates: number;
  /** The operations they take. */
  readonly operations: number;
}

export class Membranes {
  readonly #image: ChipImage;
  readonly #sampleSteps: number;
  readonly #firstStep: number;
  readonly #isCounted: boolean;
  /** By population. */
  readonly #counts: ReadonlyMap<number, MembraneCount>;

  /** `counted`: the chip counts, so that traces are not looked at. */
  constructor(
    image: ChipImage,
    {
      firstStep,
      sampleSteps,
      counted,
    }: { readonly firstStep: number; readonly sampleSteps: number; readonly counted: boolean },
  ) {
    this.#image = image;
    this.#firstStep = firstStep;
    this.#sampleSteps = sampleSteps;
    this.#isCounted = counted;
    // in samples of one step there is nothing to compare
    const traced = counted || sampleSteps === 1 ? new Set<number>() : tracedPopulations(image);
    this.#counts = new Map(
      image.populations.flatMap(({ kind, size }, p) =>
        (counted ? kind === 'cells' : traced.has(p))
          ? [[p, new MembraneCount(size, firstStep, sampleSteps)] as const]
          : [],
      ),
    );
  }

  /** Takes up `Recording.membraneUpdates` of the next steps. */
  addCounted(membraneUpdates: Uint32Array): void {
    if (!this.#isCounted) return;
    const width = this.#image.populations.length;
    for (const [population, count] of this.#counts)
      for (let at = population; at < membraneUpdates.length; at += width)
        count.addCounted(membraneUpdates[at]!);
  }

  /** Takes a trace of v that covers its population and the next steps; of two such, the first. */
  addTrace(
    population: number,
    neurons: number,
    steps: Uint32Array,
    samples: Int32Array,
    firedIn: () => ReadonlySet<number>,
  ): void {
    const { size } = this.#image.populations[population]!;
    const count = this.#counts.get(population);
    if (this.#isCounted || count === undefined || neurons !== size || !count.continues(steps)) return;
    const fired = firedIn();
    count.add(steps, samples, (step, neuron) => fired.has(step * size + neuron));
  }

  /** Of all samples together; null where not every one of `steps` was counted, though a sample has more than its first. */
  updatesOf(population: number, steps: number): number | null {
    if (this.#sampleSteps === 1) return this.#image.populations[population]!.size * steps;
    const count = this.#counts.get(population);
    return count?.next === this.#firstStep + steps ? count.updates : null;
  }

  /** Exact where all populations were counted, else an upper bound. `models`: by population, null for sources. */
  total(
    models: readonly (NeuronModel | null)[],
    counters: ChipCounters,
    { steps, samples }: { readonly steps: number; readonly samples: number },
  ): MembraneUpdates & { readonly exact: boolean } {
    const cells = models.flatMap((model, p) =>
      model === null ? [] : [{ model, updates: this.updatesOf(p, steps) }],
    );
    if (cells.some(({ updates }) => updates === null))
      return {
        ...mostUpdates(this.#image, models, counters, { samples, sampleSteps: this.#sampleSteps }),
        exact: false,
      };
    return {
      updates: cells.reduce((sum, { updates }) => sum + updates!, 0),
      operations: cells.reduce((sum, { model, updates }) => sum + updates! * model.operations, 0),
      exact: true,
    };
  }
}

/**
 * An upper bound from counters alone: of each core the updates that had work, for no other changes v, and all
 * neurons once a sample. Operations are those of the costliest population of a core. `models`: by population,
 * null for sources.
 */
export function mostUpdates(
  { cores, populations }: ChipImage,
  models: readonly (NeuronModel | null)[],
  counters: ChipCounters,
  { samples, sampleSteps }: { readonly samples: number; readonly sampleSteps: number },
): MembraneUpdates {
  const costliest = cores.map(() => 0);
  populations.forEach(({ slices }, p) => {
    for (const { core } of slices) costliest[core] = Math.max(costliest[core]!, models[p]?.operations ?? 0);
  });
  let updates = 0;
  let operations = 0;
  cores.forEach(({ n }, c) => {
    const working = Number(counters.cores[c]!.updatesActive);
    const most = Math.min(n * samples * sampleSteps, working + n * samples);
    updates += most;
    operations += most * costliest[c]!;
  });
  return { updates, operations };
}
