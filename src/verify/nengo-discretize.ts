/**
 * Float parameters of a block to registers by nengo-loihi's rule (`builder/discretize.py`, e564f66), restated:
 * one scale for voltages, biases and weights that uses the registers as fully as threshold and bias allow.
 * Where the peer computes in single precision so do we. With a defect kept: the exponent of a weaker group of
 * synapses stops at -6 but its scaling goes on, so its weights may come out 2^k too large.
 */

/** One population of like neurons and two groups of synapses onto it; times in seconds. */
export interface FloatBlock {
  /** `relu` neurons do not leak. */
  readonly kind: 'lif' | 'relu';
  readonly tauS: number;
  readonly tauRc: number;
  readonly tauRef: number;
  readonly vth: number;
  readonly minVoltage: number;
  readonly bias: readonly number[];
  readonly weights: readonly (readonly number[])[];
  readonly weights2: readonly (readonly number[])[];
  /** Largest magnitude of all weights. */
  readonly wMax: number;
}

export interface DiscretizedBlock {
  readonly decayU: number;
  readonly decayV: number;
  /** vthMant << 6 and biasMant << biasExp */
  readonly vth: number;
  readonly bias: readonly number[];
  readonly refract: number;
  readonly vmin: number;
  readonly vmax: number;
  readonly wExp: number;
  readonly wScale: number;
  readonly vScale: number;
  readonly bScale: number;
  readonly synExp: number;
  /** Effective weights. */
  readonly weights: readonly (readonly number[])[];
  readonly synExp2: number;
  readonly weights2: readonly (readonly number[])[];
}

/** Makes effective weights of numbers -255..255 and an exponent; the profile's own rule. */
export type Weigh = (mantissa: number, exp: number) => number;

const DT = 0.001;
const VTH_MAX = 131_071 * 64;
const BIAS_MANT_MAX = 4095;
const BIAS_MAX = BIAS_MANT_MAX * 128;
const EXP_MIN = -7;
const SYNAPSE_EXP_MIN = -6;
const V_LIMIT = 2 ** 23 - 1;

function round(x: number): number {
  const floor = Math.floor(x);
  const rest = x - floor;
  return rest > 0.5 || (rest === 0.5 && floor % 2 !== 0) ? floor + 1 : floor;
}

/** Register that keeps exp(-dt / tau) of a value, before its offset. */
const decayRegister = (tau: number, less: number): number => {
  const lost = tau > 0 ? Math.fround(-Math.expm1(-DT / tau)) : 1;
  const register = Math.fround(Math.fround(lost * 4095) - less);
  return round(Math.min(4095, Math.max(0, register)));
};

/** Expected sum over time of a unit that decays with rounding, from 2^21 on; 0.494 is lost in a step on average. */
function integral(decay: number, offset: number): number {
  const start = 2 ** 21;
  const loss = 0.494;
  const ratio = (4096 - offset - decay) / 4096;
  const steps = -Math.log1p((start * (1 - ratio)) / loss) / Math.log(ratio);
  const principal = (1 - ratio ** (steps + 1)) / (1 - ratio);
  return principal - (loss / ((1 - ratio) * start)) * (steps + 1 - principal);
}

interface Scales {
  readonly wExp: number;
  readonly wScale: number;
  readonly vScale: number;
  readonly bScale: number;
}

/** The finest scales that threshold and bias registers hold; null when there are none. */
function chooseScales(block: FloatBlock, uGain: number, vGain: number): Scales | null {
  const { vth, wMax } = block;
  const strongest = Math.max(0, ...block.bias.map(Math.abs));
  if (wMax > 1e-8) {
    const wScale = 255 / wMax;
    for (let wExp = 0; wExp >= EXP_MIN; wExp--) {
      const vScale = (1 / (uGain * vGain)) * wScale * 2 ** (6 + wExp);
      const bScale = vScale * vGain;
      if (round(vth * vScale) <= VTH_MAX && round(strongest * bScale) <= BIAS_MAX) {
        return { wExp, wScale, vScale, bScale };
      }
    }
    return null;
  }
  if (strongest > 1e-8) {
    for (let bScale = BIAS_MAX / strongest; bScale * strongest > 1; bScale /= 2) {
      const vScale = bScale / vGain;
      if (round(vth * vScale) <= VTH_MAX) return { wExp: 0, wScale: (bScale * uGain) / 64, vScale, bScale };
    }
    return null;
  }
  const vScale = (2 ** 21 - 1) / (vth + 1);
  const bScale = vScale * vGain;
  return { wExp: 0, wScale: (bScale * uGain) / 64, vScale, bScale };
}

/** A bias as mantissa and exponent hold it. */
function biasRegister(bias: number): number {
  const scale = 2 ** Math.ceil(Math.log2(Math.max(Math.abs(bias) / BIAS_MANT_MAX, 1)));
  return round(bias / scale) * scale;
}

/** Registers of the block; null where the peer finds no scale that fits them. */
export function discretize(block: FloatBlock, weigh: Weigh): DiscretizedBlock | null {
  const decayU = block.tauS > 0 ? decayRegister(block.tauS, 1) : 4094;
  const decayV = block.kind === 'relu' ? 0 : decayRegister(block.tauRc, 0);
  const vGain = decayV === 0 ? 1 : 1 / integral(decayV, 0);
  const scales = chooseScales(block, 1 / integral(decayU, 1), vGain);
  if (scales === null) return null;
  const { vScale, bScale } = scales;
  const strong = group(block.weights, block.wMax, scales, weigh);
  const weak = group(block.weights2, block.wMax, scales, weigh);
  return {
    decayU,
    decayV,
    vth: round(round(block.vth * vScale) / 64) * 64,
    bias: block.bias.map((b) => biasRegister(round(b * bScale))),
    refract: round(block.tauRef / DT) + 1,
    vmin: -(2 ** Math.min(31, Math.max(0, round(Math.log2(-vScale * block.minVoltage + 1))))) + 1,
    vmax: V_LIMIT,
    ...scales,
    synExp: strong.exp,
    weights: strong.weights,
    synExp2: weak.exp,
    weights2: weak.weights,
  };
}

/** A group of synapses uses as many of the mantissa's bits as its own largest weight lets it. */
function group(
  weights: readonly (readonly number[])[],
  wMax: number,
  { wExp, wScale }: Scales,
  weigh: Weigh,
): { readonly exp: number; readonly weights: readonly (readonly number[])[] } {
  const largest = Math.max(0, ...weights.flat().map(Math.abs));
  const finer = largest > 1e-16 ? Math.floor(Math.log2(wMax / largest)) : wExp - SYNAPSE_EXP_MIN;
  const exp = Math.max(wExp - finer, SYNAPSE_EXP_MIN);
  const scale = Math.fround(wScale);
  return {
    exp,
    weights: weights.map((row) =>
      row.map((w) => weigh(Math.fround(Math.fround(w) * scale) * 2 ** finer, exp)),
    ),
  };
}
