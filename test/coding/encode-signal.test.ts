import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { SeamountError, ViolationsError } from '../../cores/index.js';
import {
  CODE_NAMES,
  encodeBurst,
  encodeContrast,
  encodeDelta,
  encodeLatency,
  encodeLevelCrossing,
  encodeMovingWindow,
  encodePoisson,
  encodePopulation,
  encodeRegular,
  encodeSignal,
  encodeStepForward,
  optionsOfCode,
} from '../../src/coding/index.js';

const SIGNAL = { data: Float64Array.of(0.1, 0.9, 0.5, 0.2, 0.7, 0.4), shape: [3, 2] };

/** Message and hint of what `encodeSignal` throws. */
function complaint(code: string, signal: Parameters<typeof encodeSignal>[0] = SIGNAL) {
  try {
    encodeSignal(signal, { code });
  } catch (error) {
    expect(error).toBeInstanceOf(ViolationsError);
    const { code: kind, message, hint } = error as ViolationsError;
    expect(kind).toBe('E_USAGE');
    return { lines: message.split('\n'), hint };
  }
  throw new Error(`${code} was accepted`);
}

describe('every code by its name is its encoder', () => {
  it.each([
    ['poisson:window=9,max=2,seed=5', encodePoisson(SIGNAL, { window: 9, max: 2, seed: 5 })],
    ['regular:window=9,maxRate=100,dt=2', encodeRegular(SIGNAL, { window: 9, maxRate: 100, dt: 2 })],
    ['latency:window=20,min=0,max=1', encodeLatency(SIGNAL, { window: 20 })],
    ['burst', encodeBurst(SIGNAL)],
    [
      'population: window=30, neurons=8, spikes=latency',
      encodePopulation(SIGNAL, { window: 30, neurons: 8, spikes: 'latency' }),
    ],
    ['delta:threshold=.25', encodeDelta(SIGNAL, { threshold: 0.25 })],
    ['step-forward:threshold=1e-1,initial=-1', encodeStepForward(SIGNAL, { threshold: 0.1, initial: -1 })],
    ['level-crossing:threshold=0.1,window=4', encodeLevelCrossing(SIGNAL, { threshold: 0.1, window: 4 })],
    ['contrast:factor=0', encodeContrast(SIGNAL, { factor: 0 })],
    ['moving-window:threshold=0.1,span=2', encodeMovingWindow(SIGNAL, { threshold: 0.1, span: 2 })],
  ])('%s', (text, code) => {
    const encoded = encodeSignal(SIGNAL, { code: text });
    expect(encoded.code).toEqual(code);
    expect(encoded).toMatchObject({
      name: text.split(':')[0],
      steps: code.duration,
      size: code.size,
      sources: { kind: 'spikeArray', unit: 'steps', stamps: 'arrival', trains: null },
    });
    expect(encoded.sources.events).toEqual({ neurons: code.neurons, times: code.steps });
    expect(code.steps.length).toBeGreaterThan(0);
  });
  it('and all are there', () => {
    expect(CODE_NAMES).toHaveLength(10);
    expect(optionsOfCode('latency')).toEqual(['window', 'min', 'max', 'silentBelow']);
  });
});

it('takes a seed from outside where the text has none and the code draws', () => {
  const spikes = (code: string, seed: number) => encodeSignal(SIGNAL, { code, seed }).code;
  expect(spikes('poisson:window=50', 3)).toEqual(spikes('poisson:window=50,seed=3', 9));
  expect(spikes('poisson:window=50', 3)).not.toEqual(spikes('poisson:window=50', 4));
  expect(spikes('burst', 3)).toEqual(spikes('burst', 4));
});

it('a single channel may be a plain array', () => {
  expect(encodeSignal([0, 1], { code: 'regular:window=2' })).toMatchObject({ steps: 4, size: 1 });
});

