/**
 * Networks of the size and shape that SANA-FE's speed was recorded on (its figures are in timing.ts): random ones of
 * 1,000 and 10,000 neurons over all 128 cores of a chip, and a convolutional one of the size of a gesture
 * recogniser. Only shape and rates are those of the peer: weights are drawn by splitmix.ts.
 */
import { cells, connectors, Network, synapses } from '../src/index.js';
import { SplitMix } from './splitmix.js';

const CORES = 128;

export interface PeerNetwork {
  readonly name: string;
  readonly title: string;
  readonly steps: number;
  /** Compartments per core, so that the chip's 128 cores are used as the peer's were. */
  readonly coreSize: number;
  /** Steps per second that SANA-FE ran with model `detailed`, in user time of one thread. */
  readonly peerSteps: number;
  build(): Network;
}

/** Neurons that fire by their bias in turn, every 27th step as a mean: 3.7 % a step. Weights are too small to change that much. */
function random(neurons: number): Network {
  const fanOut = 100;
  const targets = new SplitMix(2000 + neurons, 1);
  const drive = new SplitMix(2000 + neurons, 2);
  const post = new Uint32Array(neurons * fanOut);
  const weight = new Int32Array(neurons * fanOut);
  const row = new Uint32Array(fanOut);
  for (let i = 0; i < neurons; i++) {
    for (let k = 0; k < fanOut; k++) row[k] = targets.below(i * fanOut + k, neurons);
    row.sort();
    for (let k = 0; k < fanOut; k++) {
      post[i * fanOut + k] = row[k]!;
      weight[i * fanOut + k] = drive.below(neurons + i * fanOut + k, 2) === 0 ? 2 : -2;
    }
  }
  const net = new Network({ label: `${neurons} neurons at random` });
  const cell = cells.loihi({
    vthMant: 2700,
    biasExp: 6,
    biasMant: Int32Array.from({ length: neurons }, (_, i) => 80 + drive.below(i, 41)),
    v0: Int32Array.from({ length: neurons }, (_, i) => targets.below(neurons * fanOut + i, 2700 * 64)),
  });
  const all = net.population(neurons, cell, 'neurons');
  const start = new Uint32Array(neurons + 1).map((_, i) => i * fanOut);
  net.projection(all, all, connectors.fromRows({ start, post, weight }), synapses.static());
  return net;
}

/** Input 32 x 32, then 15 x 15 x 16, 13 x 13 x 32, 11 x 11 x 64, 9 x 9 x 11 by kernels of 3 x 3, then 11: 18,678 neurons. */
function gestures(): Network {
  const draws = new SplitMix(2018, 1);
  let drawn = 0;
  const weights = (length: number, excitatory: number): Int32Array =>
    Int32Array.from({ length }, () => {
      const magnitude = 2 + 2 * draws.below(drawn++, 24);
      return draws.below(drawn++, 100) < excitatory ? magnitude : -magnitude;
    });
  const net = new Network({ label: 'convolutional, 18,678 neurons' });
  const cell = (bias: number) => cells.loihi({ dv: 1, vthMant: 400, biasExp: 6, biasMant: bias });
  const input = net.population(
    1024,
    cells.loihi({
      vthMant: 4095,
      biasExp: 6,
      biasMant: Int32Array.from({ length: 1024 }, (_, i) => draws.below(100_000 + i, 600)),
    }),
    'input',
  );
  const shapes = [
    [1, 32, 32],
    [16, 15, 15],
    [32, 13, 13],
    [64, 11, 11],
    [11, 9, 9],
  ] as const;
  let before = input;
  for (let layer = 1; layer < shapes.length; layer++) {
    const [channels, height, width] = shapes[layer]!;
    const from = shapes[layer - 1]!;
    const size = channels * height * width;
    const next = net.population(size, cell(2), `conv${layer}`);
    const data = weights(channels * from[0] * 9, 54);
    const kernel = { shape: [channels, from[0], 3, 3] as const, data };
    net.projection(
      before,
      next,
      connectors.conv2d({ inputShape: from, kernel, stride: layer === 1 ? 2 : 1 }),
      synapses.static(),
    );
    before = next;
  }
  const output = net.population(11, cell(0), 'output');
  net.projection(
    before,
    output,
    connectors.matrix({ rows: 891, columns: 11, data: weights(891 * 11, 54) }),
    synapses.static(),
  );
  return net;
}

export const PEER_NETWORKS: readonly PeerNetwork[] = [
  {
    name: '1k',
    title: '1,000 neurons x 100 at random over 125 cores',
    steps: 2000,
    coreSize: 1000 / 125,
    peerSteps: 93,
    build: () => random(1000),
  },
  {
    name: '10k',
    title: '10,000 neurons x 100 at random over 127 cores',
    steps: 100,
    coreSize: Math.ceil(10_000 / CORES),
    peerSteps: 3.3,
    build: () => random(10_000),
  },
  {
    name: 'gestures',
    title: 'convolutional, 18,678 neurons',
    steps: 1000,
    coreSize: 256,
    peerSteps: 64,
    build: gestures,
  },
];
