/**
 * Whether shards are as heavy as routing/shard.ts predicts: W1, W2, W3 and a network of unlike halves, every shard's
 * predicted share of the work against its share of the measured time. In turns in one thread, so that neither the
 * barrier nor a busy neighbour is measured with them.
 */
import { Chip, type ChipImage } from '../routing/index.js';
import { cells, compile, connectors, Network, synapses } from '../src/index.js';
import type { Experiment, Settings } from './experiment.js';
import type { Finding } from './report.js';
import { SplitMix } from './splitmix.js';
import { workloadNamed } from './workloads.js';

const SHARDS = [2, 4];

interface Subject {
  readonly name: string;
  readonly steps: number;
  image(): ChipImage;
}

/** 16,000 neurons that drive 4,000 others with 200 synapses each, all of them at some 15 Hz: few synapses here, few neurons there. */
function unlikeHalves(): Network {
  const [many, few, fan] = [16_000, 4000, 50];
  const random = new SplitMix(21, 1);
  const net = new Network({ label: 'unlike halves' });
  const bias = Int32Array.from({ length: many }, (_, i) => 1500 + random.below(i, 1500));
  const cell = cells.loihi({ du: 741, dv: 0, vthMant: 2000, bias, refract: 3 });
  const pre = net.population(many, cell, 'many');
  const post = net.population(few, cells.loihi({ du: 741, dv: 100, vthMant: 2000, refract: 3 }), 'few');
  const start = new Uint32Array(many + 1).map((_, i) => i * fan);
  const targets = new Uint32Array(many * fan).map((_, q) => random.below(many + q, few));
  for (let i = 0; i < many; i++) targets.subarray(i * fan, (i + 1) * fan).sort();
  net.projection(pre, post, connectors.fromRows({ start, post: targets }), synapses.static({ weight: 4 }));
  return net;
}

const ofWorkload = (name: string, coreSize: number | null, steps: number): Subject => ({
  name,
  steps,
  image: () => {
    const workload = workloadNamed(name);
    const { profile } = workload;
    return compile(workload.build(), { profile, ...(coreSize === null ? {} : { coreSize }) }).image;
  },
});

const SUBJECTS: readonly Subject[] = [
  ofWorkload('W1', null, 5000),
  ofWorkload('W2', 3125, 300),
  ofWorkload('W3', 128, 900),
  {
    name: 'unlike halves',
    steps: 2000,
    image: () => compile(unlikeHalves(), { profile: 'unlimited', coreSize: 1000 }).image,
  },
];

/** Least time of each shard in several runs, since a neighbour only ever adds to it, as shares; and the predicted ones. */
async function sharesOf(image: ChipImage, workers: number, steps: number, reps: number) {
  let least: number[] = [];
  let shards: Chip['balance'] = [];
  for (let rep = 0; rep < reps; rep++) {
    await using chip = await Chip.open(image, { workers, pool: 'inline' });
    await chip.run(steps);
    shards = chip.balance;
    least = shards.map(({ time }, i) => Math.min(least[i] ?? Number.POSITIVE_INFINITY, time?.busyMs ?? 0));
  }
  const total = least.reduce((sum, each) => sum + each, 0);
  return shards.map(({ share, firstCore, cores }, i) => ({
    firstCore,
    cores,
    predicted: share,
    measured: least[i]! / total,
    nsPerStep: (least[i]! * 1e6) / steps,
  }));
}

const percent = (parts: readonly number[]): string => parts.map((part) => (100 * part).toFixed(1)).join(' ');

async function measure(subject: Subject, { reps, say }: Settings): Promise<readonly Finding[]> {
  const image = subject.image();
  const findings: Finding[] = [];
  for (const workers of SHARDS) {
    say(`${subject.name}, ${workers} shards`);
    const shards = await sharesOf(image, workers, subject.steps, Math.max(3, reps));
    const predictedImbalance = workers * Math.max(...shards.map(({ predicted }) => predicted));
    const measuredImbalance = workers * Math.max(...shards.map(({ measured }) => measured));
    findings.push({
      kind: 'balance',
      name: `balance/${subject.name}/${workers}`,
      data: {
        workload: subject.name,
        cores: image.cores.length,
        shards,
        predictedImbalance,
        measuredImbalance,
      },
      row: {
        workload: subject.name,
        cores: shards.map(({ cores }) => cores).join(' '),
        'predicted shares, %': percent(shards.map(({ predicted }) => predicted)),
        'measured shares, %': percent(shards.map(({ measured }) => measured)),
        'largest x shards, predicted': predictedImbalance.toFixed(3),
        measured: measuredImbalance.toFixed(3),
      },
    });
  }
  return findings;
}

export const experiments: readonly Experiment[] = [
  {
    name: 'balance',
    title: 'predicted against measured shares of the work',
    quick: false,
    run: async (settings) => {
      const findings: Finding[] = [];
      for (const subject of SUBJECTS) findings.push(...(await measure(subject, settings)));
      return findings;
    },
  },
];
