import { expect, it } from 'vitest';
import { csvText, ratesCsv, tracesCsv } from '../../src/views/csv.js';

it('quotes what would end a cell', () => {
  expect(
    csvText(
      ['a', 'b,c'],
      [
        [1, 'say "hi"'],
        [-0.5, 'two\nlines'],
      ],
    ),
  ).toBe('a,"b,c"\n1,"say ""hi"""\n-0.5,"two\nlines"\n');
});

it('has a line for every bin of every population, the last one as short as it is', () => {
  const bins = { from: 1, to: 5, binSteps: 2, counts: [Uint32Array.of(4, 0, 1), Uint32Array.of(0, 2, 0)] };
  const populations = [
    { label: 'in', size: 2 },
    { label: 'out', size: 1 },
  ];
  expect(ratesCsv({ populations, bins }, 0.5).split('\n')).toEqual([
    'first_step,last_step,population,spikes,rate_Hz',
    '1,2,in,4,2000',
    '3,4,in,0,0',
    '5,5,in,1,1000',
    '1,2,out,0,0',
    '3,4,out,2,2000',
    '5,5,out,0,0',
    '',
  ]);
  expect(ratesCsv({ populations, bins }, 0)).toContain('spikes_per_step\n1,2,in,4,1\n');
});

it('has a line for every sample', () => {
  const lines = [
    { label: 'exc 3', steps: [1, 2], values: [-64, 128] },
    { label: 'exc 4', steps: [1], values: [0.5] },
  ];
  expect(tracesCsv({ lines, quantity: 'v (register)' })).toBe(
    'step,line,v (register)\n1,exc 3,-64\n2,exc 3,128\n1,exc 4,0.5\n',
  );
});
