/**
 * Spikes as files: `.npy` and `.npz` for numpy, CSV and JSON for everything else. Order is by step, then
 * neuron id, as the chip records them, so equal runs give equal bytes.
 */
import { type NpyArray, writeNpy } from './npy.js';
import { writeNpz } from './npz.js';
import {
  populationOf,
  SPIKES_SCHEMA,
  type SpikeFormat,
  type SpikePopulation,
  type SpikeTable,
} from './spike-format.js';
import { TextBytes } from './text-bytes.js';

/** `[n, 2]` i4: step, neuron id; `[n, 3]` with the value where spikes have one. */
function npy({ steps, ids, values }: SpikeTable): Uint8Array {
  const columns = values === null ? 2 : 3;
  const rows = new Int32Array(ids.length * columns);
  for (let i = 0; i < ids.length; i++) {
    rows[i * columns] = steps[i]!;
    rows[i * columns + 1] = ids[i]!;
    if (values !== null) rows[i * columns + 2] = values[i]!;
  }
  return writeNpy(rows, [ids.length, columns]);
}

/** Arrays `step`, `id` and maybe `value`. */
function npz({ steps, ids, values }: SpikeTable): Uint8Array {
  const shape = [ids.length];
  const arrays = new Map<string, NpyArray>([
    ['step', { data: steps, shape }],
    ['id', { data: ids, shape }],
  ]);
  if (values !== null) arrays.set('value', { data: values, shape });
  return writeNpz(arrays);
}

const quoted = (label: string): string =>
  /[",\r\n]/.test(label) ? `"${label.replaceAll('"', '""')}"` : label;

/** `step,population,neuron[,value]`; the neuron is numbered in its population. */
function csv({ steps, ids, values }: SpikeTable, populations: readonly SpikePopulation[]): Uint8Array {
  const file = new TextBytes();
  const names = populations.map(({ label }) => quoted(label));
  file.add(values === null ? 'step,population,neuron\n' : 'step,population,neuron,value\n');
  for (let i = 0; i < ids.length; i++) {
    const p = populationOf(populations, ids[i]!);
    const neuron = ids[i]! - populations[p]!.firstId;
    file.add(`${steps[i]},${names[p]},${neuron}${values === null ? '' : `,${values[i]}`}\n`);
  }
  return file.bytes();
}

/** Per population, columns `steps`, `neurons` and maybe `values`. */
function json({ steps, ids, values }: SpikeTable, populations: readonly SpikePopulation[]): Uint8Array {
  const rows: number[][] = populations.map(() => []);
  for (let i = 0; i < ids.length; i++) rows[populationOf(populations, ids[i]!)]!.push(i);
  const file = new TextBytes();
  const column = (name: string, picked: readonly number[], value: (i: number) => number): void => {
    file.add(`,\n      "${name}": [`);
    picked.forEach((i, k) => {
      file.add(`${k > 0 ? ',' : ''}${value(i)}`);
    });
    file.add(']');
  };
  file.add(`{\n  "schema": "${SPIKES_SCHEMA}",\n  "populations": [`);
  populations.forEach(({ label, size, firstId }, p) => {
    file.add(`${p > 0 ? ',' : ''}\n    {\n      "label": ${JSON.stringify(label)},\n      "size": ${size}`);
    column('steps', rows[p]!, (i) => steps[i]!);
    column('neurons', rows[p]!, (i) => ids[i]! - firstId);
    if (values !== null) column('values', rows[p]!, (i) => values[i]!);
    file.add('\n    }');
  });
  file.add('\n  ]\n}\n');
  return file.bytes();
}

const ENCODERS = { npy, npz, csv, json } satisfies Record<SpikeFormat, unknown>;

/** The bytes of a spike file. */
export const encodeSpikes = (
  spikes: SpikeTable,
  format: SpikeFormat,
  populations: readonly SpikePopulation[],
): Uint8Array => ENCODERS[format](spikes, populations);
