/** The constants of the neuron: what the sliders set, what a link holds, what the worker programs the chip with. */
import { SeamountError } from '../../../cores/index.js';

export interface ParameterRow {
  readonly name: string;
  readonly group: 'membrane' | 'drive' | 'spike' | 'time';
  /** With its subscript after `_`. */
  readonly symbol: string;
  readonly label: string;
  readonly unit: string;
  readonly initial: number;
  /** Of the slider. */
  readonly min: number;
  readonly max: number;
  readonly step: number;
  /** Of the number field, where it allows more than the slider. */
  readonly hardMin?: number;
  readonly hardMax?: number;
  /** One sentence. */
  readonly hint: string;
}

const row = <const N extends string>(name: N, rest: Omit<ParameterRow, 'name'>) => ({ name, ...rest });

export const PARAMETERS = [
  row('I', {
    group: 'drive',
    symbol: 'I',
    label: 'Input current',
    unit: 'nA',
    initial: 1.5,
    min: 0,
    max: 5,
    step: 0.01,
    hardMin: -100,
    hardMax: 100,
    hint: 'A constant current into the membrane: the bias register.',
  }),
  row('noise', {
    group: 'drive',
    symbol: 'σ_V',
    label: 'Noise',
    unit: 'mV',
    initial: 0,
    min: 0,
    max: 10,
    step: 0.1,
    hardMax: 50,
    hint: 'Standard deviation that the noise of the core alone gives the membrane.',
  }),
  row('input_rate', {
    group: 'drive',
    symbol: 'r_in',
    label: 'Input spikes',
    unit: 'Hz',
    initial: 0,
    min: 0,
    max: 500,
    step: 1,
    hardMax: 100_000,
    hint: 'A Poisson train that arrives over one synapse.',
  }),
  row('input_weight', {
    group: 'drive',
    symbol: 'w',
    label: 'Synaptic weight',
    unit: 'nA',
    initial: 2,
    min: -10,
    max: 10,
    step: 0.1,
    hardMin: -1000,
    hardMax: 1000,
    hint: 'Peak current of one input spike; negative: inhibition.',
  }),
  row('tau_m', {
    group: 'membrane',
    symbol: 'τ_m',
    label: 'Time constant',
    unit: 'ms',
    initial: 20,
    min: 1,
    max: 100,
    step: 0.5,
    hardMin: 0.01,
    hardMax: 10_000,
    hint: 'How long the membrane remembers: the register dv.',
  }),
  row('R', {
    group: 'membrane',
    symbol: 'R',
    label: 'Resistance',
    unit: 'MΩ',
    initial: 15,
    min: 1,
    max: 50,
    step: 0.5,
    hardMin: 0.001,
    hardMax: 10_000,
    hint: 'Voltage per current once the membrane has settled.',
  }),
  row('tau_syn', {
    group: 'membrane',
    symbol: 'τ_syn',
    label: 'Synaptic decay',
    unit: 'ms',
    initial: 0,
    min: 0,
    max: 50,
    step: 0.5,
    hardMax: 10_000,
    hint: 'Decay of input currents, register du; 0: one step. Noise is filtered by it, too.',
  }),
  row('v_rest', {
    group: 'membrane',
    symbol: 'V_rest',
    label: 'Rest',
    unit: 'mV',
    initial: -65,
    min: -90,
    max: -40,
    step: 0.5,
    hardMin: -1000,
    hardMax: 1000,
    hint: 'Where the membrane settles without input.',
  }),
  row('v_th', {
    group: 'spike',
    symbol: 'V_th',
    label: 'Threshold',
    unit: 'mV',
    initial: -50,
    min: -64,
    max: -20,
    step: 0.5,
    hardMin: -1000,
    hardMax: 1000,
    hint: 'A spike needs more than this.',
  }),
  row('v_reset', {
    group: 'spike',
    symbol: 'V_reset',
    label: 'Reset',
    unit: 'mV',
    initial: -70,
    min: -90,
    max: -30,
    step: 0.5,
    hardMin: -1000,
    hardMax: 1000,
    hint: 'Voltage after a spike. At or above the threshold it needs an adaptive one, and makes bursts.',
  }),
  row('tau_refrac', {
    group: 'spike',
    symbol: 'τ_ref',
    label: 'Refractory time',
    unit: 'ms',
    initial: 0,
    min: 0,
    max: 20,
    step: 0.5,
    hardMax: 60,
    hint: 'Held at the reset voltage after a spike: the register refract.',
  }),
  row('v_th_step', {
    group: 'spike',
    symbol: 'Δθ',
    label: 'Adaptation',
    unit: 'mV',
    initial: 0,
    min: 0,
    max: 10,
    step: 0.1,
    hardMax: 200,
    hint: 'What a spike adds to the threshold; an extension beyond Loihi 1.',
  }),
  row('tau_th', {
    group: 'spike',
    symbol: 'τ_θ',
    label: 'Adaptation decay',
    unit: 'ms',
    initial: 100,
    min: 5,
    max: 500,
    step: 5,
    hardMin: 0.1,
    hardMax: 4000,
    hint: 'How fast the raised threshold comes back.',
  }),
  row('dt', {
    group: 'time',
    symbol: 'Δt',
    label: 'Time of a step',
    unit: 'ms',
    initial: 1,
    min: 0.1,
    max: 2,
    step: 0.1,
    hardMin: 0.01,
    hardMax: 10,
    hint: 'What one timestep of the chip stands for.',
  }),
] as const satisfies readonly ParameterRow[];

