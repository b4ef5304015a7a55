/**
 * From physical constants to a chip: registers by `convertLif`, as every `lif` cell gets them; then what the neuron
 * of the page has besides, noise and a reset above the threshold, in registers of the core.
 *
 * Noise of the core has powers of two as amplitudes. So that its deviation is right, the scale of v is bent: at most
 * by half, which the threshold with its 17 bits hardly notices.
 */
import {
  LOIHI1,
  type RegisterColumn,
  type Rules,
  SeamountError,
  UNLIMITED,
  ViolationsError,
} from '../../../cores/index.js';
import type { ChipImage } from '../../../routing/index.js';
import { cells } from '../../api/cells.js';
import { connectors } from '../../api/connectors.js';
import type { LifParameters } from '../../api/lif-cell.js';
import { Network } from '../../api/network.js';
import { type SourceCell, sources } from '../../api/sources.js';
import { synapses } from '../../api/synapses.js';
import { compile } from '../../compiler/compile.js';
import { convertLif, type LifConversion, type LifConversionOptions } from '../../compiler/quantise-lif.js';
import type { Rounding } from '../../compiler/report.js';
import type { NeuronParameters } from './parameters.js';

export type LostToRounding = Pick<
  Rounding,
  'quantity' | 'unit' | 'register' | 'value' | 'wanted' | 'got' | 'relativeError'
>;

/** A neuron as the chip holds it. Voltages of the chip are `unitsPerMv` above `zeroMv`. */
export interface NeuronProgramme {
  readonly registers: Readonly<Record<string, number>>;
  readonly roundings: readonly LostToRounding[];
  readonly unitsPerMv: number;
  /** mV where v is 0. */
  readonly zeroMv: number;
  /** 1 - kv and 1 - ku of the registers. */
  readonly lossV: number;
  readonly lossU: number;
  readonly noise: { readonly target: 'current' | 'voltage'; readonly exp: number } | null;
  readonly profile: string;
  readonly profileTitle: string;
  /** Beyond Loihi 1. */
  readonly extensions: readonly string[];
}

export interface Programmed {
  readonly image: ChipImage;
  /** Of the first neuron. */
  readonly neuron: NeuronProgramme;
}

/** Numbers the stream of noise and of input spikes. */
export const SEED = 1;

/** Labels of the source of input spikes and of the neurons. */
export const INPUT = 'input';
export const NEURON = 'neuron';
/** Source of spikes sent by hand. */
export const HAND = 'hand';

export interface ProgrammeOptions {
  /** nA: a neuron for each. Default the current of the parameters alone. */
  readonly currents?: readonly number[];
  /** Also records v; spikes, those of the input too, are recorded anyhow. */
  readonly probe?: boolean;
  /** Voltage before step 1, mV; default v_rest. */
  readonly start?: number;
  /** Also a source that spikes when the host says so, over a synapse of the same weight. */
  readonly takesSpikes?: boolean;
}

/**
 * Neurons that differ in their current only, one population on one chip.
 * @throws {ViolationsError} E_INPUT when the registers cannot hold the neuron.
 */
export function programme(parameters: NeuronParameters, options: ProgrammeOptions = {}): Programmed {
  const {
    currents = [parameters.I],
    probe = false,
    start = parameters.v_rest,
    takesSpikes = false,
  } = options;
  const { dt, input_rate, v_th_step, v_th, v_reset } = parameters;
  const resetsAbove = v_reset >= v_th;
  if (resetsAbove && v_th_step === 0)
    throw new SeamountError(
      'E_INPUT',
      `V_reset ${v_reset} mV is not below the threshold ${v_th} mV: it would fire in every step`,
      'lower V_reset, or add adaptation, which ends the burst',
    );
  const extensions = [
    ...(v_th_step > 0 ? ['adaptive threshold'] : []),
    ...(resetsAbove ? ['reset to a value'] : []),
  ];
  const profile = extensions.length > 0 ? UNLIMITED : LOIHI1;
  const { columns, vreset, noise, weight, ...rest } = convert(parameters, currents, profile.rules, start);
  const { dth, vthStep, ...registers } = columns;
  const network = new Network({ label: 'neuron', dt, seed: SEED });
  const population = network.population(
    currents.length,
    cells.loihi({
      ...registers,
      ...(noise === null ? {} : { noise }),
      ...(v_th_step > 0 ? { adaptive: { vthStep, dth } } : {}),
      ...(resetsAbove ? { reset: { mode: 'value', value: vreset } } : {}),
    }),
    NEURON,
  );
  if (probe) network.probe(population, ['v']);
  const { mantissa, exponent } = weight;
  if (mantissa !== 0) {
    const synapse = synapses.static({ weight: mantissa, weightExp: exponent });
    const feed = (source: SourceCell, label: string): void => {
      network.projection(network.population(1, source, label), population, connectors.allToAll(), synapse);
    };
    if (input_rate > 0) feed(sources.poisson({ rate: input_rate }), INPUT);
    if (takesSpikes) feed(sources.spikeArray({ steps: [[]] }), HAND);
  }
  const { v0: _, ...first } = Object.fromEntries(
    Object.entries(columns).map(([name, column]) => [name, firstOf(column)]),
  );
  if (v_th_step === 0) for (const name of ['dth', 'vthStep']) delete first[name];
  return {
    image: compile(network, { profile }).image,
    neuron: {
      ...rest,
      registers: {
        ...first,
        ...(resetsAbove ? { vreset } : {}),
        ...(noise === null ? {} : { noiseExp: noise.exp }),
        ...(input_rate === 0 || mantissa === 0 ? {} : { weight: mantissa, weightExp: exponent }),
      },
      noise,
      profile: profile.name,
      profileTitle: profile.title,
      extensions,
    },
  };
}

