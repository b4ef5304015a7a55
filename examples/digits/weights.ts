/**
 * The trained network as `weights.json` keeps it: what the chip is programmed with, and what it was trained to
 * reach. README.md documents the file.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { CLASSES, SIDE } from './data.js';
import {
  FEATURE_DV,
  FEATURES,
  INPUT_STEPS,
  KERNEL,
  MAPS,
  STRIDE,
  VOTE_DV,
  VOTERS,
  VOTES,
  WHITE,
} from './model.js';

export const WEIGHTS_FORMAT = 'seamount-digits/1';
const FILE = new URL('weights.json', import.meta.url);

/** One layer's registers and weights. */
export interface LayerWeights {
  readonly du: number;
  readonly dv: number;
  readonly vthMant: number;
  /** Exponent of all weights. */
  readonly weightExp: number;
  /** Even mantissas -254..254 */
  readonly mantissas: Int16Array;
}

export interface Weights {
  /** The command that made the file. */
  readonly command: string;
  /** [map][ky][kx] */
  readonly features: LayerWeights;
  /** [feature][vote] */
  readonly votes: LayerWeights;
  /** Answers of the float network to all digits, in the order of `loadDigits`. */
  readonly floatAnswers: Uint8Array;
  /** Answers of the integer reference (reference.ts). */
  readonly integerAnswers: Uint8Array;
}

/** What must be equal for the weights to mean what they meant. */
const SHAPE = {
  side: SIDE,
  kernel: KERNEL,
  stride: STRIDE,
  maps: MAPS,
  classes: CLASSES,
  voters: VOTERS,
  inputSteps: INPUT_STEPS,
  white: WHITE,
};
const SIZES = { features: MAPS * KERNEL * KERNEL, votes: FEATURES * VOTES };

interface LayerFile extends Omit<LayerWeights, 'mantissas'> {
  /** base64 of the mantissas' halves as signed bytes */
  readonly halves: string;
}

interface WeightsFile {
  readonly format: string;
  readonly command: string;
  readonly shape: typeof SHAPE;
  readonly layers: { readonly features: LayerFile; readonly votes: LayerFile };
  /** One figure per digit. */
  readonly floatAnswers: string;
  readonly integerAnswers: string;
}

const toFile = ({ mantissas, ...registers }: LayerWeights): LayerFile => ({
  ...registers,
  halves: Buffer.from(Int8Array.from(mantissas, (mantissa) => mantissa / 2).buffer).toString('base64'),
});

function fromFile({ halves, ...registers }: LayerFile, size: number, dv: number): LayerWeights {
  const bytes = Buffer.from(halves, 'base64');
  if (bytes.length !== size || registers.dv !== dv) throw new Error('weights.json is of another network');
  return { ...registers, mantissas: Int16Array.from(new Int8Array(bytes), (half) => half * 2) };
}

export function saveWeights(weights: Weights): void {
  const file: WeightsFile = {
    format: WEIGHTS_FORMAT,
    command: weights.command,
    shape: SHAPE,
    layers: { features: toFile(weights.features), votes: toFile(weights.votes) },
    floatAnswers: weights.floatAnswers.join(''),
    integerAnswers: weights.integerAnswers.join(''),
  };
  writeFileSync(FILE, `${JSON.stringify(file, undefined, 1)}\n`);
}

/** Throws when `weights.json` was made for another shape, encoding or set of registers. */
export function loadWeights(): Weights {
  const file = JSON.parse(readFileSync(FILE, 'utf8')) as WeightsFile;
  if (file.format !== WEIGHTS_FORMAT || JSON.stringify(file.shape) !== JSON.stringify(SHAPE)) {
    throw new Error('weights.json is of another network: train it again (train.ts)');
  }
  return {
    command: file.command,
    features: fromFile(file.layers.features, SIZES.features, FEATURE_DV),
    votes: fromFile(file.layers.votes, SIZES.votes, VOTE_DV),
    floatAnswers: Uint8Array.from(file.floatAnswers, Number),
    integerAnswers: Uint8Array.from(file.integerAnswers, Number),
  };
}
