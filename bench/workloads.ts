/**
 * Four neutral, deterministic networks that other simulators have run too, with the spike hash every
 * exact implementation must give. Recipe: splitmix.ts; each builder states its own.
 *
 * Shared rules of the recipe, in our registers: current decay 742/4096 is du = 741 (dsOffset 1); threshold
 * 48576 is vthMant 759; `refr` held steps are refract = refr + 1; a spike at t over delay d arrives at
 * t + d, which is our t + 1 + (d - 1). Recipe steps count from 0, ours from 1.
 */
import { cells, connectors, Network, SeamountError, sources, synapses } from '../src/index.js';
import { SplitMix, threshold } from './splitmix.js';

export interface Workload {
  readonly name: string;
  readonly title: string;
  readonly steps: number;
  readonly profile: 'loihi1' | 'unlimited';
  /** Compartments per core where the profile does not say. */
  readonly coreSize: number | null;
  /** Neurons below this id are host sources; their spikes are stamped with their arrival, one step later than the recipe's. */
  readonly inputs: number;
  readonly spikes: number;
  readonly events: number;
  readonly spikeHash: string;
  build(): Network;
}

const DU = 741;
const DV = 200;
const VTH_MANT = 759;
const VTH = VTH_MANT * 64;

/** Starts of rows that all have one length. */
const equalRows = (rows: number, length: number): Uint32Array =>
  new Uint32Array(rows + 1).map((_, row) => row * length);

/** W1: 4000 neurons, 2 % of pairs, 80 % excitatory (+6), 20 % inhibitory (-67). After Vogels-Abbott CUBA in size and constants. */
function balancedRandom(): Network {
  const n = 4000;
  const excitatory = 3200;
  const pairs = new SplitMix(1001, 1);
  const initial = new SplitMix(1001, 2);
  const p = threshold(2, 100);
  const start = new Uint32Array(n + 1);
  const post = new Uint32Array(400_000);
  let synapsesMade = 0;
  for (let i = 0; i < n; i++) {
    for (let j = 0; j < n; j++) if (i !== j && pairs.draw(i * n + j) < p) post[synapsesMade++] = j;
    start[i + 1] = synapsesMade;
  }
  const net = new Network({ label: 'W1 balanced random' });
  const v0 = Int32Array.from({ length: n }, (_, i) => initial.below(i, VTH));
  const cell = cells.loihi({ du: DU, dv: DV, vthMant: VTH_MANT, bias: 4000, refract: 6, v0 });
  const all = net.population(n, cell, 'neurons');
  const rows = (from: number, to: number) =>
    connectors.fromRows({
      start: start.subarray(from, to + 1).map((k) => k - start[from]!),
      post: post.subarray(start[from], start[to]),
    });
  net.projection(
    all.slice(0, excitatory),
    all,
    rows(0, excitatory),
    synapses.static({ weight: 6, signMode: 'excitatory' }),
  );
  net.projection(
    all.slice(excitatory),
    all,
    rows(excitatory, n),
    synapses.static({ weight: -67, signMode: 'inhibitory' }),
  );
  return net;
}

/** W2: 100,000 neurons, 100 targets each, delays 1..16, 80 % excitatory (+10), 20 % inhibitory (-100). After Brunel. */
function brunelLike(): Network {
  const n = 100_000;
  const excitatory = 80_000;
  const fanOut = 100;
  const targets = new SplitMix(1002, 1);
  const initial = new SplitMix(1002, 2);
  const drive = new SplitMix(1002, 3);
  const post = new Uint32Array(n * fanOut);
  const delay = new Uint8Array(n * fanOut);
  const row = new Uint32Array(fanOut);
  for (let i = 0; i < n; i++) {
    // Target and draw as one number: sorted, targets ascend and those drawn twice stay in the order drawn.
    for (let k = 0; k < fanOut; k++) {
      const t = targets.below(i * fanOut + k, n);
      row[k] = (t === i ? (t + 1) % n : t) * 2048 + k * 16 + (targets.low & 15);
    }
    row.sort();
    for (let k = 0; k < fanOut; k++) {
      post[i * fanOut + k] = row[k]! >>> 11;
      delay[i * fanOut + k] = row[k]! & 15;
    }
  }
  const net = new Network({ label: 'W2 Brunel-like' });
  const all = net.population(
    n,
    cells.loihi({
      du: 1611,
      dv: DV,
      vthMant: VTH_MANT,
      biasMant: Int32Array.from({ length: n }, (_, i) => 2700 + drive.below(i, 801)),
      refract: 3,
      v0: Int32Array.from({ length: n }, (_, i) => initial.below(i, VTH)),
    }),
    'neurons',
  );
  const rows = (from: number, to: number) =>
    connectors.fromRows({
      start: equalRows(to - from, fanOut),
      post: post.subarray(from * fanOut, to * fanOut),
      delay: delay.subarray(from * fanOut, to * fanOut),
    });
  net.projection(
    all.slice(0, excitatory),
    all,
    rows(0, excitatory),
    synapses.static({ weight: 10, signMode: 'excitatory' }),
  );
  net.projection(
    all.slice(excitatory),
    all,
    rows(excitatory, n),
    synapses.static({ weight: -100, signMode: 'inhibitory' }),
  );
  return net;
}

