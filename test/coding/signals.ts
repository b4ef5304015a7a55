/** Signals to encode. */
import fc from 'fast-check';

export const sine = (samples: number, periods = 2, amplitude = 0.5, middle = 0.5): Float64Array =>
  Float64Array.from(
    { length: samples },
    (_, k) => middle + amplitude * Math.sin((2 * Math.PI * periods * k) / samples),
  );

/** Values 0..1 in multiples of 2^-20: enough for any code, and no surprises of rounding. */
export const unitValue = fc.integer({ min: 0, max: 2 ** 20 }).map((n) => n / 2 ** 20);

export const unitSignals = fc.array(unitValue, { minLength: 1, maxLength: 20 });

/** Signals in units of 1/64 whose samples differ by at most `most` of them. */
export const slowSignals = (most: number) =>
  fc.array(fc.integer({ min: -most, max: most }), { minLength: 1, maxLength: 60 }).map((differences) => {
    let value = 0;
    return differences.map((difference) => {
      value += difference;
      return value / 64;
    });
  });

export const worst = (a: ArrayLike<number>, b: ArrayLike<number>): number =>
  Array.from(a).reduce((max, value, k) => Math.max(max, Math.abs(value - b[k]!)), 0);
