/**
 * The same network as a dense ANN beside the spiking estimate: what one pass over all its weights would cost on
 * other hardware, and at which activity the two are equal. For examining claims of the kind "1000 times less
 * than a GPU", not for making them: a row is an energy per operation from a table, and what it leaves out is
 * printed with it.
 *
 * Break-even. The spiking estimate has a part that grows with activity (synaptic events, spikes, messages) and
 * one that does not (neuron updates). At the activity a0 of the run the first is S, the whole J; at activity a
 * it is E(a) = (J - S) + S a / a0. E(a) = D gives a = a0 (D - (J - S)) / S.
 */
import { SeamountError } from '../../cores/index.js';
import type { NeurobenchReport } from '../neurobench/report.js';
import type { CostProfile, Figure } from './cost-profile.js';
import type { EventName } from './events.js';
import type { PricedEvents, Refused } from './price.js';
import { HOROWITZ45_AC } from './profiles/horowitz45-ac.js';
import { KERAS_SPIKING_ARM, KERAS_SPIKING_CPU, KERAS_SPIKING_GPU } from './profiles/keras-spiking.js';

/** Hardware that computes every operation of a layer, zero or not. */
export interface DenseHardware {
  readonly name: string;
  readonly title: string;
  /** Of one multiply-accumulate. */
  readonly mac: Figure;
  /** Of one neuron's output; null: no figure, so not charged. */
  readonly neuron: Figure | null;
  /** What the figure does not say. */
  readonly hides: string;
}

/** A device of KerasSpiking, which charges a neuron's output what it charges an operation. */
const device = ({ energy }: CostProfile): Pick<DenseHardware, 'mac' | 'neuron'> => ({
  mac: energy.synapseDense as Figure,
  neuron: energy.visit as Figure,
});

const HOROWITZ_AC = HOROWITZ45_AC.energy.synapseDense as Figure;
const HOROWITZ_MAC: Figure = {
  ...HOROWITZ_AC,
  value: 4.6,
  note: 'a 32-bit floating-point multiplication (3.7 pJ) and addition (0.9 pJ) at 45 nm, 0.9 V',
};

export const DENSE_HARDWARE: readonly DenseHardware[] = [
  {
    name: 'cpu',
    title: 'Intel i7-4960X',
    ...device(KERAS_SPIKING_CPU),
    hides:
      'a 22 nm desktop processor of 2013 at its best; whether memory and idle power are in it is not said where it is quoted',
  },
  {
    name: 'gpu',
    title: 'GTX Titan Black',
    ...device(KERAS_SPIKING_GPU),
    hides:
      'a 28 nm GPU of 2014, kept full of work: large batches only; one sample at a time costs far more, a newer GPU far less',
  },
  {
    name: 'arm',
    title: 'ARM Cortex-A',
    ...device(KERAS_SPIKING_ARM),
    hides: 'a class of embedded processors at their best; whether memory and the board are in it is not said',
  },
  {
    name: 'horowitz45',
    title: '45 nm arithmetic, FP32',
    mac: HOROWITZ_MAC,
    neuron: null,
    hides: 'arithmetic alone: no memory, no control, no wires; no machine is this cheap',
  },
];

/** Printed with every comparison. */
export const MEMORY_WARNING =
  'memory traffic decides, and neither side counts it: with memory included, an advantage over an ANN of the same weight bits begins only below about 6 % activity (arXiv 2409.08290, as quoted by others)';

/** A timestep is seldom an inference, a dense pass always is. */
const ONE_TIMESTEP =
  'the spiking side is 1 timestep, the dense pass a whole inference: where an inference takes N timesteps, the ratios are N times too large. Say how many with --sample N';

/** The network, as NeuroBench counts it. */
export interface ComparedNetwork {
  readonly label: string;
  /** Synaptic operations of one pass, counting all weights: the MACs of the dense ANN, once a sample. */
  readonly dense: number;
  /** Neurons that have an output in such a pass. */
  readonly neurons: number;
  /** Timesteps the spiking network takes for a sample. */
  readonly timesteps: number;
  /** Effective synaptic operations of the spiking network, per sample. */
  readonly effective: number;
}

export interface SpikingEstimate {
  /** Cost profile it was made with. */
  readonly profile: string;
  /** Energy of operations, J per sample; nothing fixed. */
  readonly joules: number;
  /**
   * The part of it that grows with activity: synaptic events, and spikes and messages where they are priced. Refused
   * where the profile has one figure for everything.
   */
  readonly scaling: number | Refused;
}

export type BreakEven =
  | { readonly kind: 'activity'; readonly activity: number }
  /** Neuron updates alone cost more. */
  | { readonly kind: 'never' }
  /** Less even if every neuron spiked in every step. */
  | { readonly kind: 'always' }
  /** Nothing spiked, or nothing that scales is priced. */
  | { readonly kind: 'unknown' }
  /** It is not known what grows. */
  | { readonly kind: 'refused' };

