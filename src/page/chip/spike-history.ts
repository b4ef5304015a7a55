/** All spikes the page was told of, in order, in arrays that grow by doubling. */
import type { RasterData, RasterPopulation } from '../../views/raster.js';
import { type CountedBins, countBins } from '../../views/rate-bins.js';
import { SpikeDensity } from '../../views/spike-density.js';
import type { PopulationInfo, Spikes, TracePart } from './calls.js';

const ROOM = 1 << 12;
/** Bins of rates over all steps. */
const BINS = 2000;

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
  #raster: RasterData | null = null;
  #bins: CountedBins | null = null;

  /** @param first the step before the first one recorded */
  constructor(populations: readonly PopulationInfo[], first: number) {
    const ordered = [...populations].sort((a, b) => a.firstId - b.firstId);
    this.populations = ordered.map(({ label, firstId, size }) => ({ label, first: firstId, size }));
    this.rowCount = ordered.reduce((sum, { firstId, size }) => Math.max(sum, firstId + size), 0);
    this.first = first;
    this.#to = first;
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
    this.#raster = null;
    this.#bins = null;
    for (const part of traces) this.#addTrace(part);
  }

  get raster(): RasterData {
    this.#raster ??= {
      density: new SpikeDensity({
        ...this.#known,
        from: this.first + 1,
        to: Math.max(this.first + 1, this.#to),
        rowCount: this.rowCount,
      }),
      populations: this.populations,
    };
    return this.#raster;
  }

  get bins(): CountedBins {
    this.#bins ??= countBins(this.#known, this.populations, {
      from: this.first + 1,
      to: Math.max(this.first + 1, this.#to),
      most: BINS,
    });
    return this.#bins;
  }

  /** Steps at which a row spiked, from `from` to `to`. */
  spikesOf(row: number, from: number, to: number): number[] {
    const { steps, rows } = this.#known;
    const density = this.raster.density;
    const found: number[] = [];
    for (let i = density.at(from); i < steps.length && steps[i]! <= to; i++)
      if (rows[i] === row) found.push(steps[i]!);
    return found;
  }

  /** `step,population,neuron` of every spike, a header first. */
  csv(): string {
    const { steps, rows } = this.#known;
    const lines = ['step,population,neuron'];
    for (let i = 0; i < steps.length; i++) {
      const { label, first } = this.populations.findLast((p) => p.first <= rows[i]!)!;
      lines.push(
        `${steps[i]},${/[",\n]/.test(label) ? `"${label.replaceAll('"', '""')}"` : label},${rows[i]! - first}`,
      );
    }
    return `${lines.join('\n')}\n`;
  }

  get #known(): { readonly steps: Uint32Array; readonly rows: Uint32Array } {
    return {
      steps: this.#steps.subarray(0, this.#length),
      rows: this.#ids.subarray(0, this.#length),
    };
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
