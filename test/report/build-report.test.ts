import { describe, expect, it } from 'vitest';
import type { EnergyReport } from '../../src/energy/energy-report.js';
import { populationBars, rasterOf, traceOf, useBars } from '../../src/report/report-views.js';
import { NETWORK } from '../cli/harness.js';
import { reportOfRun } from './sample-report.js';

describe('the report of a run', () => {
  it('says what was run', async () => {
    const { facts } = await reportOfRun();
    expect(facts).toMatchObject({
      title: 'recurrent',
      profile: 'loihi1',
      seed: 5,
      dt: 1,
      steps: { from: 1, to: 200, asked: 200 },
      populations: [
        { label: 'noise', size: 20 },
        { label: 'exc', size: 60 },
      ],
    });
    expect(facts.command.slice(0, 1)).toEqual(['run']);
    expect(facts.compile?.weights.length).toBeGreaterThan(0);
    expect(facts.use?.cores).toHaveLength(2);
  });

  it('has rates that add up to the spikes', async () => {
    const { facts, counts, steps } = await reportOfRun();
    expect(steps.length).toBe(facts.spikesRecorded);
    facts.populations.forEach(({ spikes }, i) => {
      expect(counts[i]!.reduce((sum, count) => sum + count, 0)).toBe(spikes);
    });
  });

  it('has costs of steps that add up to those of the run', async () => {
    const { facts, series } = await reportOfRun();
    const sum = (values: Float64Array | null) => values!.reduce((a, b) => a + b, 0);
    const { operations } = facts.energy!;
    if ('refused' in operations) throw new Error(operations.refused);
    expect(sum(series!.joules)).toBeCloseTo(operations.joules, 15);
    expect(sum(series!.seconds)).toBeCloseTo(facts.time!.seconds, 12);
  });

  it('has on the mesh what the chip counted', async () => {
    const { facts } = await reportOfRun();
    const of = (key: string) => facts.mesh!.metrics.find((metric) => metric.key === key)!.values;
    const exc = facts.populations[1]!;
    expect(of('spikes').reduce((a, b) => a + b, 0)).toBe(exc.spikes);
    expect(facts.mesh!.cores.map(({ x, y }) => [x, y])).toEqual([
      [0, 0],
      [1, 0],
    ]);
    expect(facts.mesh!.links?.quantity).toBe('load');
  });

  it('shows thresholds and the spikes of a probed neuron', async () => {
    const data = await reportOfRun(
      [],
      `${NETWORK}probes:\n  - { population: exc }\n  - { population: exc, record: [v], neurons: [31] }\n`,
    );
    const [trace] = data.traces;
    expect(trace).toMatchObject({ population: 'exc', variable: 'v', threshold: 120 * 64, recorded: 1 });
    const [line] = traceOf(trace!, data).lines;
    const id = 20 + 31;
    const fired = [...data.steps].filter((_, i) => data.rows[i] === id);
    expect(fired.length).toBeGreaterThan(0);
    expect(line!.spikes).toEqual(fired);
  });

  it('counts messages by link where no model of the mesh ran, and all spikes are known', async () => {
    const all = `${NETWORK}probes:\n  - { population: exc }\n  - { population: noise }\n`;
    const { facts } = await reportOfRun([], all);
    expect(facts.energy).toBeNull();
    const { quantity, entries } = facts.mesh!.links!;
    const hops = facts.counters.find(({ name }) => name === 'hopsX')!.value;
    expect(quantity).toBe('messages');
    expect(entries.map(({ label }) => label).sort()).toEqual(['tile 0,0 east', 'tile 1,0 west']);
    // a hop belongs to the step of its spike here, and to the step of its arrival in the chip's counters
    expect(entries.reduce((sum, { value }) => sum + value, 0)).toBeGreaterThanOrEqual(Number(hops));
  });

  it('puts neurons into rows in order of population', async () => {
    const raster = rasterOf(await reportOfRun());
    expect(raster.populations).toEqual([
      { label: 'noise', first: 0, size: 20 },
      { label: 'exc', first: 20, size: 60 },
    ]);
    expect(raster.density.field.rowCount).toBe(80);
  });

  it('charges populations, those beyond the first sixteen together', async () => {
    const { facts } = await reportOfRun();
    const entries = Array.from({ length: 20 }, (_, i) => ({ label: `p${i}`, joules: i + 1 }));
    const sections = [{ by: 'population', entries }] as unknown as EnergyReport['sections'];
    const { rows } = populationBars({ ...facts, energy: { ...facts.energy!, sections } })!;
    expect(rows).toHaveLength(17);
    expect(rows[0]).toMatchObject({ label: 'p19', bars: [{ value: 20 }] });
    expect(rows[16]).toMatchObject({ label: '4 others', bars: [{ value: 1 + 2 + 3 + 4 }] });
  });

  it('measures cores against the limits of their chip', async () => {
    const { data, hidden } = useBars((await reportOfRun()).facts)!;
    expect(hidden).toBe(0);
    expect(data.columns[0]).toBe('compartments / 1,024');
    expect(data.rows[0]!.bars[0]).toMatchObject({ value: 30, limit: 1024 });
  });
});
