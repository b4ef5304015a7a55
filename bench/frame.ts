/**
 * What a benchmark is, and how one is measured. Machines differ and are busy, so the figure to compare is the
 * ratio to a calibration loop run just before and after it, not the milliseconds.
 */
import { Bench } from 'tinybench';
import { calibration } from './calibration.js';

/** One thing to measure. */
export interface Case {
  /** `core/step-100-neurons` */
  readonly name: string;
  /** What one call does `perCall` of: `steps`, `synaptic events`. */
  readonly unit: string;
  readonly perCall: number;
  /** Builds what the calls work on, outside the measured time. */
  readonly open: () => Promise<Subject> | Subject;
}

export interface Subject {
  readonly call: () => unknown;
  /** Releases what `open` took. */
  readonly close?: () => Promise<void> | void;
}

export interface Measurement {
  readonly name: string;
  readonly unit: string;
  readonly perCall: number;
  readonly calls: number;
  /** of one call, ms */
  readonly median: number;
  readonly p75: number;
  /** units per second, from the median */
  readonly rate: number;
  /** median time of one unit, in iterations of the calibration loop */
  readonly ratio: number;
}

export interface Options {
  /** measured time per case, ms */
  readonly time: number;
  readonly signal?: AbortSignal;
}

interface Timing {
  readonly median: number;
  readonly p75: number;
  readonly calls: number;
}

async function time(call: () => unknown, { time, signal }: Options): Promise<Timing> {
  const bench = new Bench({
    time,
    warmupTime: time / 5,
    iterations: 5,
    throws: true,
    ...(signal && { signal }),
  });
  // the first call also tells whether calls must be awaited, one before the next
  const first = call();
  await first;
  bench.add('case', call, { async: first instanceof Promise });
  const [task] = await bench.run();
  const result = task?.result;
  if (result?.state !== 'completed') throw new Error(`benchmark did not complete: ${result?.state}`);
  const { p50, p75, samplesCount } = result.latency;
  return { median: p50, p75, calls: samplesCount };
}

/** Median time of one iteration of the calibration loop, ms. */
async function calibrate(options: Options): Promise<number> {
  const { call, iterations } = calibration('scalar');
  const { median } = await time(call, { ...options, time: Math.max(10, options.time / 5) });
  return median / iterations;
}

/** Measures one case between two calibrations. */
export async function measure({ name, unit, perCall, open }: Case, options: Options): Promise<Measurement> {
  const subject = await open();
  try {
    const before = await calibrate(options);
    const { median, p75, calls } = await time(subject.call, options);
    const after = await calibrate(options);
    return {
      name,
      unit,
      perCall,
      calls,
      median,
      p75,
      rate: (perCall * 1000) / median,
      ratio: median / perCall / ((before + after) / 2),
    };
  } finally {
    await subject.close?.();
  }
}