describe('what is wrong is named at once', () => {
  it('options, values, relations and samples', () => {
    const signal = { data: Float64Array.of(0, Number.NaN, 1, Infinity), shape: [2, 2] };
    const { lines, hint } = complaint('latency:window=1,min=3,max=2,windwo=4,max=9,zap', signal);
    expect(lines).toEqual([
      '--code latency: max is given twice',
      '--code latency: "zap" is no option',
      '--code latency: there is no option windwo',
      '--code latency: min is 3 and max 2; max must be greater',
      '--code latency: window is 1; it must be a whole number 2..2147483646',
      '--code latency: sample 0 of channel 1 is NaN, and 1 more',
    ]);
    expect(hint).toContain('did you mean window?');
    expect(hint).toContain('write options as name=value');
  });
  it('words where numbers belong, and numbers where words belong', () => {
    expect(complaint('population:window=wide,spikes=3,neurons=4.5').lines).toEqual([
      '--code population: window is "wide"; it must be a whole number 2..2147483646',
      '--code population: neurons is 4.5; it must be a whole number 2..10000',
      '--code population: spikes is 3; it must be one of regular, poisson, latency',
    ]);
  });
  it('a peak rate of spikes that have no rate', () => {
    expect(complaint('population:window=9,spikes=latency,peak=0.5').lines).toEqual([
      '--code population: peak is given, and latencies have no rate',
    ]);
  });
  it('what is missing', () => {
    expect(complaint('latency').lines).toEqual([
      '--code latency: window is missing; it must be a whole number 2..2147483646',
    ]);
    expect(complaint('delta').lines).toEqual([
      '--code delta: threshold is missing; it must be a number above 0',
    ]);
  });
  it('a code that is none, with the one meant', () => {
    const { lines, hint } = complaint('latncy:x');
    expect(lines).toEqual(['--code latncy: there is no code "latncy"', '--code latncy: "x" is no option']);
    expect(hint).toContain('did you mean latency?');
    expect(complaint('morse').hint).toContain('choose from poisson, regular, latency, burst');
    expect(complaint('constructor').lines[0]).toContain('there is no code');
  });
  it('rates in their unit', () => {
    expect(complaint('poisson:maxRate=2000,dt=1').lines).toEqual([
      '--code poisson: maxRate is 2000; it must be a number 0..1000 Hz',
    ]);
    expect(complaint('regular:minRate=0.5,maxRate=0.25').lines).toEqual([
      '--code regular: minRate is 0.5 and maxRate 0.25 spikes a step; maxRate must be greater',
    ]);
    expect(complaint('regular:dt=0').lines).toEqual([
      '--code regular: dt is 0; it must be a number above 0 ms',
    ]);
  });
  it('signals of a shape that cannot be', () => {
    expect(complaint('burst', { data: [1, 2, 3], shape: [2, 2] }).lines[0]).toContain(
      'a signal of shape (2, 2) does not hold 3 values',
    );
    expect(complaint('burst', { data: [1], shape: [1, 1, 1] }).lines[0]).toContain('has 3 dimensions');
    expect(complaint('burst', { data: [1], shape: [] }).lines[0]).toContain('has 0 dimensions');
    expect(complaint('burst', { data: [], shape: [2, 0] }).lines[0]).toContain('has no channels');
  });
  it('more steps than there are', () => {
    expect(complaint('latency:window=2000000000', [0, 1]).lines[0]).toContain(
      '2 samples of 2000000000 steps are more than 2147483646 steps',
    );
  });
});

it('refuses more spikes than anybody wants, before memory is gone', () => {
  expect(() => encodeSignal([1], { code: 'regular:window=100000000' })).toThrow('more than 67108864 spikes');
  expect(() =>
    encodeSignal(
      { data: new Float64Array(1000), shape: [1, 1000] },
      { code: 'population:window=2000000000,neurons=10000' },
    ),
  ).toThrow('10000000 neurons over 2000000000 steps are too many to number');
});

it('whatever the text: spikes, or an error of ours', () => {
  const word = fc.constantFrom(
    'window',
    'min',
    'max',
    'threshold',
    'neurons',
    'spikes',
    'seed',
    'dt',
    '',
    'zap',
  );
  const value = fc.oneof(
    fc.integer({ min: -2, max: 40 }).map(String),
    fc.constantFrom('0.5', '1e-3', '-', 'NaN', '', 'latency', '=', '1e999', '0.1.2'),
  );
  const option = fc
    .tuple(word, fc.constantFrom('=', '=', '=', ':', ''), value)
    .map((parts) => parts.join(''));
  const text = fc
    .tuple(fc.constantFrom(...CODE_NAMES, 'x', ''), fc.array(option, { maxLength: 5 }))
    .map(([name, options]) => `${name}:${options.join(',')}`);
  fc.assert(
    fc.property(fc.oneof(text, fc.string()), (code) => {
      try {
        const { steps, size, code: spikes } = encodeSignal(SIGNAL, { code });
        expect(spikes.steps.every((step) => step >= 1 && step <= steps)).toBe(true);
        expect(spikes.neurons.every((neuron) => neuron < size)).toBe(true);
      } catch (error) {
        expect(error).toBeInstanceOf(SeamountError);
        expect((error as SeamountError).code).toBe('E_USAGE');
      }
    }),
    { numRuns: 1000 },
  );
});

it('an empty signal is no error: no steps, no spikes', () => {
  expect(encodeSignal([], { code: 'regular' })).toMatchObject({ steps: 0, size: 1 });
});
