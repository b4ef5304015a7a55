/**
 * The profiles we ship. Each departure from `loihi1` is one line here, with its evidence in docs/semantics.md.
 */
import type { ChipProfile, Limits, Rules } from './profile.js';

const LOIHI1_LIMITS: Limits = {
  compartmentsPerCore: 1024,
  inAxonsPerCore: 4096,
  outAxonSlotsPerCore: 4096,
  synapseBitsPerCore: 16_384 * 64,
  accumulatorsPerCore: 8192,
  tilesX: 8,
  tilesY: 4,
  coresPerTile: 4,
  chips: 16_384,
};

/** A peer that models no capacity: its networks keep the chip's mesh but no core limit. */
const NO_CAPACITY: Limits = {
  ...LOIHI1_LIMITS,
  compartmentsPerCore: null,
  inAxonsPerCore: null,
  outAxonSlotsPerCore: null,
  synapseBitsPerCore: null,
  accumulatorsPerCore: null,
  chips: null,
};

const LOIHI1_RULES: Rules = {
  dsOffset: 1,
  dmOffset: 0,
  duMax: 4095,
  dvMax: 4095,
  inputSum: { kind: 'twosComplement', bits: 21 },
  current: { kind: 'twosComplement', bits: 23 },
  biasSum: { kind: 'twosComplement', bits: 23 },
  onOverflow: 'wrap',
  voltage: 'registers',
  bias: { mantMin: -4096, mantMax: 4095, expMin: 0, expMax: 7 },
  vthMantMin: 0,
  vthMantMax: 131_071,
  refractMax: 63,
  weights: {
    bits: [1, 2, 3, 4, 5, 6, 8],
    rounding: 'exact',
    mixedRange: 'full',
    inhibitoryMin: -255,
    negativeExponent: 'synapseFloor',
    expMin: -8,
    expMax: 7,
    clip: true,
  },
  delayMax: 62,
  hostInputLatency: 0,
  noise: { min: -127, max: 127 },
  resets: ['zero'],
  ternary: false,
  periodicReset: false,
  graded: false,
  refractoryReadout: 'zero',
};

const ALL_WEIGHT_BITS = [1, 2, 3, 4, 5, 6, 7, 8] as const;

/** The default: nengo-loihi's arithmetic, the weight rules all peers share, every capacity limit of Davies 2018. */
export const LOIHI1: ChipProfile = {
  name: 'loihi1',
  title: 'Loihi 1',
  source: 'Davies 2018 (limits); nengo-loihi e564f66 (arithmetic)',
  notice: '',
  rules: LOIHI1_RULES,
  limits: LOIHI1_LIMITS,
};

export const NENGO_LOIHI: ChipProfile = {
  name: 'nengo-loihi',
  title: 'nengo-loihi emulator',
  source: 'nengo-loihi 1.1.1.dev0 e564f66',
  notice: '',
  rules: {
    ...LOIHI1_RULES,
    vthMantMin: 0,
    weights: {
      ...LOIHI1_RULES.weights,
      rounding: 'nearestEven',
      mixedRange: 'symmetric',
      negativeExponent: 'synapseNearest',
      expMin: -7,
      clip: false,
    },
    hostInputLatency: 1,
  },
  limits: LOIHI1_LIMITS,
};

export const LAVA: ChipProfile = {
  name: 'lava',
  title: 'Lava bit-accurate CPU models',
  source: 'lava 0.11.0.dev0 b6822fb',
  notice: 'lava models no core capacity: limits are not checked',
  rules: {
    ...LOIHI1_RULES,
    duMax: 4095,
    dvMax: 4096,
    inputSum: { kind: 'none' },
    current: { kind: 'lavaWrap' },
    biasSum: { kind: 'none' },
    voltage: 'symmetric23',
    bias: { mantMin: -4096, mantMax: 4095, expMin: -8, expMax: 7 },
    refractMax: 1,
    weights: {
      bits: ALL_WEIGHT_BITS,
      rounding: 'floor',
      mixedRange: 'full',
      inhibitoryMin: -255,
      negativeExponent: 'connectionSum',
      expMin: -8,
      expMax: 7,
      clip: false,
    },
    delayMax: 63,
    hostInputLatency: 1,
    ternary: true,
    periodicReset: true,
    graded: true,
  },
  limits: NO_CAPACITY,
};

export const BRIAN2LOIHI: ChipProfile = {
  name: 'brian2loihi',
  title: 'Brian2Loihi',
  source: 'brian2_loihi 9ac5842 on Brian 2.5.1',
  notice: 'brian2loihi models no core capacity: limits are not checked',
  rules: {
    ...LOIHI1_RULES,
    dsOffset: 0,
    duMax: 4096,
    dvMax: 4096,
    inputSum: { kind: 'none' },
    current: { kind: 'none' },
    biasSum: { kind: 'none' },
    voltage: 'none',
    bias: { mantMin: 0, mantMax: 0, expMin: 0, expMax: 0 },
    refractMax: 64,
    weights: {
      bits: ALL_WEIGHT_BITS,
      rounding: 'towardZero',
      mixedRange: 'full',
      inhibitoryMin: -256,
      negativeExponent: 'synapseFloor',
      expMin: -8,
      expMax: 7,
      clip: true,
    },
  },
  limits: NO_CAPACITY,
};

/** Loihi 1 arithmetic, no capacity limits, and the documented extensions of reset, spikes and threshold. */
export const UNLIMITED: ChipProfile = {
  name: 'unlimited',
  title: 'Loihi 1 arithmetic without capacity limits',
  source: 'as loihi1; extensions documented in docs/semantics.md',
  notice: 'capacity limits are off: this network may not fit a real chip',
  rules: {
    ...LOIHI1_RULES,
    delayMax: 63,
    resets: ['zero', 'value', 'subtract'],
    ternary: true,
    periodicReset: true,
    graded: true,
    adaptiveThreshold: true,
  },
  limits: NO_CAPACITY,
};

export const PROFILES: readonly ChipProfile[] = [LOIHI1, NENGO_LOIHI, LAVA, BRIAN2LOIHI, UNLIMITED];

/** The shipped profile of that name, or undefined. */
export const profileNamed = (name: string): ChipProfile | undefined => PROFILES.find((p) => p.name === name);
