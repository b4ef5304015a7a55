/** Edges between two whole groups: dense, sparse or convolution, one weight each in the order of the format. */

import { refuseEdgeAttributes } from './description.js';
import type { Entry } from './document.js';
import type { NetworkDraft, SanafeGroup } from './network.js';
import type { TreeReader } from './tree-reader.js';

export interface GroupEdges {
  readonly from: SanafeGroup;
  readonly to: SanafeGroup;
  readonly attributes: ReadonlyMap<string, Entry>;
  readonly at: number;
}

const CONV = [
  'input_height',
  'input_width',
  'input_channels',
  'kernel_height',
  'kernel_width',
  'kernel_count',
  'stride_height',
  'stride_width',
] as const;

/** Older words for the same. */
const CONV_WORDS: Readonly<Record<string, string>> = {
  filter_height: 'kernel_height',
  filter_width: 'kernel_width',
  filters: 'kernel_count',
};

const MOST_CHANNELS = 2 ** 24;

const nameOf = ({ from, to }: GroupEdges): string => `edge ${from.name} -> ${to.name}`;

/** Adds the edges to the draft; what is wrong goes to the reader's problems. */
export function addGroupEdges(edges: GroupEdges, draft: NetworkDraft, reader: TreeReader): void {
  const { attributes, at } = edges;
  const typeNode = reader.need(attributes, 'type', at, nameOf(edges));
  if (typeNode === null) return;
  const type = reader.text(typeNode, 'type');
  if (type === 'dense') addDense(edges, draft, reader);
  else if (type === 'sparse') addSparse(edges, draft, reader);
  else if (type === 'conv2d') addConv2d(edges, draft, reader);
  else
    reader.problems.add(typeNode.at, `type: expected dense, sparse or conv2d, got ${JSON.stringify(type)}`);
}

/** The weights, `count` of them for `what`, or null after a problem. */
function weightsOf(
  edges: GroupEdges,
  { count, what }: { readonly count: number; readonly what: string },
  reader: TreeReader,
): Float64Array | null {
  const node = reader.need(edges.attributes, 'weight', edges.at, nameOf(edges));
  const weights = node === null ? null : reader.numbers(node, 'weight');
  if (weights === null || weights.length === count) return weights;
  const has = `${weights.length} ${weights.length === 1 ? 'weight' : 'weights'}`;
  reader.problems.add(node!.at, `${nameOf(edges)}: ${has} for ${what}`, `give ${count}`);
  return null;
}

/** Weight of source i to target j: i x targets + j. */
function addDense(edges: GroupEdges, draft: NetworkDraft, reader: TreeReader): void {
  const { from, to, attributes, at } = edges;
  refuseEdgeAttributes(attributes, new Set(['type', 'weight']), reader);
  const count = from.size * to.size;
  const weights = weightsOf(edges, { count, what: `${from.size} x ${to.size} = ${count} edges` }, reader);
  if (weights === null) return;
  draft.reserveEdges(weights.length);
  for (let i = 0; i < from.size; i++) {
    for (let j = 0; j < to.size; j++)
      draft.addEdge(from.first + i, to.first + j, weights[i * to.size + j]!, at);
  }
}

function addSparse(edges: GroupEdges, draft: NetworkDraft, reader: TreeReader): void {
  const { from, to, attributes, at } = edges;
  refuseEdgeAttributes(attributes, new Set(['type', 'weight', 'source_target_pairs']), reader);
  const node = reader.need(attributes, 'source_target_pairs', at, nameOf(edges));
  const pairs = node === null ? null : reader.pairs(node, 'source_target_pairs');
  if (pairs === null) return;
  const count = pairs.length / 2;
  const weights = weightsOf(edges, { count, what: `${count} source_target_pairs` }, reader);
  if (weights === null) return;
  draft.reserveEdges(count);
  for (let k = 0; k < count; k++) {
    const pre = draft.id(from, pairs[2 * k]!, node!.at);
    const post = draft.id(to, pairs[2 * k + 1]!, node!.at);
    if (pre >= 0 && post >= 0) draft.addEdge(pre, post, weights[k]!, at);
  }
}

/** No padding. Neurons: channel, row, column; weights: row, column, channel in, channel out. */
function addConv2d(edges: GroupEdges, draft: NetworkDraft, reader: TreeReader): void {
  const { from, to, at } = edges;
  const attributes = new Map([...edges.attributes].map(([key, entry]) => [CONV_WORDS[key] ?? key, entry]));
  refuseEdgeAttributes(attributes, new Set(['type', 'weight', ...CONV]), reader);
  const sizes = CONV.map((key) => {
    const node = key.startsWith('stride')
      ? attributes.get(key)?.value
      : reader.need(attributes, key, at, nameOf(edges));
    return node ? reader.whole(node, key, 1, MOST_CHANNELS) : 1;
  });
  if (sizes.some((size) => Number.isNaN(size))) return;
  const [height, width, channels, kernelHeight, kernelWidth, kernels, strideY, strideX] = sizes as [
    number,
    number,
    number,
    number,
    number,
    number,
    number,
    number,
  ];
  const outHeight = Math.floor((height - kernelHeight) / strideY) + 1;
  const outWidth = Math.floor((width - kernelWidth) / strideX) + 1;
  const expected: readonly (readonly [SanafeGroup, number, string])[] = [
    [from, channels * height * width, `${channels} x ${height} x ${width}`],
    [to, kernels * outHeight * outWidth, `${kernels} x ${outHeight} x ${outWidth}`],
  ];
  let fits = outHeight > 0 && outWidth > 0;
  if (!fits) reader.problems.add(at, `${nameOf(edges)}: the kernel is larger than its input`);
  else {
    for (const [group, size, shape] of expected) {
      if (group.size === size) continue;
      reader.problems.add(
        at,
        `group ${group.name} has ${group.size} neurons, the convolution needs ${shape} = ${size}`,
      );
      fits = false;
    }
  }
  const count = kernelHeight * kernelWidth * channels * kernels;
  const kernelShape = `${kernelHeight} x ${kernelWidth} x ${channels} x ${kernels}`;
  const weights = weightsOf(edges, { count, what: `kernels of ${kernelShape} = ${count}` }, reader);
  if (!fits || weights === null) return;
  draft.reserveEdges(to.size * kernelHeight * kernelWidth * channels);
  for (let out = 0; out < kernels * outHeight * outWidth; out++) {
    const x = out % outWidth;
    const y = Math.floor(out / outWidth) % outHeight;
    const kernel = Math.floor(out / (outWidth * outHeight));
    for (let channel = 0; channel < channels; channel++) {
      for (let ky = 0; ky < kernelHeight; ky++) {
        for (let kx = 0; kx < kernelWidth; kx++) {
          const source = (channel * height + y * strideY + ky) * width + x * strideX + kx;
          const weight = ((ky * kernelWidth + kx) * channels + channel) * kernels + kernel;
          draft.addEdge(from.first + source, to.first + out, weights[weight]!, at);
        }
      }
    }
  }
}
