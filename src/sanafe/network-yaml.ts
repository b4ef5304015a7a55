/** The network as YAML: groups of neurons, edges, and mappings of neurons to cores. */
import { described, edgeAttributes, NO_DESCRIPTION, refuseEdgeAttributes } from './description.js';
import { type Entry, readTree, type TreeNode } from './document.js';
import { scanEdgeLines } from './edge-lines.js';
import { addGroupEdges } from './group-edges.js';
import { NetworkDraft, type SanafeGroup, type SanafeNetwork } from './network.js';
import { Problems } from './problems.js';
import { isEmpty, numberOfWord, rangeOfWord, TreeReader } from './tree-reader.js';

const OF_MAPPING: readonly string[] = ['core', 'soma', 'dendrite', 'synapse'];

/**
 * Reads a network; `name` is the file's, for messages.
 * @throws {ViolationsError} `E_INPUT` with everything that is wrong, each as `name:line:column`.
 */
export function readSanafeYaml(text: string, name: string): SanafeNetwork {
  const problems = new Problems(name, text);
  const scanned = scanEdgeLines(text);
  const root = readTree(scanned.rest.toString(), problems, (offset) => scanned.rest.origin(offset));
  problems.throwIfAny();
  const reader = new NetworkReader(problems);
  reader.read(root!);
  for (const { at, pre, preId, post, postId, weight } of scanned.edges)
    reader.addEdge(pre, preId, post, postId, weight, at);
  const network = reader.draft.finish();
  problems.throwIfAny();
  return network;
}

class NetworkReader extends TreeReader {
  readonly draft: NetworkDraft;

  constructor(problems: Problems) {
    super(problems);
    this.draft = new NetworkDraft(problems);
  }

  read(root: TreeNode): void {
    const top = this.map(root, 'the file');
    const network = this.need(top, 'network', root.at, 'the file');
    const parts = network === null ? new Map<string, Entry>() : this.map(network, 'network');
    const name = parts.get('name');
    if (name !== undefined && !isEmpty(name.value)) this.draft.name = this.text(name.value, 'name');
    const groups = this.need(parts, 'groups', network?.at ?? root.at, 'the network');
    for (const group of groups === null ? [] : this.items(groups)) this.#group(group);
    const edges = parts.get('edges');
    for (const { key, at, value } of edges === undefined ? [] : this.entries(edges.value, 'edges')) {
      this.#edge(key, at, value);
    }
    const mappings = this.need(top, 'mappings', root.at, 'the file');
    for (const { key, at, value } of mappings === null ? [] : this.entries(mappings, 'mappings')) {
      this.#mapping(key, at, value);
    }
  }

