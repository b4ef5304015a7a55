/** Both models of the peer, step by step and message by message, as it printed them. */
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { messageTable } from '../../routing/index.js';
import { coreCosts, meshCosts, type TimeUnit } from '../../src/timing/core-costs.js';
import { DetailedModel } from '../../src/timing/detailed.js';
import { DetailedTrace } from '../../src/timing/detailed-trace.js';
import { meshGeometry } from '../../src/timing/geometry.js';
import { MessageWalk } from '../../src/timing/message-walk.js';
import { SimpleModel } from '../../src/timing/simple.js';
import { CASES } from '../sanafe/golden.js';
import { describeWithShared } from '../shared.js';
import { csvOf, imageOf, PEER_COSTS, recordingOf, sanafeCase } from './sanafe-case.js';

/** As the peer prints the times of steps, with 7 digits, and those of messages, with 6. */
const long = (seconds: number): string => seconds.toExponential(6).replace(/e-(\d)$/, 'e-0$1');
const short = (seconds: number): number => Number(seconds.toPrecision(6));

function play(dir: string, unit: TimeUnit) {
  const golden = sanafeCase(dir);
  const image = imageOf(golden);
  const geometry = meshGeometry(image);
  const walk = new MessageWalk(image, coreCosts(PEER_COSTS, unit).costs, { updates: 'arrivals' });
  const { costs } = meshCosts(PEER_COSTS, geometry.tilesInUse, unit);
  const trace = new DetailedTrace(geometry.cores);
  const simple = new SimpleModel(geometry.cores, costs);
  const detailed = new DetailedModel(geometry, costs, trace);
  return { golden, image, geometry, walk, trace, simple, detailed, recording: recordingOf(golden, image) };
}

describeWithShared('golden cases', (shared) => {
  it.each(CASES)('%s: spikes of the reference are those printed', (name) => {
    const dir = join(shared, 'vectors/sanafe', name);
    const { recording } = play(dir, 's');
    const { steps, ids } = recording.spikes;
    const printed = csvOf(dir, 'spikes.csv').map(({ neuron, timestep }) => `${timestep},${neuron}`);
    expect(Array.from(ids, (id, i) => `${steps[i]},n.${id}`).sort()).toEqual(printed.sort());
  });

  it.each(CASES)('%s: times of steps, to 7 digits', (name) => {
    const dir = join(shared, 'vectors/sanafe', name);
    const { walk, simple, detailed, recording } = play(dir, 's');
    const times = { simple: [] as string[], detailed: [] as string[], counts: [] as string[] };
    for (const messages of walk.steps(recording)) {
      times.simple.push(long(simple.step(messages).time));
      times.detailed.push(long(detailed.step(messages).time));
      const count = messages.first.at(-1)!;
      const events = messages.events.subarray(0, count).reduce((sum, n) => sum + n, 0);
      times.counts.push(`${count} messages, ${events} events`);
    }
    const printed = csvOf(dir, 'perf_detailed.csv');
    expect(times.counts).toEqual(printed.map((row) => `${row.packets} messages, ${row.spikes} events`));
    expect(times.simple).toEqual(csvOf(dir, 'perf_simple.csv').map((row) => row.sim_time));
    expect(times.detailed).toEqual(printed.map((row) => row.sim_time));
  });

  it.each(CASES)('%s: times in whole picoseconds, where other times are equal', (name) => {
    const dir = join(shared, 'vectors/sanafe', name);
    const { walk, simple, detailed, recording } = play(dir, 'ps');
    const printed = csvOf(dir, 'perf_detailed.csv').map((row) => 1e12 * Number(row.sim_time));
    const ours: number[] = [];
    const simply: string[] = [];
    for (const messages of walk.steps(recording)) {
      simply.push(long(simple.step(messages).time / 1e12));
      ours.push(detailed.step(messages).time);
    }
    expect(simply).toEqual(csvOf(dir, 'perf_simple.csv').map((row) => row.sim_time));
    const total = (times: readonly number[]): number => times.reduce((sum, time) => sum + time, 0);
    ours.forEach((time, i) => {
      expect(Math.abs(time / printed[i]! - 1)).toBeLessThan(0.015);
    });
    expect(Math.abs(total(ours) / total(printed) - 1)).toBeLessThan(0.0002);
  });

  it.each(CASES)('%s: updated compartments', (name) => {
    const dir = join(shared, 'vectors/sanafe', name);
    const { golden, walk, recording } = play(dir, 's');
    const inputs = golden.inputSpikes;
    const updated: number[] = [];
    for (const { step } of walk.steps(recording)) {
      const fired = [...inputs.values()].filter((steps) => steps.has(step)).length;
      updated.push(walk.updated.reduce((sum, n) => sum + n, 0) + fired);
    }
    expect(updated).toEqual(csvOf(dir, 'perf_simple.csv').map((row) => Number(row.updated)));
  });

  it.each(CASES)('%s: every message, to 6 digits', (name) => {
    const dir = join(shared, 'vectors/sanafe', name);
    const { image, geometry, walk, trace, detailed, recording } = play(dir, 's');
    const { x, y, slot } = geometry;
    const hardware = (core: number): string => `${4 * x[core]! + y[core]!}.${slot[core]}`;
    const { idOfKey } = messageTable(image);
    const rows: string[] = [];
    const hops = (a: number, b: number): number => Math.abs(x[a]! - x[b]!) + Math.abs(y[a]! - y[b]!);
    for (const messages of walk.steps(recording)) {
      detailed.step(messages);
      const { step, to } = messages;
      for (let core = 0; core < geometry.cores; core++) {
        for (let i = messages.first[core]!; i < messages.first[core + 1]!; i++) {
          const times = [
            trace.send[i]!,
            trace.received[i]!,
            trace.processed[i]!,
            messages.generation[i]!,
            messages.processing[i]!,
            trace.network[i]!,
            trace.blocking[i]!,
            trace.minHop[i]!,
          ].map(short);
          rows.push(
            [
              step,
              `n.${idOfKey[messages.key[i]!]}`,
              hardware(core),
              hardware(to[i]!),
              hops(core, to[i]!),
              messages.events[i],
              ...times,
              Number(trace.along[i]!.toPrecision(6)),
            ].join(),
          );
        }
        if (messages.rest[core]! > 0)
          rows.push([step, hardware(core), short(trace.rest[core]!), short(messages.rest[core]!)].join());
      }
    }
    const printed = csvOf(dir, 'messages_detailed.csv').map((row) => {
      const sent = [row.send_timestamp, row.received_timestamp, row.processed_timestamp];
      const delays = [
        row.generation_delay,
        row.processing_delay,
        row.network_delay,
        row.blocking_delay,
        row.min_hop_delay,
        row.messages_along_route,
      ];
      if (row.mid === '-1')
        return [row.timestep, row.src_hw, Number(row.send_timestamp), Number(row.generation_delay)].join();
      return [
        row.timestep,
        row.src_neuron,
        row.src_hw,
        row.dest_hw,
        row.hops,
        row.spikes,
        ...[...sent, ...delays].map(Number),
      ].join();
    });
    expect(rows.sort()).toEqual(printed.sort());
  });
});
