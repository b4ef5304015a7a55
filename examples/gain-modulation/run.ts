/**
 * Noise changes the slope of the f-I curve around rheobase; a threshold that adapts makes the curve a line.
 *
 *   node --import tsx examples/gain-modulation/run.ts [DIRECTORY]
 */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { argv } from 'node:process';
import { type Curve, gainOf, KINDS, linearityOf, MEASUREMENT, measureCurves } from './curve.js';
import { svgPlot } from './plot.js';

const directory = argv[2] ?? 'runs/gain-modulation';
const curves = await measureCurves(KINDS, MEASUREMENT);
const at = ({ currents, rates }: Curve, current: number): string =>
  (rates[currents.findIndex((x) => Math.abs(x - current) < 1e-9)] ?? 0).toFixed(1).padStart(6);
console.log('                      Hz at 0.8, 1.0, 1.2 nA     slope at 1 nA     straightness 1..3 nA');
for (const curve of curves) {
  const rates = [0.8, 1, 1.2].map((current) => at(curve, current)).join('');
  console.log(
    `${curve.label.padEnd(24)}${rates}   ${gainOf(curve).toFixed(0).padStart(8)} Hz/nA   ${linearityOf(curve).toFixed(4).padStart(16)}`,
  );
}

mkdirSync(directory, { recursive: true });
const file = join(directory, 'f-i.svg');
writeFileSync(file, svgPlot(curves));
console.log(`wrote ${file}`);