export type ParameterName = (typeof PARAMETERS)[number]['name'];

export type NeuronParameters = Readonly<Record<ParameterName, number>>;

export const rowOf = (name: ParameterName): ParameterRow => PARAMETERS.find((row) => row.name === name)!;

/** Range of the number field. */
export const hardRange = ({ min, max, hardMin, hardMax }: ParameterRow): readonly [number, number] => [
  hardMin ?? min,
  hardMax ?? max,
];

export const DEFAULTS = Object.fromEntries(
  PARAMETERS.map(({ name, initial }) => [name, initial]),
) as NeuronParameters;

/** What differs from the defaults: what a link holds. */
export const changesOf = (parameters: NeuronParameters): Partial<NeuronParameters> =>
  Object.fromEntries(
    PARAMETERS.filter(({ name, initial }) => parameters[name] !== initial).map(({ name }) => [
      name,
      parameters[name],
    ]),
  );

/**
 * Defaults with changes from outside.
 * @throws {SeamountError} `E_INPUT` naming all that is no number, out of range or unknown.
 */
export function parametersFrom(changes: unknown): NeuronParameters {
  if (changes === undefined) return DEFAULTS;
  const problems: string[] = [];
  if (typeof changes !== 'object' || changes === null || Array.isArray(changes))
    throw new SeamountError('E_INPUT', 'the constants of the neuron are not an object');
  const given = changes as Readonly<Record<string, unknown>>;
  const known = new Set<string>(PARAMETERS.map(({ name }) => name));
  for (const name of Object.keys(given))
    if (!known.has(name)) problems.push(`there is no constant ${JSON.stringify(name)}`);
  const values: Record<string, number> = { ...DEFAULTS };
  for (const row of PARAMETERS) {
    const value = given[row.name];
    if (value === undefined) continue;
    const [least, most] = hardRange(row);
    if (typeof value !== 'number' || !Number.isFinite(value)) problems.push(`${row.name} is no number`);
    else if (value < least || value > most)
      problems.push(`${row.name} is ${value} ${row.unit}, it must be ${least} to ${most}`);
    else values[row.name] = value;
  }
  if (problems.length > 0) throw new SeamountError('E_INPUT', problems.join('; '));
  return values as NeuronParameters;
}
