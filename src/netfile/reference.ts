/** How a file refers to populations: `exc`, or some of its neurons: `exc[0:100]`. */
import type { Population, PopulationView } from '../api/population.js';
import { nearest } from './did-you-mean.js';
import type { Findings, Path } from './findings.js';

export interface Labels {
  /** Every label of the file, also of populations that have something wrong. */
  readonly known: ReadonlySet<string>;
  /** Those that were made. */
  readonly made: ReadonlyMap<string, Population>;
}

/** The neurons meant, or undefined when the reference is wrong (reported) or its population could not be made. */
export function resolveReference(
  reference: string,
  labels: Labels,
  path: Path,
  findings: Findings,
): Population | PopulationView | undefined {
  const range = labels.known.has(reference) ? null : /^(.*)\[(\d*):(\d*)\]$/s.exec(reference);
  const label = range?.[1] ?? reference;
  if (!labels.known.has(label)) {
    const guess = nearest(label, [...labels.known]);
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
