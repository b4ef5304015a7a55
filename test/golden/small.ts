/**
 * Small recordings made here, by loops that share no code with the emulator: what tests break in one place
 * and expect to be told about in exactly that place.
 */
import { gzipSync } from 'node:zlib';
import { type VerifyOptions, verifyRecordings } from '../../src/verify/verify.js';
import type { FileReport, VerifyReport } from '../../src/verify/report.js';

/** A JSON value tests may edit. */
// biome-ignore lint/suspicious/noExplicitAny: recordings are edited by path, right and wrong
export type Json = any;

const decay = (x: number, keep: number): number => Math.sign(x) * Math.floor((Math.abs(x) * keep) / 4096);

export const header = (kind: string, peer = 'nengo-loihi') => ({
  schema: 'loihi-golden/1',
  peer,
  peerVersion: 'a loop in a test',
  kind,
});

/** One leaky neuron, two axons, 40 steps. */
export function smallLif(peer = 'nengo-loihi'): Json {
  const params = { du: 1023, dv: 255, vthMant: 100, biasMant: 7, biasExp: 4, refract: 3 };
  const axons = [
    { mant: 50, exp: 0, eff: 3200 },
    { mant: -20, exp: 1, eff: -2560 },
  ];
  const events = [
    [2, 0],
    [2, 0],
    [3, 0],
    [3, 1],
    [5, 0],
    [9, 0],
    [10, 0],
    [20, 1],
    [21, 0],
  ];
  const u: number[] = [];
  const v: number[] = [];
  const spikes: number[] = [];
  let current = 0;
  let voltage = 0;
  let heldUntil = 0;
  for (let t = 1; t <= 40; t++) {
    const input = events.filter(([step]) => step === t).reduce((sum, [, a]) => sum + axons[a!]!.eff, 0);
    current = decay(current, 4095 - params.du) + input;
    voltage = t < heldUntil ? 0 : decay(voltage, 4096 - params.dv) + current + (7 << 4);
    if (voltage > params.vthMant << 6) {
      spikes.push(t);
      voltage = 0;
      heldUntil = t + params.refract;
    }
    u.push(current);
    v.push(voltage);
  }
  return { ...header('lif', peer), cases: [{ id: 'small', steps: 40, params, axons, events, u, v, spikes }] };
}

/** Twelve neurons in a ring over three cores, each reaching the next two with delays, four of them driven, some steps `repeats` times more. */
export function smallNetwork(peer = 'loihi1', repeats = 0): Json {
  const n = 12;
  const steps = 60;
  const nInputs = 4;
  const params = { du: 1500, dv: 400, vthMant: 120, biasMant: 0, biasExp: 0, refract: 2 };
  const fanout: number[] = [];
  const post: number[] = [];
  const weight: number[] = [];
  const delay: number[] = [];
  for (let i = 0; i < n; i++) {
    fanout.push(2);
    post.push((i + 1) % n, (i + 2) % n);
    weight.push(100, i % 3 === 0 ? -60 : 48);
    delay.push(i % 3, 1);
  }
  for (let k = 0; k < nInputs; k++) {
    fanout.push(1);
    post.push(3 * k);
    weight.push(160);
    delay.push(0);
  }
  const start = fanout.map((_, a) => fanout.slice(0, a).reduce((sum, f) => sum + f, 0));
  const inputEvents: { step: number[]; axon: number[] } = { step: [], axon: [] };
  for (let t = 1; t <= steps; t++) {
    for (let k = 0; k < nInputs; k++) {
      if ((t * 7 + k * 5) % 11 > 3) continue;
      for (let copy = 0; copy <= (t % 5 === k ? repeats : 0); copy++) {
        inputEvents.step.push(t);
        inputEvents.axon.push(k);
      }
    }
  }
  const arriving = Array.from({ length: steps + 8 }, () => new Array<number>(n).fill(0));
  const deliver = (axon: number, t: number): void => {
    for (let s = start[axon]!; s < start[axon]! + fanout[axon]!; s++) {
      arriving[t + delay[s]!]![post[s]!]! += 64 * weight[s]!;
    }
  };
  const u = new Array<number>(n).fill(0);
  const v = new Array<number>(n).fill(0);
  const heldUntil = new Array<number>(n).fill(0);
  const sample = [0, 4, 5, 11];
  const perStep: number[] = [];
  const neuron: number[] = [];
  const us: number[][] = [];
  const vs: number[][] = [];
  for (let t = 1; t <= steps; t++) {
    inputEvents.step.forEach((step, k) => {
      if (step === t) deliver(n + inputEvents.axon[k]!, t);
    });
    let fired = 0;
    for (let i = 0; i < n; i++) {
      u[i] = decay(u[i]!, 4095 - params.du) + arriving[t]![i]!;
      v[i] = t < heldUntil[i]! ? 0 : decay(v[i]!, 4096 - params.dv) + u[i]!;
      if (v[i]! <= params.vthMant << 6) continue;
      v[i] = 0;
      heldUntil[i] = t + params.refract;
      neuron.push(i);
      fired++;
      deliver(i, t + 1);
    }
    perStep.push(fired);
    us.push(sample.map((i) => u[i]!));
    vs.push(sample.map((i) => v[i]!));
  }
  return {
    ...header('network', peer),
    name: 'ring',
    n,
    steps,
    nInputs,
    cores: [
      [0, 5],
      [5, 9],
      [9, 12],
    ],
    params,
    synapses: { nSyn: post.length, nAxons: n + nInputs, fanout, post, weight, delay },
    inputEvents,
    spikes: { perStep, neuron, total: neuron.length },
    sample,
    u: us,
    v: vs,
  };
}

