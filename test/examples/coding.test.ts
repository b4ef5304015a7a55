import { describe, expect, it } from 'vitest';
import { CODINGS, send } from '../../examples/coding/codes.js';
import { COURSES } from '../../examples/coding/signals.js';
import { runScript } from './example.js';

const [sine, step] = COURSES;

/** Of the decoders' own documents, for a range of 0..1. */
const BOUNDS: Readonly<Record<string, number>> = {
  rate: 1 / 20,
  latency: 1 / 38,
  burst: 1 / 10,
  population: 1 / 10,
  'step-forward': 0.05,
};

describe('five codes', () => {
  it.each(CODINGS.map((coding) => [coding.name, coding] as const))(
    '%s: the sine comes back within its bound',
    async (name, coding) => {
      const { error } = await send(coding, sine!);
      expect(error.max).toBeLessThanOrEqual(BOUNDS[name]! + 1e-12);
    },
  );
  it('the step costs the step-forward code a dozen spikes, and the others as much as ever', async () => {
    const spikes = new Map<string, number>();
    for (const coding of CODINGS) spikes.set(coding.name, (await send(coding, step!)).spikes);
    // 0.6 in steps of 0.05
    expect(spikes.get('step-forward')).toBeLessThanOrEqual(12);
    expect(spikes.get('latency')).toBe(64);
    expect(spikes.get('rate')).toBeGreaterThan(600);
  });
  it('runs as documented', () => {
    const { status, stdout, stderr } = runScript('examples/coding/run.ts');
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
    expect(stdout).toMatch(/^sine +neurons +spikes +rms error +largest\n/);
    expect(stdout.match(/^ {2}latency +1 +64 +0\.\d+ +0\.\d+$/gm)).toHaveLength(2);
    expect(stdout).toMatch(/step-forward [▁▂▃▄▅▆▇█]{64}/);
  });
});
