/**
 * Every register of a core, once: width, sign, default, unit, meaning, source, and the range a profile
 * allows. The compiler's checks (register-checks.ts), the defaults, the docs and the inspector all derive
 * from these tables.
 */
import { THETA_MAX } from './descriptor.js';
import type { CompartmentRegisters, CoreRegisters } from './image.js';
import type { Rules } from './profile.js';

export type CompartmentRegisterName = keyof CompartmentRegisters;
export type CoreRegisterName = keyof CoreRegisters;
export type StateRegisterName = 'u' | 'v' | 'refractoryCount' | 'theta';

export interface Range {
  readonly min: number;
  readonly max: number;
}

export interface Register<Name extends string = string, Value = number> {
  readonly name: Name;
  /** Magnitude bits plus, when signed, one. */
  readonly bits: number;
  readonly signed: boolean;
  /** Value before anything is programmed. */
  readonly reset: Value;
  readonly unit: string;
  readonly meaning: string;
  readonly source: string;
  /** Inclusive range under these rules. */
  readonly range: (rules: Rules) => Range;
  /** Set for an extension of Loihi 1: what it is called, and whether a profile has it. Without it only `reset` is legal. */
  readonly extension?: { readonly name: string; readonly allowed: (rules: Rules) => boolean };
}

const NXSDK = 'nengo-loihi hardware/nxsdk_objects.py';
const DAVIES = 'Davies 2018';
const between = (min: number, max: number) => (): Range => ({ min, max });
const V_LIMIT = 2 ** 23 - 1;

const TO_VALUE = {
  name: 'reset to a value',
  allowed: (rules: Rules) => rules.resets.includes('value'),
} as const;
const TERNARY = { name: 'ternary spikes', allowed: (rules: Rules) => rules.ternary } as const;
const ADAPTIVE = {
  name: 'adaptive threshold',
  allowed: (rules: Rules) => rules.adaptiveThreshold === true,
} as const;
const PERIODIC = { name: 'periodic reset', allowed: (rules: Rules) => rules.periodicReset } as const;

/** Programmed per compartment. */
export const COMPARTMENT_REGISTERS = [
  {
    name: 'du',
    bits: 12,
    signed: false,
    reset: 4095,
    unit: '1/4096 per step',
    meaning: 'current decay: u keeps (4096 - du - dsOffset)/4096 of itself each step',
    source: NXSDK,
    range: (rules) => ({ min: 0, max: rules.duMax }),
  },
  {
    name: 'dv',
    bits: 12,
    signed: false,
    reset: 0,
    unit: '1/4096 per step',
    meaning: 'voltage decay: v keeps (4096 - dv - dmOffset)/4096 of itself each step',
    source: NXSDK,
    range: (rules) => ({ min: 0, max: rules.dvMax }),
  },
  {
    name: 'vthMant',
    bits: 17,
    signed: false,
    reset: 100,
    unit: '64 v',
    meaning: 'threshold: a spike when v > vthMant << 6',
    source: DAVIES,
    range: (rules) => ({ min: rules.vthMantMin, max: rules.vthMantMax }),
  },
  {
    name: 'biasMant',
    bits: 13,
    signed: true,
    reset: 0,
    unit: 'v per step',
    meaning: 'bias mantissa: biasMant << biasExp is added to u each step on its way to v',
    source: 'Lava proc/lif/models.py',
    range: (rules) => ({ min: rules.bias.mantMin, max: rules.bias.mantMax }),
  },
  {
    name: 'biasExp',
    bits: 3,
    signed: false,
    reset: 0,
    unit: 'power of 2',
    meaning: 'bias exponent; negative ones, where a profile has them, shift right and round down',
    source: 'nengo-loihi builder/discretize.py',
    range: (rules) => ({ min: rules.bias.expMin, max: rules.bias.expMax }),
  },
  {
    name: 'refract',
    bits: 6,
    signed: false,
    reset: 1,
    unit: 'steps',
    meaning:
      'steps from a spike to the next step that integrates; v is held for refract - 1 steps, 0 acts as 1',
    source: NXSDK,
    range: (rules) => ({ min: 0, max: rules.refractMax }),
  },
  {
    name: 'noiseEnable',
    bits: 1,
    signed: false,
    reset: 0,
    unit: 'flag',
    meaning: 'whether this compartment gets the noise of its core',
    source: NXSDK,
    range: between(0, 1),
  },
  {
    name: 'vreset',
    bits: 24,
    signed: true,
    reset: 0,
    unit: 'v',
    meaning: 'what v becomes after a spike when resetMode is value',
    source: 'extension',
    range: between(-V_LIMIT, V_LIMIT),
    extension: TO_VALUE,
  },
  {
    name: 'vthLoMant',
    bits: 18,
    signed: true,
    reset: -131_071,
    unit: '64 v',
    meaning: 'lower threshold: a spike of -1 when v < vthLoMant << 6, on a core with ternary spikes',
    source: 'Lava proc/lif/models.py (TernaryLIF)',
    range: between(-131_071, 0),
    extension: TERNARY,
  },
  {
    name: 'dth',
    bits: 12,
    signed: false,
    reset: 0,
    unit: '1/4096 per step',
    meaning: 'decay of the adaptive threshold: theta keeps (4096 - dth)/4096 of itself each step',
    source: 'extension',
    range: between(0, 4095),
    extension: ADAPTIVE,
  },
  {
    name: 'vthStep',
    bits: 17,
    signed: false,
    reset: 0,
    unit: '64 v',
    meaning: 'adaptive threshold: a spike adds vthStep << 6 to theta',
    source: 'extension',
    range: between(0, 131_071),
    extension: ADAPTIVE,
  },
] as const satisfies readonly Register<CompartmentRegisterName>[];

