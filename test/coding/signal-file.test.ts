import { describe, expect, it } from 'vitest';
import { SeamountError } from '../../cores/index.js';
import { readSignal } from '../../src/coding/index.js';
import { writeNpy } from '../../src/index.js';

const text = (content: string) => readSignal(new TextEncoder().encode(content), 'a.csv');
const values = (content: string) => {
  const { data, shape } = text(content);
  return { data: [...data], shape };
};

function complaint(read: () => unknown): string {
  try {
    read();
  } catch (error) {
    expect(error).toBeInstanceOf(SeamountError);
    expect((error as SeamountError).code).toBe('E_INPUT');
    return (error as SeamountError).message;
  }
  throw new Error('was accepted');
}

describe('a signal in text', () => {
  const expected = { data: [1, 2.5, -3, 4e-2], shape: [2, 2] };
  it.each([
    ['commas', '1,2.5\n-3,4e-2\n'],
    ['semicolons', '1;2.5\r\n-3;4e-2'],
    ['tabs', '1\t2.5\n-3\t4e-2\n\n'],
    ['spaces', '  1  2.5\n -3 4e-2'],
    ['names above', 'left,right\n1,2.5\n-3,4e-2\n'],
    ['quotes', '"left","right"\n"1","2.5"\n"-3","4e-2"\n'],
    ['remarks and empty lines', '# made by hand\n\n1, 2.5 # first\n-3, 4e-2\n'],
    ['a byte order mark', '\uFEFF1,2.5\n-3,4e-2\n'],
  ])('with %s', (_name, content) => expect(values(content)).toEqual(expected));

  it('of one channel', () => expect(values('v\n1\n2\n')).toEqual({ data: [1, 2], shape: [2, 1] }));

  it('names every bad line', () => {
    const message = complaint(() => text('a,b\n1,2\n3\n4,x\n5,\nnan,6\n7,8,9\n'));
    expect(message.split('\n')).toEqual([
      'a.csv:3: has 1 columns, line 2 has 2',
      'a.csv:4: column 2 is "x", which is no number',
      'a.csv:5: column 2 is empty',
      'a.csv:6: column 1 is "nan", which is no number',
      'a.csv:7: has 3 columns, line 2 has 2',
    ]);
  });
  it('does not take a first line with a gap or a nan for names', () => {
    expect(complaint(() => text('nan\n1\n'))).toBe('a.csv:1: column 1 is "nan", which is no number');
  });
  it('says decimal commas are no numbers', () => {
    expect(complaint(() => text('1;2\n1,5;2,5\n'))).toContain('a.csv:2: column 1 is "1,5"');
  });
  it('gives up after twenty', () => {
    const lines = complaint(() => text(`1\n${'x\n'.repeat(50)}`)).split('\n');
    expect(lines).toHaveLength(21);
    expect(lines[20]).toBe('a.csv: and 30 more of the kind');
  });
  it.each(['', '\n\n', 'time,value\n', '# nothing\n'])('without samples: %j', (content) => {
    expect(complaint(() => text(content))).toBe('a.csv: there are no samples');
  });
});

it('refuses other binary files', () => {
  const zip = Uint8Array.of(0x50, 0x4b, 3, 4, 0, 0);
  expect(complaint(() => readSignal(zip, 'x.npz'))).toBe('x.npz: is neither .npy nor text');
});

describe('a signal in .npy', () => {
  it.each([
    Float64Array.of(1, 2, 3, 4, 5, 6),
    Float32Array.of(1, 2, 3, 4, 5, 6),
    Int16Array.of(1, 2, 3, 4, 5, 6),
    BigInt64Array.of(1n, 2n, 3n, 4n, 5n, 6n),
  ])('of %s', (data) => {
    const signal = readSignal(writeNpy(data, [3, 2]));
    expect(signal).toEqual({ data: Float64Array.of(1, 2, 3, 4, 5, 6), shape: [3, 2] });
  });
  it('of one dimension is one channel', () => {
    expect(readSignal(writeNpy(Float64Array.of(1, 2))).shape).toEqual([2, 1]);
  });
  it('refuses other shapes and what was not measured', () => {
    expect(complaint(() => readSignal(writeNpy(new Float64Array(8), [2, 2, 2]), 'x.npy'))).toBe(
      'x.npy: the array has shape (2, 2, 2)',
    );
    const gap = Float64Array.of(1, 2, 3, Number.NaN);
    expect(complaint(() => readSignal(writeNpy(gap, [2, 2]), 'x.npy'))).toBe(
      'x.npy: sample 1 of channel 1 is NaN',
    );
  });
});
