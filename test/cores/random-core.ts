/** Arbitrary cores and messages for property tests: few compartments, but every rule, format and extension. */
import fc from 'fast-check';
import {
  BRIAN2LOIHI,
  type ChipProfile,
  DEFAULT_COMPARTMENT,
  DEFAULT_CORE,
  LAVA,
  LOIHI1,
  NENGO_LOIHI,
  type StoredWeight,
  UNLIMITED,
} from '../../cores/index.js';
import type { TestCore } from './core-fixture.js';

export interface RandomCore {
  readonly profile: ChipProfile;
  readonly spec: Required<TestCore>;
  /** messages[t] arrive at step t, (axon, payload); payloads are 1 unless the profile is graded. */
  readonly messages: readonly (readonly (readonly [number, number])[])[];
}

const column = (n: number, values: fc.Arbitrary<number>): fc.Arbitrary<number | Int32Array> =>
  fc.oneof(
    values,
    fc.array(values, { minLength: n, maxLength: n }).map((xs) => Int32Array.from(xs)),
  );
const upTo = (max: number, ...often: number[]): fc.Arbitrary<number> =>
  fc.oneof(fc.constantFrom(0, max, ...often), fc.integer({ min: 0, max }));

const weights = (lava: boolean): fc.Arbitrary<StoredWeight> =>
  fc
    .record({
      mantissa: fc.integer({ min: -256, max: 255 }),
      shift: fc.integer({ min: 0, max: 9 }),
      sumShift: lava ? fc.constantFrom(0, 0, 3) : fc.constant(0),
      wide: fc.option(fc.integer({ min: -(2 ** 20), max: 2 ** 20 }), { freq: 8 }),
    })
    .map((w) => ({ ...w, ...(w.wide === null ? {} : { mantissa: 0, shift: 0 }), effective: 0 }));

const profiles = fc
  .tuple(
    fc.constantFrom(LOIHI1, NENGO_LOIHI, LAVA, BRIAN2LOIHI, UNLIMITED),
    fc.constantFrom('wrap' as const, 'clamp' as const),
    fc.boolean(),
  )
  .map(
    ([profile, onOverflow, adaptiveThreshold]): ChipProfile => ({
      ...profile,
      rules: { ...profile.rules, onOverflow, adaptiveThreshold },
    }),
  );

export const randomCore = (steps: number): fc.Arbitrary<RandomCore> =>
  fc.tuple(profiles, fc.integer({ min: 1, max: 70 })).chain(([profile, n]) => {
    const { rules } = profile;
    const quiet = fc.boolean();
    const compartments = quiet.chain((isQuiet) =>
      fc.record({
        du: column(n, upTo(rules.duMax, 4095)),
        dv: column(n, upTo(rules.dvMax)),
        vthMant: column(n, upTo(rules.vthMantMax, 10)),
        biasMant: isQuiet
          ? fc.constant(0)
          : column(n, fc.integer({ min: rules.bias.mantMin, max: rules.bias.mantMax })),
        biasExp: column(n, fc.integer({ min: rules.bias.expMin, max: rules.bias.expMax })),
        refract: column(n, fc.integer({ min: 0, max: Math.min(rules.refractMax, 5) })),
        noiseEnable: isQuiet ? fc.constant(0) : column(n, fc.constantFrom(0, 1)),
        vreset: column(
          n,
          rules.resets.includes('value') ? fc.integer({ min: -3000, max: 400 }) : fc.constant(0),
        ),
        dth: rules.adaptiveThreshold ? column(n, upTo(4095)) : fc.constant(0),
        vthStep: rules.adaptiveThreshold ? column(n, upTo(131_071, 10)) : fc.constant(0),
        vthLoMant: rules.ternary
          ? column(
              n,
              upTo(50).map((x) => 0 - x),
            )
          : fc.constant(DEFAULT_COMPARTMENT.vthLoMant),
      }),
    );
    const registers = fc.record({
      vmin: fc.constantFrom(-4095, -8_388_607),
      vmax: fc.constantFrom(511, 8_388_607),
      dsOffset: fc.constantFrom(0 as const, 1 as const),
      dmOffset: fc.constantFrom(0 as const, 1 as const),
      noiseTarget: fc.constantFrom('off' as const, 'current' as const, 'voltage' as const),
      noiseExp: fc.integer({ min: 0, max: 15 }),
      noiseMantOffset: fc.integer({ min: -3, max: 3 }),
      resetMode: fc.constantFrom(...rules.resets),
      ternary: rules.ternary && !rules.adaptiveThreshold ? fc.boolean() : fc.constant(false),
      resetInterval: rules.periodicReset ? fc.constantFrom(0, 7) : fc.constant(0),
      resetOffset: rules.periodicReset ? upTo(20) : fc.constant(0),
    });
    const synapse = fc.record({
      target: fc.nat({ max: n - 1 }),
      delay: fc.oneof(fc.constant(0), fc.nat({ max: 9 })),
      weight: weights(rules.weights.negativeExponent === 'connectionSum'),
    });
    const axons = fc.array(fc.array(synapse, { maxLength: 12 }), { minLength: 1, maxLength: 5 });
    return fc.tuple(compartments, registers, axons).chain(([compartments, registers, axons]) => {
      const message = fc.tuple(
        fc.nat({ max: axons.length - 1 }),
        rules.graded ? fc.integer({ min: -3, max: 3 }) : fc.constant(1),
      );
      const busy = fc.array(message, { maxLength: 3 });
      const calm = fc.oneof({ weight: 6, arbitrary: fc.constant([]) }, { weight: 1, arbitrary: busy });
      return fc
        .oneof(...[busy, calm].map((step) => fc.array(step, { minLength: steps + 1, maxLength: steps + 1 })))
        .map((messages) => ({
          profile,
          spec: { n, compartments, registers: { ...DEFAULT_CORE(rules), ...registers }, axons },
          messages,
        }));
    });
  });
