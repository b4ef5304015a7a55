/** Which cores, compartments and sources a mapped network has, and the registers they are programmed with. */
import {
  type CompartmentRegisters,
  DEFAULT_COMPARTMENT,
  type RegisterColumn,
  type ResetMode,
} from '../../cores/index.js';
import type { MappedNetwork } from './mapped-network.js';
import { nameOf, type SanafeNetwork } from './network.js';
import type { LifParameters } from './neuron-parameters.js';
import { SANAFE_RULES } from './rules.js';
import type { Scales } from './scale.js';

export interface PlannedCore {
  /** In the whole chip, tile by tile. */
  readonly number: number;
  /** Ids of its compartments in the order in which it visits them. */
  readonly neurons: readonly number[];
}

export interface PlannedSource {
  readonly id: number;
  /** As in `Senders`. */
  readonly core: number;
  readonly visit: number;
}

const V_LIMIT = 2 ** 23 - 1;

export class CorePlan {
  /** Ascending by number. */
  readonly cores: readonly PlannedCore[];
  /** By source number. */
  readonly sources: readonly PlannedSource[];
  /** Numbers of the cores that have input neurons only. */
  readonly places: readonly number[];
  /** By neuron id: its compartment, or its source number. */
  readonly indexOf: Uint32Array;
  /** By neuron id: index in `cores`; of no use for sources. */
  readonly coreIndexOf: Uint32Array;
  readonly #network: SanafeNetwork;
  readonly #mapped: MappedNetwork;
  readonly #scales: Scales;
  readonly #modes: readonly ResetMode[];

  constructor(network: SanafeNetwork, mapped: MappedNetwork, scales: Scales) {
    this.#network = network;
    this.#mapped = mapped;
    this.#scales = scales;
    const { order, neurons } = network;
    const compartments = new Map<number, number[]>();
    const inputs = new Map<number, { readonly id: number; readonly visit: number }[]>();
    for (const id of order) {
      const number = mapped.coreOf[id]!;
      if (mapped.parameters[id]!.kind === 'lif') listOf(compartments, number).push(id);
      else listOf(inputs, number).push({ id, visit: compartments.get(number)?.length ?? 0 });
    }
    const byNumber = (a: number, b: number): number => a - b;
    const numbers = [...compartments.keys()].sort(byNumber);
    this.cores = numbers.map((number) => ({ number, neurons: compartments.get(number)! }));
    const indexOfCore = new Map(numbers.map((number, index) => [number, index]));
    this.places = [...inputs.keys()].filter((number) => !indexOfCore.has(number)).sort(byNumber);
    const placeOf = new Map(this.places.map((number, place) => [number, numbers.length + place]));
    const sources = [...inputs.keys()]
      .sort(byNumber)
      .flatMap((number) =>
        inputs
          .get(number)!
          .map((source) => ({ ...source, core: indexOfCore.get(number) ?? placeOf.get(number)! })),
      );
    this.sources = canFollowIds(inputs.values()) ? sources.sort((a, b) => a.id - b.id) : sources;
    this.indexOf = new Uint32Array(neurons.length);
    this.coreIndexOf = new Uint32Array(neurons.length);
    this.cores.forEach((core, index) => {
      core.neurons.forEach((id, compartment) => {
        this.indexOf[id] = compartment;
        this.coreIndexOf[id] = index;
      });
    });
    this.sources.forEach(({ id }, source) => {
      this.indexOf[id] = source;
    });
    this.#modes = this.cores.map((core) => this.#modeOf(core));
  }

  resetMode(index: number): ResetMode {
    return this.#modes[index]!;
  }

  compartments(index: number): CompartmentRegisters {
    const { neurons } = this.cores[index]!;
    const column = (of: (own: LifParameters, scale: number) => number): RegisterColumn =>
      settled(Int32Array.from(neurons, (id) => of(this.#lif(id), 2 ** this.#scales.shift[id]!)));
    const exponent = (own: LifParameters, scale: number): number => biasExponent(own.bias * scale * 64) ?? 0;
    return {
      ...DEFAULT_COMPARTMENT,
      du: 4095,
      dv: column((own) => own.dv),
      vthMant: column((own, scale) => (Math.floor(own.threshold * 64) * scale) / 64),
      biasMant: column((own, scale) => (own.bias * scale * 64) / 2 ** exponent(own, scale)),
      biasExp: column(exponent),
      refract: column((own) => own.refract),
      vreset: this.#modes[index] === 'value' ? column((own, scale) => own.reset * scale * 64) : 0,
    };
  }

  #lif(id: number): LifParameters {
    return this.#mapped.parameters[id] as LifParameters;
  }

  #checkRegisters(id: number, own: LifParameters): void {
    const { problems, neurons } = this.#network;
    const { at, attributes } = neurons[id]!;
    const scale = 2 ** this.#scales.shift[id]!;
    const complain = (key: string, limit: string): void =>
      problems.add(attributes.get(key)?.at ?? at, `${key}: ${limit}`);
    const most = SANAFE_RULES.vthMantMax;
    if (own.threshold * scale >= most + 1)
      complain('threshold', `${own.threshold * scale}, the register ends at ${most}`);
    if (biasExponent(own.bias * scale * 64) === null) {
      complain('bias', `${own.bias * scale} is beyond what v holds`);
    }
    if (Math.abs(own.reset) * scale * 64 > V_LIMIT)
      complain('reset', `${own.reset * scale} is beyond 24 bits of v`);
  }

  /** A core resets all its compartments in one way. */
  #modeOf({ neurons }: PlannedCore): ResetMode {
    const { groups, problems } = this.#network;
    const first = neurons[0]!;
    const isSoft = this.#lif(first).resetMode === 'soft';
    let toValue = false;
    for (const id of neurons) {
      const own = this.#lif(id);
      const { at, attributes, tile, core } = this.#network.neurons[id]!;
      if ((own.resetMode === 'soft') !== isSoft) {
        const both = `${nameOf(groups, first)} and ${nameOf(groups, id)}`;
        problems.add(
          attributes.get('reset_mode')?.at ?? at,
          `core ${tile}.${core}: ${both} differ in reset_mode; a core has one`,
          'map them to different cores',
        );
        return 'zero';
      }
      this.#checkRegisters(id, own);
      toValue ||= own.reset !== 0;
    }
    if (isSoft) return 'subtract';
    return toValue ? 'value' : 'zero';
  }
}

/** Exponent with which a bias in v fits its mantissa; that of whole weights where it can be. Null where none does. */
function biasExponent(bias: number): number | null {
  const { mantMin, mantMax, expMin, expMax } = SANAFE_RULES.bias;
  const fits = (exponent: number): boolean => {
    const mantissa = bias / 2 ** exponent;
    return Number.isInteger(mantissa) && mantissa >= mantMin && mantissa <= mantMax;
  };
  if (fits(6)) return 6;
  for (let exponent = expMin; exponent <= expMax; exponent++) if (fits(exponent)) return exponent;
  return null;
}

function listOf<T>(lists: Map<number, T[]>, key: number): T[] {
  const known = lists.get(key);
  if (known !== undefined) return known;
  const list: T[] = [];
  lists.set(key, list);
  return list;
}

/** Whether the sources of every core are visited in order of their ids. */
function canFollowIds(inputs: Iterable<readonly { readonly id: number }[]>): boolean {
  for (const list of inputs) if (list.some(({ id }, i) => i > 0 && list[i - 1]!.id > id)) return false;
  return true;
}

/** One value where all agree. */
const settled = (values: Int32Array): RegisterColumn =>
  values.every((value) => value === values[0]) ? values[0]! : values;
