/** Attributes of groups and neurons, as YAML, netlist and netlist-with-braces say them alike. */
import { nearest } from '../netfile/did-you-mean.js';
import type { Entry, TreeNode } from './document.js';
import type { NeuronDescription } from './network.js';
import type { TreeReader } from './tree-reader.js';

export const NO_DESCRIPTION: NeuronDescription = {
  attributes: new Map(),
  somaUnit: null,
  synapseUnit: null,
  dendriteUnit: null,
  logSpikes: false,
};

/** Keys that only say what else to print. */
const FOR_PRINTING: ReadonlySet<string> = new Set([
  'log_potential',
  'log_v',
  'log_u',
  'log_current',
  'connections_out',
]);

/** Extra work of units that no rule asks for; each would cost. */
const FORCED: ReadonlySet<string> = new Set([
  'force_update',
  'force_update_every_timestep',
  'force_soma_update',
  'force_dendrite_update',
  'force_synapse_update',
]);

/** `entries` on top of what `base` says. */
export function described(
  entries: readonly Entry[],
  base: NeuronDescription,
  reader: TreeReader,
): NeuronDescription {
  const result = { ...base };
  const attributes = new Map(base.attributes);
  for (const { key, at, value } of entries) {
    if (FOR_PRINTING.has(key)) continue;
    if (key === 'log_spikes') result.logSpikes = reader.flag(value, key);
    else if (key === 'soma_hw_name') result.somaUnit = reader.text(value, key);
    else if (key === 'synapse_hw_name') result.synapseUnit = reader.text(value, key);
    else if (key === 'dendrite_hw_name') result.dendriteUnit = reader.text(value, key);
    else if (FORCED.has(key)) {
      if (reader.flag(value, key)) reader.problems.add(at, `${key}: forced updates have no counterpart here`);
    } else if (key === 'soma') {
      for (const own of reader.entries(value, key)) attributes.set(own.key, own.value);
    } else if (key === 'dendrite' || key === 'synapse') {
      for (const own of reader.entries(value, key)) attributes.set(`${key}.${own.key}`, own.value);
    } else attributes.set(key, value);
  }
  result.attributes = attributes;
  return result;
}

/** Attributes of one edge, or lists of those of many: by name, wherever they go. */
export function edgeAttributes(entries: readonly Entry[], reader: TreeReader): ReadonlyMap<string, Entry> {
  const flat = entries.flatMap((entry) =>
    entry.key === 'synapse' || entry.key === 'dendrite' ? reader.entries(entry.value, entry.key) : [entry],
  );
  return new Map(
    flat.map((entry) => [entry.key === 'w' ? 'weight' : entry.key === 'd' ? 'delay' : entry.key, entry]),
  );
}

/** Refuses all but `known`, and delays other than 0. */
export function refuseEdgeAttributes(
  attributes: ReadonlyMap<string, Entry>,
  known: ReadonlySet<string>,
  reader: TreeReader,
): void {
  for (const [key, { at, value }] of attributes) {
    if (known.has(key)) continue;
    if (key !== 'delay') {
      const guess = nearest(key, [...known]);
      const hint = guess === undefined ? '' : `did you mean ${guess}?`;
      reader.problems.add(at, `edge attribute ${key} has no counterpart here`, hint);
    } else if (delaysOf(value, reader).some((delay) => delay !== 0)) {
      reader.problems.add(
        at,
        'synaptic delays are refused: SANA-FE loses what is delayed where the buffer is before the soma',
        'use a network of ours, whose synapses have delays',
      );
    }
  }
}

const delaysOf = (node: TreeNode, reader: TreeReader): Float64Array =>
  node.kind === 'word'
    ? Float64Array.of(reader.number(node, 'delay'))
    : (reader.numbers(node, 'delay') ?? new Float64Array(0));
