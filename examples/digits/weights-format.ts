/**
 * The trained network as `weights.json` keeps it: what the chip is programmed with, and what it was trained to
 * reach. README.md documents the file. Needs no file system, so that a page can read it, too.
 */
import {
  CLASSES,
  FEATURE_DV,
  FEATURES,
  INPUT_STEPS,
  KERNEL,
  MAPS,
  SIDE,
  STRIDE,
  VOTE_DV,
  VOTERS,
  VOTES,
  WHITE,
} from './model.js';

const WEIGHTS_FORMAT = 'seamount-digits/1';

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

export interface WeightsFile {
  readonly format: string;
  readonly command: string;
  readonly shape: typeof SHAPE;
  readonly layers: { readonly features: LayerFile; readonly votes: LayerFile };
  /** One figure per digit. */
  readonly floatAnswers: string;
  readonly integerAnswers: string;
}

const toFile = ({ mantissas, ...registers }: LayerWeights): LayerFile => {
  const halves = Uint8Array.from(mantissas, (mantissa) => mantissa / 2);
  return { ...registers, halves: btoa(Array.from(halves, (byte) => String.fromCharCode(byte)).join('')) };
};

function fromFile({ halves, ...registers }: LayerFile, size: number, dv: number): LayerWeights {
  const bytes = Int8Array.from(atob(halves), (character) => character.charCodeAt(0));
  if (bytes.length !== size || registers.dv !== dv) throw new Error('weights.json is of another network');
  return { ...registers, mantissas: Int16Array.from(bytes, (half) => half * 2) };
}

export const fileOf = (weights: Weights): WeightsFile => ({
  format: WEIGHTS_FORMAT,
  command: weights.command,
  shape: SHAPE,
  layers: { features: toFile(weights.features), votes: toFile(weights.votes) },
  floatAnswers: weights.floatAnswers.join(''),
  integerAnswers: weights.integerAnswers.join(''),
});

/** Throws when the file was made for another shape, encoding or set of registers. */
export function weightsOf(file: WeightsFile): Weights {
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
