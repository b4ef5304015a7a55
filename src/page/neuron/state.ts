/** What the panel shows, as a link holds it. */
import { SeamountError } from '../../../cores/index.js';
import { changesOf, DEFAULTS, type NeuronParameters, parametersFrom } from './parameters.js';

export interface NeuronState {
  readonly parameters: NeuronParameters;
  /** The ideal neuron beside the chip's. */
  readonly showsIdeal: boolean;
  /** ms of the neuron in a second of ours. */
  readonly speed: number;
  /** ms shown. */
  readonly window: number;
  /** Cost profile. */
  readonly prices: string;
}

export const SPEEDS: readonly { readonly value: number; readonly text: string }[] = [
  { value: 50, text: '1/20 of real time' },
  { value: 100, text: '1/10' },
  { value: 200, text: '1/5' },
  { value: 500, text: '1/2' },
  { value: 1000, text: 'real time' },
  { value: 5000, text: '5 times' },
];

export const WINDOWS: readonly number[] = [100, 200, 300, 500, 1000, 2000, 5000];

export const INITIAL: NeuronState = {
  parameters: DEFAULTS,
  showsIdeal: false,
  speed: 200,
  window: 300,
  prices: 'loihi1-sanafe',
};

/** Only what differs from the start; undefined where nothing does. */
export function sharedOf({ parameters, ...view }: NeuronState): unknown {
  const shared: Record<string, unknown> = {};
  const changes = changesOf(parameters);
  if (Object.keys(changes).length > 0) shared.constants = changes;
  for (const name of ['showsIdeal', 'speed', 'window', 'prices'] as const)
    if (view[name] !== INITIAL[name]) shared[name] = view[name];
  return Object.keys(shared).length === 0 ? undefined : shared;
}

/**
 * @param profiles names of cost profiles there are
 * @throws {SeamountError} `E_INPUT` when it is not what `sharedOf` gives
 */
export function stateFrom(shared: unknown, profiles: readonly string[]): NeuronState {
  if (shared === undefined) return INITIAL;
  if (typeof shared !== 'object' || shared === null || Array.isArray(shared))
    throw new SeamountError('E_INPUT', 'it is not an object');
  const { constants, showsIdeal, speed, window, prices } = shared as Readonly<Record<string, unknown>>;
  const chosen = <T>(value: unknown, from: readonly T[], otherwise: T, name: string): T => {
    if (value === undefined) return otherwise;
    const found = from.find((known) => known === value);
    if (found === undefined)
      throw new SeamountError('E_INPUT', `${name} ${JSON.stringify(value)} is not one of ${from.join(', ')}`);
    return found;
  };
  return {
    parameters: parametersFrom(constants),
    showsIdeal: chosen(showsIdeal, [true, false], INITIAL.showsIdeal, 'showsIdeal'),
    speed: chosen(
      speed,
      SPEEDS.map(({ value }) => value),
      INITIAL.speed,
      'speed',
    ),
    window: chosen(window, WINDOWS, INITIAL.window, 'window'),
    prices: chosen(prices, profiles, INITIAL.prices, 'prices'),
  };
}