/** W3: dense layers 784-1024-1024-10, weights -15..15 (kept as 2w with exponent -1, since mixed mantissas are even), 100 Hz input. */
function denseLayers(): Network {
  const sizes = [784, 1024, 1024, 10];
  const steps = 1000;
  const weights = new SplitMix(1003, 1);
  const input = new SplitMix(1003, 2);
  const p = threshold(1, 10);
  const neurons: number[] = [];
  const arrivals: number[] = [];
  for (let t = 0, k = 0; t < steps; t++)
    for (let i = 0; i < sizes[0]!; i++, k++)
      if (input.draw(k) < p) {
        neurons.push(i);
        arrivals.push(t + 2);
      }
  const net = new Network({ label: 'W3 dense layers' });
  const cell = cells.loihi({ du: DU, dv: DV, vthMant: VTH_MANT, bias: 2000, refract: 3 });
  let layer = net.population(sizes[0]!, sources.spikeArray({ neurons, steps: arrivals }), 'input');
  let q = 0;
  for (const [l, size] of sizes.slice(1).entries()) {
    const next = net.population(size, cell, `layer ${l + 1}`);
    const data = new Int16Array(layer.size * size);
    for (let i = 0; i < data.length; i++, q++) data[i] = 2 * (weights.below(q, 31) - 15);
    net.projection(
      layer,
      next,
      connectors.allToAll(),
      synapses.static({ weight: data, weightExp: -1, signMode: 'mixed', format: 'dense' }),
    );
    layer = next;
  }
  return net;
}

/** W4: a million neurons, 32 targets each (+8), one of a thousand driven and alone in spiking. */
function sparseIdle(): Network {
  const n = 1_000_000;
  const fanOut = 32;
  const group = 1000;
  const targets = new SplitMix(1004, 1);
  const driven = new SplitMix(1004, 2);
  const initial = new SplitMix(1004, 3);
  const post = new Uint32Array(n * fanOut);
  for (let i = 0, q = 0; i < n; i++) {
    for (let k = 0; k < fanOut; k++, q++) {
      const t = targets.below(q, n);
      post[q] = t === i ? (t + 1) % n : t;
    }
    post.subarray(q - fanOut, q).sort();
  }
  const biasMant = new Int32Array(n);
  const v0 = new Int32Array(n);
  for (let c = 0; c < n / group; c++) {
    const i = c * group + driven.below(c, group);
    biasMant[i] = 3200;
    v0[i] = initial.below(c, VTH);
  }
  const net = new Network({ label: 'W4 sparse idle' });
  const all = net.population(
    n,
    cells.loihi({ du: DU, dv: DV, vthMant: VTH_MANT, biasMant, biasExp: 1, refract: 2, v0 }),
    'neurons',
  );
  net.projection(
    all,
    all,
    connectors.fromRows({ start: equalRows(n, fanOut), post }),
    synapses.static({ weight: 8, signMode: 'excitatory' }),
  );
  return net;
}

export const WORKLOADS: readonly Workload[] = [
  {
    name: 'W1',
    title: 'balanced random 4k, 10 s',
    steps: 10_000,
    profile: 'loihi1',
    coreSize: 500,
    inputs: 0,
    spikes: 498_804,
    events: 39_971_451,
    spikeHash: 'e14a0e8ef004c569',
    build: balancedRandom,
  },
  {
    name: 'W2',
    title: 'Brunel-like 100k, 10 M synapses',
    steps: 1000,
    profile: 'unlimited',
    coreSize: 12_500,
    inputs: 0,
    spikes: 1_000_088,
    events: 100_008_800,
    spikeHash: '8deb10b4233864b3',
    build: brunelLike,
  },
  {
    name: 'W3',
    title: 'dense 784-1024-1024-10',
    steps: 1000,
    profile: 'unlimited',
    coreSize: 1024,
    inputs: 784,
    spikes: 185_089,
    events: 136_466_170,
    spikeHash: 'c83841a36eaef707',
    build: denseLayers,
  },
  {
    name: 'W4',
    title: '1 M neurons, 0.1 % driven',
    steps: 1000,
    profile: 'unlimited',
    coreSize: 125_000,
    inputs: 0,
    spikes: 91_306,
    events: 2_921_792,
    spikeHash: '9194830877df18de',
    build: sparseIdle,
  },
];

/** Throws E_USAGE for a name there is not. */
export function workloadNamed(name: string): Workload {
  const found = WORKLOADS.find((workload) => workload.name === name);
  if (found === undefined)
    throw new SeamountError(
      'E_USAGE',
      `there is no workload '${name}'`,
      `one of ${WORKLOADS.map((workload) => workload.name).join(', ')}`,
    );
  return found;
}
