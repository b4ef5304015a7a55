/** Probes of an image, resolved to where their neurons are: cores, compartments and memory words. */
import { SeamountError } from '../cores/index.js';
import type { Keys } from './expansion.js';
import type { ChipImage, PopulationImage, ProbeImage } from './image.js';
import type { TraceJob } from './job.js';
import type { Trace } from './recording.js';
import type { CoreRange } from './shard.js';

/** No network id: a compartment that belongs to no population. */
export const NO_ID = 0xffff_ffff;

/** Network id of every source key, `NO_ID` where there is none. */
export function idsOfKeys(image: ChipImage, keys: Keys): Uint32Array {
  const ids = new Uint32Array(keys.count).fill(NO_ID);
  const assign = (key: number, id: number, count: number): void => {
    for (let i = 0; i < count; i++) ids[key + i] = id + i;
  };
  for (const { kind, firstId, firstSource, size, slices } of image.populations) {
    if (kind === 'source') assign(keys.firstOfCore[image.cores.length]! + firstSource, firstId, size);
    for (const { core, compartment, neuron, count } of slices) {
      assign(keys.firstOfCore[core]! + compartment, firstId + neuron, count);
    }
  }
  return ids;
}

/** Key of a neuron of a population. */
function keyOfNeuron(image: ChipImage, keys: Keys, population: PopulationImage, neuron: number): number {
  if (population.kind === 'source' && neuron < population.size) {
    return keys.firstOfCore[image.cores.length]! + population.firstSource + neuron;
  }
  const slice = population.slices.find((s) => neuron >= s.neuron && neuron < s.neuron + s.count);
  if (slice !== undefined) return keys.firstOfCore[slice.core]! + slice.compartment + neuron - slice.neuron;
  throw new SeamountError(
    'E_INPUT',
    `image: a probe names neuron ${neuron} of population ${population.label}`,
  );
}

/** Keys whose spikes some probe asks for, whatever its window. */
export function probedKeys(image: ChipImage, keys: Keys): Uint8Array {
  const probed = new Uint8Array(keys.count);
  for (const { population, variables, neurons } of image.probes) {
    if (!variables.includes('spikes')) continue;
    for (const neuron of neurons)
      probed[keyOfNeuron(image, keys, image.populations[population]!, neuron)] = 1;
  }
  return probed;
}

/** One variable of one probe, and which part of it each shard samples. */
export interface TracePlan {
  readonly probe: number;
  readonly variable: Trace['variable'];
  readonly window: Pick<TraceJob, 'from' | 'to' | 'every'>;
  readonly neurons: Uint32Array;
  /** Per shard: columns of the trace, in the order in which it samples them. */
  readonly columns: readonly Uint32Array[];
  readonly jobs: readonly TraceJob[];
}

/** Resolves all probes of u and v; `clusters` are those of each shard. Throws E_INPUT for a probe of what does not exist. */
export function planTraces(
  image: ChipImage,
  keys: Keys,
  clusters: readonly (readonly CoreRange[])[],
): TracePlan[] {
  return image.probes.flatMap((probe, index) =>
    probe.variables
      .filter((variable) => variable !== 'spikes')
      .map((variable) => planTrace(image, keys, clusters, probe, index, variable)),
  );
}

function planTrace(
  image: ChipImage,
  keys: Keys,
  clusters: readonly (readonly CoreRange[])[],
  probe: ProbeImage,
  index: number,
  variable: Trace['variable'],
): TracePlan {
  const population = image.populations[probe.population];
  if (population === undefined || population.kind === 'source') {
    throw new SeamountError('E_INPUT', `image: probe ${index} asks for ${variable} of what has none`);
  }
  const window = {
    from: Math.max(1, probe.from),
    to: probe.to === 0 ? 2 ** 31 : probe.to,
    every: Math.max(1, probe.every),
  };
  const places = Array.from(probe.neurons, (neuron, column) => {
    const key = keyOfNeuron(image, keys, population, neuron);
    const core = coreOfKey(keys, key);
    return { column, core, compartment: key - keys.firstOfCore[core]! };
  });
  const countdown = variable === 'v' && image.profile.rules.refractoryReadout === 'countdown';
  const parts = clusters.map((own) =>
    places.filter(({ core }) => own.some(({ first, end }) => core >= first && core < end)),
  );
  return {
    probe: index,
    variable,
    window,
    neurons: probe.neurons,
    columns: parts.map((part) => Uint32Array.from(part, ({ column }) => column)),
    jobs: parts.map((part, shard) => ({
      ...window,
      variable,
      countdown,
      places: Uint32Array.from(
        part.flatMap(({ core, compartment }) => {
          const own = clusters[shard]!;
          const cluster = own.findIndex(({ first, end }) => core >= first && core < end);
          return [cluster, core - own[cluster]!.first, compartment];
        }),
      ),
    })),
  };
}

/** Core of a neuron's key. */
export function coreOfKey(keys: Keys, key: number): number {
  let low = 0;
  let high = keys.firstOfCore.length - 1;
  while (high - low > 1) {
    const middle = (low + high) >>> 1;
    if (keys.firstOfCore[middle]! <= key) low = middle;
    else high = middle;
  }
  return low;
}
