/** The example runs from the command line and leaves the peer's files. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { readNpz } from '../../src/io/npz.js';
import { MESSAGES_HEADER, PERF_HEADER } from '../../src/sanafe/outputs.js';
import { json, root, scratch, seamount } from '../cli/harness.js';

const files = ['loihi.yaml', 'net.yaml'].map((name) => join(root, 'examples/sana-fe', name));
const scratchDir = scratch();
const out = join(scratchDir, 'csv');
const lines = (name: string): string[] => readFileSync(join(out, name), 'utf8').trim().split('\n');

it('runs, and its rows agree with each other', async () => {
  const result = await seamount(['run', ...files, '--steps', '50', '--json', '--sana-fe-csv', out]);
  expect(result.code).toBe(0);
  expect(json(result.out)).toMatchObject({ steps: { from: 1, to: 50 } });

  const spikes = lines('spikes.csv');
  expect(spikes.slice(0, 3)).toEqual(['neuron,timestep', 'in.0,1', 'ring.0,2']);
  const [perfHeader, ...perf] = lines('perf.csv');
  const [messagesHeader, ...messages] = lines('messages.csv');
  expect([perfHeader, messagesHeader]).toEqual([PERF_HEADER, MESSAGES_HEADER]);
  expect(perf).toHaveLength(50);
  const column = (rows: readonly string[], k: number): number =>
    rows.reduce((sum, row) => sum + Number(row.split(',')[k]), 0);
  const sent = messages.filter((row) => !/^\d+,-1,/.test(row));
  expect(column(perf, 1)).toBe(spikes.length - 1);
  expect(column(perf, 3)).toBe(sent.length);
  expect(column(perf, 4)).toBe(column(sent, 5));
  expect(column(perf, 5)).toBe(column(sent, 6));
});

it('its times in files are whole picoseconds, and those of perf.csv', async () => {
  const [run, csv] = [join(scratchDir, 'run'), join(scratchDir, 'csv-of-run')];
  const line = ['run', ...files, '--steps', '50', '--out', run, '--format', 'csv', '--sana-fe-csv', csv];
  expect((await seamount(line)).code).toBe(0);
  const column = (path: string, name: string): number[] => {
    const [header, ...rows] = readFileSync(path, 'utf8').trim().split('\n');
    const at = header!.split(',').indexOf(name);
    return rows.map((row) => Number(row.split(',')[at]));
  };
  const times = column(join(run, 'steps.csv'), 'picoseconds');
  expect(times.filter((time) => !Number.isInteger(time))).toEqual([]);
  expect(times.map((time) => (time * 1e-12).toExponential(6))).toEqual(
    column(join(csv, 'perf.csv'), 'sim_time').map((time) => time.toExponential(6)),
  );
  expect(new Set(times).size).toBeGreaterThan(5);
  const { picoseconds } = Object.fromEntries(readNpz(readFileSync(join(run, 'steps.npz')), 'steps.npz'));
  expect([...(picoseconds!.data as Float64Array)]).toEqual(times);
});
