/**
 * The integer rules that the peer's LIF unit comes to: doubles there, but v is cut to 1/64 before every step, so whole
 * weights and a leak in 4096ths are these integers exactly (checked against its own runs: shared/vectors/sanafe).
 */
import { LOIHI1, type Rules } from '../../cores/index.js';

export const SANAFE_RULES: Rules = {
  ...LOIHI1.rules,
  // Input lasts one step: du = 4095 and this offset leave nothing of u.
  dsOffset: 1,
  dmOffset: 0,
  dvMax: 4096,
  inputSum: { kind: 'none' },
  current: { kind: 'none' },
  biasSum: { kind: 'none' },
  onOverflow: 'error',
  voltage: 'none',
  // no register widths there: up to what this emulator's 30 bits of v hold
  bias: { mantMin: -(2 ** 23), mantMax: 2 ** 23, expMin: 0, expMax: 7 },
  vthMantMax: 2 ** 24 - 1,
  refractMax: 2 ** 16,
  weights: { ...LOIHI1.rules.weights, clip: false },
  resets: ['zero', 'value', 'subtract'],
};
