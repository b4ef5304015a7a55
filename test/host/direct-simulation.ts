/**
 * The rules once more, for a whole network, without compartments, axons, delay lines or cores: what compiled
 * networks are compared with. As plain as possible; every synapse is looked at in every step.
 */
import type { ChipProfile } from '../../cores/index.js';

export interface DirectNeuron {
  readonly du: number;
  readonly dv: number;
  readonly vthMant: number;
  readonly biasMant: number;
  readonly biasExp: number;
  readonly refract: number;
}

export interface DirectSynapse {
  /** Neuron, or source + number of neurons. */
  readonly pre: number;
  readonly post: number;
  /** Mantissa as stored. */
  readonly mantissa: number;
  readonly exp: number;
  readonly delay: number;
  /** The connection whose sum a negative exponent may apply to. */
  readonly projection: number;
}

export interface DirectRun {
  /** [step][spiking neurons], ascending */
  readonly spikes: readonly (readonly number[])[];
  /** [step][neuron] */
  readonly u: readonly (readonly number[])[];
  readonly v: readonly (readonly number[])[];
}

const truncated = (x: number, keep: number): number => Math.trunc((x * keep) / 4096) + 0;

function wrapped(x: number, rule: ChipProfile['rules']['current']): number {
  if (rule.kind === 'none') return x;
  if (rule.kind === 'lavaWrap') return x > 2 ** 23 ? x - 2 ** 24 : x <= -(2 ** 23) ? x + 2 ** 24 : x;
  return Number(BigInt.asIntN(rule.bits + 1, BigInt(x)));
}

/** `arrivals[t]`: sources whose spikes reach their axons in step t (1-based; index 0 is unused). */
export function simulateDirectly(
  { rules }: ChipProfile,
  neurons: readonly DirectNeuron[],
  synapses: readonly DirectSynapse[],
  arrivals: readonly (readonly number[])[],
  steps: number,
): DirectRun {
  const n = neurons.length;
  const u = new Array<number>(n).fill(0);
  const v = new Array<number>(n).fill(0);
  const held = new Array<number>(n).fill(0);
  const fired: boolean[][] = [new Array<boolean>(n).fill(false)];
  const run = { spikes: [] as number[][], u: [] as number[][], v: [] as number[][] };
  const events = (axon: number, step: number): number => {
    if (step < 1) return 0;
    if (axon < n) return fired[step - 1]![axon] ? 1 : 0;
    return (arrivals[step] ?? []).filter((source) => source === axon - n).length;
  };
  for (let t = 1; t <= steps; t++) {
    const q = new Array<number>(n).fill(0);
    const shifted = new Map<string, { post: number; sum: number; shift: number }>();
    for (const { pre, post, mantissa, exp, delay, projection } of synapses) {
      const count = events(pre, t - delay);
      if (count === 0) continue;
      if (exp < 0 && rules.weights.negativeExponent === 'connectionSum') {
        const key = `${projection} ${delay} ${post}`;
        const sum = shifted.get(key) ?? { post, sum: 0, shift: -exp };
        sum.sum += count * mantissa;
        shifted.set(key, sum);
      } else {
        q[post]! += count * weightOf(mantissa, exp, rules);
      }
    }
    for (const { post, sum, shift } of shifted.values()) q[post]! += (sum >> shift) * 64;
    const now = new Array<boolean>(n).fill(false);
    for (const [i, neuron] of neurons.entries()) {
      const input = wrapped(q[i]!, rules.inputSum);
      u[i] = wrapped(truncated(u[i]!, Math.max(0, 4096 - neuron.du - rules.dsOffset)) + input, rules.current);
      const bias = Math.floor(neuron.biasMant * 2 ** neuron.biasExp);
      const drive = wrapped(u[i]! + bias, rules.biasSum);
      v[i] = truncated(v[i]!, 4096 - neuron.dv - rules.dmOffset) + drive;
      if (rules.voltage !== 'none') v[i] = Math.max(-(2 ** 23) + 1, Math.min(2 ** 23 - 1, v[i]!));
      if (held[i]! > 0) {
        held[i]!--;
        v[i] = 0;
      }
      if (v[i]! > neuron.vthMant * 64) {
        now[i] = true;
        v[i] = 0;
        held[i] = Math.max(neuron.refract, 1) - 1;
      }
    }
    fired.push(now);
    run.spikes.push(now.flatMap((spiked, i) => (spiked ? [i] : [])));
    run.u.push([...u]);
    run.v.push([...v]);
  }
  return run;
}

function weightOf(mantissa: number, exp: number, { weights }: ChipProfile['rules']): number {
  let units = mantissa * 2 ** exp;
  if (exp < 0 && weights.negativeExponent === 'synapseFloor') units = Math.floor(units);
  if (exp < 0 && weights.negativeExponent === 'synapseNearest') {
    const low = Math.floor(units);
    units = units - low === 0.5 ? low + (low & 1) : Math.round(units);
  }
  if (weights.clip) units = Math.max(-(2 ** 15) + 1, Math.min(2 ** 15 - 1, units));
  return units * 64;
}
