/**
 * The prices of an architecture as a cost profile of ours, which has one price an event and three classes of synapses:
 * units that price differently are refused where a network uses both.
 */
import type { CostProfile, Figure, Included } from '../energy/cost-profile.js';
import {
  type SanafeArchitecture,
  type SanafeCore,
  type SanafePrice,
  type SanafeUnit,
  SECTIONS,
} from './architecture.js';
import { architectureSource } from './chip-profile.js';

export type SynapseClass = 'sparse' | 'dense' | 'conv';
const CLASSES: readonly SynapseClass[] = ['sparse', 'dense', 'conv'];

/** What a network needs of an architecture. */
export interface UnitsInUse {
  readonly cores: ReadonlySet<SanafeCore>;
  readonly units: ReadonlySet<SanafeUnit>;
}

export interface SanafeCosts {
  readonly profile: CostProfile;
  /** Class of the events of each synapse unit in use. */
  readonly classOf: ReadonlyMap<SanafeUnit, SynapseClass>;
}

/** All that has a counterpart here, for an architecture without a network. */
export function allUnits({ tiles }: SanafeArchitecture): UnitsInUse {
  const cores = new Set(tiles.flatMap((tile) => tile.cores));
  const units = [...cores].flatMap((core) => SECTIONS.flatMap((section) => core.units[section]));
  return { cores, units: new Set(units.filter(({ refusal }) => refusal === '')) };
}

/**
 * Prices what `used` needs. What cannot be priced is added to the architecture's problems, at its units.
 */
export function costsOf(architecture: SanafeArchitecture, used: UnitsInUse): SanafeCosts {
  return new Pricing(architecture, used).costs();
}

class Pricing {
  readonly #architecture: SanafeArchitecture;
  readonly #used: UnitsInUse;

  constructor(architecture: SanafeArchitecture, used: UnitsInUse) {
    this.#architecture = architecture;
    this.#used = used;
  }

  costs(): SanafeCosts {
    const { name, file, sync, linkBuffer } = this.#architecture;
    const source = architectureSource(this.#architecture);
    const pJ = (joules: number): Figure => ({
      value: exact(joules, 1e12),
      unit: 'pJ',
      basis: 'stated',
      source,
    });
    const ns = (seconds: number): Figure => ({
      value: exact(seconds, 1e9),
      unit: 'ns',
      basis: 'stated',
      source,
    });
    this.#refuseCosts();
    const soma = this.#one('soma', (unit) => unit.model !== 'input');
    const classOf = this.#classes();
    const prices = new Map<string, SanafePrice | undefined>([
      ['visit', soma?.prices.access_neuron],
      ['updateActive', soma?.prices.update_neuron],
      ['spike', soma?.prices.spike_out],
      ['axonOut', this.#axon('axon_out')?.prices.message_out],
      ['axonIn', this.#axon('axon_in')?.prices.message_in],
      ...CLASSES.map((name): [string, SanafePrice | undefined] => [
        `synapse${name[0]!.toUpperCase()}${name.slice(1)}`,
        [...classOf].find(([, of]) => of === name)?.[0].prices.process_spike,
      ]),
      ...this.#hops(),
    ]);
    const figures = (of: (price: SanafePrice) => Figure): Record<string, Figure | Included> => ({
      ...Object.fromEntries([...prices].flatMap(([event, price]) => (price ? [[event, of(price)]] : []))),
      updateIdle: { includedIn: 'visit' },
      withinTile: { includedIn: 'axonOut' },
    });
    return {
      classOf,
      profile: {
        kind: 'seamount-cost-profile',
        version: 1,
        name,
        title: `${name}, ${source}`,
        basis: 'stated',
        source,
        notice: `Figures are those of ${file}, which does not say how they were come by. Operations only: no static power, barrier energy or host.`,
        indivisible: null,
        noEnergy: null,
        energy: figures(({ energy }) => pJ(energy)),
        latency: figures(({ latency }) => ns(latency)),
        barrier: sync.map(({ tiles, time }) => ({ tiles, time: ns(time) })),
        linkBuffer: { value: linkBuffer, unit: 'messages', basis: 'stated', source },
        staticPower: null,
        vendorRatios: [],
      },
    };
  }

  #refuse(unit: SanafeUnit, why: string, hint = ''): void {
    this.#architecture.problems.add(unit.at, `${unit.section} unit ${unit.name}: ${why}`, hint);
  }

  /** Input neurons and dendrites have no event here that could cost. */
  #refuseCosts(): void {
    for (const unit of this.#used.units) {
      const isFree = Object.values(unit.prices).every(({ energy, latency }) => energy === 0 && latency === 0);
      if (isFree) continue;
      if (unit.section === 'dendrite') this.#refuse(unit, 'dendrites that cost have no counterpart here');
      if (unit.model === 'input') this.#refuse(unit, 'input neurons that cost have no counterpart here');
    }
  }

  /** The used unit of a section; all must price alike. Where none is used, the first there is. */
  #one(section: SanafeUnit['section'], counts: (unit: SanafeUnit) => boolean): SanafeUnit | undefined {
    const used = [...this.#used.units].filter((unit) => unit.section === section && counts(unit));
    return this.#agreed(used) ?? this.#all(section).find(counts);
  }

  /** Every core in use has its own axon unit. */
  #axon(section: 'axon_in' | 'axon_out'): SanafeUnit | undefined {
    const used = [...this.#used.cores].flatMap((core) => core.units[section].slice(0, 1));
    return this.#agreed(used) ?? this.#all(section)[0];
  }

  /** The first of them, after complaints about those that price otherwise. */
  #agreed([first, ...others]: readonly SanafeUnit[]): SanafeUnit | undefined {
    for (const other of others) {
      if (alike(first!.prices, other.prices)) continue;
      this.#refuse(other, `prices differ from those of ${first!.name}; all cores must price alike here`);
    }
    return first;
  }

