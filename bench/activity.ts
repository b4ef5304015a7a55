/**
 * What a step costs as a function of how many neurons have anything to do: a chip of a million neurons of which
 * from none to all are driven, each firing about every seventh step into eight others of the driven ones.
 */
import { performance } from 'node:perf_hooks';
import { Chip } from '../routing/index.js';
import { cells, compile, connectors, Network, synapses } from '../src/index.js';
import type { Experiment, Settings } from './experiment.js';
import { duration, type Finding, figure, rate } from './report.js';
import { SplitMix } from './splitmix.js';
import { fitLine, spread } from './statistics.js';

const NEURONS = 1_000_000;
const CORE_SIZE = 125_000;
const FAN = 8;
const FRACTIONS = [1e-4, 3e-4, 1e-3, 3e-3, 1e-2, 3e-2, 0.1, 0.3, 1];
/** Steps until the driven neurons are in their rhythm. */
const SETTLING = 100;
/** A measured piece of a run takes about so long. */
const PIECE_SECONDS = 0.05;
const MOST_STEPS = 200_000;

/** `driven` neurons, evenly spread over the cores. */
function network(driven: number): Network {
  const phase = new SplitMix(1005, 1);
  const target = new SplitMix(1005, 2);
  const neuron = (k: number): number => Math.floor((k * NEURONS) / driven);
  const biasMant = new Int32Array(NEURONS);
  const v0 = new Int32Array(NEURONS);
  const pre = new Uint32Array(driven * FAN);
  const post = new Uint32Array(driven * FAN);
  for (let k = 0; k < driven; k++) {
    biasMant[neuron(k)] = 3200;
    v0[neuron(k)] = phase.below(k, 48_576);
    for (let q = k * FAN; q < (k + 1) * FAN; q++) {
      pre[q] = neuron(k);
      post[q] = neuron(target.below(q, driven));
    }
  }
  const net = new Network({ label: `${driven} of ${NEURONS} driven` });
  const cell = cells.loihi({ du: 741, dv: 200, vthMant: 759, biasMant, biasExp: 1, refract: 2, v0 });
  const all = net.population(NEURONS, cell, 'neurons');
  if (driven > 0)
    net.projection(
      all,
      all,
      connectors.fromList({ pre, post }),
      synapses.static({ weight: 8, signMode: 'excitatory' }),
    );
  return net;
}

interface Point {
  readonly driven: number;
  /** Of all neurons, by the chip's own count of updates with work. */
  readonly activeFraction: number;
  readonly spikesPerStep: number;
  /** Seconds of a step, over pieces of a run. */
  readonly step: ReturnType<typeof spread>;
}

async function measure(
  driven: number,
  { reps, workers: [workers = 1], kernels, say }: Settings,
): Promise<Point> {
  say(`a million neurons, ${driven.toLocaleString('en')} driven`);
  const { image } = compile(network(driven), { profile: 'unlimited', coreSize: CORE_SIZE });
  await using chip = await Chip.open(image, { workers, kernels });
  const piece = async (steps: number): Promise<number> => {
    const started = performance.now();
    await chip.run(steps);
    return (performance.now() - started) / 1000 / steps;
  };
  let steps = SETTLING;
  for (
    let last = await piece(steps);
    last * steps < PIECE_SECONDS / 2 && steps < MOST_STEPS;
    last = await piece(steps)
  )
    steps = Math.min(MOST_STEPS, Math.max(2 * steps, Math.round(PIECE_SECONDS / last)));
  const before = chip.counters().totals;
  const times: number[] = [];
  for (let i = 0; i < Math.max(3, reps); i++) times.push(await piece(steps));
  const after = chip.counters().totals;
  const ran = steps * times.length;
  return {
    driven,
    activeFraction: Number(after.updatesActive - before.updatesActive) / ran / NEURONS,
    spikesPerStep: Number(after.spikes - before.spikes) / ran,
    step: spread(times),
  };
}

async function scaling(settings: Settings): Promise<readonly Finding[]> {
  const points: Point[] = [];
  for (const fraction of FRACTIONS) points.push(await measure(Math.round(fraction * NEURONS), settings));
  const line = fitLine(
    points.map(({ activeFraction, step }) => ({ x: activeFraction * NEURONS, y: step.median })),
  );
  return [
    ...points.map(
      (point): Finding => ({
        kind: 'activity',
        name: `scaling/${point.driven}`,
        data: { neurons: NEURONS, ...point },
        row: {
          driven: point.driven.toLocaleString('en'),
          active: `${figure(point.activeFraction * 100)} %`,
          'spikes a step': figure(point.spikesPerStep),
          'a step (least)': `${duration(point.step.median)} (${duration(point.step.min)})`,
          'for each active neuron': duration(point.step.median / (point.activeFraction * NEURONS)),
        },
      }),
    ),
    {
      kind: 'activity-fit',
      name: 'scaling/fit',
      data: { ...line },
      row: {
        'a step is': `${duration(line.constant)} + ${duration(line.slope)} x active neurons`,
        'largest error': `${(line.worst * 100).toFixed(0)} %`,
      },
    },
  ];
}

async function silent(settings: Settings): Promise<readonly Finding[]> {
  const { step } = await measure(0, settings);
  return [
    {
      kind: 'silent',
      name: 'silent',
      data: { neurons: NEURONS, step, stepsPerSecond: 1 / step.median },
      row: { 'a silent million': duration(step.median), 'steps/s': rate(1 / step.median) },
    },
  ];
}

export const experiments: readonly Experiment[] = [
  {
    name: 'scaling',
    title: 'cost of a step against active neurons, of a million',
    quick: false,
    run: scaling,
  },
  { name: 'silent', title: 'steps per second of a million silent neurons', quick: false, run: silent },
];