/** Programmed per core. */
export const CORE_REGISTERS = [
  {
    name: 'vmin',
    bits: 24,
    signed: true,
    reset: -V_LIMIT,
    unit: 'v',
    meaning: 'lower clamp of v, -(2^k) + 1 with k = 0..23',
    source: 'nengo-loihi builder/discretize.py',
    range: between(-V_LIMIT, 0),
  },
  {
    name: 'vmax',
    bits: 23,
    signed: false,
    reset: V_LIMIT,
    unit: 'v',
    meaning: 'upper clamp of v, 2^(9 + 2m) - 1 with m = 0..7',
    source: 'nengo-loihi builder/discretize.py',
    range: between(511, V_LIMIT),
  },
  {
    name: 'dsOffset',
    bits: 1,
    signed: false,
    reset: 1,
    unit: '1/4096 per step',
    meaning: 'added to du of every compartment',
    source: 'Lava proc/lif/models.py',
    range: between(0, 1),
  },
  {
    name: 'dmOffset',
    bits: 1,
    signed: false,
    reset: 0,
    unit: '1/4096 per step',
    meaning: 'added to dv of every compartment',
    source: 'Lava proc/lif/models.py',
    range: between(0, 1),
  },
  {
    name: 'noiseTarget',
    bits: 2,
    signed: false,
    reset: 'off',
    unit: 'choice',
    meaning:
      'what the noise is added to: off, current (before the input sum is cut to its register) or voltage (to u + bias)',
    source: 'nengo-loihi emulator/interface.py',
    range: between(0, 2),
  },
  {
    name: 'noiseExp',
    bits: 5,
    signed: false,
    reset: 0,
    unit: 'power of 2',
    meaning: 'noise is (draw + 64 noiseMantOffset) 2^(noiseExp - 7), toward zero',
    source: 'nengo-loihi emulator/interface.py',
    range: between(0, 23),
  },
  {
    name: 'noiseMantOffset',
    bits: 7,
    signed: true,
    reset: 0,
    unit: '64 draws',
    meaning: 'mean of the noise before its exponent',
    source: 'nengo-loihi emulator/interface.py',
    range: between(-64, 63),
  },
  {
    name: 'resetMode',
    bits: 2,
    signed: false,
    reset: 'zero',
    unit: 'choice',
    meaning: 'v after a spike: zero, value (vreset) or subtract (v - vth)',
    source: 'extension, but for zero',
    range: between(0, 2),
    extension: { name: 'other resets than to 0', allowed: (rules) => rules.resets.length > 1 },
  },
  {
    name: 'ternary',
    bits: 1,
    signed: false,
    reset: false,
    unit: 'flag',
    meaning: 'spikes of -1 below the lower threshold',
    source: 'Lava proc/lif/models.py (TernaryLIF)',
    range: between(0, 1),
    extension: TERNARY,
  },
  {
    name: 'resetInterval',
    bits: 31,
    signed: false,
    reset: 0,
    unit: 'steps',
    meaning:
      'u and v become 0 before integration when t % resetInterval = resetOffset % resetInterval; 0 = never',
    source: 'Lava proc/lif/models.py (LIFReset)',
    range: between(0, 2 ** 31 - 1),
    extension: PERIODIC,
  },
  {
    name: 'resetOffset',
    bits: 31,
    signed: false,
    reset: 0,
    unit: 'steps',
    meaning: 'phase of the periodic reset',
    source: 'Lava proc/lif/models.py (LIFReset)',
    range: between(0, 2 ** 31 - 1),
    extension: PERIODIC,
  },
] as const satisfies readonly Register<CoreRegisterName, number | string | boolean>[];

