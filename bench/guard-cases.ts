/** Cases short enough for every build, by the public interface only, each with the calibration it resembles most. */
import { Chip, type ChipOptions } from '../routing/index.js';
import { type Compiled, cells, compile, connectors, Network, synapses } from '../src/index.js';
import type { CalibrationKind } from './calibration.js';
import { cases as chipCases } from './chip.bench.js';
import type { Case, Subject } from './frame.js';
import { SplitMix } from './splitmix.js';
import { workloadNamed } from './workloads.js';

export interface GuardCase extends Case {
  readonly calibration: CalibrationKind;
}

const numbered = (n: number, make: (i: number) => number): Int32Array =>
  Int32Array.from({ length: n }, (_, i) => make(i));

async function running({ image }: Compiled, steps: number, options: ChipOptions = {}): Promise<Subject> {
  const chip = await Chip.open(image, options);
  return { call: () => chip.run(steps), close: () => chip.close() };
}

/** A thousand neurons, each joined to each by a dense row; their biases make some four per cent of them spike. */
function dense(): Network {
  const n = 1024;
  const random = new SplitMix(11, 1);
  const weight = new Int16Array(n * n).map((_, i) => 2 * (random.below(i, 15) - 7));
  const net = new Network({ label: 'dense' });
  const bias = numbered(n, (i) => 1500 + random.below(n * n + i, 2000));
  const all = net.population(n, cells.loihi({ du: 741, dv: 100, vthMant: 759, bias, refract: 3 }), 'neurons');
  net.projection(
    all,
    all,
    connectors.allToAll(),
    synapses.static({ weight, weightExp: -1, signMode: 'mixed', format: 'dense' }),
  );
  return net;
}

/** Neurons that integrate a bias and never get anywhere near their thresholds. */
function awake(): Network {
  const n = 16_384;
  const net = new Network({ label: 'awake' });
  net.population(
    n,
    cells.loihi({ du: 741, dv: 200, vthMant: 131_071, bias: numbered(n, (i) => 100 + (i % 97)) }),
    'neurons',
  );
  return net;
}

/** Sparse lists with delays 0 to 15 into a core of 8,192, every neuron firing about every fortieth step. */
function delays(): Network {
  const n = 8192;
  const fan = 50;
  const random = new SplitMix(12, 1);
  const pre = Uint32Array.from({ length: n * fan }, (_, q) => Math.floor(q / fan));
  const post = Uint32Array.from({ length: n * fan }, (_, q) => random.below(q, n));
  const delay = Uint8Array.from({ length: n * fan }, (_, q) => random.below(n * fan + q, 16));
  const net = new Network({ label: 'delays' });
  const cell = cells.loihi({
    du: 1611,
    dv: 0,
    vthMant: 759,
    bias: 1000,
    refract: 2,
    v0: numbered(n, (i) => random.below(2 * n * fan + i, 48_576)),
  });
  const all = net.population(n, cell, 'neurons');
  net.projection(
    all,
    all,
    connectors.fromList({ pre, post }),
    synapses.static({ weight: 1, signMode: 'excitatory', delay }),
  );
  return net;
}

/** A hundred thousand neurons of which every thousandth is driven and reaches eight others. */
function idle(): Network {
  const n = 100_000;
  const driven = numbered(n / 1000, (i) => i * 1000);
  const random = new SplitMix(13, 1);
  const net = new Network({ label: 'idle' });
  const biasMant = new Int32Array(n);
  for (const i of driven) biasMant[i] = 3200;
  const all = net.population(
    n,
    cells.loihi({ du: 741, dv: 200, vthMant: 759, biasMant, biasExp: 1, refract: 2 }),
    'neurons',
  );
  const pre = Uint32Array.from({ length: driven.length * 8 }, (_, q) => driven[q >> 3]!);
  const post = pre.map((_, q) => random.below(q, n));
  net.projection(
    all,
    all,
    connectors.fromList({ pre, post }),
    synapses.static({ weight: 8, signMode: 'excitatory' }),
  );
  return net;
}

const unlimited = (network: Network, coreSize: number): Compiled =>
  compile(network, { profile: 'unlimited', coreSize });

const calibrated = (name: string, calibration: CalibrationKind): GuardCase => {
  const found = chipCases.find((item) => item.name === name);
  if (found === undefined) throw new Error(`no case ${name}`);
  return { ...found, calibration };
};

export const GUARD_CASES: readonly GuardCase[] = [
  calibrated('chip/100-neurons', 'scalar'),
  calibrated('chip/closed-loop', 'scalar'),
  {
    name: 'guard/W1',
    unit: 'steps',
    perCall: 200,
    calibration: 'scatter',
    open: () => running(compile(workloadNamed('W1').build()), 200),
  },
  {
    name: 'guard/delays',
    unit: 'steps',
    perCall: 50,
    calibration: 'scatter',
    open: () => running(unlimited(delays(), 8192), 50),
  },
  {
    name: 'guard/dense',
    unit: 'steps',
    perCall: 100,
    calibration: 'simd',
    open: () => running(unlimited(dense(), 1024), 100),
  },
  {
    name: 'guard/awake',
    unit: 'steps',
    perCall: 100,
    calibration: 'simd',
    open: () => running(unlimited(awake(), 16_384), 100),
  },
  {
    name: 'guard/idle',
    unit: 'steps',
    perCall: 500,
    calibration: 'scalar',
    open: () => running(unlimited(idle(), 12_500), 500),
  },
  {
    name: 'guard/compile',
    unit: 'networks',
    perCall: 1,
    calibration: 'scalar',
    open: () => {
      const network = delays();
      return { call: () => unlimited(network, 8192) };
    },
  },
];
