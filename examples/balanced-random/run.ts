/**
 * A balanced random network over several cores: how it fires, what it takes of the chip, a raster.
 *
 *   node --import tsx examples/balanced-random/run.ts [--steps N] [--workers N] [--out DIRECTORY]
 */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { type CoreReport, compile, simulate } from '../../src/index.js';
import { balancedNetwork, DT, EXCITATORY, SIZE } from './network.js';
import { type Spikes, svgRaster, terminalRaster } from './raster.js';
import { irregularity } from './statistics.js';

const { values } = parseArgs({
  options: {
    steps: { type: 'string', default: '2000' },
    workers: { type: 'string', default: '1' },
    out: { type: 'string', default: 'runs/balanced-random' },
  },
});
const steps = Number(values.steps);
const workers = Number(values.workers);

/** The network starts in step; what it does at first is left out of the statistics. */
const SKIP = Math.min(200, steps / 4);

const { image, report } = compile(balancedNetwork(1));
const percent = (core: CoreReport): string =>
  core.usage
    .map(({ limit, used, available }) =>
      available === null ? `${limit} ${used}` : `${limit} ${Math.round((100 * used) / available)} %`,
    )
    .join(', ');
console.log(
  `${report.totals.neurons} neurons, ${report.totals.synapses} synapses on ${report.cores.length} cores (${report.profile.title})`,
);
for (const core of report.cores) console.log(`  core ${core.core}: ${percent(core)}`);
if (report.splits[0] !== undefined) console.log(`  why several: ${report.splits[0].message}`);

const begin = performance.now();
const { spikes } = await simulate(image, { steps, workers });
const seconds = (performance.now() - begin) / 1000;
const all = spikes.get('neurons');
if (all === undefined) throw new Error('no spikes were recorded');

const groups = [
  ['excitatory', 0, EXCITATORY],
  ['inhibitory', EXCITATORY, SIZE - EXCITATORY],
] as const;
for (const [name, first, size] of groups) {
  const { rate, cv, counted } = irregularity(all, { first, size, steps, skip: SKIP, dt: DT });
  console.log(
    `${name}: ${rate.toFixed(1)} Hz, CV of interspike intervals ${cv.toFixed(2)} (${counted} of ${size} neurons)`,
  );
}
console.log(
  `${all.steps.length} spikes in ${steps} steps; ${(steps / seconds).toFixed(0)} steps/s with ${workers} worker(s)`,
);

/** Every 8th neuron: excitatory below, inhibitory above. */
const EVERY = 8;
const drawn = { steps: [] as number[], neurons: [] as number[] } satisfies Spikes;
all.neurons.forEach((neuron, i) => {
  if (neuron % EVERY !== 0) return;
  drawn.steps.push(all.steps[i] ?? 0);
  drawn.neurons.push(neuron / EVERY);
});
const window = { from: Math.max(1, steps - 399), to: steps, neurons: SIZE / EVERY };
console.log(`\nevery ${EVERY}th neuron, steps ${window.from} to ${window.to}`);
console.log(terminalRaster(drawn, window, 100, 25).join('\n'));

mkdirSync(values.out, { recursive: true });
const file = join(values.out, 'balanced-random.svg');
const slices = image.populations[0]?.slices ?? [];
const count = (n: number): string => n.toLocaleString('en-US');
writeFileSync(
  file,
  svgRaster(drawn, window, {
    title: 'A balanced random network on an emulated Loihi 1',
    subtitle: `${count(SIZE)} neurons, ${count(report.totals.synapses)} synapses, ${report.cores.length} cores; every ${EVERY}th neuron, ${count(window.to - window.from + 1)} ms`,
    populations: groups.map(([label, first, size]) => ({
      label,
      from: first / EVERY,
      to: (first + size) / EVERY,
    })),
    cores: slices.map(({ core, neuron, count: size }) => ({
      label: `core ${core}`,
      from: neuron / EVERY,
      to: (neuron + size) / EVERY,
    })),
  }),
);
console.log(`wrote ${file}`);
