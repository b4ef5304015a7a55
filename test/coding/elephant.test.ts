/**
 * Values that Elephant, the field's library in Python, gives for its own examples: the docstrings of
 * elephant/statistics.py and the tests of elephant/spike_train_dissimilarity.py (commit 02f8fc7).
 */
import { describe, expect, it } from 'vitest';
import {
  cv2,
  localVariation,
  revisedLocalVariation,
  vanRossumSquared,
  victorPurpuraDistance,
} from '../../src/coding/index.js';

describe('as Elephant', () => {
  /** Of intervals 0.3, 4.5, 6.7, 9.3. */
  const train = [0, 0.3, 4.8, 11.5, 20.8];
  it('cv2', () => expect(cv2(train)).toBeCloseTo(0.8226190476190478, 12));
  it('lv', () => expect(localVariation(train)).toBeCloseTo(0.8306154336734695, 12));
  it('lvr', () => expect(revisedLocalVariation(train, { R: 0.005 })).toBeCloseTo(0.833907445980624, 12));

  it.each([
    [[1], [2.9], 1, 1.9],
    [[1], [3.1], 1, 2],
    [[12, 32], [32, 52], 0.01, 0.4],
    [[12, 32], [18, 60], 0.1, 2.6],
    [[10, 20, 30, 40], [10, 20, 30, 40, 50], 1, 1],
    [[12, 32], [10, 20, 30, 40], Infinity, 6],
    [[12], [20, 20], 0.1, 1.8],
  ])('victor_purpura_distance of %j and %j at %s is %s', (a, b, q, distance) => {
    expect(victorPurpuraDistance(a, b, { q })).toBeCloseTo(distance, 12);
    expect(victorPurpuraDistance(b, a, { q })).toBeCloseTo(distance, 12);
  });

  // Its distance is the root of twice van Rossum's D^2: 1 for one spike against none.
  it.each([
    [[], [1], 1, 1],
    [[1], [2], 1, Math.sqrt(2 * (1 - Math.exp(-1)))],
    [[12, 32], [32, 52], 100, Math.sqrt(2 * (1 - Math.exp(-0.4)))],
    [[12, 32], [10, 20, 30, 40], 0, Math.sqrt(6)],
    [[12, 32], [10, 20, 30, 40], Infinity, 2],
  ])('van_rossum_distance of %j and %j at %s is %s', (a, b, tau, distance) => {
    expect(Math.sqrt(2 * vanRossumSquared(a, b, { tau }))).toBeCloseTo(distance, 12);
  });
});
