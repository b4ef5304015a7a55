/** A run by its steps. */
import { describe, expect, it } from 'vitest';
import { StepStatistics } from '../../src/timing/step-statistics.js';

describe('StepStatistics', () => {
  it('adds up steps and counts what ended them', () => {
    const statistics = new StepStatistics();
    const sender = { kind: 'sender', index: 4 } as const;
    const receiver = { kind: 'receiver', index: 4 } as const;
    statistics.add(11, { time: 2_000_000, bound: sender });
    statistics.add(12, { time: 4_000_000, bound: receiver });
    statistics.add(13, { time: 4_000_000, bound: receiver });
    statistics.add(14, { time: 0, bound: { kind: 'barrier', index: -1 } });
    expect(statistics.steps).toBe(4);
    expect(statistics.time).toBe(10_000_000);
    expect(statistics.worst).toEqual({ step: 12, time: 4_000_000 });
    // 4 steps in 10 microseconds
    expect(statistics.stepsPerSecond).toBe(400_000);
    expect(statistics.realTimeFactor(1)).toBe(400);
    expect(statistics.realTimeFactor(0)).toBeNull();
    expect(statistics.bounds).toEqual([
      { bound: receiver, steps: 2 },
      { bound: { kind: 'barrier', index: -1 }, steps: 1 },
      { bound: sender, steps: 1 },
    ]);
  });

  it('of nothing', () => {
    const statistics = new StepStatistics();
    expect(statistics.worst).toBeNull();
    expect(statistics.stepsPerSecond).toBeNull();
    expect(statistics.realTimeFactor(1)).toBeNull();
    expect(statistics.bounds).toEqual([]);
  });
});