/** Kept by the core, read by probes. */
export const STATE_REGISTERS = [
  {
    name: 'u',
    bits: 24,
    signed: true,
    reset: 0,
    unit: 'v per step',
    meaning: 'synaptic current, after decay and input of the step',
    source: DAVIES,
    range: (rules) => sumRange(rules.current),
  },
  {
    name: 'v',
    bits: 24,
    signed: true,
    reset: 0,
    unit: 'v',
    meaning: 'membrane voltage, after the reset of a compartment that spiked',
    source: DAVIES,
    range: (rules) =>
      rules.voltage === 'none' ? { min: -(2 ** 30), max: 2 ** 30 - 1 } : { min: -V_LIMIT, max: V_LIMIT },
  },
  {
    name: 'refractoryCount',
    bits: 6,
    signed: false,
    reset: 0,
    unit: 'steps',
    meaning: 'steps v is still held',
    source: NXSDK,
    range: (rules) => ({ min: 0, max: Math.max(rules.refractMax, 1) - 1 }),
  },
  {
    name: 'theta',
    bits: 23,
    signed: false,
    reset: 0,
    unit: 'v',
    meaning:
      'offset of the threshold that spikes have raised, after the spike of the step; kept where vthStep is not 0',
    source: 'extension',
    range: between(0, THETA_MAX),
    extension: ADAPTIVE,
  },
] as const satisfies readonly Register<StateRegisterName>[];

function sumRange(rule: Rules['current']): Range {
  if (rule.kind === 'lavaWrap') return { min: -(2 ** 23) + 1, max: 2 ** 23 };
  const bits = rule.kind === 'none' ? 30 : rule.bits;
  return { min: -(2 ** bits), max: 2 ** bits - 1 };
}

type CompartmentDefaults = { readonly [Name in CompartmentRegisterName]: number };

/** Compartment registers before anything is programmed: no memory in u, none lost in v, threshold 100 << 6. */
export const DEFAULT_COMPARTMENT = Object.fromEntries(
  COMPARTMENT_REGISTERS.map((r) => [r.name, r.reset]),
) as CompartmentDefaults;

/** Core registers before anything is programmed; the decay offsets are the profile's. */
export const DEFAULT_CORE = (rules: Rules): CoreRegisters => ({
  ...(Object.fromEntries(CORE_REGISTERS.map((r) => [r.name, r.reset])) as unknown as CoreRegisters),
  dsOffset: rules.dsOffset,
  dmOffset: rules.dmOffset,
});
