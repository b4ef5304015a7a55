import { describe, expect, it } from 'vitest';
import { readCommandLine } from '../../bench/command-line.js';

describe('the command line of benches', () => {
  it('takes names and passes workers through', () => {
    const line = readCommandLine(['W1', 'W2', '--workers', '1,auto', '--reps', '3', '--json']);
    expect(line).toMatchObject({
      names: ['W1', 'W2'],
      mode: 'run',
      json: true,
      settings: { workers: [1, 'auto'], reps: 3, kernels: 'wasm' },
    });
  });

  it('measures against C with one and two workers unless told otherwise', () => {
    expect(readCommandLine(['--against-c']).settings).toMatchObject({ workers: [1, 2], pairs: 5 });
    expect(readCommandLine(['--against-c', '--workers', '1']).settings.workers).toEqual([1]);
  });

  it.each([['--reps', 'x'], ['--reps', '1.5'], ['--pairs', '0'], ['--kernels', 'simd'], ['--nope']])(
    'refuses %s %s',
    (...args) => {
      expect(() => readCommandLine(args)).toThrow(expect.objectContaining({ code: 'E_USAGE' }));
    },
  );
});
