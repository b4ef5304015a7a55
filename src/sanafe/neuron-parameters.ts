/** Attributes of one neuron as the parameters of our compartments or sources, or why they have no exact form here. */
import { nearest } from '../netfile/did-you-mean.js';
import type { TreeNode } from './document.js';
import type { Attributes } from './network.js';
import { SANAFE_RULES } from './rules.js';
import type { TreeReader } from './tree-reader.js';

export interface LifParameters {
  readonly kind: 'lif';
  /** In weights: a spike when v > threshold. */
  readonly threshold: number;
  readonly reset: number;
  readonly resetMode: 'hard' | 'soft';
  readonly bias: number;
  /** v keeps (4096 - dv)/4096 of itself each step. */
  readonly dv: number;
  /** Leak of the file less that of dv; 0 where it is exact. */
  readonly leakError: number;
  /** Held steps are refract - 1. */
  readonly refract: number;
}

export interface InputParameters {
  readonly kind: 'input';
  /** Steps of its spikes, from 1, ascending. */
  readonly spikes: Uint32Array;
  /** It also spikes at every multiple of this; 0 = never. */
  readonly period: number;
}

export type NeuronParameters = LifParameters | InputParameters;

const LIF_KEYS: ReadonlySet<string> = new Set([
  'threshold',
  'reset',
  'reset_mode',
  'reverse_threshold',
  'reverse_reset',
  'reverse_reset_mode',
  'leak_decay',
  'input_decay',
  'bias',
  'refractory_delay',
]);
const INPUT_KEYS: ReadonlySet<string> = new Set(['spikes', 'poisson', 'rate']);
/** Of either kind of neuron, but read before. */
const OF_ALL = ['log_spikes'];

const MOST_REFRACT = SANAFE_RULES.refractMax;
const MOST_V = 2 ** 30;

/** The parameters, or null after problems. */
export function lifParameters(attributes: Attributes, reader: TreeReader): LifParameters | null {
  const before = reader.problems.count;
  const { problems } = reader;
  const number = (key: string, otherwise: number): number => {
    const node = attributes.get(key);
    return node === undefined ? otherwise : reader.number(node, key);
  };
  const refuse = (key: string, why: string, hint = ''): void =>
    problems.add(attributes.get(key)!.at, `${key}: ${why}`, hint);
  const word = (key: string, otherwise: string): string => {
    const node = attributes.get(key);
    return node === undefined ? otherwise : reader.text(node, key);
  };

  for (const [key, node] of attributes) {
    if (LIF_KEYS.has(key)) continue;
    if (INPUT_KEYS.has(key)) problems.add(node.at, `${key} is of input neurons; map it to an input unit`);
    else problems.add(node.at, `${key} has no counterpart here`, meant(key, LIF_KEYS));
  }
  const resetMode = word('reset_mode', 'hard');
  if (resetMode !== 'hard' && resetMode !== 'soft')
    refuse('reset_mode', `${resetMode} has no counterpart here`, 'reset_mode: hard or soft');
  if (word('reverse_reset_mode', 'none') !== 'none') {
    const hint = 'reverse_reset_mode: none; v then sinks as far as weights take it';
    refuse('reverse_reset_mode', 'a lower threshold has no counterpart here', hint);
  }
  if (number('input_decay', 0) !== 0) {
    refuse(
      'input_decay',
      'input that lasts is not cut to 1/64 by SANA-FE, so no integers equal it',
      'input_decay: 0',
    );
  }
  const threshold = number('threshold', 0);
  if (threshold < 0)
    refuse(
      'threshold',
      'a negative threshold fires without input, which has no counterpart here',
      'threshold: 0 or more, and a bias for what is to fire by itself',
    );
  const leak = number('leak_decay', 1);
  if (leak < 0 || leak > 1) refuse('leak_decay', 'expected 0..1');
  const dv = Math.round((1 - leak) * 4096);
  const leakError = leak - (4096 - dv) / 4096;
  const refract = number('refractory_delay', 0);
  if (!Number.isInteger(refract) || refract < 0 || refract > MOST_REFRACT) {
    refuse('refractory_delay', `expected a whole number 0..${MOST_REFRACT}`);
  }
  const reset = number('reset', 0);
  const bias = number('bias', 0);
  const rests = resetMode === 'hard' && reset === 0;
  if (refract > 1 && !rests && dv !== 0) {
    refuse(
      'refractory_delay',
      'SANA-FE leaks while it is refractory; ours holds v, which differs unless v is reset to 0',
      'reset: 0 with reset_mode: hard, or leak_decay: 1, or no refractory_delay',
    );
  }
  for (const [key, value] of [
    ['threshold', threshold],
    ['bias', bias],
    ['reset', reset],
  ] as const) {
    if (Math.abs(value) * 64 >= MOST_V) refuse(key, `${value} is beyond the 30 bits of v`);
  }
  if (problems.count > before) return null;
  return {
    kind: 'lif',
    threshold,
    reset,
    resetMode: resetMode as 'hard' | 'soft',
    bias,
    dv,
    leakError,
    refract: Math.max(1, refract),
  };
}

/** The parameters, or null after problems. */
export function inputParameters(attributes: Attributes, reader: TreeReader): InputParameters | null {
  const before = reader.problems.count;
  for (const [key, node] of attributes) {
    if (INPUT_KEYS.has(key) || LIF_KEYS.has(key)) continue;
    reader.problems.add(node.at, `${key} has no counterpart here`, meant(key, INPUT_KEYS));
  }
  const poisson = attributes.get('poisson');
  if (poisson !== undefined && reader.number(poisson, 'poisson') !== 0) {
    const hint = 'record its spikes there and give them as spikes: [1, 0, ...]';
    reader.problems.add(poisson.at, `poisson: SANA-FE's random numbers have no counterpart here`, hint);
  }
  const rateNode = attributes.get('rate');
  const rate = rateNode === undefined ? 0 : reader.number(rateNode, 'rate', { min: 0, max: 1 });
  const node = attributes.get('spikes');
  const flags = node === undefined ? new Float64Array(0) : spikeFlags(node, reader);
  const spikes = Uint32Array.from(
    [...flags.keys()].filter((i) => flags[i] === 1),
    (i) => i + 1,
  );
  if (rate > 0 && spikes.length > 0) {
    reader.problems.add(rateNode!.at, 'give spikes or a rate, not both');
  }
  if (reader.problems.count > before) return null;
  return { kind: 'input', spikes, period: rate > 0 ? Math.trunc(1 / rate) : 0 };
}

/** What to do about an attribute that is not known. */
function meant(key: string, keys: ReadonlySet<string>): string {
  const guess = nearest(key, [...keys, ...OF_ALL]);
  return guess === undefined ? `attributes: ${[...keys].join(', ')}` : `did you mean ${guess}?`;
}

/** 1 or 0 for each step from 1 on. */
function spikeFlags(node: TreeNode, reader: TreeReader): Float64Array {
  const flags = reader.numbers(node, 'spikes') ?? new Float64Array(0);
  const bad = flags.findIndex((flag) => flag !== 0 && flag !== 1);
  if (bad >= 0) reader.problems.add(node.at, `spikes[${bad}]: expected 0 or 1, got ${flags[bad]}`);
  return flags;
}
