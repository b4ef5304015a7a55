import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { runScript, withDirectory } from './example.js';

const FILE = 'examples/yaml-network/network.yaml';

describe('the hand-written network', () => {
  it('tells where the sound is: the detectors fire one after the other, from right to left', () =>
    withDirectory((directory) => {
      const out = join(directory, 'run');
      const { status, stderr } = runScript(
        'src/cli/main.ts',
        'run',
        FILE,
        '--out',
        out,
        '--format',
        'csv',
        '--quiet',
      );
      expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
      const rows = readFileSync(join(out, 'spikes.csv'), 'utf8').trim().split('\n');
      expect(rows.filter((row) => row.includes(',neurons,'))).toEqual([
        '14,neurons,0',
        '33,neurons,1',
        '52,neurons,2',
        '71,neurons,3',
        '90,neurons,4',
      ]);
    }));

  it('is shown with its names, as the README says', () => {
    const { status, stdout } = runScript('src/cli/main.ts', 'run', FILE);
    expect(status).toBe(0);
    expect(stdout).toMatch(/far right +14\n/);
    expect(stdout).toMatch(/far left +90\n/);
  });
});
