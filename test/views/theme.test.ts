import { describe, expect, it } from 'vitest';
import { inkOn, viridis } from '../../src/views/colour-map.js';
import { DARK, LIGHT, type Theme } from '../../src/views/theme.js';

/** Relative luminance (WCAG 2.2). */
function luminance(hex: string): number {
  const parts = [1, 3, 5].map((at) => {
    const share = Number.parseInt(hex.slice(at, at + 2), 16) / 255;
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * parts[0]! + 0.7152 * parts[1]! + 0.0722 * parts[2]!;
}

function contrast(a: string, b: string): number {
  const [low, high] = [luminance(a), luminance(b)].sort((x, y) => x - y) as [number, number];
  return (high + 0.05) / (low + 0.05);
}

describe.each([
  ['light', LIGHT],
  ['dark', DARK],
] as const)('the %s theme', (_, theme: Theme) => {
  it('has text that can be read: 4.5 to 1', () => {
    for (const colour of [theme.ink, theme.muted, theme.accent, theme.alarm, ...theme.categoryInks])
      expect(contrast(colour, theme.ground), colour).toBeGreaterThanOrEqual(4.5);
  });

  it('has marks that can be seen, all different', () => {
    for (const colour of theme.categories)
      expect(contrast(colour, theme.ground), colour).toBeGreaterThanOrEqual(2.2);
    expect(new Set(theme.categories).size).toBe(theme.categories.length);
    expect(theme.categoryInks).toHaveLength(theme.categories.length);
  });
});

describe('viridis', () => {
  it('grows lighter all the way, with numbers that can be read on it', () => {
    let before = -1;
    for (let i = 0; i <= 100; i++) {
      const colour = viridis(i / 100);
      expect(luminance(colour)).toBeGreaterThan(before);
      before = luminance(colour);
      expect(contrast(colour, inkOn(colour)), colour).toBeGreaterThanOrEqual(4);
    }
    expect(viridis(-1)).toBe(viridis(0));
    expect(viridis(2)).toBe(viridis(1));
  });

  // entries of the published table that ours leaves out, too
  it.each([
    [0, '#440154'],
    [7, '#460b5e'],
    [64, '#3b528b'],
    [100, '#2a768e'],
    [128, '#21918c'],
    [199, '#6ece58'],
    [251, '#f4e61e'],
    [255, '#fde725'],
  ])('has colour %i of the published ones, to 1 of 255', (index, published) => {
    const parts = (hex: string) => [1, 3, 5].map((at) => Number.parseInt(hex.slice(at, at + 2), 16));
    const ours = parts(viridis(index / 255));
    parts(published).forEach((part, i) => {
      expect(Math.abs(part - ours[i]!)).toBeLessThanOrEqual(1);
    });
  });
});
