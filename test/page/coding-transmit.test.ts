/** Every code of the panel through the chip: its spikes arrive, and decoding errs no more than is promised. */
import { describe, expect, it } from 'vitest';
import { costProfileNamed } from '../../src/energy/cost-profiles.js';
import { CODE_NAMES, codesOf } from '../../src/page/coding/codes.js';
import { type Course, DURATION, valuesOf } from '../../src/page/coding/course.js';
import { CHOICES, type CodeOptions, INITIAL } from '../../src/page/coding/settings.js';
import { type Outcome, transmit } from '../../src/page/coding/transmit.js';

const COSTS = costProfileNamed('loihi1-sanafe');
const SINE = valuesOf(INITIAL.course);
const COURSES: readonly Course[] = [
  { kind: 'sine', periods: 1, swing: 1 },
  { kind: 'sine', periods: 8, swing: 0.8 },
  { kind: 'step', swing: 1 },
  { kind: 'points', by: 'hand', points: Array.from({ length: 64 }, (_, i) => ((i * 37) % 64) / 63) },
];

async function outcomes(
  values: Float64Array,
  changes: Partial<CodeOptions> = {},
): Promise<readonly Outcome[]> {
  const all: Outcome[] = [];
  for (const code of codesOf({ ...INITIAL.options, ...changes }))
    all.push(await transmit(code, values, COSTS));
  return all;
}

const outcomeOf = (all: readonly Outcome[], name: string): Outcome => all.find((one) => one.name === name)!;

/** Rounding of decoded values, which are quotients. */
const SLACK = 1e-9;

describe('a code of the panel', () => {
  it('has its spikes repeated by the chip, step by step', async () => {
    for (const code of codesOf(INITIAL.options)) {
      const sent = code.encode(SINE.filter((_, t) => t % code.window === 0));
      const { steps, ids, neurons } = await transmit(code, SINE, COSTS);
      expect(Array.from(steps)).toEqual(Array.from(sent.steps));
      expect(Array.from(ids)).toEqual(Array.from(sent.neurons));
      expect(neurons).toBe(sent.size);
      expect(sent.duration).toBe(DURATION);
    }
  });

  it.each(CHOICES.window)('errs at most as much as is promised, with windows of %i steps', async (window) => {
    let promised = 0;
    for (const course of COURSES)
      for (const options of [
        { maxSpikes: 3, neurons: 6, threshold: 0.2 },
        { maxSpikes: 8, neurons: 20, threshold: 0.02 },
      ])
        for (const { name, bound, error } of await outcomes(valuesOf(course), {
          ...options,
          window,
          peak: 1,
        })) {
          if (bound === null) continue;
          promised++;
          expect(error.max, `${name} of ${course.kind}`).toBeLessThanOrEqual(bound + SLACK);
          expect(error.rms).toBeLessThanOrEqual(error.max + SLACK);
        }
    // rate, latency and burst promise something for every signal
    expect(promised).toBeGreaterThanOrEqual(3 * 2 * COURSES.length);
  });

  it('promises nothing where its own limits are not kept', async () => {
    const jump = await outcomes(valuesOf({ kind: 'step', swing: 1 }));
    expect(outcomeOf(jump, 'change').bound).toBeNull();
    expect(outcomeOf(jump, 'change').error.max).toBeGreaterThan(0.5);
    expect(outcomeOf(jump, 'population').bound).toBeNull();
    const chance = await outcomes(SINE, { rate: 'poisson', change: 'delta' });
    expect(outcomeOf(chance, 'rate').bound).toBeNull();
    expect(outcomeOf(chance, 'change').bound).toBeNull();
    expect(outcomeOf(await outcomes(SINE, { window: 64, peak: 1 }), 'population').bound).toBeCloseTo(0.1);
  });

  it('costs energy by neurons and spikes: population most, latency less than rate', async () => {
    const all = await outcomes(SINE);
    expect(all.map(({ name }) => name)).toEqual(CODE_NAMES);
    const joules = (name: string): number => outcomeOf(all, name).joules;
    expect(Math.max(...all.map((one) => one.joules))).toBe(joules('population'));
    expect(joules('latency')).toBeLessThan(joules('rate'));
    expect(outcomeOf(all, 'latency').steps).toHaveLength(DURATION / INITIAL.options.window);
  });

  it('held for longer windows, is further from a signal that moves', async () => {
    const rms = async (window: number): Promise<number> =>
      outcomeOf(await outcomes(SINE, { window }), 'latency').heldRms;
    expect(await rms(80)).toBeGreaterThan(2 * (await rms(20)));
  });
});
