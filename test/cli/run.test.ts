import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readNpy } from '../../src/io/npy.js';
import { readNpz } from '../../src/io/npz.js';
import { openRun } from '../../src/io/run-directory.js';
import { json, NETWORK, PROBED_NETWORK, scratch, seamount, snapshot, writeText } from './harness.js';

const dir = scratch();
const network = writeText(dir, 'network.yaml', NETWORK);
const probed = writeText(dir, 'probed.yaml', PROBED_NETWORK);
const out = (name: string): string => join(dir, name);

/** All files but the manifest, which has the command line. */
function contentOf(run: string): Readonly<Record<string, string>> {
  const { 'manifest.json': _, 'compile.json': __, ...others } = snapshot(run);
  return others;
}

describe('seamount run', () => {
  it('prints a table of what happened', async () => {
    const { code, out: text, err } = await seamount(['run', network]);
    expect([code, err]).toEqual([0, '']);
    expect(text).toMatch(
      /^recurrent on Loihi 1, steps 1\.\.200, 200 ms\n\npopulation {2}neurons {2}spikes {2}mean rate\n/,
    );
    expect(text).toMatch(/\nnoise +20 +\d+ +\d+\.\d Hz {2}source\n/);
    expect(text).toMatch(/\nexc +60 +[\d,]+ +\d+\.\d Hz\n/);
    expect(text).toMatch(/\nsynaptic events +[\d,]+\n/);
    expect(text).toMatch(/\ncores +2 on 1 chip\n/);
  });

  it('prints the same as an object', async () => {
    const { code, out: text } = await seamount(['run', network, '--json', '--steps', '50']);
    expect(code).toBe(0);
    expect(json(text)).toMatchObject({
      schema: 'seamount/result/1',
      name: 'recurrent',
      profile: 'loihi1',
      steps: { from: 1, to: 50, asked: 50 },
      interrupted: false,
      cores: 2,
      populations: [
        { label: 'noise', kind: 'source', size: 20 },
        { label: 'exc', kind: 'cells', size: 60 },
      ],
      out: null,
    });
  });

  it('says how the work was shared out among workers', async () => {
    const { out: text } = await seamount(['run', network, '--workers', '2']);
    expect(text).toMatch(/\nworkers +shares \d+ \d+ %, busy \d+ \d+ %\n/);
    const { out: alone } = await seamount(['run', network]);
    expect(alone).not.toMatch(/\nworkers /);

    const { balance } = json((await seamount(['run', network, '--workers', '2', '--json'])).out) as {
      balance: readonly { share: number; busy: number; busySeconds: number }[];
    };
    expect(balance).toHaveLength(2);
    expect(balance[0]!.share + balance[1]!.share).toBeCloseTo(1, 12);
    for (const { busy, busySeconds } of balance) {
      expect(busy).toBeGreaterThan(0);
      expect(busy).toBeLessThanOrEqual(1);
      expect(busySeconds).toBeGreaterThan(0);
    }
    const short = json((await seamount(['run', network, '--steps', '5', '--json'])).out);
    expect(short.balance).toEqual([
      { firstCore: 0, cores: 2, share: 1, busy: null, busySeconds: null, waitedSeconds: null },
    ]);
  });

  it('reads a network from standard input', async () => {
    const { code, out: text } = await seamount(['run', '-', '--steps', '3'], { input: NETWORK });
    expect(code).toBe(0);
    expect(text).toContain('recurrent on Loihi 1, steps 1..3');
  });

  it('saves spikes in every form, and they are the same spikes', async () => {
    expect((await seamount(['run', network, '-o', out('forms'), '--format', 'json,npy,csv,npz'])).code).toBe(
      0,
    );
    const run = await openRun(out('forms'));
    const spikes = await run.spikes();
    const npy = readNpy(readFileSync(out('forms/spikes.npy')));
    const npz = readNpz(readFileSync(out('forms/spikes.npz')));
    const csv = readFileSync(out('forms/spikes.csv'), 'utf8').trimEnd().split('\n');
    const { populations } = json(readFileSync(out('forms/spikes.json'), 'utf8')) as {
      populations: { steps: number[] }[];
    };
    expect(spikes.ids.length).toBeGreaterThan(100);
    expect(npy.shape).toEqual([spikes.ids.length, 2]);
    expect(npz.get('id')!.data).toEqual(spikes.ids);
    expect(csv).toHaveLength(spikes.ids.length + 1);
    expect(populations.reduce((n, p) => n + p.steps.length, 0)).toBe(spikes.ids.length);
    expect(run.manifest.spikes).toBe(spikes.ids.length);
  });

  it('says how often every population spiked, recorded or not', async () => {
    const all = json((await seamount(['run', network, '--json'])).out).populations;
    const some = json((await seamount(['run', probed, '--json'])).out);
    expect(some.populations).toEqual(all);
    expect(some.spikesRecorded).toBeNull();
  });

  it('records what the probes ask for and nothing else', async () => {
    await seamount(['run', network, '-o', out('all')]);
    await seamount(['run', probed, '-o', out('probed')]);
    const [all, some] = [await openRun(out('all')), await openRun(out('probed'))];
    const { steps, ids } = await all.spikes();
    const wanted = Array.from(ids.keys()).filter(
      (i) => ids[i]! < 20 || ((ids[i] === 20 || ids[i] === 51) && steps[i]! >= 11 && steps[i]! <= 150),
    );
    const recorded = await some.spikes();
    expect(Array.from(recorded.ids)).toEqual(wanted.map((i) => ids[i]));
    expect(Array.from(recorded.steps)).toEqual(wanted.map((i) => steps[i]));
    const [trace] = await some.traces();
    expect(trace).toMatchObject({
      name: 'exc.v',
      population: 'exc',
      variable: 'v',
      neurons: Uint32Array.of(0, 31),
    });
    expect(Array.from(trace!.steps)).toEqual(Array.from({ length: 70 }, (_, i) => 11 + 2 * i));
    expect(trace!.samples).toHaveLength(140);
    expect(new Set(trace!.samples).size).toBeGreaterThan(10);
  });

  it('same inputs, same bytes, manifest included', async () => {
    const command = [
      'run',
      probed,
      '-o',
      out('twice'),
      '--force',
      '--format',
      'npz,csv',
      '--save-checkpoint',
    ];
    await seamount(command.filter((word) => word !== '--force'));
    const first = contentOf(out('twice'));
    await seamount(command);
    const second = snapshot(out('twice'));
    expect(contentOf(out('twice'))).toEqual(first);
    await seamount(command);
    expect(snapshot(out('twice'))).toEqual(second);
  });

  it('workers and kernels change no byte', async () => {
    const command = (name: string, ...how: string[]) =>
      seamount(['run', probed, '-o', out(name), '--save-checkpoint', ...how]);
    expect((await command('w1')).code).toBe(0);
    expect((await command('w2', '--workers', '2')).code).toBe(0);
    expect((await command('scalar', '--kernels', 'scalar')).code).toBe(0);
    expect(contentOf(out('w2'))).toEqual(contentOf(out('w1')));
    expect(contentOf(out('scalar'))).toEqual(contentOf(out('w1')));
  });

  it('runs a compiled image, and the image of a run directory, to the same spikes', async () => {
    await seamount(['compile', probed, '-o', out('probed.smt'), '-q']);
    await seamount(['run', probed, '-o', out('from-network')]);
    await seamount(['run', out('probed.smt'), '--steps', '200', '-o', out('from-image')]);
    await seamount(['run', out('from-image'), '--steps', '200', '-o', out('from-run')]);
    expect(contentOf(out('from-image'))).toEqual(contentOf(out('from-network')));
    expect(contentOf(out('from-run'))).toEqual(contentOf(out('from-network')));
  });

  it('another seed gives another network', async () => {
    const hash = async (...seed: string[]) =>
      json((await seamount(['run', network, '--json', ...seed])).out).stateHash;
    expect(await hash('--seed', '6')).not.toBe(await hash());
    expect(await hash('--seed', '5')).toBe(await hash());
  });

  it('shows what cores use with --explain', async () => {
    const { code, out: text } = await seamount(['run', network, '--explain']);
    expect(code).toBe(0);
    expect(text).toMatch(/core +chip +tile/);
    expect(json((await seamount(['run', network, '--explain', '--json'])).out)).toHaveProperty(
      'report.cores.1',
    );
  });

  it('replaces a run with --force, and only a run', async () => {
    await seamount(['run', network, '-o', out('forced')]);
    const { code } = await seamount(['run', network, '-o', out('forced'), '--force', '--steps', '10']);
    expect(code).toBe(0);
    expect((await openRun(out('forced'))).manifest.steps.to).toBe(10);
  });

  it('draws progress on a terminal only, and takes it away again', async () => {
    const { err } = await seamount(['run', network], { drawsProgress: true });
    expect(err).toMatch(/of 200 steps/);
    expect(err.endsWith('\r\u001b[K')).toBe(true);
    expect((await seamount(['run', network, '--quiet'], { drawsProgress: true })).err).toBe('');
  });

  it('says the notice of a profile without limits, unless quiet', async () => {
    expect((await seamount(['run', network, '-p', 'unlimited'])).err).toContain('capacity limits are off');
    expect((await seamount(['run', network, '-p', 'unlimited', '-q'])).err).toBe('');
  });

  it('colours only where colours are wanted', async () => {
    expect((await seamount(['run', network])).out).not.toContain('\u001b');
    expect((await seamount(['run', network], { colours: true })).out).toContain('\u001b[1mrecurrent');
  });
});