  #all(section: SanafeUnit['section']): readonly SanafeUnit[] {
    return [...allUnits(this.#architecture).units].filter((unit) => unit.section === section);
  }

  /** By what the name says, else by the first class that is free; units with the same prices may share one. */
  #classes(): ReadonlyMap<SanafeUnit, SynapseClass> {
    const used = [...this.#used.units].filter(({ section }) => section === 'synapse');
    const others = this.#all('synapse').filter((unit) => !this.#used.units.has(unit));
    const classOf = new Map<SanafeUnit, SynapseClass>();
    const holder = new Map<SynapseClass, SanafeUnit>();
    const fits = (unit: SanafeUnit, name: SynapseClass): boolean => {
      const known = holder.get(name);
      return known === undefined || alike(known.prices, unit.prices);
    };
    const take = (unit: SanafeUnit, name: SynapseClass): void => {
      if (!holder.has(name)) holder.set(name, unit);
      classOf.set(unit, name);
    };
    const nameless: SanafeUnit[] = [];
    for (const unit of [...used, ...others]) {
      const said = CLASSES.find((name) => unit.name.toLowerCase().includes(name));
      if (said !== undefined && fits(unit, said)) take(unit, said);
      else nameless.push(unit);
    }
    for (const unit of nameless) {
      const same =
        CLASSES.find((name) => holder.has(name) && fits(unit, name)) ??
        CLASSES.find((name) => !holder.has(name));
      if (same !== undefined) take(unit, same);
      else if (this.#used.units.has(unit)) {
        this.#refuse(unit, 'a fourth price of synapses: sparse, dense and conv are all there are here');
      }
    }
    return classOf;
  }

  /** Routers price alike on the whole mesh. */
  #hops(): readonly (readonly [string, SanafePrice | undefined])[] {
    const tiles = [...new Set(this.#architecture.tiles)];
    const [first, ...others] = tiles;
    for (const other of others) {
      if (alike(first!.hops, other.hops)) continue;
      this.#architecture.problems.add(
        other.at,
        'hop prices differ from those of the first tile; all tiles must price alike here',
      );
    }
    return [
      ['hopEast', first?.hops.east],
      ['hopWest', first?.hops.west],
      ['hopNorth', first?.hops.north],
      ['hopSouth', first?.hops.south],
    ];
  }
}

type Prices = Readonly<Record<string, SanafePrice>>;

const alike = (a: Prices, b: Prices): boolean =>
  Object.entries(a).every(
    ([event, { energy, latency }]) => b[event]?.energy === energy && b[event]?.latency === latency,
  );

/** 3.55e-11 J is 35.5 pJ, not 35.50000000000001: the decimal number of the file, moved. */
const exact = (value: number, factor: number): number => Number((value * factor).toPrecision(12));
