/** A convolution as synapses. Shared lists are found again at emission, where it is known what a core holds of them. */
import type { Conv2dConnector } from '../api/conv2d.js';
import { type Connections, GrowingList, plainConnections } from './connections.js';

/** Outputs and kernel offsets one input coordinate takes part in, ascending by output. */
interface Reach {
  readonly output: number;
  readonly offset: number;
}

function reaches(input: number, outputs: number, kernel: number, stride: number, padding: number): Reach[] {
  const reach: Reach[] = [];
  for (let output = 0; output < outputs; output++) {
    const offset = input + padding - output * stride;
    if (offset >= 0 && offset < kernel) reach.push({ output, offset });
  }
  return reach;
}

export function connectConv2d(connector: Conv2dConnector): Connections {
  const { inputShape, outputShape, kernel, kernelHeight, kernelWidth, stride, padding } = connector;
  const [channels, height, width] = inputShape;
  const [outputs, outHeight, outWidth] = outputShape;
  const rowReach = Array.from({ length: height }, (_, y) =>
    reaches(y, outHeight, kernelHeight, stride[0], padding[0]),
  );
  const columnReach = Array.from({ length: width }, (_, x) =>
    reaches(x, outWidth, kernelWidth, stride[1], padding[1]),
  );
  const start = new Uint32Array(channels * height * width + 1);
  const post = new GrowingList(1024);
  const entry = new GrowingList(1024);
  let row = 0;
  for (let channel = 0; channel < channels; channel++) {
    for (let y = 0; y < height; y++) {
      for (let x = 0; x < width; x++) {
        for (let out = 0; out < outputs; out++) {
          for (const vertical of rowReach[y]!) {
            for (const horizontal of columnReach[x]!) {
              const at =
                ((out * channels + channel) * kernelHeight + vertical.offset) * kernelWidth +
                horizontal.offset;
              if (kernel[at] === 0) continue;
              post.push((out * outHeight + vertical.output) * outWidth + horizontal.output);
              entry.push(at);
            }
          }
        }
        start[++row] = post.length;
      }
    }
  }
  const weights = Float64Array.from(entry.take(), (at) => kernel[at]!);
  return { ...plainConnections(start, post.take()), weights };
}
