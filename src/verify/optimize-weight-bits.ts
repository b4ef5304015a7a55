/**
 * Lava's choice of weight exponent and width for an integer matrix (`optimize_weight_bits`, b6822fb),
 * restated on integers: the largest scaling that keeps every weight in range, then as few bits as hold all
 * of them exactly.
 */
import type { SignMode } from '../../cores/index.js';

export interface OptimizedWeights {
  readonly weightExp: number;
  readonly numWeightBits: number;
  /** The matrix scaled by `2^-weightExp`. */
  readonly stored: readonly Int32Array[];
}

/** Lava's sign mode of a matrix: a matrix of zeros is excitatory. */
export function signModeOf(weights: Iterable<number>): SignMode {
  let min = 0;
  let max = 0;
  for (const w of weights) {
    if (w < min) min = w;
    if (w > max) max = w;
  }
  if (min >= 0) return 'excitatory';
  return max <= 0 ? 'inhibitory' : 'mixed';
}

/** Largest k with `value * 2^k <= limit`, 32 when the value is 0; value 0..256, limit 127..255. */
function headroom(value: number, limit: number): number {
  if (value === 0) return 32;
  let k = 0;
  while (value * 2 ** (k + 1) <= limit) k++;
  while (value * 2 ** k > limit) k--;
  return k;
}

/** Trailing zero bits all weights share, 0..8. */
function sharedZeroBits(weights: readonly Int32Array[]): number {
  let n = 8;
  while (n > 0 && weights.some((row) => row.some((w) => w % 2 ** n !== 0))) n--;
  return n;
}

/** `weights` mixed -256..255, one sign 0..255 in magnitude. */
export function optimizeWeightBits(weights: readonly Int32Array[], signMode: SignMode): OptimizedWeights {
  const all = weights.flatMap((row) => [...row]);
  const max = Math.max(0, ...all);
  const min = Math.min(0, ...all);
  const mixed = signMode === 'mixed';
  let scaleBits = 0;
  if (max !== 0 || min !== 0) {
    scaleBits = mixed
      ? Math.min(headroom(max, 127), headroom(-min, 128)) + 1
      : headroom(signMode === 'inhibitory' ? -min : max, 255);
  }
  const spare = sharedZeroBits(weights) - (mixed ? 1 : 0);
  return {
    weightExp: scaleBits === 0 ? 0 : -scaleBits,
    numWeightBits: 8 - scaleBits - spare,
    // The peer shifts left by scaleBits; of an odd +255 in mixed mode (scaleBits -1) numpy makes 0.
    stored: weights.map((row) => row.map((w) => (scaleBits < 0 ? 0 : w * 2 ** scaleBits))),
  };
}
