/** What of a network is looked at: a core or a neuron; and where the one is in the other. */
import type { Opened, PopulationInfo } from './calls.js';

export type Selection =
  | { readonly kind: 'core'; readonly core: number }
  | { readonly kind: 'neuron'; readonly population: number; readonly neuron: number };

/** The neuron of a row of the raster. */
export function neuronOfRow(populations: readonly PopulationInfo[], row: number): Selection | null {
  const population = populations.findIndex(({ firstId, size }) => firstId <= row && row < firstId + size);
  return population < 0
    ? null
    : { kind: 'neuron', population, neuron: row - populations[population]!.firstId };
}

export function coreOf(opened: Opened, selection: Selection | null): number | null {
  if (selection === null) return null;
  if (selection.kind === 'core') return selection.core;
  const { slices } = opened.populations[selection.population]!;
  const { neuron } = selection;
  return slices.find((s) => s.neuron <= neuron && neuron < s.neuron + s.count)?.core ?? null;
}

/** Null for the host's. */
export const compartmentOf = (
  opened: Opened,
  { population, neuron }: Extract<Selection, { kind: 'neuron' }>,
) => {
  const { slices } = opened.populations[population]!;
  const slice = slices.find((s) => s.neuron <= neuron && neuron < s.neuron + s.count);
  return slice === undefined ? null : slice.compartment + neuron - slice.neuron;
};

export function neuronName(opened: Opened, population: number, neuron: number): string {
  const { label, names } = opened.populations[population]!;
  return names[neuron] ?? `${label} ${neuron}`;
}

/** The neuron of a compartment. */
export function neuronAt(opened: Opened, core: number, compartment: number): Selection | null {
  for (const [population, { slices }] of opened.populations.entries())
    for (const slice of slices)
      if (
        slice.core === core &&
        slice.compartment <= compartment &&
        compartment < slice.compartment + slice.count
      )
        return { kind: 'neuron', population, neuron: slice.neuron + compartment - slice.compartment };
  return null;
}

/** Whether there is such a core or neuron in what was opened. */
export function isThere({ report, populations }: Opened, selection: Selection): boolean {
  return selection.kind === 'core'
    ? selection.core < report.cores.length
    : selection.neuron < (populations[selection.population]?.size ?? 0);
}
