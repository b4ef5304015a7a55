/**
 * Noise makes a neuron fire like chance; a constant current of the same rate makes it a clock.
 *
 *   node --import tsx examples/irregular-firing/run.ts [DIRECTORY]
 */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { argv } from 'node:process';
import { currentFor, type Firing, measureFiring, noiseOf } from './firing.js';
import { svgPlot } from './plot.js';

const directory = argv[2] ?? 'runs/irregular-firing';
const size = 64;
const steps = 20_000;
const show = (what: string, { rate, cv, intervals }: Firing): void =>
  console.log(
    `${what.padEnd(30)} ${rate.toFixed(2).padStart(6)} Hz   ${
      intervals.length === 0 ? 'silent' : `CV ${cv.toFixed(3)} of ${intervals.length} intervals`
    }`,
  );

const noise = 15;
const current = 0.6;
const irregular = await measureFiring({ current, noise }, { size, steps });
const matched = currentFor(irregular.rate);
const regular = await measureFiring({ current: matched, noise: null }, { size, steps });
const { membrane } = noiseOf(noise);
show(`${current} nA and noise of ${membrane.toFixed(1)} mV`, irregular);
show(`${current} nA alone`, await measureFiring({ current, noise: null }, { size, steps }));
show(`${matched.toFixed(4)} nA, constant`, regular);

mkdirSync(directory, { recursive: true });
const file = join(directory, 'intervals.svg');
writeFileSync(file, svgPlot(regular, irregular));
console.log(`wrote ${file}`);
