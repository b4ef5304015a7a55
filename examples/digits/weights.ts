/** The file of the trained network, `weights.json`. */
import { readFileSync, writeFileSync } from 'node:fs';
import { fileOf, type Weights, type WeightsFile, weightsOf } from './weights-format.js';

const FILE = new URL('weights.json', import.meta.url);

export function saveWeights(weights: Weights): void {
  writeFileSync(FILE, `${JSON.stringify(fileOf(weights), undefined, 1)}\n`);
}

/** Throws when `weights.json` was made for another shape, encoding or set of registers. */
export const loadWeights = (): Weights => weightsOf(JSON.parse(readFileSync(FILE, 'utf8')) as WeightsFile);
