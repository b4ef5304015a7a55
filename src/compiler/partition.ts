/**
 * Stage three: which neurons share a core. Sequential fill: populations in order, neurons in order, a new core
 * when the next neuron would break any limit. Populations the user placed are only checked.
 *
 * Slots of out-axons depend on where targets land, so the fill is repeated with the demand of the result
 * before, and some room for what that misses, until every core holds its own.
 */
import type { ChipProfile } from '../../cores/index.js';
import { coresPerChip } from './core-address.js';
import type { CoreContent, CoreSlice, PartitionJob } from './core-content.js';
import { CoreFill, type OutDemand, type Refusal } from './core-fill.js';
import { coreSizeOf, limitOf } from './core-limits.js';
import { measureCore } from './measure-core.js';
import { outDemand } from './out-demand.js';
import { cannotFit, placedOver, refusalText } from './partition-text.js';
import { contentOfPlacements } from './pinned-cores.js';
import type { QuantisedCells } from './quantised-cells.js';
import type { Split } from './report.js';
import type { StrandIndex } from './strand-index.js';
import type { Violations } from './violations.js';

export interface Partition {
  readonly cores: readonly CoreContent[];
  readonly splits: readonly Split[];
}

/** Rounds of the fill with the demand of the round before; then as many whose demand only grows. */
const ROUNDS = 8;

export function partition(job: PartitionJob, violations: Violations): Partition {
  const { profile, index } = job;
  const pinned = contentOfPlacements(job, violations);
  const ids = index.firstId.at(-1)!;
  const limit = limitOf(profile.limits, 'outAxonSlots');
  let demand: OutDemand = { slots: new Uint32Array(ids), spare: 0 };
  for (let round = 1; ; round++) {
    const before = violations.count;
    const { contents, splits } = new SequentialFill(job, demand, violations).run();
    const cores = [...pinned, ...contents];
    if (limit === null || violations.count > before) return { cores, splits };
    const actual = outDemand(index, coresOf(cores, index, ids), cores.length);
    const used = contents.map((content) => slotsOf(content, index, actual));
    const most = used.reduce((max, slots) => Math.max(max, slots), 0);
    if (most <= limit) {
      for (const content of pinned) {
        const needed = slotsOf(content, index, actual);
        if (needed > limit) violations.addAll([placedOver(content.pinned!, 'outAxonSlots', needed, limit)]);
      }
      return { cores, splits };
    }
    if (round === 2 * ROUNDS || cores.length > coresInReach(profile)) {
      const { slices } = contents[used.indexOf(most)]!;
      violations.add(
        `population ${job.network.populations[slices[0]!.population]!.label}`,
        `its neurons reach so many cores that splitting them does not help: ${most} out-axon slots on a core that has ${limit}, after ${round} rounds and ${cores.length} cores`,
        'lower the fan-out, make connections more local, or take a profile without limits',
      );
      return { cores, splits };
    }
    // The first rounds find where targets land; later ones are off by what spare room covers.
    demand = {
      slots: round < ROUNDS ? actual : demand.slots.map((known, id) => Math.max(known, actual[id]!)),
      spare: round < 2 ? 0 : Math.min(demand.spare + most - limit, Math.floor(limit / 2)),
    };
  }
}

const coresInReach = ({ limits }: ChipProfile): number =>
  limits.chips === null ? Number.POSITIVE_INFINITY : limits.chips * coresPerChip(limits);

const slotsOf = ({ slices }: CoreContent, { firstId }: StrandIndex, slots: Uint32Array): number => {
  let sum = 0;
  for (const { population, from, to } of slices)
    for (let i = from; i < to; i++) sum += slots[firstId[population]! + i]!;
  return sum;
};

/** Core of every network id; -1 for host sources. */
function coresOf(cores: readonly CoreContent[], { firstId }: StrandIndex, ids: number): Int32Array {
  const coreOf = new Int32Array(ids).fill(-1);
  for (const [core, { slices }] of cores.entries())
    for (const { population, from, to } of slices)
      coreOf.fill(core, firstId[population]! + from, firstId[population]! + to);
  return coreOf;
}

