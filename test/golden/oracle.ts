/**
 * Random recordings by the peers' rules, computed with plain numbers and arrays that share nothing with the
 * emulator: no cores, no delay lines, no packed synapses. Rules: docs/semantics.md; sources there.
 */
import { header, type Json } from './small.js';

/** Deterministic numbers for test data (mulberry32). */
export class Dice {
  #state: number;
  constructor(seed: number) {
    this.#state = seed;
  }
  next(): number {
    this.#state = (this.#state + 0x6d2b79f5) | 0;
    let x = Math.imul(this.#state ^ (this.#state >>> 15), this.#state | 1);
    x ^= x + Math.imul(x ^ (x >>> 7), x | 61);
    return ((x ^ (x >>> 14)) >>> 0) / 2 ** 32;
  }
  /** low..high inclusive */
  int(low: number, high: number): number {
    return low + Math.floor(this.next() * (high - low + 1));
  }
  chance(p: number): boolean {
    return this.next() < p;
  }
  pick<T>(list: readonly T[]): T {
    return list[this.int(0, list.length - 1)]!;
  }
  many<T>(n: number, make: (i: number) => T): T[] {
    return Array.from({ length: n }, (_, i) => make(i));
  }
}

export type PeerName = 'nengo-loihi' | 'lava' | 'brian2_loihi';

const decay = (x: number, keep: number): number => Math.trunc((x * keep) / 4096);
const wrap = (x: number, bits: number): number => {
  const span = 2 ** (bits + 1);
  return ((((x + span / 2) % span) + span) % span) - span / 2;
};
const lavaWrap = (x: number): number => (x > 2 ** 23 ? x - 2 ** 24 : x <= -(2 ** 23) ? x + 2 ** 24 : x);
const clip = (x: number, min: number, max: number): number => Math.max(min, Math.min(max, x));
const even = (x: number): number => {
  const floor = Math.floor(x);
  return x - floor > 0.5 || (x - floor === 0.5 && floor % 2 !== 0) ? floor + 1 : floor;
};

/** nengo-loihi `discretize_weights`: 8 bits, mixed. */
export function nengoWeight(mant: number, exp: number): number {
  const kept = clip(even(mant / 2), -127, 127);
  if (exp >= -1) return kept * 2 ** (exp + 7);
  const coarse = 2 ** (-1 - exp);
  return Math.floor(clip(even(kept / coarse) * coarse, -127, 127) / coarse) * 64;
}

/** Brian2Loihi `calcActualWeights`; sign mode 1 is mixed. */
export function brianWeight(mant: number, exp: number, bits: number, signMode: number): number {
  const step = 2 ** (8 - bits + (signMode === 1 ? 1 : 0));
  return clip(Math.floor(Math.trunc(mant / step) * step * 2 ** exp) * 64, 64 - 2 ** 21, 2 ** 21 - 64);
}

/** Lava `truncate_weights` after `clip_weights`. */
export function lavaStored(weight: number, bits: number, mode: string): number {
  const step = 2 ** (8 - bits + (mode === 'MIXED' ? 1 : 0));
  if (mode === 'INHIBITORY') return -Math.floor(clip(-weight, 0, 255) / step) * step + 0;
  return Math.floor(clip(weight, mode === 'MIXED' ? -256 : 0, 255) / step) * step;
}

export interface Neuron {
  du: number;
  dv: number;
  vthMant: number;
  biasMant: number;
  biasExp: number;
  refract: number;
  vmin: number;
  vmax: number;
}

export interface Soma {
  u: number;
  v: number;
  held: number;
}

/** One step of one neuron; returns whether it spiked. `input` is in the unit of u. */
export function stepNeuron(peer: PeerName, p: Neuron, s: Soma, input: number): boolean {
  const bias = Math.floor(p.biasMant * 2 ** p.biasExp);
  const u = decay(s.u, 4095 - p.du);
  const v = decay(s.v, 4096 - p.dv);
  if (peer === 'nengo-loihi') {
    s.u = wrap(u + wrap(input, 21), 23);
    s.v = clip(v + wrap(s.u + bias, 23), p.vmin, p.vmax);
  } else if (peer === 'lava') {
    s.u = lavaWrap(u + input);
    s.v = clip(v + s.u + bias, 1 - 2 ** 23, 2 ** 23 - 1);
  } else {
    s.u = u + input;
    s.v = v + s.u;
  }
  s.u += 0;
  s.v += 0;
  if (s.held > 0) s.v = 0;
  s.held = Math.max(0, s.held - 1);
  if (s.v <= p.vthMant * 64) return false;
  s.v = 0;
  s.held = Math.max(p.refract, 1) - 1;
  return true;
}

export function randomNeuron(dice: Dice, peer: PeerName): Neuron {
  const hasBias = peer !== 'brian2_loihi' && dice.chance(0.5);
  const isNengo = peer === 'nengo-loihi';
  const maxRefract = { 'nengo-loihi': 63, lava: 1, brian2_loihi: 64 }[peer];
  return {
    du: dice.pick([0, 4095, dice.int(50, 4000), dice.int(500, 2000)]),
    dv: dice.pick([dice.int(0, 300), dice.int(1, 4095), ...(peer === 'lava' ? [4096] : [])]),
    vthMant: dice.int(1, 2 ** dice.int(5, 12)),
    biasMant: hasBias ? dice.int(-400, 900) : 0,
    biasExp: hasBias ? dice.int(peer === 'lava' ? -6 : 0, 4) : 0,
    refract: dice.chance(0.5) ? 1 : dice.int(1, maxRefract),
    vmin: isNengo ? 1 - 2 ** dice.int(0, 23) : 1 - 2 ** 23,
    vmax: isNengo ? 2 ** (9 + 2 * dice.int(2, 7)) - 1 : 2 ** 23 - 1,
  };
}

/** A `lif` recording of `count` neurons. */
export function randomLif(seed: number, peer: PeerName, count: number): Json {
  const dice = new Dice(seed);
  const cases = dice.many(count, (i) => {
    const steps = dice.int(30, 120);
    const p = randomNeuron(dice, peer);
    const axons = dice.many(dice.int(0, 6), () => {
      if (peer === 'nengo-loihi') {
        const [mant, exp] = [dice.int(-255, 255), dice.int(-6, 7)];
        return { mant, exp, eff: nengoWeight(mant, exp) };
      }
      if (peer === 'lava') {
        const [mant, exp] = [dice.int(-255, 255), dice.int(0, 6)];
        return { mant, exp, eff: mant * 2 ** (exp + 6) };
      }
      const signMode = dice.int(1, 3);
      const mant = dice.int(signMode === 2 ? 0 : -255, signMode === 3 ? 0 : 255);
      const [exp, bits] = [dice.int(-8, 2), dice.int(1, 8)];
      return {
        mant,
        exp,
        bits,
        signMode,
        delay: dice.int(0, 12),
        eff: brianWeight(mant, exp, bits, signMode),
      };
    });
    const events: [number, number][] = [];
    const soma: Soma = { u: 0, v: 0, held: 0 };
    const seen = { u: [] as number[], v: [] as number[], spikes: [] as number[] };
    for (let t = 1; t <= steps; t++) {
      let input = 0;
      for (const [a, axon] of axons.entries()) {
        for (let again = 0; again < 2 && dice.chance(0.2); again++) {
          events.push([t, a]);
          input += axon.eff;
        }
      }
      if (stepNeuron(peer, p, soma, input)) seen.spikes.push(t);
      seen.u.push(soma.u);
      seen.v.push(soma.v);
    }
    return { id: `random-${i}`, steps, params: paramsOf(peer, p), axons, events, ...seen };
  });
  return { ...header('lif', peer), cases };
}

function paramsOf(peer: PeerName, p: Neuron): Json {
  const { du, dv, vthMant, biasMant, biasExp, refract, vmin, vmax } = p;
  if (peer === 'brian2_loihi') return { decayI: du + 1, decayV: dv, vthMant, refract };
  if (peer === 'lava') return { du, dv, vthMant, biasMant, biasExp };
  return { du, dv, vthMant, biasMant, biasExp, refract, vmin, vmax };
}

/** A `network` recording: two to four cores, random fan-out, delays and weight formats as the peer has them. */
export function randomNetwork(seed: number, peer: PeerName): Json {
  const dice = new Dice(seed);
  const n = dice.pick([7, 20, 50]);
  const nInputs = dice.int(1, 8);
  const steps = 60;
  const cuts = [...new Set(dice.many(dice.int(1, 3), () => dice.int(1, n - 1)))].sort((a, b) => a - b);
  const cores = [0, ...cuts].map((lo, k) => [lo, cuts[k] ?? n] as const);
  const neurons = dice.many(n, () => randomNeuron(dice, peer));
  for (const [lo, hi] of cores) {
    for (const p of neurons.slice(lo, hi))
      Object.assign(p, { vmin: neurons[lo]!.vmin, vmax: neurons[lo]!.vmax });
  }
  const maxDelay = { 'nengo-loihi': 0, lava: dice.pick([0, 9, 63]), brian2_loihi: dice.pick([0, 9, 62]) }[
    peer
  ];
  const exp = peer === 'lava' ? dice.int(-5, 2) : 0;
  const bits = peer === 'lava' ? dice.int(2, 8) : 8;
  const synapses = dice.many(n + nInputs, (axon) =>
    dice
      .many(n, (post) => post)
      .filter(() => dice.chance(Math.min(1, 8 / n)))
      .map((post) => ({
        post,
        axon,
        weight: 2 * dice.int(axon < n ? -120 : 10, 120) + (peer === 'lava' && axon >= n ? dice.int(0, 1) : 0),
        delay: dice.int(0, maxDelay),
        exp: peer === 'nengo-loihi' ? dice.int(-6, 3) : exp,
      })),
  );
  const all = synapses.flat();
  const modeOf = (weights: readonly number[]): string =>
    Math.min(0, ...weights) === 0 ? 'EXCITATORY' : Math.max(0, ...weights) === 0 ? 'INHIBITORY' : 'MIXED';
  const modes = [true, false].map((own) =>
    modeOf(all.filter((s) => s.axon < n === own).map((s) => s.weight)),
  ) as [string, string];

  /** Sums by arrival step, neuron, and what is shifted together: connection and delay. */
  const arriving = Array.from({ length: steps + maxDelay + 2 }, () =>
    Array.from({ length: n }, () => new Map<number, number>()),
  );
  const deliver = (axon: number, t: number): void => {
    for (const s of synapses[axon]!) {
      const sums = arriving[t + s.delay]![s.post]!;
      const slot = (axon < n ? 0 : 64) + s.delay;
      const weight =
        peer === 'lava'
          ? lavaStored(s.weight, bits, axon < n ? modes[0] : modes[1])
          : peer === 'nengo-loihi'
            ? nengoWeight(s.weight, s.exp) / 64
            : s.weight;
      sums.set(slot, (sums.get(slot) ?? 0) + weight);
    }
  };
  const inputEvents = { step: [] as number[], axon: [] as number[] };
  const somata = neurons.map((): Soma => ({ u: 0, v: 0, held: 0 }));
  const sample = [0, Math.floor(n / 2), n - 1];
  const seen = { perStep: [] as number[], neuron: [] as number[], u: [] as number[][], v: [] as number[][] };
  for (let t = 1; t <= steps; t++) {
    for (let k = 0; k < nInputs; k++) {
      for (let again = 0; again < 2 && dice.chance(0.25); again++) {
        inputEvents.step.push(t);
        inputEvents.axon.push(k);
        deliver(n + k, t);
      }
    }
    const fired = neurons.flatMap((p, i) => {
      let input = 0;
      for (const sum of arriving[t]![i]!.values()) {
        input += 64 * (peer === 'lava' ? Math.floor(sum * 2 ** exp) : sum);
      }
      return stepNeuron(peer, p, somata[i]!, input) ? [i] : [];
    });
    for (const i of fired) deliver(i, t + 1);
    seen.perStep.push(fired.length);
    seen.neuron.push(...fired);
    seen.u.push(sample.map((i) => somata[i]!.u));
    seen.v.push(sample.map((i) => somata[i]!.v));
  }
  const column = (name: keyof Neuron): number[] => neurons.map((p) => p[name]);
  const params = Object.fromEntries(
    (['du', 'dv', 'vthMant', 'biasMant', 'biasExp', 'refract'] as const).map((name) => [name, column(name)]),
  );
  const format = {
    'nengo-loihi': {
      weightExpPerSynapse: all.map((s) => s.exp),
      effWeight: all.map((s) => nengoWeight(s.weight, s.exp)),
    },
    lava: { weightExp: exp, numWeightBits: bits, signMode: `recurrent: ${modes[0]}, input: ${modes[1]}` },
    brian2_loihi: {},
  }[peer];
  return {
    ...header('network', peer),
    name: `random-${seed}`,
    n,
    steps,
    nInputs,
    cores,
    params,
    vmin: cores.map(([lo]) => neurons[lo]!.vmin),
    vmax: cores.map(([lo]) => neurons[lo]!.vmax),
    synapses: {
      fanout: synapses.map((list) => list.length),
      post: all.map((s) => s.post),
      weight: all.map((s) => s.weight),
      delay: all.map((s) => s.delay),
    },
    inputEvents,
    spikes: { perStep: seen.perStep, neuron: seen.neuron },
    sample,
    u: seen.u,
    v: seen.v,
    ...format,
  };
}
