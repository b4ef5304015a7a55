import { describe, expect, it } from 'vitest';
import { signalError } from '../../src/coding/index.js';

describe('the error of a decoded signal', () => {
  it('by hand: differences 0, 3, -4 of power 9 + 16 + 0', () => {
    const { rms, max, snr } = signalError([3, 4, 0], [3, 1, 4]);
    expect(rms).toBeCloseTo(Math.sqrt(25 / 3), 12);
    expect(max).toBe(4);
    expect(snr).toBe(0);
  });
  it('a tenth of the amplitude is 20 dB', () => {
    expect(signalError([1, -1], [1.1, -0.9]).snr).toBeCloseTo(20, 9);
  });
  it('has no ratio where nothing is wrong, or nothing is there', () => {
    expect(signalError([1], [1])).toEqual({ rms: 0, max: 0, snr: null });
    expect(signalError([0], [1])).toEqual({ rms: 1, max: 1, snr: null });
    expect(signalError([], [])).toEqual({ rms: 0, max: 0, snr: null });
  });
  it('refuses lengths that differ', () => {
    expect(() => signalError([1], [])).toThrow('signalError: 1 values against 0');
  });
});
