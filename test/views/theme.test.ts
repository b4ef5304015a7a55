import { describe, expect, it } from 'vitest';
import { inkOn, mapColour } from '../../src/views/colour-map.js';
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

describe('colour maps', () => {
  it.each(['viridis', 'cividis'] as const)(
    '%s grows lighter all the way, with numbers that can be read on it',
    (map) => {
      let before = -1;
      for (let i = 0; i <= 100; i++) {
        const colour = mapColour(map, i / 100);
        expect(luminance(colour)).toBeGreaterThan(before);
        before = luminance(colour);
        expect(contrast(colour, inkOn(colour)), colour).toBeGreaterThanOrEqual(4);
      }
      expect(mapColour(map, -1)).toBe(mapColour(map, 0));
      expect(mapColour(map, 2)).toBe(mapColour(map, 1));
    },
  );
});