/** Deviation of the uniform draws of a profile. */
export const drawDeviation = ({ noise: { min, max } }: Rules): number =>
  Math.sqrt(((max - min + 1) ** 2 - 1) / 12);

/**
 * Deviation of v per deviation of white noise on the input, for v = kv v + u, u = ku u + noise: an autoregression
 * of second order with the roots kv and ku.
 */
export const noiseGain = (kv: number, ku: number): number =>
  Math.sqrt((1 + kv * ku) / ((1 - kv * kv) * (1 - ku * ku) * (1 - kv * ku)));

const firstOf = (column: RegisterColumn): number => (typeof column === 'number' ? column : column[0]!);

/** Registers, a column each, and the scale. */
function convert(parameters: NeuronParameters, currents: readonly number[], rules: Rules, start: number) {
  const { dt, tau_m, tau_syn, R, v_rest, v_th, tau_refrac, v_th_step, tau_th, noise } = parameters;
  const resetsAbove = parameters.v_reset >= v_th;
  // The chip's 0 must lie below the threshold.
  const zeroMv = resetsAbove ? Math.min(v_rest, v_th - 1) : parameters.v_reset;
  // The start is no constant: v leaves it at once, and what v cannot hold of it would bend the scale.
  const room = v_th - zeroMv;
  const v0 = Math.min(v_th + 2 * room, Math.max(zeroMv - 4 * room, start));
  const lif: LifParameters = {
    ...{ tau_m, tau_syn, v_rest, v_reset: zeroMv, v_th, R, tau_refrac, v0 },
    I: currents.length === 1 ? currents[0]! : currents,
    ...(v_th_step > 0 ? { v_th_step, tau_th } : {}),
  };
  const options = { dt, rules, label: NEURON, inputs: inputsOf(parameters) };
  const convertAt = (unitsPerMv?: number): LifConversion => {
    const scaled = unitsPerMv === undefined ? lif : { ...lif, unitsPerMv };
    const conversion = convertLif(scaled, currents.length, options);
    if (conversion.violations.length > 0) throw new ViolationsError('E_INPUT', conversion.violations);
    return conversion;
  };
  let conversion = convertAt();
  const lossV = (firstOf(conversion.registers.dv) + rules.dmOffset) / 4096;
  const lossU = (firstOf(conversion.registers.du) + rules.dsOffset) / 4096;
  let { unitsPerMv } = conversion.report;
  let noiseExp = 0;
  if (resetsAbove) unitsPerMv = Math.min(unitsPerMv, RESET_MAX / (parameters.v_reset - zeroMv));
  if (noise > 0) {
    const perStep = noise / noiseGain(1 - lossV, 1 - lossU);
    const deviation = drawDeviation(rules);
    noiseExp = Math.max(0, Math.min(23, Math.floor(Math.log2((perStep * unitsPerMv) / deviation) + 7)));
    unitsPerMv = (deviation * 2 ** (noiseExp - 7)) / perStep;
  }
  if (unitsPerMv !== conversion.report.unitsPerMv) conversion = convertAt(unitsPerMv);
  const units = parameters.input_weight * R * lossV * chargeOf(lossU, parameters) * unitsPerMv;
  const weight = weightOf(units);
  return {
    columns: conversion.registers,
    vreset: Math.round((parameters.v_reset - zeroMv) * unitsPerMv),
    roundings: conversion.report.roundings.filter(({ quantity }) => quantity !== 'v0'),
    unitsPerMv,
    zeroMv,
    lossV,
    lossU,
    noise:
      noise > 0 ? { target: tau_syn > 0 ? ('current' as const) : ('voltage' as const), exp: noiseExp } : null,
    weight,
  };
}

/** v may be reset to so much and still rise: half of its register. */
const RESET_MAX = 2 ** 22;

/** The mean of a decaying current over its first step, per its peak (quantise-lif.ts). */
const chargeOf = (lossU: number, { tau_syn, dt }: Pick<NeuronParameters, 'tau_syn' | 'dt'>): number =>
  tau_syn === 0 ? 1 : (lossU * tau_syn) / dt;

const MANTISSA_LIMIT = 254;

/** What the input synapse asks of the scale. With ideal decays: close enough to choose by. */
function inputsOf({
  dt,
  tau_m,
  tau_syn,
  R,
  input_rate,
  input_weight,
}: NeuronParameters): NonNullable<LifConversionOptions['inputs']> {
  const charge = chargeOf(tau_syn === 0 ? 1 : -Math.expm1(-dt / tau_syn), { tau_syn, dt });
  const largest = Math.abs(input_weight) * R * -Math.expm1(-dt / tau_m) * charge;
  if (input_rate === 0 || largest === 0) return { weights: [], largestSum: 0 };
  return { weights: [{ largest, uniform: true, maxMantissa: MANTISSA_LIMIT, step: 2 }], largestSum: largest };
}

/** The nearest weight: mantissa of 8 bits (even, as mixed signs store it, so that both signs have the same) and exponent. */
function weightOf(units: number): { readonly mantissa: number; readonly exponent: number } {
  if (units === 0) return { mantissa: 0, exponent: 0 };
  const least = Math.ceil(Math.log2(Math.abs(units) / (MANTISSA_LIMIT * 64)));
  const exponent = Math.max(-8, Math.min(7, least));
  const mantissa = 2 * Math.round(units / 2 ** (7 + exponent));
  return { mantissa: Math.max(-MANTISSA_LIMIT, Math.min(MANTISSA_LIMIT, mantissa)), exponent };
}
