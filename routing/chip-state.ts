/**
 * What a chip remembers between two steps, independent of memory layout and shards: to compare two runs
 * (hash), to stop and go on elsewhere (checkpoint), to start over (reset). Between legs only.
 */
import { type CoreState, mix, type RegisterColumn, SeamountError } from '../cores/index.js';
import type { InputSpikes } from './host-input.js';
import { readInFlight, writeInFlight } from './in-flight.js';
import type { PlacedChip } from './place-chip.js';

export const CHECKPOINT_VERSION = 3;

/** Plain data: the whole of a chip's state after `step`. */
export interface Checkpoint {
  readonly kind: 'seamount-checkpoint';
  readonly version: typeof CHECKPOINT_VERSION;
  readonly step: number;
  readonly cores: readonly CoreState[];
  /** Spike words (aer.ts) of neurons that fired in `step`, ascending by key. */
  readonly inFlight: Uint32Array;
  /** Spikes of each host source so far. */
  readonly sourceSpikes: Float64Array;
  /** Deliveries that resets have dropped, four counts for each core (deliveries.ts). */
  readonly lost: Float64Array;
  /** What the host sent and has not arrived yet. */
  readonly input: InputSpikes;
}

/** Spikes of every host source, from the shards that count them. */
export function readSourceSpikes(chip: PlacedChip): Float64Array {
  const spikes = new Float64Array(chip.image.sources.count);
  for (const { sourceLow, counts } of sourceCounts(chip)) spikes.set(counts, sourceLow);
  return spikes;
}

const sourceCounts = ({ plan, memory }: PlacedChip): { sourceLow: number; counts: Float64Array }[] =>
  plan.shards.map(({ sourceLow, sourceHigh, sourceSpikesAt }) => ({
    sourceLow,
    counts: new Float64Array(memory.buffer, sourceSpikesAt, sourceHigh - sourceLow),
  }));

export const readCheckpoint = (chip: PlacedChip, step: number, input: InputSpikes): Checkpoint => ({
  kind: 'seamount-checkpoint',
  version: CHECKPOINT_VERSION,
  step,
  cores: chip.cores.map(({ cluster, index }) => cluster.readState(index, step)),
  inFlight: readInFlight(chip, step),
  sourceSpikes: readSourceSpikes(chip),
  lost: chip.lost.slice(),
  input,
});

/** Makes the chip as it was. Throws E_INPUT when the checkpoint is not of such a chip. */
export function writeCheckpoint(chip: PlacedChip, checkpoint: Checkpoint): void {
  const { kind, version, step, cores, inFlight, sourceSpikes, lost } = checkpoint;
  if (kind !== 'seamount-checkpoint' || version !== CHECKPOINT_VERSION) {
    throw new SeamountError('E_INPUT', 'this is no checkpoint of this version');
  }
  if (cores.length !== chip.cores.length || sourceSpikes.length !== chip.image.sources.count) {
    throw new SeamountError(
      'E_INPUT',
      `the checkpoint is of a chip with ${cores.length} cores and ${sourceSpikes.length} sources, this one has ${chip.cores.length} and ${chip.image.sources.count}`,
    );
  }
  chip.cores.forEach(({ cluster, index }, i) => {
    cluster.writeState(index, step, cores[i]!);
  });
  chip.lost.set(lost);
  for (const { sourceLow, counts } of sourceCounts(chip)) {
    counts.set(sourceSpikes.subarray(sourceLow, sourceLow + counts.length));
  }
  writeInFlight(chip, step, inFlight);
}

/** State as before step 1, but the clock and all counters go on; nothing is in flight. */
export function resetState(chip: PlacedChip, step: number): void {
  chip.cores.forEach(({ cluster, index }, i) => {
    const { u0, v0, n } = chip.image.cores[i]!;
    const { spikeCounts, counters, theta } = cluster.readState(index, step);
    cluster.writeState(index, step, {
      u: column(u0, n),
      v: column(v0, n),
      refractory: new Int32Array(n),
      ...(theta === undefined ? {} : { theta: new Int32Array(n) }),
      pending: new Int32Array(0),
      spikeCounts,
      counters,
    });
  });
  writeInFlight(chip, step, new Uint32Array(0));
}

const column = (values: RegisterColumn, n: number): Int32Array =>
  typeof values === 'number' ? new Int32Array(n).fill(values) : values;

/** Two 32-bit streams that see the same words in different ways. */
class WordHash {
  #a = 0x243f6a88;
  #b = 0x85a308d3;

  add(words: ArrayLike<number>): void {
    let a = mix(this.#a ^ words.length);
    let b = this.#b;
    for (let i = 0; i < words.length; i++) {
      a = mix((a ^ words[i]!) | 0);
      b = Math.imul((b << 13) | (b >>> 19), 0x2c1b3c6d) + mix((words[i]! + i) | 0);
    }
    this.#a = a;
    this.#b = mix((b ^ a) | 0);
  }

  /** 16 hexadecimal digits. */
  toString(): string {
    return [this.#a, this.#b].map((half) => (half >>> 0).toString(16).padStart(8, '0')).join('');
  }
}

/** Hash of everything that decides the future after `step`, and of all that was counted. */
export function stateHash(chip: PlacedChip, step: number): string {
  const hash = new WordHash();
  hash.add([step]);
  for (const { cluster, index } of chip.cores) {
    const { u, v, refractory, theta, pending, spikeCounts, counters } = cluster.readState(index, step);
    for (const words of [u, v, refractory, pending, spikeCounts, counters]) hash.add(words);
    if (theta !== undefined) hash.add(theta);
  }
  hash.add(readInFlight(chip, step));
  hash.add(new Uint32Array(readSourceSpikes(chip).buffer));
  hash.add(new Uint32Array(chip.lost.slice().buffer));
  return hash.toString();
}
