/** Cells as a file writes them: hardware registers, physical units, spike sources. */
import {
  COMPARTMENT_REGISTERS,
  CORE_REGISTERS,
  type CompartmentRegisterName,
  type CoreRegisterName,
  PROFILES,
  type Range,
  type Rules,
} from '../../cores/index.js';
import { list, object, optional, required, tagged, variant } from './container-shapes.js';
import { choice, either, integer, number, type Shape } from './shape.js';

/** The widest range any profile gives a register; what the file's own profile allows is checked when compiling. */
function widest(name: CompartmentRegisterName | CoreRegisterName): Range {
  const registers: readonly { readonly name: string; readonly range: (rules: Rules) => Range }[] = [
    ...COMPARTMENT_REGISTERS,
    ...CORE_REGISTERS,
  ];
  const register = registers.find((r) => r.name === name)!;
  const ranges = PROFILES.map((profile) => register.range(profile.rules));
  return { min: Math.min(...ranges.map((r) => r.min)), max: Math.max(...ranges.map((r) => r.max)) };
}

type Scalar = Shape<number>;
/** One value for all neurons, or one per neuron. */
const column = (of: Scalar) => either(of, list(of, { min: 1 }));

const register = (name: CompartmentRegisterName | CoreRegisterName): Scalar => integer(widest(name));
const state = integer({ min: -(2 ** 30), max: 2 ** 30 });
const positive = number({ above: 0 });
const anyNumber = number();
const step = integer({ min: 1, max: 2 ** 31 - 1 });
const lastStep = integer({ min: 0, max: 2 ** 31 - 1 });

const THRESHOLD = { exactlyOne: [['vth', 'vthMant']] };
const ONE_BIAS = {
  atMostOne: [
    ['bias', 'biasMant'],
    ['bias', 'biasExp'],
  ],
};

/** Registers a neuron has for itself; `shape` makes one of them a column or keeps it a number. */
const compartmentFields = <S>(shape: (of: Scalar) => Shape<S>) => ({
  du: optional(
    shape(register('du')),
    'Current decay register: u loses (du + 1)/4096 of itself each step. Default 4095.',
  ),
  dv: optional(
    shape(register('dv')),
    'Voltage decay register: v loses dv/4096 of itself each step. Default 0.',
  ),
  vth: optional(shape(register('vthMant')), 'Threshold mantissa: a spike when v > vth * 64.', [100]),
  vthMant: optional(shape(register('vthMant')), 'Another name of vth.'),
  biasMant: optional(
    shape(register('biasMant')),
    'Bias mantissa: biasMant << biasExp is added each step. Default 0.',
  ),
  biasExp: optional(shape(register('biasExp')), 'Bias exponent. Default 0.'),
  bias: optional(shape(state), 'The whole bias; refused unless a mantissa and an exponent give it exactly.'),
  refract: optional(shape(register('refract')), 'Steps from a spike to the next integration. Default 1.'),
  vmin: optional(shape(register('vmin')), 'Lower clamp of v, -(2^k) + 1; one value for a core.'),
  vmax: optional(shape(register('vmax')), 'Upper clamp of v, 2^(9 + 2m) - 1; one value for a core.'),
  v0: optional(shape(state), 'v before step 1. Default 0.'),
  u0: optional(shape(state), 'u before step 1. Default 0.'),
});

const LOIHI = variant(
  {
    ...compartmentFields(column),
    noise: optional(
      object('noise', {
        target: required(choice(['current', 'voltage']), 'What the noise is added to.'),
        exp: required(register('noiseExp'), 'noise = (draw + 64 mantOffset) * 2^(exp - 7), toward zero.'),
        mantOffset: optional(register('noiseMantOffset'), 'Default 0.'),
        enable: optional(column(integer({ min: 0, max: 1 })), 'Which neurons get noise. Default 1.'),
      }),
      'Noise of the core these neurons are on.',
    ),
    reset: optional(
      object('a reset', {
        mode: required(choice(['zero', 'value', 'subtract']), 'What a spike does to v.'),
        value: optional(column(register('vreset')), 'v after a spike, for mode value.'),
      }),
      'Extension: profiles other than unlimited reset to zero only.',
    ),
    ternary: optional(
      object('ternary spikes', {
        vthLoMant: required(column(register('vthLoMant')), 'Lower threshold mantissa.'),
      }),
      'Extension: spikes of value -1 when v < vthLoMant * 64.',
    ),
    adaptive: optional(
      object('an adaptive threshold', {
        vthStep: required(
          column(register('vthStep')),
          'What a spike adds to the threshold, in units of 64.',
          [8],
        ),
        dth: required(
          column(register('dth')),
          'Decay register: the rise loses dth/4096 of itself each step.',
          [40],
        ),
      }),
      'Extension: a spike raises the threshold, which decays back.',
    ),
    periodicReset: optional(
      object('a periodic reset', {
        interval: required(step, 'Steps between resets.'),
        offset: optional(lastStep, 'Default 0.'),
      }),
      'Extension: u and v become 0 before integration when t % interval = offset % interval.',
    ),
  },
  { ...THRESHOLD, ...ONE_BIAS },
);

