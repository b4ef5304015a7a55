/** How a file refers to neurons: a population `exc`, some of it `exc[0:100]`, or an explicit neuron's name. */
import type { Population, PopulationView } from '../api/population.js';
import { nearest } from './did-you-mean.js';
import type { Findings, Path } from './findings.js';

export interface Labels {
  /** Every label of the file, also of populations that have something wrong. */
  readonly known: ReadonlySet<string>;
  /** Those that were made. */
  readonly made: ReadonlyMap<string, Population>;
  /** Explicit neurons that have a name. */
  readonly neurons: ReadonlyMap<string, { readonly population: Population; readonly index: number }>;
}

/** The neurons meant, or undefined when the reference is wrong (reported) or its population could not be made. */
export function resolveReference(
  reference: string,
  labels: Labels,
  path: Path,
  findings: Findings,
): Population | PopulationView | undefined {
  const neuron = labels.known.has(reference) ? undefined : labels.neurons.get(reference);
  if (neuron !== undefined) return neuron.population.slice(neuron.index, neuron.index + 1);
  const range = labels.known.has(reference) ? null : /^(.*)\[(\d*):(\d*)\]$/s.exec(reference);
  const label = range?.[1] ?? reference;
  if (!labels.known.has(label)) {
    const guess = nearest(label, [...labels.known, ...labels.neurons.keys()]);
    const hint =
      guess === undefined
        ? `the file has ${[...labels.known].join(', ') || 'none'}`
        : `did you mean ${guess}?`;
    findings.add(path, `no population ${JSON.stringify(label)}`, hint);
    return undefined;
  }
  const population = labels.made.get(label);
  if (population === undefined || range === null) return population;
  const from = range[2] === '' ? 0 : Number(range[2]);
  const to = range[3] === '' ? population.size : Number(range[3]);
  if (from < to && to <= population.size) return population.slice(from, to);
  findings.add(path, `[${from}:${to}] is not a range of the ${population.size} neurons of ${label}`);
  return undefined;
}
