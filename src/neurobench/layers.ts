/**
 * The layers whose synaptic operations NeuroBench counts: one a projection, as the harness has one a
 * connection module. What a weight is follows from the connector (docs/neurobench.md): a matrix has its
 * zeros, a list only what is listed, a convolution its kernel. Whether a weight is zero is asked of the chip:
 * one that rounding left at zero is zero. Source: NeuroBench harness e521c28, metrics/utils/layers.
 */
import { type ChipProfile, SeamountError } from '../../cores/index.js';
import type { ChipImage } from '../../routing/index.js';
import type { Conv2dConnector } from '../api/conv2d.js';
import type { Network } from '../api/network.js';
import type { Projection } from '../api/projection.js';
import { quantise } from '../compiler/quantise.js';
import type { Strand } from '../compiler/strand.js';
import { Violations } from '../compiler/violations.js';

export interface Layer {
  readonly label: string;
  /** Index of the population the spikes come from, and its first neuron in `fanOut`. */
  readonly pre: number;
  readonly from: number;
  /** Parameters of the layer, those that are zero included; a kernel counts once. */
  readonly weights: number;
  /** Parameters that the chip holds as zero. */
  readonly zeros: number;
  /** Synaptic operations of one timestep, counting all weights and inputs. */
  readonly dense: number;
  /** Per pre neuron `from + i`: operations one spike sets off whose weight is not zero. */
  readonly fanOut: Uint32Array;
}

/** A layer a projection. Throws E_USAGE when `image` is not of `network`. */
export function layersOfNetwork(network: Network, image: ChipImage): readonly Layer[] {
  checkSame(network, image);
  const strands = strandsOf(network, image.profile);
  return network.projections.map((projection) => {
    const own = strands.filter((strand) => strand.projection === projection);
    const { weights, zeros, dense } = parametersOf(projection, own);
    return {
      label: projection.label,
      pre: projection.pre.population.index,
      from: projection.pre.from,
      weights,
      zeros,
      dense,
      fanOut: fanOutOf(own, projection.pre.size),
    };
  });
}

function checkSame(network: Network, { populations }: ChipImage): void {
  const same =
    network.populations.length === populations.length &&
    network.populations.every(
      ({ label, size }, p) => populations[p]!.label === label && populations[p]!.size === size,
    );
  if (!same)
    throw new SeamountError(
      'E_USAGE',
      `network ${network.label} is not the one this image was compiled from: its populations differ`,
      'give the network that was compiled, or none: layers are then population pairs of the image',
    );
}

/** The stored weights again; compile has found nothing wrong with them. */
function strandsOf(network: Network, profile: ChipProfile): readonly Strand[] {
  const violations = new Violations();
  const { strands } = quantise(network, profile, new Set(), violations);
  violations.throwIfAny('E_INPUT');
  return strands;
}

/** Whether synapse k of a strand adds nothing. */
const isZero = ({ mantissa, wide }: Strand, k: number): boolean => {
  if (wide !== null) return wide[k] === 0;
  return (typeof mantissa === 'number' ? mantissa : mantissa[k]) === 0;
};

function fanOutOf(strands: readonly Strand[], rows: number): Uint32Array {
  const fanOut = new Uint32Array(rows);
  for (const strand of strands)
    for (let row = 0; row < rows; row++)
      for (let k = strand.start[row]!; k < strand.start[row + 1]!; k++)
        if (!isZero(strand, k)) fanOut[row]!++;
  return fanOut;
}

type Parameters = Pick<Layer, 'weights' | 'zeros' | 'dense'>;

function parametersOf({ connector, pre, post }: Projection, strands: readonly Strand[]): Parameters {
  if (connector.kind === 'conv2d') return kernelOf(connector, post.from, strands);
  let synapses = 0;
  let live = 0;
  for (const strand of strands) {
    synapses += strand.post.length;
    for (let k = 0; k < strand.post.length; k++) if (!isZero(strand, k)) live++;
  }
  // A mask says which parameters there are; a matrix of weights is one parameter an entry.
  const weights = connector.kind === 'matrix' && connector.weighted ? pre.size * post.size : synapses;
  return { weights, zeros: weights - live, dense: weights };
}

/**
 * The harness runs the layer with ones for weights and inputs: padding stays zero, so each output counts the
 * taps that lie on the input.
 */
function kernelOf(connector: Conv2dConnector, postFrom: number, strands: readonly Strand[]): Parameters {
  const { inputShape, outputShape, kernel, kernelHeight, kernelWidth, stride, padding } = connector;
  const [channels, height, width] = inputShape;
  const [outputs, outHeight, outWidth] = outputShape;
  const used = new Uint8Array(kernel.length);
  const live = new Uint8Array(kernel.length);
  for (const strand of strands) {
    for (let row = 0; row + 1 < strand.start.length; row++) {
      const channel = Math.floor(row / (height * width));
      const y = Math.floor(row / width) % height;
      const x = row % width;
      for (let k = strand.start[row]!; k < strand.start[row + 1]!; k++) {
        const post = strand.post[k]! - postFrom;
        const out = Math.floor(post / (outHeight * outWidth));
        const ky = y + padding[0] - (Math.floor(post / outWidth) % outHeight) * stride[0];
        const kx = x + padding[1] - (post % outWidth) * stride[1];
        const tap = ((out * channels + channel) * kernelHeight + ky) * kernelWidth + kx;
        used[tap] = 1;
        if (!isZero(strand, k)) live[tap] = 1;
      }
    }
  }
  let zeros = 0;
  for (let tap = 0; tap < kernel.length; tap++)
    if (kernel[tap] === 0 || (used[tap] === 1 && live[tap] === 0)) zeros++;
  const rows = tapsOnInput(height, outHeight, kernelHeight, stride[0], padding[0]);
  const columns = tapsOnInput(width, outWidth, kernelWidth, stride[1], padding[1]);
  return { weights: kernel.length, zeros, dense: outputs * channels * rows * columns };
}

/** Along one axis: taps that lie on the input, summed over outputs. */
function tapsOnInput(
  input: number,
  outputs: number,
  kernel: number,
  stride: number,
  padding: number,
): number {
  let taps = 0;
  for (let output = 0; output < outputs; output++)
    for (let tap = 0; tap < kernel; tap++) {
      const at = output * stride - padding + tap;
      if (at >= 0 && at < input) taps++;
    }
  return taps;
}
