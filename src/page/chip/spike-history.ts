/** All spikes the page was told of, in order, in arrays that grow by doubling. */
import { encodeSpikes } from '../../io/encode-spikes.js';
import type { RasterData, RasterPopulation } from '../../views/raster.js';
import type { CountedBins } from '../../views/rate-bins.js';
import { SpikeDensity } from '../../views/spike-density.js';
import type { PopulationInfo, Spikes, TracePart } from './calls.js';

const ROOM = 1 << 12;
/** Bins of rates over all steps: even. */
const BINS = 4000;
/** A raster of more spikes than this lags by up to this part while it grows. */
const MANY = 200_000;
const LAG = 0.02;

export interface KnownTrace {
  readonly population: number;
  readonly variable: 'u' | 'v';
  readonly neurons: Uint32Array;
  readonly parts: TracePart[];
}

export class SpikeHistory {
  readonly populations: readonly RasterPopulation[];
  readonly rowCount: number;
  readonly first: number;
  readonly traces: KnownTrace[] = [];
  #steps = new Uint32Array(ROOM);
  #ids = new Uint32Array(ROOM);
  #length = 0;
  #to: number;
  #raster: { readonly data: RasterData; readonly to: number; readonly upTo: number } | null = null;
  /** Spikes of each population in bins of so many steps; bins grow in pairs where there are too many. */
  #binSteps = 1;
  readonly #counts: Uint32Array[];
  /** Population of each row. */
  readonly #owner: Uint32Array;

  /** @param first the step before the first one recorded */
  constructor(populations: readonly PopulationInfo[], first: number) {
    const ordered = [...populations].sort((a, b) => a.firstId - b.firstId);
    this.populations = ordered.map(({ label, firstId, size }) => ({ label, first: firstId, size }));
    this.rowCount = ordered.reduce((sum, { firstId, size }) => Math.max(sum, firstId + size), 0);
    this.first = first;
    this.#to = first;
    this.#counts = this.populations.map(() => new Uint32Array(BINS));
    this.#owner = new Uint32Array(this.rowCount);
    this.populations.forEach(({ first: row, size }, i) => {
      this.#owner.fill(i, row, row + size);
    });
  }

  get spikes(): number {
    return this.#length;
  }

  /** The last step known. */
  get to(): number {
    return this.#to;
  }

  /** Steps up to `to`, all after those known. */
  add({ steps, ids }: Spikes, traces: readonly TracePart[], to: number): void {
    if (to <= this.#to) return;
    this.#reserve(this.#length + steps.length);
    this.#steps.set(steps, this.#length);
    this.#ids.set(ids, this.#length);
    this.#length += steps.length;
    this.#to = to;
    this.#count({ steps, ids });
    for (const part of traces) this.#addTrace(part);
  }

  /** While it grows, a raster of many spikes may lag a little behind: it is made anew after a part of itself. */
  raster(isGrowing: boolean): RasterData {
    const made = this.#raster;
    const isOld = made === null || (isGrowing ? this.#length > made.upTo : made.to !== this.#to);
    if (!isOld) return made.data;
    const data = {
      density: new SpikeDensity({
        ...this.#known,
        from: this.first + 1,
        to: Math.max(this.first + 1, this.#to),
        rowCount: this.rowCount,
      }),
      populations: this.populations,
    };
    const upTo = this.#length > MANY ? this.#length * (1 + LAG) : this.#length;
    this.#raster = { data, to: this.#to, upTo };
    return data;
  }

  get bins(): CountedBins {
    const [binSteps, counts] = [this.#binSteps, this.#counts];
    const bins = Math.max(1, Math.ceil((this.#to - this.first) / binSteps));
    return {
      from: this.first + 1,
      to: Math.max(this.first + 1, this.#to),
      binSteps,
      counts: counts.map((of) => of.subarray(0, bins)),
    };
  }

  /** Steps at which a row spiked, from `from` to `to`. */
  spikesOf(row: number, from: number, to: number): number[] {
    const { steps, rows } = this.#known;
    const { density } = this.raster(true);
    const found: number[] = [];
    for (let i = density.at(from); i < steps.length && steps[i]! <= to; i++)
      if (rows[i] === row) found.push(steps[i]!);
    return found;
  }

  /** `step,population,neuron` of every spike, a header first. */
  csv(): Uint8Array {
    const { steps, rows } = this.#known;
    const populations = this.populations.map(({ first, ...rest }) => ({ ...rest, firstId: first }));
    return encodeSpikes({ steps, ids: rows, values: null }, 'csv', populations);
  }

  get #known(): { readonly steps: Uint32Array; readonly rows: Uint32Array } {
    return {
      steps: this.#steps.subarray(0, this.#length),
      rows: this.#ids.subarray(0, this.#length),
    };
  }

  #count({ steps, ids }: Spikes): void {
    while (this.#to - this.first > BINS * this.#binSteps) {
      this.#binSteps *= 2;
      for (const of of this.#counts)
        for (let bin = 0; bin < BINS; bin++) of[bin] = 2 * bin < BINS ? of[2 * bin]! + of[2 * bin + 1]! : 0;
    }
    for (let i = 0; i < steps.length; i++)
      this.#counts[this.#owner[ids[i]!]!]![Math.floor((steps[i]! - this.first - 1) / this.#binSteps)]!++;
  }

  #addTrace(part: TracePart): void {
    const same = this.traces.find(
      ({ population, variable, neurons }) =>
        population === part.population &&
        variable === part.variable &&
        neurons.join() === part.neurons.join(),
    );
    if (same === undefined) this.traces.push({ ...part, parts: [part] });
    else same.parts.push(part);
  }

  #reserve(length: number): void {
    if (length <= this.#steps.length) return;
    const room = Math.max(length, 2 * this.#steps.length);
    const [steps, ids] = [new Uint32Array(room), new Uint32Array(room)];
    steps.set(this.#steps.subarray(0, this.#length));
    ids.set(this.#ids.subarray(0, this.#length));
    this.#steps = steps;
    this.#ids = ids;
  }
}
