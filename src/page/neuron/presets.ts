/** Neurons worth starting from. Each is changes to the defaults. */
import { DEFAULTS, type NeuronParameters, PARAMETERS } from './parameters.js';

export interface Preset {
  readonly name: string;
  readonly title: string;
  /** What to look at. */
  readonly remark: string;
  readonly changes: Partial<NeuronParameters>;
}

export const PRESETS: readonly Preset[] = [
  {
    name: 'regular',
    title: 'Regular, 1.5 nA',
    remark: 'A constant current: every interval is 26 ms, 38.5 Hz.',
    changes: {},
  },
  {
    name: 'near-rheobase',
    title: 'Near rheobase',
    remark: 'Just above the least current that fires: slow, and sensitive to every change.',
    changes: { I: 1.01 },
  },
  {
    name: 'coincidence',
    title: 'Coincidence detector',
    remark: 'A short memory (5 ms): only input spikes that come together make it fire.',
    changes: {
      tau_m: 5,
      I: 0,
      input_rate: 250,
      input_weight: 1.1,
      tau_syn: 2,
      v_reset: -65,
      tau_refrac: 2,
    },
  },
  {
    name: 'integrator',
    title: 'Temporal integrator',
    remark: 'A long memory (40 ms): it adds up input spikes and fires on their number.',
    changes: {
      tau_m: 40,
      I: 0,
      input_rate: 400,
      input_weight: 1.5,
      tau_syn: 2,
      v_reset: -65,
      tau_refrac: 2,
    },
  },
  {
    name: 'noisy',
    title: 'Noisy, irregular',
    remark: 'Too little current to fire, and noise that carries it over: intervals as of chance.',
    changes: { I: 0.6, noise: 5, v_reset: -60, tau_refrac: 2 },
  },
  {
    name: 'adapting',
    title: 'Adapting',
    remark: 'Each spike raises the threshold: fast at first, then slower.',
    changes: { I: 2, v_th_step: 3, tau_th: 150, tau_refrac: 2 },
  },
  {
    name: 'bursting',
    title: 'Bursting',
    remark: 'Reset above the threshold: it fires until adaptation stops it, then waits.',
    changes: { I: 1.2, v_reset: -38, v_th_step: 1.5, tau_th: 100, tau_refrac: 4 },
  },
  {
    name: 'saturated',
    title: 'Saturated',
    remark: 'A strong current against a long refractory time: more current, hardly more spikes.',
    changes: { I: 5, R: 40, tau_refrac: 8 },
  },
];

export const presetParameters = ({ changes }: Preset): NeuronParameters => ({ ...DEFAULTS, ...changes });

/** The preset that has exactly these constants. */
export const presetOf = (parameters: NeuronParameters): Preset | undefined =>
  PRESETS.find((preset) => {
    const wanted = presetParameters(preset);
    return PARAMETERS.every(({ name }) => wanted[name] === parameters[name]);
  });
