/**
 * Core images made by hand, for recordings of single neurons and single connections: a few compartments, a
 * few in-axons, no chip around them.
 */
import type { CompartmentRegisters, CoreImage, CoreRegisters, SynapseFormat } from '../../cores/index.js';
import { MANTISSA_MAX, MANTISSA_MIN, packSynapse, packTarget } from '../../cores/index.js';

/** One synapse of an in-axon. `weight` is what an event adds to the accumulator, in units of 64. */
export interface AxonSynapse {
  readonly target: number;
  readonly weight: number;
  readonly delay: number;
}

/** A run of synapses of one format. */
export interface AxonSegment {
  /** `dense`: targets 0, 1, 2, ... in order and one delay. */
  readonly kind: 'sparse' | 'dense';
  readonly shift: number;
  /** Right shift of the sum of all events of `connection` (0 = none). */
  readonly sumShift: number;
  readonly connection: number;
  readonly synapses: readonly AxonSynapse[];
}

/** The largest shift 0..15 a weight in units of 64 has zeros for, as far as its mantissa needs one. */
export function shiftOf(weight: number): number {
  let shift = 0;
  while (shift < 15 && !fits(weight, shift) && weight % 2 ** (shift + 1) === 0) shift++;
  return shift;
}

const fits = (weight: number, shift: number): boolean => {
  const mantissa = weight / 2 ** shift;
  return Number.isInteger(mantissa) && mantissa >= MANTISSA_MIN && mantissa <= MANTISSA_MAX;
};

/** A core of `n` compartments whose in-axon a has segments `axons[a]`, and no out-axons. */
export function coreImage(
  n: number,
  compartments: CompartmentRegisters,
  registers: CoreRegisters,
  axons: readonly (readonly AxonSegment[])[],
): CoreImage {
  const segments = axons.flat();
  const formats: SynapseFormat[] = [];
  const words: number[] = [];
  const rows: number[] = [];
  const columns = { format: [], wide: [], offset: [], count: [], first: [], delay: [] } as Record<
    'format' | 'wide' | 'offset' | 'count' | 'first' | 'delay',
    number[]
  >;
  for (const segment of segments) {
    const isDense = segment.kind === 'dense';
    const isWide = segment.synapses.some((s) => !fits(s.weight, segment.shift));
    columns.format.push(formatNumber(formats, segment, isWide ? 0 : segment.shift));
    columns.wide.push(isWide && !isDense ? 1 : 0);
    columns.offset.push(isDense ? rows.length : words.length);
    columns.count.push(segment.synapses.length);
    columns.first.push(0);
    columns.delay.push(isDense ? (segment.synapses[0]?.delay ?? 0) : 0);
    for (const { target, weight, delay } of segment.synapses) {
      const mantissa = weight / 2 ** segment.shift;
      if (isDense) rows.push(mantissa);
      else if (isWide) words.push(packTarget(delay, target), weight >>> 0);
      else words.push(packSynapse(mantissa, delay, target));
    }
  }
  let filled = 0;
  const axonStart = Uint32Array.from([0, ...axons.map((list) => (filled += list.length))]);
  return {
    chipX: 0,
    chipY: 0,
    tileX: 0,
    tileY: 0,
    slot: 0,
    n,
    compartments,
    registers,
    u0: 0,
    v0: 0,
    inAxons: axons.length,
    synapses: {
      formats,
      axonStart,
      format: Uint8Array.from(columns.format),
      wide: Uint8Array.from(columns.wide),
      offset: Uint32Array.from(columns.offset),
      count: Uint32Array.from(columns.count),
      first: Uint32Array.from(columns.first),
      delay: Uint8Array.from(columns.delay),
      words: Uint32Array.from(words),
      rows: Int16Array.from(rows),
    },
    outAxons: { start: new Uint32Array(n + 1), core: new Uint32Array(0), axon: new Uint32Array(0) },
    // One at least, so that readState shows the arrivals of the step at hand.
    maxDelay: Math.max(1, ...segments.flatMap((s) => s.synapses.map((synapse) => synapse.delay))),
    used: {
      compartments: n,
      inAxons: axons.length,
      outAxonSlots: 0,
      synapseBits: 0,
      accumulators: 0,
      synapses: segments.reduce((total, s) => total + s.synapses.length, 0),
    },
  };
}

/** Index of the segment's format in `formats`, adding it when it is new. */
function formatNumber(formats: SynapseFormat[], segment: AxonSegment, shift: number): number {
  const { kind, sumShift, connection } = segment;
  const known = formats.findIndex(
    (f) => f.kind === kind && f.shift === shift && f.sumShift === sumShift && f.connection === connection,
  );
  if (known >= 0) return known;
  return (
    formats.push({
      kind,
      signMode: 'mixed',
      weightBits: 8,
      delayBits: 6,
      indexBits: kind === 'dense' ? 0 : 12,
      tagBits: 0,
      shift,
      sumShift,
      connection,
    }) - 1
  );
}
