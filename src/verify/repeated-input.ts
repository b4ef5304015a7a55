/**
 * Input that arrives several times in one step. A source of a network spikes once a step, so an input that a
 * recording repeats gets copies with the same synapses: copies of one connection, as a shifted sum is the connection's.
 */
import type { ConnectionRecord, NetworkRecord } from './network-record.js';

/** The record with every input event on an axon of its own step. */
export function withoutRepeats(record: NetworkRecord): NetworkRecord {
  const { nInputs, inputSteps, inputAxons } = record;
  const times = new Map<number, number>();
  /** Copy number k >= 1 of an input, to its axon. */
  const copies = new Map<string, { readonly of: number; readonly axon: number }>();
  const axons = inputAxons.map((axon, event) => {
    const key = inputSteps[event]! * nInputs + axon;
    const copy = times.get(key) ?? 0;
    times.set(key, copy + 1);
    if (copy === 0) return axon;
    const name = `${axon} ${copy}`;
    const known = copies.get(name) ?? { of: axon, axon: nInputs + copies.size };
    copies.set(name, known);
    return known.axon;
  });
  if (copies.size === 0) return record;
  const originals = Array.from(copies.values(), (copy) => copy.of);
  return {
    ...record,
    nInputs: nInputs + copies.size,
    inputAxons: axons,
    connections: record.connections.map((connection) =>
      connection.label === 'input' ? extended(connection, nInputs, originals) : connection,
    ),
  };
}

/** The connection with the synapses of `originals` once more, from axons `next`, `next + 1`, ... */
function extended(
  connection: ConnectionRecord,
  next: number,
  originals: readonly number[],
): ConnectionRecord {
  const { pre, post, weight, delay, exp } = connection;
  const source: number[] = [];
  const axon: number[] = [];
  for (const [k, original] of originals.entries()) {
    for (const [synapse, of] of pre.entries()) {
      if (of !== original) continue;
      source.push(synapse);
      axon.push(next + k);
    }
  }
  const more = (column: Int32Array): Int32Array =>
    Int32Array.from([...column, ...source.map((synapse) => column[synapse]!)]);
  return {
    ...connection,
    pre: Int32Array.from([...pre, ...axon]),
    post: more(post),
    weight: more(weight),
    delay: delay === null ? null : more(delay),
    exp: typeof exp === 'number' ? exp : more(exp),
    effective: connection.effective && more(connection.effective),
  };
}