/** One pass of the fill. */
class SequentialFill {
  readonly #job: PartitionJob;
  readonly #violations: Violations;
  readonly #fill: CoreFill;
  readonly #contents: CoreContent[] = [];
  readonly #splits: Split[] = [];
  #slices: CoreSlice[] = [];

  constructor(job: PartitionJob, demand: OutDemand, violations: Violations) {
    this.#job = job;
    this.#violations = violations;
    this.#fill = new CoreFill(job.index, job.profile.limits, coreSizeOf(job.profile, job.coreSize), demand);
  }

  run(): { readonly contents: readonly CoreContent[]; readonly splits: readonly Split[] } {
    for (const population of this.#job.network.populations) {
      const cells = this.#job.cells[population.index];
      if (cells && population.placements === null) this.#place(cells);
    }
    this.#close();
    return { contents: this.#contents, splits: this.#splits };
  }

  #place(cells: QuantisedCells): void {
    const { index: population, size } = cells.population;
    const misfits = new Map<Refusal['reason'], { neuron: number; refusal: Refusal; count: number }>();
    let from = 0;
    while (from < size) {
      const { to, refusal } = this.#extend(cells, from);
      if (to > from) this.#slices.push({ population, from, to });
      if (refusal === null) break;
      if (to === from && this.#slices.length === 0) {
        // Not even alone on a core: told once per limit, then passed over to find what else is wrong.
        const known = misfits.get(refusal.reason);
        if (known) known.count++;
        else misfits.set(refusal.reason, { neuron: from, refusal, count: 1 });
        this.#fill.open();
        from++;
        continue;
      }
      this.#splits.push({
        population: cells.population.label,
        neuron: to,
        core: this.#contents.length,
        reason: refusal.reason,
        message: refusalText(cells, to, refusal),
      });
      this.#close();
      from = to;
    }
    for (const { neuron, refusal, count } of misfits.values())
      this.#violations.add(...cannotFit(cells.population, neuron, refusal, count));
  }

  /** Neurons from `from` on that go onto the open core, and what stopped them. */
  #extend(cells: QuantisedCells, from: number): { to: number; refusal: Refusal | null } {
    const { index: population, size } = cells.population;
    let to = from;
    let refusal: Refusal | null = null;
    while (to < size && refusal === null) {
      refusal = this.#fill.add(cells, to);
      if (refusal === null) to++;
    }
    return this.#sharesLists(population)
      ? this.#withinMemory(population, from, to, refusal)
      : { to, refusal };
  }

  /** Whether the open core has, or would get, lists that axons share. */
  #sharesLists(population: number): boolean {
    const { profile, index } = this.#job;
    if (profile.limits.synapseBitsPerCore === null) return false;
    return index.strands.some(({ layout, projection }) => {
      const reached = projection.post.population.index;
      return (
        layout === 'conv' &&
        (reached === population || this.#slices.some((slice) => slice.population === reached))
      );
    });
  }

  /** Shared lists cost what is new in them, so a slice is measured whole and halved until it fits. */
  #withinMemory(
    population: number,
    from: number,
    to: number,
    refusal: Refusal | null,
  ): { to: number; refusal: Refusal | null } {
    const available = this.#job.profile.limits.synapseBitsPerCore!;
    const bits = (end: number): number =>
      measureCore([...this.#slices, { population, from, to: end }], this.#job.index).synapseBits;
    const all = to > from ? bits(to) : 0;
    if (all <= available) return { to, refusal };
    let fits = from;
    let over = to;
    while (over - fits > 1) {
      const middle = (fits + over) >>> 1;
      if (bits(middle) <= available) fits = middle;
      else over = middle;
    }
    const used = fits > from ? bits(fits) : 0;
    return { to: fits, refusal: { reason: 'synapseBits', used, needed: bits(over), available } };
  }

  #close(): void {
    const { registers } = this.#fill;
    if (this.#slices.length > 0)
      this.#contents.push({ pinned: null, slices: this.#slices, registers: registers! });
    this.#slices = [];
    this.#fill.open();
  }
}
