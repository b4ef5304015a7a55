/** Spike files back to spikes. What cannot be read is refused with `E_INPUT`, naming the file. */
import { SeamountError } from '../../cores/index.js';
import { type NpyData, readNpy } from './npy.js';
import { readNpz } from './npz.js';
import { SPIKES_SCHEMA, type SpikeFormat, type SpikePopulation, type SpikeTable } from './spike-format.js';

const bad = (name: string, message: string, cause?: unknown): SeamountError =>
  new SeamountError('E_INPUT', `${name}: ${message}`, '', { cause });

type Row = readonly [step: number, id: number, value: number];

function tableOf(rows: readonly Row[], valued: boolean): SpikeTable {
  return {
    steps: Uint32Array.from(rows, (row) => row[0]),
    ids: Uint32Array.from(rows, (row) => row[1]),
    values: valued ? Int8Array.from(rows, (row) => row[2]) : null,
  };
}

function npy(bytes: Uint8Array, name: string): SpikeTable {
  const { data, shape } = readNpy(bytes, name);
  const [n = 0, columns = 0] = shape;
  if (shape.length !== 2 || (columns !== 2 && columns !== 3) || !(data instanceof Int32Array))
    throw bad(name, `expected i4 of shape (n, 2) or (n, 3), got (${shape.join(', ')})`);
  const column = (c: number) => (_: unknown, i: number) => data[i * columns + c]!;
  return {
    steps: Uint32Array.from({ length: n }, column(0)),
    ids: Uint32Array.from({ length: n }, column(1)),
    values: columns === 3 ? Int8Array.from({ length: n }, column(2)) : null,
  };
}

function npz(bytes: Uint8Array, name: string): SpikeTable {
  const arrays = readNpz(bytes, name);
  const array = <T extends NpyData>(key: string, kind: new () => T): T => {
    const data = arrays.get(key)?.data;
    if (data instanceof kind) return data;
    throw bad(name, `has no array ${key} of the expected kind`);
  };
  const [steps, ids] = [array('step', Uint32Array), array('id', Uint32Array)];
  const values = arrays.has('value') ? array('value', Int8Array) : null;
  if (ids.length !== steps.length || (values ?? ids).length !== ids.length)
    throw bad(name, 'step, id and value differ in length');
  return { steps, ids, values };
}

function csv(bytes: Uint8Array, name: string, populations: readonly SpikePopulation[]): SpikeTable {
  const text = new TextDecoder().decode(bytes);
  const header = /^step,population,neuron(,value)?\r?\n/.exec(text);
  if (header === null) throw bad(name, 'expected the header step,population,neuron[,value]');
  const valued = header[1] !== undefined;
  const firstIds = new Map(populations.map((p) => [p.label, p.firstId]));
  const row = /(\d+),(?:"((?:[^"]|"")*)"|([^",\r\n]*)),(\d+)(?:,(-?\d+))?\r?\n/y;
  row.lastIndex = header[0].length;
  const rows: Row[] = [];
  while (row.lastIndex < text.length) {
    const match = row.exec(text);
    if (match === null || valued !== (match[5] !== undefined))
      throw bad(name, `row ${rows.length + 1} cannot be read`);
    const label = match[2]?.replaceAll('""', '"') ?? match[3]!;
    const firstId = firstIds.get(label);
    if (firstId === undefined) throw bad(name, `row ${rows.length + 1} names an unknown population ${label}`);
    rows.push([Number(match[1]), firstId + Number(match[4]), Number(match[5] ?? 1)]);
  }
  return tableOf(rows, valued);
}

interface JsonSpikes {
  readonly schema?: string;
  readonly populations?: readonly {
    readonly steps: readonly number[];
    readonly neurons: readonly number[];
    readonly values?: readonly number[];
  }[];
}

function json(bytes: Uint8Array, name: string, populations: readonly SpikePopulation[]): SpikeTable {
  let file: JsonSpikes;
  try {
    file = JSON.parse(new TextDecoder().decode(bytes)) as JsonSpikes;
  } catch (cause) {
    throw bad(name, 'is not JSON', cause);
  }
  if (file.schema !== SPIKES_SCHEMA || file.populations?.length !== populations.length)
    throw bad(name, `is not a ${SPIKES_SCHEMA} file of these populations`);
  const rows = file.populations.flatMap(({ steps, neurons, values }, p) =>
    steps.map((step, i): Row => [step, populations[p]!.firstId + neurons[i]!, values?.[i] ?? 1]),
  );
  rows.sort((a, b) => a[0] - b[0] || a[1] - b[1]);
  return tableOf(
    rows,
    file.populations.some((p) => p.values !== undefined),
  );
}

const DECODERS = { npy, npz, csv, json } satisfies Record<SpikeFormat, unknown>;

/**
 * The spikes in a file this package wrote, of a run with these populations; `name` is for messages.
 * @throws {SeamountError} `E_INPUT`
 */
export const decodeSpikes = (
  bytes: Uint8Array,
  format: SpikeFormat,
  populations: readonly SpikePopulation[],
  name: string,
): SpikeTable => DECODERS[format](bytes, name, populations);
