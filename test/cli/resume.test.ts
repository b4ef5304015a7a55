import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { Recording } from '../../routing/index.js';
import { openRun } from '../../src/io/run-directory.js';
import { json, PROBED_NETWORK, scratch, seamount, snapshot, writeText } from './harness.js';

const dir = scratch();
const network = writeText(dir, 'network.yaml', PROBED_NETWORK);
const out = (name: string): string => join(dir, name);

/** Runs and fails the test when that failed. */
async function run(...argv: readonly string[]): Promise<void> {
  const { code, err } = await seamount(['run', network, ...argv]);
  expect([code, err]).toEqual([0, '']);
}

const rows = ({ steps, ids }: Recording['spikes']): readonly string[] =>
  Array.from(ids, (id, i) => `${steps[i]} ${id}`);
const spikesOf = async (name: string): Promise<readonly string[]> =>
  rows(await (await openRun(out(name))).spikes());
const hashOf = async (name: string): Promise<string> => (await openRun(out(name))).manifest.stateHash;

describe('checkpoints', () => {
  it('a resumed run ends in the same bits, with any number of workers', async () => {
    await run('-o', out('whole'), '--save-checkpoint', '--checkpoint-at', '70,140');
    expect(readdirSync(out('whole')).filter((name) => name.endsWith('.smc'))).toEqual([
      'checkpoint-140.smc',
      'checkpoint-200.smc',
      'checkpoint-70.smc',
    ]);
    const whole = await spikesOf('whole');
    for (const [name, step, ...how] of [
      ['from 70', '70'],
      ['from 70, two workers', '70', '--workers', '2'],
      ['from 140, scalar', '140', '--kernels', 'scalar'],
    ] as const) {
      const checkpoint = out(`whole/checkpoint-${step}.smc`);
      await run('-o', out(name), '--resume', checkpoint, '--save-checkpoint', ...how);
      expect(await hashOf(name)).toBe(await hashOf('whole'));
      expect(await spikesOf(name)).toEqual(whole.filter((row) => Number(row.split(' ')[0]) > Number(step)));
      for (const file of ['checkpoint-200.smc', 'counters.json', 'image.smt'])
        expect(snapshot(out(name))[file]).toBe(snapshot(out('whole'))[file]);
    }
  });

  it('resumes from the latest checkpoint of a run directory', async () => {
    await run('-o', out('half'), '--steps', '90', '--save-checkpoint');
    await run('-o', out('rest'), '--resume', out('half'));
    await run('-o', out('straight'));
    expect(await hashOf('rest')).toBe(await hashOf('straight'));
    expect([...(await spikesOf('half')), ...(await spikesOf('rest'))]).toEqual(await spikesOf('straight'));
    expect((await openRun(out('rest'))).manifest.steps).toEqual({ from: 91, to: 200, asked: 200 });
  });

  it('resumes a compiled image as well', async () => {
    await seamount(['compile', network, '-o', out('network.smt'), '-q']);
    const { code } = await seamount([
      'run',
      out('network.smt'),
      '-n',
      '200',
      '--resume',
      out('half'),
      '-o',
      out('from image'),
    ]);
    expect(code).toBe(0);
    expect(await hashOf('from image')).toBe(await hashOf('straight'));
  });
});

describe('an interrupted run', () => {
  it('leaves valid output that says so, and a checkpoint to go on from', async () => {
    await run('-o', out('uninterrupted'), '--steps', '2000');
    const interrupt = new AbortController();
    // The first drawing of the progress line, after the first leg, which is a step.
    const world = { signal: interrupt.signal, drawsProgress: true, onErr: () => interrupt.abort() };
    const command = ['run', network, '--steps', '2000', '-o', out('stopped'), '--json'];
    const { code, out: text } = await seamount(command, world);
    expect(code).toBe(130);
    const { steps, interrupted } = json(text) as { steps: { to: number }; interrupted: boolean };
    expect(interrupted).toBe(true);
    expect(steps.to).toBe(1);
    const stopped = await openRun(out('stopped'));
    expect(stopped.manifest).toMatchObject({ interrupted: true, steps: { to: steps.to, asked: 2000 } });
    expect(existsSync(out(`stopped/checkpoint-${steps.to}.smc`))).toBe(true);
    await run('--steps', '2000', '-o', out('continued'), '--resume', out('stopped'));
    expect(await hashOf('continued')).toBe(await hashOf('uninterrupted'));
    expect([...(await spikesOf('stopped')), ...(await spikesOf('continued'))]).toEqual(
      await spikesOf('uninterrupted'),
    );
  });

  it('before its first step is an empty run', async () => {
    const { code, out: text } = await seamount(['run', network, '-o', out('nothing')], {
      signal: AbortSignal.abort(),
    });
    expect(code).toBe(130);
    expect(text).toContain('stopped at step 0 of 200');
    expect((await openRun(out('nothing'))).manifest).toMatchObject({
      interrupted: true,
      spikes: 0,
      steps: { to: 0 },
    });
  });
});
