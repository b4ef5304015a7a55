import { describe, expect, it } from 'vitest';
import { type CalibrationKind, calibration } from '../../bench/calibration.js';
import { ALLOWED, checkGuard, fails } from '../../bench/guard.js';
import type { Finding } from '../../bench/report.js';

describe('the guard against slowness', () => {
  it('allows what noise does and no more', () => {
    expect(fails(100 * ALLOWED, 100)).toBe(false);
    expect(fails(100 * ALLOWED + 1, 100)).toBe(true);
    expect(fails(1, undefined), 'a case without a baseline').toBe(true);
  });

  it('names every case that has become slow', () => {
    const finding = (name: string, failed: boolean): Finding => ({
      kind: 'guard',
      name,
      data: { failed },
      row: { ratio: '9', baseline: '3' },
    });
    expect(() => checkGuard([finding('a', false)])).not.toThrow();
    expect(() => checkGuard([finding('a', true), finding('b', false), finding('c', true)])).toThrow(
      expect.objectContaining({
        code: 'E_MISMATCH',
        message: expect.stringMatching(/a \(9 against 3\), c \(9 against 3\)$/),
      }),
    );
  });

  it.each<CalibrationKind>(['scalar', 'simd', 'scatter'])('has a loop that runs: %s', (kind) => {
    const { call, iterations } = calibration(kind);
    expect(call).not.toThrow();
    expect(iterations).toBeGreaterThan(10_000);
  });
});