const LIF = variant({
  tau_m: optional(column(positive), 'Membrane time constant, ms. Default 20, or R * cm.'),
  tau_syn: optional(
    column(number({ min: 0 })),
    'Synaptic time constant, ms. Default 0: input lasts one step.',
  ),
  v_rest: optional(column(anyNumber), 'mV. Default -65.'),
  v_reset: optional(column(anyNumber), 'mV. Default v_rest.'),
  v_th: optional(column(anyNumber), 'mV, above v_reset. Default -50.'),
  R: optional(column(positive), 'Membrane resistance, MOhm. Default tau_m / cm.'),
  cm: optional(column(positive), 'Membrane capacity, nF. Default 1.'),
  I: optional(column(anyNumber), 'Constant current, nA. Default 0.'),
  tau_refrac: optional(column(number({ min: 0 })), 'Time held at v_reset after a spike, ms. Default 0.'),
  v_th_step: optional(
    column(number({ min: 0 })),
    'Extension, adaptive threshold: what a spike adds to it, mV. Default 0; needs tau_th.',
  ),
  tau_th: optional(column(positive), 'Time constant of what spikes added to the threshold, ms.'),
  v0: optional(column(anyNumber), 'Voltage before step 1, mV. Default v_rest.'),
  unitsPerMv: optional(positive, 'Integer units of v per mV. Default: chosen to lose least.'),
});

const trains = <S>(of: Shape<S>) => list(list(of), { min: 1 });

export const cellShape = tagged('a cell', {
  loihi: LOIHI,
  lif: LIF,
  spikeArray: variant(
    {
      steps: optional(trains(step), 'The steps in which each neuron spikes.', [[[1, 5, 9], []]]),
      times: optional(trains(number({ min: 0 })), 'The times in ms at which each neuron spikes.'),
      events: optional(
        object('events', {
          neurons: required(list(integer({ min: 0 })), 'Neuron of each spike.'),
          steps: required(list(step), 'Step of each spike.'),
        }),
        'All spikes at once, as two lists of equal length.',
      ),
      stamps: optional(
        choice(['arrival', 'peer']),
        'Whether a step is that of arrival (default), or the stamp of the emulator the profile is of.',
      ),
    },
    { exactlyOne: [['steps', 'times', 'events']] },
  ),
  poisson: variant(
    {
      rate: optional(column(number({ min: 0 })), 'Hz; at most one spike a step.', [20]),
      probability: optional(column(number({ min: 0, max: 1 })), 'Probability of a spike in a step.'),
      start: optional(step, 'First step. Default 1.'),
      stop: optional(lastStep, 'Last step; 0 = no end. Default 0.'),
    },
    { exactlyOne: [['rate', 'probability']] },
  ),
  regular: variant({
    period: required(column(lastStep), 'Steps between spikes; 0 = silent.', [10]),
    phase: optional(column(step), 'Step of the first spike. Default 1.'),
    stop: optional(lastStep, 'Last step; 0 = no end. Default 0.'),
  }),
});

/** A neuron of an explicit network: given spikes, or the registers of one compartment. */
export const neuronFields = {
  ...compartmentFields((of) => of),
  spikes: optional(list(step), 'The steps in which this neuron spikes: it is an input, not a compartment.'),
};

export const NEURON_RULES = { exactlyOne: [['spikes', 'vth', 'vthMant']], ...ONE_BIAS };
