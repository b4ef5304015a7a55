/**
 * The legacy netlist: a line a part. `g 6 threshold=1` a group of 6 (named 0, 1, ... in turn), `n 0.3 bias=1` a neuron,
 * `e 0.1->0.3 weight=2` an edge, `& 0.3@5.1` a mapping to core 1 of tile 5. Attributes may be flow YAML instead.
 */
import { described, edgeAttributes, NO_DESCRIPTION, refuseEdgeAttributes } from './description.js';
import { type Entry, readTree } from './document.js';
import { NetworkDraft, type NeuronDescription, type SanafeGroup, type SanafeNetwork } from './network.js';
import { coreAddress } from './network-yaml.js';
import { Problems } from './problems.js';
import { TreeReader } from './tree-reader.js';

const FIELD = /\S+/g;
const NEURON = /^([^.@>]+)\.(\d+)$/;

/**
 * Reads a netlist; `name` is the file's, for messages.
 * @throws {ViolationsError} `E_INPUT` with everything that is wrong, each as `name:line:column`.
 */
export function readSanafeNetlist(text: string, name: string): SanafeNetwork {
  const problems = new Problems(name, text);
  const reader = new NetlistReader(problems);
  let at = 0;
  for (const line of text.split('\n')) {
    reader.readLine(line, at);
    at += line.length + 1;
  }
  const network = reader.draft.finish();
  problems.throwIfAny();
  return network;
}

interface Field {
  readonly text: string;
  readonly at: number;
}

class NetlistReader extends TreeReader {
  readonly draft: NetworkDraft;
  readonly #defaults = new Map<SanafeGroup, NeuronDescription>();
  #groups = 0;

  constructor(problems: Problems) {
    super(problems);
    this.draft = new NetworkDraft(problems);
  }

  readLine(line: string, start: number): void {
    const fields = Array.from(line.matchAll(FIELD), (match) => ({ text: match[0], at: start + match.index }));
    const [kind, subject, ...rest] = fields;
    if (kind === undefined || kind.text.startsWith('#')) return;
    if (subject === undefined) {
      this.problems.add(kind.at, `expected what ${kind.text} is about`);
      return;
    }
    switch (kind.text) {
      case 'g':
        this.#group(subject, this.#attributes(rest, line, start));
        break;
      case 'n':
        this.#neuron(subject, this.#attributes(rest, line, start));
        break;
      case 'e':
        this.#edge(subject, this.#attributes(rest, line, start));
        break;
      case '&':
        this.#mapping(subject);
        break;
      default:
        this.problems.add(kind.at, `expected g, n, e, & or #, got ${JSON.stringify(kind.text)}`);
    }
  }

  /** `key=value` fields, or what is left of the line as flow YAML. */
  #attributes(fields: readonly Field[], line: string, start: number): readonly Entry[] {
    const [first] = fields;
    if (first === undefined) return [];
    if (first.text.startsWith('{') || first.text.startsWith('[')) {
      const node = readTree(
        line.slice(first.at - start).trimEnd(),
        this.problems,
        (offset) => first.at + offset,
      );
      return node === null ? [] : this.entries(node, 'attributes');
    }
    return fields.flatMap(({ text, at }): readonly Entry[] => {
      const equals = text.indexOf('=');
      if (equals < 1 || equals === text.length - 1) {
        this.problems.add(at, `expected key=value, got ${JSON.stringify(text)}`);
        return [];
      }
      const value = { kind: 'word', at: at + equals + 1, text: text.slice(equals + 1) } as const;
      return [{ key: text.slice(0, equals), at, value }];
    });
  }

  #group({ text, at }: Field, entries: readonly Entry[]): void {
    const size = this.whole({ kind: 'word', at, text }, 'neurons of the group', 1, 2 ** 31);
    const defaults = described(entries, NO_DESCRIPTION, this);
    const group = this.draft.addGroup(String(this.#groups++), size || 0, at, defaults);
    this.#defaults.set(group, defaults);
  }

  #neuron({ text, at }: Field, entries: readonly Entry[]): void {
    const found = this.#find(text, at);
    if (found === null) return;
    const defaults = this.#defaults.get(found.group)!;
    Object.assign(this.draft.neuron(found.id), described(entries, defaults, this), { at });
  }

  #edge({ text, at }: Field, entries: readonly Entry[]): void {
    const [source, target] = text.split('->');
    const pre = this.#find(source ?? '', at);
    const post = this.#find(target ?? '', at);
    const attributes = edgeAttributes(entries, this);
    refuseEdgeAttributes(attributes, new Set(['weight']), this);
    const node = this.need(attributes, 'weight', at, 'the edge');
    const weight = node === null ? Number.NaN : this.number(node, 'weight');
    if (pre !== null && post !== null && !Number.isNaN(weight))
      this.draft.addEdge(pre.id, post.id, weight, at);
  }

  #mapping({ text, at }: Field): void {
    const [neuron, address] = text.split('@');
    const found = this.#find(neuron ?? '', at);
    const core = coreAddress(address ?? '');
    if (core === null) this.problems.add(at, `expected group.neuron@tile.core, got ${JSON.stringify(text)}`);
    if (found !== null && core !== null) this.draft.map(found.id, core[0], core[1], at);
  }

  #find(text: string, at: number): { readonly group: SanafeGroup; readonly id: number } | null {
    const match = NEURON.exec(text);
    if (match === null) {
      this.problems.add(at, `expected group.neuron, got ${JSON.stringify(text)}`);
      return null;
    }
    const group = this.draft.group(match[1]!, at);
    const id = group === null ? -1 : this.draft.id(group, Number(match[2]), at);
    return group === null || id < 0 ? null : { group, id };
  }
}