export interface DenseEstimate {
  readonly hardware: DenseHardware;
  /** J per sample. */
  readonly joules: number;
  /** Dense over spiking; null where the spiking estimate is 0. */
  readonly ratio: number | null;
  readonly breakEven: BreakEven;
}

export interface DenseComparison {
  readonly schema: 'seamount-dense-comparison/1';
  readonly network: ComparedNetwork;
  readonly spiking: SpikingEstimate;
  /** Effective of all synaptic operations: the share of inputs that spike, weighted by what they reach. 0..1. */
  readonly activity: number;
  /** Effective operations of all timesteps for one of the dense pass; above 1 the spiking network does more. */
  readonly operationsRatio: number;
  readonly rows: readonly DenseEstimate[];
  /** MACs against ACs in the same 45 nm arithmetic, J per sample: the usual claim, without memory on either side. */
  readonly arithmetic: { readonly macs: number; readonly acs: number };
  readonly warning: string;
  /** What a ratio means where a sample is one timestep; null where it is several. */
  readonly sampleWarning: string | null;
}

/** Per sample. */
export function networkOf(label: string, report: NeurobenchReport): ComparedNetwork {
  const { metrics, populations, sampleSteps } = report;
  return {
    label,
    dense: metrics.Dense / sampleSteps,
    neurons: populations.reduce((sum, { neurons }) => sum + neurons, 0),
    timesteps: sampleSteps,
    effective: metrics.Effective_ACs.mean + metrics.Effective_MACs.mean,
  };
}

/** Events that happen whether or not anything spikes. */
const STILL: ReadonlySet<EventName> = new Set(['visit', 'updateActive', 'updateIdle', 'barrier']);

/**
 * What was priced, per sample. Where a profile has one all-in figure no part of it is known to grow with activity, for
 * what a chip draws in any case is in it, too. Throws E_USAGE where the profile has no energy.
 */
export function spikingEstimate(priced: PricedEvents, samples: number): SpikingEstimate {
  const { profile, operations, terms } = priced;
  if ('refused' in operations)
    throw new SeamountError(
      'E_USAGE',
      `${profile.name} has no energy to compare: ${operations.refused}`,
      'choose a cost profile with figures in joules',
    );
  return {
    profile: profile.name,
    joules: operations.joules / samples,
    scaling:
      'refused' in terms
        ? terms
        : terms.reduce((sum, { event, joules }) => sum + (STILL.has(event) ? 0 : joules), 0) / samples,
  };
}

const PICO = 1e-12;

/** J of one dense pass. */
export const densePass = (
  { mac, neuron }: DenseHardware,
  { dense, neurons }: Pick<ComparedNetwork, 'dense' | 'neurons'>,
): number => (dense * mac.value + neurons * (neuron?.value ?? 0)) * PICO;

/** Throws E_USAGE for joules that are no energies, or whose scaling part is more than the whole. */
export function compareWithDense(
  network: ComparedNetwork,
  spiking: SpikingEstimate,
  hardware: readonly DenseHardware[] = DENSE_HARDWARE,
): DenseComparison {
  const { joules, scaling, profile } = spiking;
  const part = typeof scaling === 'number' ? scaling : 0;
  if (!(joules >= 0 && Number.isFinite(joules) && part >= 0 && part <= joules))
    throw new SeamountError(
      'E_USAGE',
      `estimate of ${profile}: ${part} J of ${joules} J a sample cannot be the part that grows with activity`,
      'give energies per sample, the part not above the whole',
    );
  const { dense, timesteps, effective } = network;
  const activity = dense > 0 ? effective / (dense * timesteps) : 0;
  return {
    schema: 'seamount-dense-comparison/1',
    network,
    spiking,
    activity,
    operationsRatio: dense > 0 ? effective / dense : 0,
    rows: hardware.map((one) => {
      const pass = densePass(one, network);
      return {
        hardware: one,
        joules: pass,
        ratio: joules > 0 ? pass / joules : null,
        breakEven: breakEven(pass, spiking, activity),
      };
    }),
    arithmetic: { macs: dense * HOROWITZ_MAC.value * PICO, acs: effective * HOROWITZ_AC.value * PICO },
    warning: MEMORY_WARNING,
    sampleWarning: timesteps === 1 ? ONE_TIMESTEP : null,
  };
}

function breakEven(dense: number, { joules, scaling }: SpikingEstimate, activity: number): BreakEven {
  if (typeof scaling !== 'number') return { kind: 'refused' };
  const still = joules - scaling;
  if (dense <= still) return { kind: 'never' };
  if (scaling === 0 || activity === 0) return { kind: 'unknown' };
  const equal = (activity * (dense - still)) / scaling;
  return equal > 1 ? { kind: 'always' } : { kind: 'activity', activity: equal };
}
