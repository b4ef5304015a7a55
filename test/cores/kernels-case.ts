/**
 * Cores for comparing backends: every synapse format, delays, banks, payloads, registers at their ends and
 * every rule a profile can have. Contents come from a seed, so that cores can be large and still shrink.
 */
import {
  type ChipProfile,
  type CompartmentRegisters,
  type CoreImage,
  DEFAULT_COMPARTMENT,
  DEFAULT_CORE,
  type Placement,
  packSynapse,
  packTarget,
  type RegisterColumn,
  type SynapseFormat,
} from '../../cores/index.js';
import { FORMAT } from './core-fixture.js';

/** What decides the shape of a case; everything else is drawn from `seed`. */
export interface KernelCase {
  readonly seed: number;
  readonly profile: ChipProfile;
  readonly n: number;
  readonly axons: number;
  readonly maxDelay: number;
  /** Synapses of a list or row, at most. */
  readonly fan: number;
  readonly payloads: boolean;
  readonly bias: boolean;
  readonly noise: 'off' | 'current' | 'voltage';
  /** Whether every axon is one row of bytes for the same compartments, as in a fully connected layer. */
  readonly layer: boolean;
  /** Whether registers and initial state are drawn near the ends of their ranges. */
  readonly extreme: boolean;
}

export type Draw = (count: number) => number;

/** Uniform integers below `count`, from a 32-bit xorshift. */
export function drawFrom(seed: number): Draw {
  let state = Math.imul(seed, 0x9e3779b1) | 1;
  return (count) => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return Math.floor(((state >>> 0) / 2 ** 32) * count);
  };
}

export const between = (draw: Draw, min: number, max: number): number => min + draw(max - min + 1);

export const placementOf = ({ profile, seed }: KernelCase): Placement => ({
  profile,
  coreId: 3,
  seed,
  eventsPerAxon: 8,
});

export function imageOf(spec: KernelCase): CoreImage {
  const draw = drawFrom(spec.seed);
  const compartments = compartmentsOf(spec, draw);
  const { synapses, maxDelay } = synapsesOf(spec, draw);
  const { rules } = spec.profile;
  const limit = rules.voltage === 'none' ? 2 ** 30 - 1 : 2 ** 23 - 1;
  const start = (bound: number): RegisterColumn =>
    spec.extreme ? Int32Array.from({ length: spec.n }, () => between(draw, -bound, bound)) : 0;
  const currentLimit = rules.current.kind === 'none' ? 2 ** 30 - 1 : 2 ** 23 - 1;
  return {
    chipX: 0,
    chipY: 0,
    tileX: 0,
    tileY: 0,
    slot: 0,
    n: spec.n,
    compartments,
    registers: {
      ...DEFAULT_CORE(rules),
      vmin: spec.extreme ? 1 - 2 ** between(draw, 0, 23) : -8_388_607,
      vmax: 2 ** (9 + 2 * between(draw, spec.extreme ? 0 : 7, 7)) - 1,
      dsOffset: between(draw, 0, 1) as 0 | 1,
      dmOffset: between(draw, 0, 1) as 0 | 1,
      noiseTarget: spec.noise,
      noiseExp: between(draw, 0, spec.extreme ? 23 : 12),
      noiseMantOffset: between(draw, spec.extreme ? -64 : -2, spec.extreme ? 63 : 2),
      resetMode: 'zero',
      ternary: rules.ternary && compartments.vthStep === 0 && draw(2) === 0,
      resetInterval: rules.periodicReset && draw(2) === 0 ? between(draw, 1, 9) : 0,
      resetOffset: rules.periodicReset ? draw(20) : 0,
    },
    u0: draw(3) === 0 ? 0 : start(currentLimit),
    v0: start(limit),
    inAxons: spec.axons,
    synapses,
    outAxons: { start: new Uint32Array(spec.n + 1), core: new Uint32Array(0), axon: new Uint32Array(0) },
    maxDelay,
    used: {
      compartments: spec.n,
      inAxons: spec.axons,
      outAxonSlots: 0,
      synapseBits: 0,
      accumulators: 0,
      synapses: 0,
    },
  };
}

function compartmentsOf(spec: KernelCase, draw: Draw): CompartmentRegisters {
  const {
    n,
    extreme,
    profile: { rules },
  } = spec;
  /** One value for all, or each its own, with the ends of the range often. */
  const column = (min: number, max: number, usual: number): RegisterColumn => {
    const one = (): number => {
      if (extreme && draw(3) === 0) return draw(2) === 0 ? min : max;
      return extreme ? between(draw, min, max) : Math.min(max, Math.max(min, between(draw, 0, usual)));
    };
    return draw(4) === 0 ? one() : Int32Array.from({ length: n }, one);
  };
  return {
    ...DEFAULT_COMPARTMENT,
    du: column(0, rules.duMax, 4095),
    dv: draw(3) === 0 ? 0 : column(0, rules.dvMax, 4095),
    vthMant: column(rules.vthMantMin, rules.vthMantMax, 200),
    biasMant: spec.bias ? column(rules.bias.mantMin, rules.bias.mantMax, 500) : 0,
    biasExp: spec.bias ? column(rules.bias.expMin, rules.bias.expMax, 3) : rules.bias.expMin,
    refract: column(0, rules.refractMax, 5),
    vthLoMant: rules.ternary ? negated(column(0, 131_071, 200)) : DEFAULT_COMPARTMENT.vthLoMant,
    noiseEnable: spec.noise === 'off' ? 0 : column(0, 1, 1),
    ...(rules.adaptiveThreshold === true && draw(2) === 0
      ? { dth: draw(3) === 0 ? 0 : column(0, 4095, 4095), vthStep: column(0, 131_071, 100) }
      : {}),
  };
}

