/** Weights beyond the recorded tables: ranges, refusals, clipping, and how they are kept. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  BRIAN2LOIHI,
  checkMantissa,
  LAVA,
  LOIHI1,
  mantissaRange,
  NENGO_LOIHI,
  PROFILES,
  SeamountError,
  storeMantissa,
  storeWeight,
} from '../../cores/index.js';

const formats = fc.record({
  signMode: fc.constantFrom('mixed' as const, 'excitatory' as const, 'inhibitory' as const),
  bits: fc.integer({ min: 1, max: 8 }),
  exp: fc.integer({ min: -8, max: 7 }),
});

describe('weights', () => {
  it('loihi1 stores exactly or refuses', () => {
    const mixed = { signMode: 'mixed', bits: 8 } as const;
    expect(storeMantissa(-256, mixed, LOIHI1.rules)).toBe(-256);
    expect(checkMantissa(3, mixed, LOIHI1.rules)).toContain('multiples of 2 in -256..254');
    expect(() => storeMantissa(3, mixed, LOIHI1.rules)).toThrow(SeamountError);
    expect(checkMantissa(-1, { signMode: 'excitatory', bits: 8 }, LOIHI1.rules)).toContain('0..255');
  });

  it('the documented disagreements of the peers', () => {
    const weigh = (
      profile: typeof LAVA,
      m: number,
      exp: number,
      signMode: 'mixed' | 'inhibitory' = 'mixed',
    ) => {
      const format = { signMode, bits: 8, exp };
      return storeWeight(storeMantissa(m, format, profile.rules), format, profile.rules).effective;
    };
    const all = (m: number, exp: number, signMode: 'mixed' | 'inhibitory' = 'mixed') =>
      [NENGO_LOIHI, LAVA, BRIAN2LOIHI].map((profile) => weigh(profile, m, exp, signMode) + 0);
    expect(all(3, 0)).toEqual([256, 128, 128]);
    expect(all(-3, 0)).toEqual([-256, -256, -128]);
    expect(all(-5, 0)).toEqual([-256, -384, -256]);
    expect(all(-256, 0)).toEqual([-16_256, -16_384, -16_384]);
    expect(all(-3, -3)).toEqual([0, -64, -64]);
    expect(all(-256, 0, 'inhibitory')).toEqual([-16_320, -16_320, -16_384]);
  });

  it('a clipped weight is kept wide', () => {
    const stored = storeWeight(-256, { signMode: 'mixed', bits: 8, exp: 7 }, LOIHI1.rules);
    expect(stored).toEqual({ mantissa: 0, shift: 0, sumShift: 0, wide: -32_767, effective: -(2 ** 21 - 64) });
  });

  it('what is kept is what it weighs, in every profile', () => {
    fc.assert(
      fc.property(fc.integer({ min: -256, max: 255 }), formats, (value, format) => {
        for (const { rules } of PROFILES) {
          if (rules.weights.rounding === 'exact' && checkMantissa(value, format, rules) !== null) continue;
          const mantissa = storeMantissa(value, format, rules);
          const { min, max, step } = mantissaRange(format, rules);
          expect(mantissa >= min && mantissa <= max && mantissa % step === 0).toBe(true);
          expect(checkMantissa(mantissa, format, rules)).toBeNull();
          const w = storeWeight(mantissa, format, rules);
          expect(w.mantissa >= -256 && w.mantissa <= 255 && w.shift >= 0 && w.shift <= 15).toBe(true);
          const units = w.wide ?? w.mantissa * 2 ** w.shift;
          expect(w.effective).toBe((units >> w.sumShift) * 64);
        }
      }),
      { numRuns: 2000 },
    );
  });
});
