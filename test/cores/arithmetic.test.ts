/** Arithmetic against BigInt, which cannot lose a bit. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { clamp, decay, lavaWrap, mix, scaleNoise, settle, wrapTwos } from '../../cores/index.js';

const SUM_NONE = 0;
const TWOS = 1;
const LAVA_WRAP = 2;
const WRAP = 0;
const CLAMP = 1;
const ERROR = 2;

const within = (bits: number) => fc.integer({ min: -(2 ** bits), max: 2 ** bits });
const keeps = fc.oneof(fc.constantFrom(0, 1, 4095, 4096), fc.integer({ min: 0, max: 4096 }));
const wide = fc.oneof(
  fc.constantFrom(2 ** 23, -(2 ** 23), 2 ** 30, -(2 ** 30)),
  fc.maxSafeInteger().map((x) => x % 2 ** 40),
);

describe('arithmetic is exact', () => {
  it('decay truncates the magnitude', () => {
    fc.assert(
      fc.property(within(30), keeps, (x, keep) => {
        const magnitude = (BigInt(Math.abs(x)) * BigInt(keep)) >> 12n;
        expect(decay(x, keep)).toBe(Number(x < 0 ? -magnitude : magnitude));
      }),
      { numRuns: 5000 },
    );
  });

  it('two’s complement of any width', () => {
    fc.assert(
      fc.property(wide, fc.integer({ min: 1, max: 30 }), (x, bits) => {
        expect(wrapTwos(x, bits)).toBe(Number(BigInt.asIntN(bits + 1, BigInt(x))));
      }),
      { numRuns: 5000 },
    );
  });

  it('lava wraps once, and not at both ends alike', () => {
    expect([2 ** 23, 2 ** 23 + 1, -(2 ** 23), -(2 ** 23) + 1, 25_600_000].map(lavaWrap)).toEqual([
      2 ** 23,
      -(2 ** 23) + 1,
      2 ** 23,
      -(2 ** 23) + 1,
      8_822_784,
    ]);
  });

  it('a sum is within its register, and differs from itself only by overflow', () => {
    fc.assert(
      fc.property(
        wide,
        fc.constantFrom(SUM_NONE, TWOS, LAVA_WRAP),
        fc.constantFrom(21, 23),
        fc.constantFrom(WRAP, CLAMP, ERROR),
        (x, kind, bits, behaviour) => {
          const limit = kind === SUM_NONE ? 30 : bits;
          const min = kind === LAVA_WRAP ? -(2 ** 23) + 1 : -(2 ** limit);
          const max = kind === LAVA_WRAP ? 2 ** 23 : 2 ** limit - 1;
          const settled = settle(x, kind, bits, behaviour);
          expect(settled !== x).toBe(x < min || x > max);
          if (behaviour === CLAMP && kind !== SUM_NONE) expect(settled).toBe(clamp(x, min, max));
          else if (kind === LAVA_WRAP) expect(settled).toBe(Number(BigInt.asIntN(31, BigInt(lavaWrap(x)))));
          else expect(settled).toBe(Number(BigInt.asIntN(limit + 1, BigInt(x))));
        },
      ),
      { numRuns: 5000 },
    );
  });

  it('noise is scaled toward zero', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: -128, max: 127 }),
        fc.integer({ min: -64, max: 63 }),
        fc.integer({ min: 0, max: 23 }),
        (raw, offset, exp) => {
          expect(scaleNoise(raw, offset, exp)).toBe(Math.trunc((raw + 64 * offset) * 2 ** (exp - 7)) + 0);
        },
      ),
    );
  });

  it('the noise hash is a bijection of 32 bits written in i32 operations', () => {
    fc.assert(
      fc.property(fc.integer(), (x) => {
        const u32 = (b: bigint): bigint => BigInt.asUintN(32, b);
        let h = u32(BigInt(x));
        h = u32((h ^ (h >> 16n)) * 0x7feb352dn);
        h = u32((h ^ (h >> 15n)) * 0x846ca68bn);
        expect(mix(x)).toBe(Number(BigInt.asIntN(32, h ^ (h >> 16n))));
      }),
    );
  });
});
