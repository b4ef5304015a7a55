/** One neuron, or all of a core, as they are now: state, registers, and where their messages go. */
import {
  COMPARTMENT_REGISTERS,
  CORE_REGISTERS,
  type CompartmentRegisterName,
  type CoreImage,
  type Register,
  type RegisterColumn,
  SeamountError,
} from '../../../cores/index.js';
import { type Chip, type ChipImage, type MessageTable, routeOf } from '../../../routing/index.js';
import type { CoreView, NeuronView, RegisterView } from './calls.js';

const at = (column: RegisterColumn | undefined, i: number): number =>
  typeof column === 'number' ? column : (column?.[i] ?? 0);

/** Where a neuron lives; null for the host's. */
export function placeOf(
  image: ChipImage,
  population: number,
  neuron: number,
): { readonly core: number; readonly compartment: number } | null {
  const { slices } = populationAt(image, population, neuron);
  const slice = slices.find((s) => s.neuron <= neuron && neuron < s.neuron + s.count);
  return slice === undefined
    ? null
    : { core: slice.core, compartment: slice.compartment + neuron - slice.neuron };
}

function populationAt(image: ChipImage, population: number, neuron: number) {
  const found = image.populations[population];
  if (found === undefined || !(neuron >= 0 && neuron < found.size))
    throw new SeamountError('E_USAGE', `there is no neuron ${neuron} of population ${population}`);
  return found;
}

/** @throws {SeamountError} `E_USAGE` where there is no such core */
export function coreView(chip: Chip, core: number): CoreView {
  const { u, v, theta, spikeCounts } = chip.state(core);
  const { n, compartments } = chip.image.cores[core]!;
  return {
    step: chip.step,
    u,
    v,
    threshold: Int32Array.from(
      { length: n },
      (_, i) => (at(compartments.vthMant, i) << 6) + (theta?.[i] ?? 0),
    ),
    // 64-bit pairs; the high word stays 0 as long as steps are below 2^31
    spikes: Float64Array.from({ length: n }, (_, i) => spikeCounts[2 * i]!),
  };
}

export function neuronView(
  chip: Chip,
  table: MessageTable,
  { population, neuron }: { readonly population: number; readonly neuron: number },
): NeuronView {
  const { image } = chip;
  const place = placeOf(image, population, neuron);
  const key =
    place === null
      ? table.firstOfCore[image.cores.length]! + image.populations[population]!.firstSource + neuron
      : table.firstOfCore[place.core]! + place.compartment;
  const targets = targetsOf(image, table, { key, from: place?.core ?? null });
  if (place === null) return { step: chip.step, state: [], registers: [], coreRegisters: [], targets };
  const core = image.cores[place.core]!;
  return {
    step: chip.step,
    state: stateOf(chip, place),
    registers: registersOf(core, place.compartment),
    coreRegisters: CORE_REGISTERS.map(({ name, unit, meaning }) => ({
      name,
      value: core.registers[name] as number | string,
      unit,
      meaning,
    })),
    targets,
  };
}

function stateOf(
  chip: Chip,
  { core, compartment }: { readonly core: number; readonly compartment: number },
): readonly RegisterView[] {
  const { u, v, refractory, theta, pending, spikeCounts } = chip.state(core);
  let onTheWay = 0;
  for (let p = 0; p < pending.length; p += 4) if (pending[p + 2] === compartment) onTheWay++;
  return [
    { name: 'u', value: u[compartment]!, unit: 'u', meaning: 'synaptic current after this step' },
    { name: 'v', value: v[compartment]!, unit: 'v', meaning: 'membrane voltage after this step' },
    {
      name: 'refractory',
      value: refractory[compartment]!,
      unit: 'steps',
      meaning: 'steps for which v is still held',
    },
    ...(theta === undefined
      ? []
      : [
          {
            name: 'theta',
            value: theta[compartment]!,
            unit: 'v',
            meaning: 'what past spikes add to the threshold',
          },
        ]),
    {
      name: 'pending',
      value: onTheWay,
      unit: 'steps',
      meaning: 'coming steps for which input is on its way',
    },
    { name: 'spikes', value: spikeCounts[2 * compartment]!, unit: '', meaning: 'spikes since step 1' },
  ];
}

function registersOf({ compartments, n }: CoreImage, i: number): readonly RegisterView[] {
  if (i >= n) return [];
  const rows: readonly Register<CompartmentRegisterName>[] = COMPARTMENT_REGISTERS;
  // an extension that is not in use is not worth a line
  return rows
    .filter(({ name, reset, extension }) => extension === undefined || at(compartments[name], i) !== reset)
    .map(({ name, unit, meaning }) => ({ name, value: at(compartments[name], i), unit, meaning }));
}

function targetsOf(
  { cores, profile }: ChipImage,
  { start, to, axon, sparse, dense, conv }: MessageTable,
  { key, from }: { readonly key: number; readonly from: number | null },
): NeuronView['targets'] {
  return Array.from({ length: start[key + 1]! - start[key]! }, (_, i) => {
    const m = start[key]! + i;
    const core = to[m]!;
    const route = from === null ? null : routeOf(cores[from]!, cores[core]!, profile.limits);
    return {
      core,
      axon: axon[m]!,
      synapses: sparse[m]! + dense[m]! + conv[m]!,
      hops: route === null ? null : route.hopsEW + route.hopsNS,
    };
  });
}