  #group(node: TreeNode): void {
    const map = this.map(node, 'group');
    const nameNode = this.need(map, 'name', node.at, 'the group');
    const neurons = this.need(map, 'neurons', node.at, 'the group');
    if (nameNode === null || neurons === null) return;
    const own = map.get('attributes');
    const defaults = described(
      own === undefined ? [] : this.entries(own.value, 'attributes'),
      NO_DESCRIPTION,
      this,
    );
    const parts = this.items(neurons).flatMap((item): readonly Entry[] =>
      item.kind === 'word'
        ? [{ key: item.text, at: item.at, value: { kind: 'map', at: item.at, entries: [] } }]
        : this.entries(item, 'neurons'),
    );
    const ranges = parts.map(({ key, at }) => {
      const range = rangeOfWord(key);
      if (range === null)
        this.problems.add(at, `expected a neuron (3) or a range (0..9), got ${JSON.stringify(key)}`);
      return range;
    });
    const size = ranges.reduce((sum, range) => sum + (range === null ? 0 : range.to - range.from + 1), 0);
    const group = this.draft.addGroup(this.text(nameNode, 'name'), size, nameNode.at, defaults);
    ranges.forEach((range, i) => {
      const { at, value } = parts[i]!;
      if (range === null) return;
      if (this.draft.id(group, range.to, at) < 0) return;
      const entries = this.entries(value, 'neuron');
      const description = entries.length === 0 ? defaults : described(entries, defaults, this);
      for (let k = range.from; k <= range.to; k++)
        Object.assign(this.draft.neuron(group.first + k), description, { at });
    });
  }

  #edge(key: string, at: number, value: TreeNode): void {
    const [source, target, ...more] = key.split('->').map((part) => part.trim());
    if (source === undefined || target === undefined || more.length > 0) {
      this.problems.add(at, `expected "a.0 -> b.1" or "a -> b", got ${JSON.stringify(key)}`);
      return;
    }
    const [pre, preId] = splitAddress(source);
    const [post, postId] = splitAddress(target);
    const attributes = edgeAttributes(this.entries(value, 'edge'), this);
    if (preId !== null && postId !== null) {
      refuseEdgeAttributes(attributes, new Set(['weight']), this);
      const node = this.need(attributes, 'weight', at, 'the edge');
      const weight = node === null ? Number.NaN : this.number(node, 'weight');
      const ids = [preId, postId].map(numberOfWord);
      if (ids.some(Number.isNaN)) this.problems.add(at, `expected "a.0 -> b.1", got ${JSON.stringify(key)}`);
      else this.addEdge(pre, ids[0]!, post, ids[1]!, weight, at);
      return;
    }
    if (preId !== null || postId !== null) {
      this.problems.add(at, 'an edge joins two neurons or two groups, not a neuron and a group');
      return;
    }
    const from = this.draft.group(pre, at);
    const to = this.draft.group(post, at);
    if (from !== null && to !== null) addGroupEdges({ from, to, attributes, at }, this.draft, this);
  }

  addEdge(pre: string, preId: number, post: string, postId: number, weight: number, at: number): void {
    const from = this.draft.group(pre, at);
    const to = this.draft.group(post, at);
    if (from === null || to === null) return;
    const source = this.draft.id(from, preId, at);
    const target = this.draft.id(to, postId, at);
    if (source >= 0 && target >= 0 && !Number.isNaN(weight)) this.draft.addEdge(source, target, weight, at);
  }

  #mapping(key: string, at: number, value: TreeNode): void {
    const [name, ids] = splitAddress(key);
    const group = this.draft.group(name, at);
    if (group === null) return;
    const range = ids === null ? { from: 0, to: group.size - 1 } : rangeOfWord(ids);
    if (range === null) {
      this.problems.add(at, `expected a neuron (a.3) or a range (a.0..9), got ${JSON.stringify(key)}`);
      return;
    }
    const parts = this.map(value, 'mapping');
    const unit = (part: string): string | null => {
      const entry = parts.get(part);
      return entry === undefined ? null : this.text(entry.value, part);
    };
    const coreNode = this.need(parts, 'core', at, 'the mapping');
    const core = coreNode === null ? null : coreAddress(this.text(coreNode, 'core'));
    if (coreNode !== null && core === null)
      this.problems.add(coreNode.at, 'core: expected tile.core, e.g. 0.1');
    for (const part of parts.keys()) {
      if (!OF_MAPPING.includes(part))
        this.problems.add(at, `mapping: ${part} is not known`, `a mapping has ${OF_MAPPING.join(', ')}`);
    }
    if (this.draft.id(group, range.to, at) < 0 || core === null) return;
    this.#place(
      group,
      range,
      core,
      { soma: unit('soma'), dendrite: unit('dendrite'), synapse: unit('synapse') },
      at,
    );
  }

  #place(
    group: SanafeGroup,
    range: { readonly from: number; readonly to: number },
    [tile, core]: readonly [number, number],
    units: {
      readonly soma: string | null;
      readonly dendrite: string | null;
      readonly synapse: string | null;
    },
    at: number,
  ): void {
    for (let k = range.from; k <= range.to; k++) {
      const neuron = this.draft.neuron(group.first + k);
      neuron.somaUnit = units.soma ?? neuron.somaUnit;
      neuron.dendriteUnit = units.dendrite ?? neuron.dendriteUnit;
      neuron.synapseUnit = units.synapse ?? neuron.synapseUnit;
      this.draft.map(group.first + k, tile, core, at);
    }
  }
}

/** `a.3` as group and neuron; a group alone has no neuron. */
function splitAddress(text: string): readonly [group: string, neuron: string | null] {
  const dot = text.indexOf('.');
  return dot < 0 ? [text, null] : [text.slice(0, dot), text.slice(dot + 1)];
}

/** `5.1` as tile and core within it, or null. */
export function coreAddress(text: string): readonly [tile: number, core: number] | null {
  const match = /^(\d+)\.(\d+)$/.exec(text);
  return match === null ? null : [Number(match[1]), Number(match[2])];
}