/** Two inputs, one output with a delay, weights halved as a sum. */
export function smallConn(): Json {
  const sIn = [
    [1, 1],
    [1, 0],
    [1, 1],
    [0, 0],
    [0, 0],
  ];
  const weights = [[11, -6]];
  const stored = [10, -6];
  const delays = [[0, 2]];
  const aOut = sIn.map((_, k) => {
    const first = sIn[k - 1]?.[0] === 1 ? Math.floor(stored[0]! / 4) : 0;
    const second = sIn[k - 3]?.[1] === 1 ? Math.floor(stored[1]! / 4) : 0;
    return [first + second];
  });
  const common = {
    model: 'PyDelaySparseModelBitAcc',
    signMode: 'MIXED',
    weightExp: -2,
    numWeightBits: 8,
    graded: false,
  };
  return {
    ...header('conn', 'lava'),
    cases: [{ ...common, weights, delays, storedWeights: [stored], sIn, aOut }],
  };
}

/** Two neurons, one with noise on its voltage. */
export function smallNoise(): Json {
  const params = {
    du: 4095,
    dv: 0,
    vth: 640,
    bias: 100,
    refract: 1,
    noiseExp: 8,
    noiseMantOffset: 1,
    noiseAtMembrane: 1,
    enable: [1, 0],
  };
  const raw = [3, -100, 127, -127, 0, 64].map((x) => [x, 5]);
  const v: number[][] = [];
  const spiked: number[][] = [];
  const state = [0, 0];
  for (const [draw] of raw) {
    const now = state.map((x, i) => x + 100 + (i === 0 ? (draw! + 64) * 2 : 0));
    spiked.push(now.map((x) => (x > 640 ? 1 : 0)));
    now.forEach((x, i) => {
      state[i] = x > 640 ? 0 : x;
    });
    v.push([...state]);
  }
  const u = raw.map(() => [0, 0]);
  return { ...header('noise'), cases: [{ n: 2, steps: raw.length, params, raw, u, v, spiked }] };
}

export const smallTables = (): Json => ({
  ...header('tables'),
  decay: {
    columns: ['x', 'decay', 'offset', 'result'],
    rows: [
      [-1000, 100, 1, -975],
      [7, 4095, 1, 0],
    ],
  },
  overflow: {
    columns: ['x', 'bits', 'result', 'overflowed'],
    rows: [
      [2 ** 21, 21, -(2 ** 21), 1],
      [5, 21, 5, 0],
    ],
  },
  weights: [{ fanoutType: 1, weightBits: 8, exp: 0, mant: [3, -5, 254], eff: [256, -256, 16256] }],
});

/** Int32 table as a packed array. */
export function packed(rows: number[][], dtype: 'int32' | 'int16' = 'int32'): Json {
  const flat = rows.flat();
  const bytes = dtype === 'int32' ? Int32Array.from(flat) : Int16Array.from(flat);
  return {
    dtype,
    shape: [rows.length, rows[0]!.length],
    b64: Buffer.from(bytes.buffer).toString('base64'),
  };
}

export const bytesOf = (recording: unknown): Uint8Array => gzipSync(JSON.stringify(recording));

export async function replayAll(recording: unknown, options: VerifyOptions = {}): Promise<VerifyReport> {
  return verifyRecordings([{ name: 'small.json.gz', read: () => bytesOf(recording) }], {
    kernels: 'scalar',
    ...options,
  });
}

export async function replay(recording: unknown, options: VerifyOptions = {}): Promise<FileReport> {
  return (await replayAll(recording, options)).files[0]!;
}
