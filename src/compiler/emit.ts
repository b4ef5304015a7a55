/** Stage six: the chip image. */
import {
  accumulatorSlots,
  type ChipProfile,
  COMPARTMENT_REGISTERS,
  type CompartmentRegisters,
  type CoreImage,
  type CoreUse,
  type RegisterColumn,
} from '../../cores/index.js';
import {
  type ChipImage,
  IMAGE_VERSION,
  type PopulationImage,
  type ProbeImage,
  type Slice,
} from '../../routing/index.js';
import type { Network } from '../api/network.js';
import { isSource } from '../api/population.js';
import type { Probe } from '../api/probe.js';
import { buildSynapses } from './build-synapses.js';
import type { CoreBuilder } from './core-builder.js';
import type { PlacedCore, PlacedCores } from './place.js';
import { type QuantisedCells, sliceColumn } from './quantised-cells.js';
import type { Routes } from './route.js';
import type { Schedules } from './schedules.js';
import type { StrandIndex } from './strand-index.js';
import type { Violations } from './violations.js';

export interface EmitJob {
  readonly network: Network;
  readonly profile: ChipProfile;
  readonly seed: number;
  readonly cells: readonly (QuantisedCells | null)[];
  readonly index: StrandIndex;
  readonly placed: PlacedCores;
  readonly routes: Routes;
  readonly schedules: Schedules;
}

/** Formats of a core are numbered with 8 bits. */
const FORMATS_MAX = 256;

export function emit(job: EmitJob, violations: Violations): ChipImage {
  const { network, profile, seed, placed, schedules } = job;
  const builders = buildSynapses(job.index, job.routes);
  const cores = placed.cores.map((core, at): CoreImage => {
    const builder = builders[at]!;
    if (builder.formats > FORMATS_MAX)
      violations.add(
        `core ${core.number}`,
        `${builder.formats} synapse formats, the emulator takes ${FORMATS_MAX} on a core`,
        'use fewer different weight exponents, widths and delays, or a smaller coreSize',
      );
    return coreImage(core, at, builder, job);
  });
  return {
    kind: 'seamount-chip-image',
    version: IMAGE_VERSION,
    profile: withoutUnused(profile, cores),
    seed,
    dt: network.dt,
    chipsX: placed.chipsX,
    chipsY: placed.chipsY,
    cores,
    populations: populationImages(job),
    sources: { count: schedules.count, ...job.routes.tables.at(-1)! },
    schedules: schedules.schedules,
    probes: network.probes.map(probeImage),
  };
}

/** A rule that is newer than images is named by those only that follow it: the others keep their hash. */
function withoutUnused(profile: ChipProfile, cores: readonly CoreImage[]): ChipProfile {
  if (cores.some(({ compartments }) => compartments.vthStep !== undefined)) return profile;
  const { adaptiveThreshold, ...rules } = profile.rules;
  return adaptiveThreshold === undefined ? profile : { ...profile, rules };
}

function coreImage(core: PlacedCore, at: number, builder: CoreBuilder, job: EmitJob): CoreImage {
  const { routes, cells } = job;
  const tally = routes.tallies[at]!;
  const column = (pick: (cells: QuantisedCells) => RegisterColumn): RegisterColumn => {
    const parts = core.slices.map(({ population, from, to }) =>
      sliceColumn(pick(cells[population]!), from, to - from),
    );
    return joinColumns(parts, core, tally.n);
  };
  const { synapses, synapseBits, maxDelay } = builder;
  const used: CoreUse = {
    compartments: tally.n,
    inAxons: tally.inAxons,
    outAxonSlots: tally.outAxonSlots,
    synapseBits,
    accumulators: tally.n * accumulatorSlots(maxDelay),
    synapses,
  };
  return {
    ...core.location,
    n: tally.n,
    compartments: compartmentRegisters(column),
    registers: core.registers,
    u0: column(({ u0 }) => u0),
    v0: column(({ v0 }) => v0),
    inAxons: tally.inAxons,
    synapses: builder.memory(),
    outAxons: routes.tables[at]!,
    maxDelay,
    used,
  };
}

/** Columns of all registers; those of adaptive thresholds only where some threshold adapts. */
function compartmentRegisters(
  column: (pick: (cells: QuantisedCells) => RegisterColumn) => RegisterColumn,
): CompartmentRegisters {
  const all = Object.fromEntries(
    COMPARTMENT_REGISTERS.map(({ name }) => [name, column(({ registers }) => registers[name])]),
  ) as unknown as Required<CompartmentRegisters>;
  const { dth, vthStep, ...usual } = all;
  return vthStep === 0 ? usual : { ...usual, dth, vthStep };
}

/** One value where all slices agree, else one per compartment. */
function joinColumns(parts: readonly RegisterColumn[], { slices }: PlacedCore, n: number): RegisterColumn {
  const [first] = parts;
  if (parts.every((part) => typeof part === 'number' && part === first)) return first!;
  const joined = new Int32Array(n);
  let at = 0;
  for (const [k, { from, to }] of slices.entries()) {
    const part = parts[k]!;
    if (typeof part === 'number') joined.fill(part, at, at + to - from);
    else joined.set(part, at);
    at += to - from;
  }
  return joined;
}

function populationImages({ network, index, placed, schedules }: EmitJob): PopulationImage[] {
  const slices: Slice[][] = network.populations.map(() => []);
  for (const [core, { slices: list }] of placed.cores.entries()) {
    let compartment = 0;
    for (const { population, from, to } of list) {
      slices[population]!.push({ core, compartment, neuron: from, count: to - from });
      compartment += to - from;
    }
  }
  return network.populations.map(({ label, size, cell, index: population }) => ({
    label,
    size,
    firstId: index.firstId[population]!,
    kind: isSource(cell) ? 'source' : 'cells',
    slices: slices[population]!.sort((a, b) => a.neuron - b.neuron),
    firstSource: schedules.firstSource[population]!,
  }));
}

function probeImage({ population, variables, neurons, from, to, every }: Probe): ProbeImage {
  return {
    population: population.index,
    variables: [...new Set(variables)],
    neurons: Uint32Array.from(new Set(Array.from(neurons))).sort(),
    from,
    to,
    every,
  };
}