const negated = (column: RegisterColumn): RegisterColumn =>
  typeof column === 'number' ? 0 - column : column.map((x) => 0 - x);

/** A reset to anything but 0, as an overlay: it needs columns of its own. */
export function withReset(image: CoreImage, mode: 'zero' | 'value' | 'subtract', seed: number): CoreImage {
  if (mode === 'zero') return image;
  const draw = drawFrom(seed + 1);
  const { vmin, vmax } = image.registers;
  const vreset =
    mode === 'subtract' ? 0 : Int32Array.from({ length: image.n }, () => between(draw, vmin, vmax));
  return {
    ...image,
    compartments: { ...image.compartments, vreset },
    registers: { ...image.registers, resetMode: mode },
  };
}

interface Lists {
  readonly synapses: CoreImage['synapses'];
  readonly maxDelay: number;
}

function synapsesOf(spec: KernelCase, draw: Draw): Lists {
  const { rules } = spec.profile;
  const formats: SynapseFormat[] = [];
  const segments: {
    format: number;
    wide: number;
    offset: number;
    count: number;
    first: number;
    delay: number;
  }[] = [];
  const words: number[] = [];
  const rows: number[] = [];
  const axonStart = [0];
  const shiftMax = spec.extreme ? 12 : 3;
  const delayMax = Math.min(spec.maxDelay, rules.delayMax);
  const format = (kind: SynapseFormat['kind'], shifted: number): number => {
    formats.push({
      ...FORMAT,
      kind,
      shift: draw(2) * between(draw, 0, shiftMax),
      sumShift: shifted === 0 ? 0 : between(draw, 1, 8),
      connection: shifted,
    });
    return formats.length - 1;
  };
  const sums = rules.weights.negativeExponent === 'connectionSum';
  // Formats are a byte; with shifted sums every delay is a connection of its own.
  const sparse = [format('sparse', 0), format('sparse', 0)];
  const dense = [format('dense', 0), format('dense', 0)];
  const conv = format('conv', 0);
  const shiftedSparse = sums ? Array.from({ length: delayMax + 1 }, (_, k) => format('sparse', k + 1)) : [];
  const shiftedDense = sums ? Array.from({ length: delayMax + 1 }, (_, k) => format('dense', k + 100)) : [];
  const mantissa = (): number => between(draw, -256, 255);
  const kernelAt = words.length;
  const kernel = Math.min(9, spec.n);
  for (let k = 0; k < kernel; k++) words.push(packSynapse(mantissa(), draw(delayMax + 1), k));

  const layerCount = between(draw, 1, Math.min(Math.max(spec.fan, 1), spec.n));
  const layerFirst = draw(spec.n - layerCount + 1);
  const layerDelay = draw(delayMax + 1);
  for (let axon = 0; axon < spec.axons && spec.layer; axon++) {
    const offset = rows.length;
    for (let k = 0; k < layerCount; k++) rows.push(draw(8) === 0 ? -128 : between(draw, -127, 127));
    // An odd weight, so that no row is stored halved and most are of one format.
    rows[offset] = 1;
    const format = dense[draw(6) === 0 ? 1 : 0]!;
    segments.push({ format, wide: 0, offset, count: layerCount, first: layerFirst, delay: layerDelay });
    axonStart.push(segments.length);
  }
  for (let axon = 0; axon < spec.axons && !spec.layer; axon++) {
    for (let s = draw(4); s > 0; s--) {
      const count = between(draw, 0, Math.min(spec.fan, spec.n));
      const first = draw(spec.n - Math.max(count, 1) + 1);
      const delay = draw(delayMax + 1);
      const offset = words.length;
      const kind = draw(5);
      if (kind === 0) {
        const at = draw(spec.n - kernel + 1);
        segments.push({ format: conv, wide: 0, offset: kernelAt, count: kernel, first: at, delay: 0 });
      } else if (kind === 1) {
        for (let k = 0; k < count; k++) {
          words.push(packTarget(draw(delayMax + 1), draw(spec.n)), between(draw, -(2 ** 18), 2 ** 18));
        }
        segments.push({ format: sparse[0]!, wide: 1, offset, count, first: 0, delay: 0 });
      } else if (kind === 2) {
        const scale = draw(3) === 0 ? 255 : 63;
        const even = draw(2);
        const at = rows.length;
        for (let k = 0; k < count; k++) rows.push(between(draw, -scale, scale) << even);
        const shifted = sums && draw(2) === 0;
        const chosen = shifted ? shiftedDense[delay]! : dense[draw(2)]!;
        segments.push({ format: chosen, wide: 0, offset: at, count, first, delay });
      } else {
        const shifted = sums && draw(2) === 0;
        const chosen = shifted ? shiftedSparse[delay]! : sparse[draw(2)]!;
        for (let k = 0; k < count; k++) {
          words.push(packSynapse(mantissa(), shifted ? delay : draw(delayMax + 1), draw(spec.n)));
        }
        segments.push({ format: chosen, wide: 0, offset, count, first: 0, delay: 0 });
      }
    }
    axonStart.push(segments.length);
  }
  return {
    maxDelay: delayMax,
    synapses: {
      formats,
      axonStart: Uint32Array.from(axonStart),
      format: Uint8Array.from(segments, (s) => s.format),
      wide: Uint8Array.from(segments, (s) => s.wide),
      offset: Uint32Array.from(segments, (s) => s.offset),
      count: Uint32Array.from(segments, (s) => s.count),
      first: Uint32Array.from(segments, (s) => s.first),
      delay: Uint8Array.from(segments, (s) => s.delay),
      words: Uint32Array.from(words),
      rows: Int16Array.from(rows),
    },
  };
}
