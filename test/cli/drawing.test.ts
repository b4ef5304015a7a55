import { describe, expect, it } from 'vitest';
import { coresText } from '../../src/cli/capacity.js';
import { plot } from '../../src/cli/plot.js';
import { bar } from '../../src/cli/progress.js';
import { grouped, renderTable } from '../../src/cli/table.js';
import { wantsColour } from '../../src/cli/terminal.js';

const plain = (text: string): string => text;

describe('tables', () => {
  it('align by what is shown, not by colour sequences', () => {
    const columns = [
      { title: 'name', align: 'left' },
      { title: 'n', align: 'right' },
    ] as const;
    const table = renderTable(
      columns,
      [
        ['\u001b[1ma\u001b[22m', '5'],
        ['long name', '1,234'],
      ],
      plain,
    );
    expect(table).toBe('name           n\n\u001b[1ma\u001b[22m              5\nlong name  1,234');
  });

  it('group digits alike everywhere', () => {
    expect([0, 999, 1000, 1234567, 10n ** 18n].map(grouped)).toEqual([
      '0',
      '999',
      '1,000',
      '1,234,567',
      '1,000,000,000,000,000,000',
    ]);
  });

  it('name ranges of cores', () => {
    expect(coresText([3, 1, 2, 7, 7, 9])).toBe('1..3, 7, 9');
    expect(coresText([])).toBe('');
  });
});

describe('plots', () => {
  it('draw a line from corner to corner', () => {
    const text = plot([{ x: [0, 1], y: [0, 1], draw: 'line' }], { width: 4, height: 2 });
    expect(text).toBe('1 ┤⠀⠀⡠⠊\n0 ┤⡠⠊⠀⠀\n  └────\n   0  1');
  });

  it('draw marks, labels and a dashed rule', () => {
    const text = plot([{ x: [0, 2], y: [0, 4], draw: { mark: '●' } }], {
      width: 3,
      height: 1,
      xLabel: 'x',
      yLabel: 'y',
      rule: 2,
    });
    expect(text.split('\n')[0]).toBe('  y');
    expect(text.match(/●/g)).toHaveLength(2);
  });

  it('draw a constant, and say when there is nothing', () => {
    expect(plot([{ x: [1, 2], y: [5, 5], draw: 'dots' }], { width: 2, height: 1 })).toContain('┤');
    expect(plot([], { width: 2, height: 1 })).toBe('(nothing to plot)');
  });
});

describe('progress', () => {
  it('fills to an eighth of a cell', () => {
    expect(bar(0)).toBe(' '.repeat(24));
    expect(bar(1)).toBe('█'.repeat(24));
    expect(bar(1 / 192)).toBe(`▏${' '.repeat(23)}`);
    expect(bar(7)).toBe(bar(1));
  });
});

describe('colours', () => {
  it.each([
    [{}, true, true],
    [{}, false, false],
    [{ NO_COLOR: '1' }, true, false],
    [{ NO_COLOR: '' }, true, true],
    [{ FORCE_COLOR: '1' }, false, true],
    [{ FORCE_COLOR: '0' }, true, false],
    [{ NO_COLOR: '1', FORCE_COLOR: '1' }, true, false],
    [{ TERM: 'dumb' }, true, false],
  ])('%o on a terminal (%s): %s', (environment, isTerminal, wanted) => {
    expect(wantsColour(environment, isTerminal)).toBe(wanted);
  });
});
