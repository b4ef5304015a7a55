/**
 * One neuron on the chip against the formula in every textbook.
 *
 *   node --import tsx examples/single-neuron/run.ts [DIRECTORY]
 */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { argv } from 'node:process';
import { measureCurve } from './curve.js';
import { svgPlot, terminalPlot } from './plot.js';

const directory = argv[2] ?? 'runs/single-neuron';
const steps = (from: number, to: number, by: number): number[] =>
  Array.from({ length: Math.round((to - from) / by) + 1 }, (_, i) => Number((from + i * by).toFixed(6)));

const one = await measureCurve([1.5], 1, 1000);
const [point] = one.points;
console.log(
  `1.5 nA: a spike every ${point?.interval} steps of 1 ms, ${(1000 / (point?.interval ?? Infinity)).toFixed(1)} Hz;` +
    ` the formula says ${point?.analytic.toFixed(2)} ms`,
);
for (const { quantity, unit, register, value, wanted, got } of one.simulation.report?.conversions[0]
  ?.roundings ?? []) {
  console.log(
    `  ${quantity}: ${wanted} ${unit} becomes ${register} = ${value}, that is ${got.toPrecision(6)} ${unit}`,
  );
}

const curve = await measureCurve(steps(0.5, 4, 0.05), 1, 1000);
const firing = curve.points.filter(({ analytic }) => Number.isFinite(analytic));
const worst = Math.max(...firing.map(({ interval, analytic }) => Math.abs(interval * curve.dt - analytic)));
console.log(`\n${terminalPlot(curve, 16).join('\n')}\n`);
console.log(
  `rheobase ${curve.rheobase} nA; largest error of an interval ${worst.toFixed(2)} ms at steps of ${curve.dt} ms`,
);

mkdirSync(directory, { recursive: true });
const file = join(directory, 'f-i.svg');
writeFileSync(file, svgPlot(curve));
console.log(`wrote ${file}`);
