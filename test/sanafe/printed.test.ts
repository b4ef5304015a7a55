/** Rows of a run of ours print as the peer's files, byte for byte. */
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { Chip } from '../../routing/index.js';
import { loadSanafe } from '../../src/sanafe/load.js';
import {
  csvLines,
  exponential,
  general,
  MESSAGES_HEADER,
  messageLine,
  PERF_HEADER,
  perfLine,
  SPIKES_HEADER,
  type SpikeRow,
  spikeLine,
} from '../../src/sanafe/outputs.js';
import { ACTIVITY, SanafeSteps, type StepRows } from '../../src/sanafe/step-rows.js';
import { describeWithShared } from '../shared.js';
import { ARCHITECTURE, CASES, textIn } from './golden.js';

describeWithShared('golden nets', (shared) => {
  it.each(CASES)('%s', async (name) => {
    const dir = join(shared, 'vectors/sanafe', name);
    const network = { name: 'snn.yaml', text: textIn(dir, 'sanafe_snn.yaml') };
    const { image, costs, neuronNames } = loadSanafe({ architecture: ARCHITECTURE, network });
    const printed = textIn(dir, 'perf_detailed.csv');
    const steps = printed.trim().split('\n').length - 1;
    await using chip = await Chip.open(image, { activity: ACTIVITY });
    const made = new SanafeSteps(image, costs, { names: neuronNames, messages: true });
    const rows: StepRows[] = [];
    const spikes: SpikeRow[] = [];
    for await (const part of chip.legs(steps, { every: 17 })) {
      rows.push(...made.rows(part));
      part.spikes.ids.forEach((id, i) => {
        spikes.push({ source: neuronNames[id]!, timestep: part.spikes.steps[i]! });
      });
    }
    const perf = rows.map((row) => row.perf);
    expect([...csvLines(PERF_HEADER, perf, perfLine)].join('')).toBe(printed);
    const simple = rows.map(({ perf: row, simpleTime }) => ({ ...row, simTime: simpleTime }));
    expect([...csvLines(PERF_HEADER, simple, perfLine)].join('')).toBe(textIn(dir, 'perf_simple.csv'));
    expect([...csvLines(SPIKES_HEADER, spikes, spikeLine)].join('')).toBe(textIn(dir, 'spikes.csv'));
    // Rows without a number follow those of their step in an order of their own.
    const sorted = (text: string): string[] =>
      text
        .split('\n')
        .map((line, i) =>
          /^\d+,-1,/.test(line) ? line : `${String(i).padStart(8)} ${line.split(',').slice(1)}`,
        );
    const messages = [
      ...csvLines(
        MESSAGES_HEADER,
        rows.flatMap((row) => row.messages),
        messageLine,
      ),
    ].join('');
    expect(sorted(messages).sort()).toEqual(sorted(textIn(dir, 'messages_detailed.csv')).sort());
  });
});

it.each([
  [0, '0', '0.000000e+00'],
  [4.48e-8, '4.48e-08', '4.480000e-08'],
  [0.6428571428, '0.642857', '6.428571e-01'],
  [32.66666666, '32.6667', '3.266667e+01'],
  [100000, '100000', '1.000000e+05'],
  [999999.6, '1e+06', '9.999996e+05'],
  [1.25e12, '1.25e+12', '1.250000e+12'],
  [0.00012, '0.00012', '1.200000e-04'],
  [5.52518e-21, '5.52518e-21', '5.525180e-21'],
  [1e-120, '1e-120', '1.000000e-120'],
])('%d prints as %s and %s', (value, short, long) => {
  expect(general(value)).toBe(short);
  expect(exponential(value)).toBe(long);
});

it('what no message has prints as -inf', () => {
  expect(general(Number.NEGATIVE_INFINITY)).toBe('-inf');
});
