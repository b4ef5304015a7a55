/** What only a real process can show: signals, closed pipes, full disks. */
import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { openRun } from '../../src/io/run-directory.js';
import { json, NETWORK, root, SOURCES, scratch, snapshot, writeText } from './harness.js';

const dir = scratch();
const network = writeText(dir, 'network.yaml', NETWORK);
const out = (name: string): string => join(dir, name);

interface Ended {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** Waits for a process, at most `seconds`. */
function ended(child: ChildProcess, seconds = 30): Promise<Ended> {
  let [stdout, stderr] = ['', ''];
  child.stdout?.on('data', (chunk: Buffer) => {
    stdout += chunk.toString();
  });
  child.stderr?.on('data', (chunk: Buffer) => {
    stderr += chunk.toString();
  });
  const limit = setTimeout(() => child.kill('SIGKILL'), seconds * 1000);
  return new Promise((resolve) => {
    child.on('close', (code) => {
      clearTimeout(limit);
      resolve({ code, stdout, stderr });
    });
  });
}

const start = (...argv: readonly string[]): ChildProcess =>
  spawn(process.execPath, [...SOURCES, ...argv], { cwd: root, stdio: ['ignore', 'pipe', 'pipe'] });

const shell = (command: string): Promise<Ended> => ended(spawn('bash', ['-c', command], { cwd: root }));
const line = (...argv: readonly string[]): string =>
  [process.execPath, ...SOURCES, ...argv].map((word) => `'${word}'`).join(' ');

/** Resolves when the run has begun: the notice of its profile comes right before. */
const begun = (child: ChildProcess): Promise<void> =>
  new Promise((resolve) => {
    child.stderr?.on('data', (chunk: Buffer) => {
      if (chunk.toString().includes('capacity limits are off')) setTimeout(resolve, 500);
    });
  });
const LONG = ['run', network, '--steps', '2000000000', '--profile', 'unlimited'] as const;

describe('Ctrl-C', () => {
  it.each([
    ['in the calling thread', '1'],
    ['with threads', '2'],
  ])('once: stops at a step, saves what there is, exits 130 (%s)', async (_, workers) => {
    const run = out(`stopped by ${workers}`);
    const child = start(...LONG, '--workers', workers, '-o', run, '--json');
    const end = ended(child);
    await begun(child);
    child.kill('SIGINT');
    const { code, stdout, stderr } = await end;
    expect(stderr).toContain('stopping at the next step boundary');
    expect(code).toBe(130);
    const { steps } = json(stdout) as { steps: { to: number } };
    const saved = await openRun(run);
    expect(saved.manifest).toMatchObject({
      interrupted: true,
      steps: { to: steps.to, asked: 2_000_000_000 },
    });
    expect((await saved.spikes()).steps.at(-1) ?? 0).toBeLessThanOrEqual(steps.to);
    // It goes on from there, and to the very same bits as a run that was never stopped.
    const more = ['run', network, '-n', String(steps.to + 50), '-p', 'unlimited', '-q'];
    const [resumed, straight] = await Promise.all([
      ended(start(...more, '--resume', run, '--json')),
      ended(start(...more, '--json')),
    ]);
    expect([resumed.code, straight.code]).toEqual([0, 0]);
    expect(json(resumed.stdout).stateHash).toBe(json(straight.stdout).stateHash);
  });

  it('twice: leaves at once, and nothing carries a good name', async () => {
    const child = start(...LONG, '-o', out('left'));
    const end = ended(child);
    await begun(child);
    child.kill('SIGINT');
    child.kill('SIGTERM');
    expect((await end).code).toBe(130);
    expect(existsSync(out('left')) && !existsSync(out('left/manifest.json'))).toBe(false);
  });
});

describe('streams', () => {
  it('a reader that goes away does not break the run', async () => {
    const { code, stderr } = await shell(
      `set -o pipefail; ${line('run', network, '-o', out('piped'), '--json')} | head -c 1 >/dev/null`,
    );
    expect([code, stderr]).toEqual([0, '']);
    expect((await openRun(out('piped'))).manifest.interrupted).toBe(false);
  });

  it.skipIf(!existsSync('/dev/full'))('a full standard output is an error', async () => {
    const { code, stderr } = await shell(`${line('inspect', network)} >/dev/full`);
    expect(stderr).toContain('error E_IO: standard output: ENOSPC');
    expect(code).toBe(1);
  });

  it('results on stdout, all else on stderr, no colours in files', async () => {
    const { code, stdout, stderr } = await ended(start('run', network, '-p', 'unlimited'));
    expect(code).toBe(0);
    expect(stdout).toMatch(/^recurrent on /);
    expect(stderr).toMatch(/^note: capacity limits are off/);
    expect(stdout + stderr).not.toContain('\u001b');
  });

  it('FORCE_COLOR and NO_COLOR are heard', async () => {
    const forced = await shell(`FORCE_COLOR=1 ${line('inspect', network)}`);
    const none = await shell(`FORCE_COLOR=1 NO_COLOR=1 ${line('inspect', network)}`);
    expect(forced.stdout).toContain('\u001b[1m');
    expect(none.stdout).not.toContain('\u001b');
  });
});

describe('a full disk', () => {
  it('is an error, and what was there stays as it was', async () => {
    await ended(start('run', network, '-o', out('kept'), '-q'));
    await ended(start('compile', network, '-o', out('kept.smt'), '-q'));
    const before = snapshot(dir);
    // Files may have 1 KiB: the system refuses the rest as it does on a full disk.
    const run = await shell(`ulimit -f 1; ${line('run', network, '-o', out('kept'), '--force')}`);
    const image = await shell(`ulimit -f 1; ${line('compile', network, '-o', out('kept.smt'))}`);
    expect([run.code, image.code]).toEqual([1, 1]);
    expect(run.stderr).toContain(`error E_IO: ${out('kept')}: cannot be written`);
    expect(image.stderr).toContain(`error E_IO: ${out('kept.smt')}: cannot be written`);
    expect(snapshot(dir)).toEqual(before);
    expect(readdirSync(dir).filter((name) => name.startsWith('.'))).toEqual([]);
  });
});
