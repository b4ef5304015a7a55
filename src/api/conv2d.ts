/**
 * Two-dimensional convolution (cross-correlation, as every deep-learning library means it): neuron
 * (channel, y, x) of a population of shape [channels, height, width] has number (channel * height + y) * width + x.
 */
import { SeamountError } from '../../cores/index.js';

export type Shape3 = readonly [channels: number, height: number, width: number];

export interface Conv2dConnector {
  readonly kind: 'conv2d';
  readonly inputShape: Shape3;
  /** Size of the post population: product of these. */
  readonly outputShape: Shape3;
  /** [out][in][ky][kx], row-major. Zero entries make no synapse. */
  readonly kernel: ArrayLike<number>;
  readonly kernelHeight: number;
  readonly kernelWidth: number;
  /** y, x */
  readonly stride: readonly [number, number];
  readonly padding: readonly [number, number];
}

/** [out][in][ky][kx] as nested arrays, or flat with its shape. */
export type Kernel =
  | readonly (readonly (readonly ArrayLike<number>[])[])[]
  | { readonly shape: readonly [number, number, number, number]; readonly data: ArrayLike<number> };

export interface Conv2dParameters {
  readonly inputShape: Shape3;
  readonly kernel: Kernel;
  /** Default 1. One number for both axes, or [y, x]. */
  readonly stride?: number | readonly [number, number];
  /** Zeros around the input. Default 0. */
  readonly padding?: number | readonly [number, number];
}

const fail = (message: string): never => {
  throw new SeamountError('E_USAGE', `conv2d: ${message}`);
};

const pair = (value: number | readonly [number, number]): readonly [number, number] =>
  typeof value === 'number' ? [value, value] : value;

function flatten(kernel: Kernel): {
  shape: readonly [number, number, number, number];
  data: ArrayLike<number>;
} {
  if ('data' in kernel) return kernel;
  const shape = [
    kernel.length,
    kernel[0]?.length ?? 0,
    kernel[0]?.[0]?.length ?? 0,
    kernel[0]?.[0]?.[0]?.length ?? 0,
  ] as const;
  return { shape, data: kernel.flatMap((o) => o.flatMap((i) => i.flatMap((row) => Array.from(row)))) };
}

/** Throws E_USAGE when shapes do not fit each other. */
export function conv2d(parameters: Conv2dParameters): Conv2dConnector {
  const { inputShape } = parameters;
  const { shape, data } = flatten(parameters.kernel);
  const stride = pair(parameters.stride ?? 1);
  const padding = pair(parameters.padding ?? 0);
  const [out, channels, kernelHeight, kernelWidth] = shape;
  if (![...inputShape, ...shape].every((size) => Number.isInteger(size) && size > 0))
    fail(`input shape [${inputShape}] and kernel shape [${shape}] must be positive integers`);
  if (data.length !== out * channels * kernelHeight * kernelWidth)
    fail(`the kernel has ${data.length} values, its shape [${shape}] needs ${shape.reduce((a, b) => a * b)}`);
  if (channels !== inputShape[0])
    fail(`the kernel takes ${channels} channels, the input has ${inputShape[0]}`);
  if (!stride.every((s) => Number.isInteger(s) && s >= 1)) fail(`stride [${stride}] must be 1 or more`);
  if (!padding.every((p) => Number.isInteger(p) && p >= 0)) fail(`padding [${padding}] must be 0 or more`);
  const height = Math.floor((inputShape[1] + 2 * padding[0] - kernelHeight) / stride[0]) + 1;
  const width = Math.floor((inputShape[2] + 2 * padding[1] - kernelWidth) / stride[1]) + 1;
  if (height < 1 || width < 1)
    fail(`a ${kernelHeight} x ${kernelWidth} kernel is larger than the padded input`);
  return {
    kind: 'conv2d',
    inputShape,
    outputShape: [out, height, width],
    kernel: data,
    kernelHeight,
    kernelWidth,
    stride,
    padding,
  };
}
