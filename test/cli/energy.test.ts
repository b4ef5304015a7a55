/** Energy and time on the command line: what is printed, what is saved, and what a finished run costs elsewhere. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import type { TimeReport } from '../../src/account/time-report.js';
import { json, NETWORK, scratch, seamount, writeText } from './harness.js';

const dir = scratch();
const network = writeText(dir, 'network.yaml', NETWORK);
const run = join(dir, 'run');
const read = (name: string): Record<string, unknown> => json(readFileSync(join(run, name), 'utf8'));

interface Energy {
  readonly estimate: string;
  readonly profile: { readonly name: string; readonly basis: string };
  readonly steps: number;
  readonly samples: number | null;
  readonly counts: Readonly<Record<string, number>>;
  readonly operations: { readonly joules: number; readonly perSample: number | null };
  readonly unpriced: readonly { readonly event: string }[];
  readonly sections: readonly {
    readonly by: string;
    readonly entries: readonly { readonly label: string; readonly joules: number }[];
  }[];
  readonly static: { readonly joules: number; readonly seconds: number; readonly clock: string } | null;
}

beforeAll(async () => {
  const { code, err } = await seamount([
    'run',
    network,
    '--energy',
    'loihi1-sanafe',
    '--timing',
    'mesh',
    '--out',
    run,
    '--format',
    'npy,csv',
  ]);
  expect(err).not.toContain('error');
  expect(code).toBe(0);
});

describe('seamount run --energy', () => {
  it('has a title within the width of the terminal, in bold where there are colours', async () => {
    const argv = ['run', network, '--energy', 'loihi1-davies2018', '--quiet'];
    const { out } = await seamount(argv, { columns: 80, colours: true });
    expect(out).toContain(
      '\u001b[1menergy, an estimate by loihi1-davies2018 (simulated): Loihi 1, pre-silicon\u001b[22m\n' +
        '\u001b[1m  simulation at 0.75 V (Davies 2018)\u001b[22m\n',
    );
  });

  it('prints what cost what, by whose figures, and that it is an estimate', async () => {
    const { out } = await seamount(['run', network, '--energy', 'loihi1-davies2018', '--timing', 'simple']);
    for (const text of [
      'energy, an estimate by loihi1-davies2018 (simulated)',
      'Davies et al., IEEE Micro 38(1):82-99 (2018)',
      'time, an estimate by loihi1-davies2018 (simulated), model simple',
      'unpriced',
      'bound by',
    ])
      expect(out).toContain(text);
  });

  it('has in --json the report, with sums that agree', async () => {
    const { out } = await seamount([
      'run',
      network,
      '--json',
      '--energy',
      'loihi1-sanafe',
      '--timing',
      'mesh',
    ]);
    const { energy, timing } = json(out) as unknown as { energy: Energy; timing: Record<string, unknown> };
    expect(energy.estimate).toContain('not a measurement');
    const cores = energy.sections.find(({ by }) => by === 'core')!;
    const sum = cores.entries.reduce((all, { joules }) => all + joules, 0);
    expect(sum / energy.operations.joules).toBeCloseTo(1, 12);
    expect(energy.unpriced.map(({ event }) => event)).toContain('barrier');
    expect(energy.static).toBeNull();
    expect(timing).toMatchObject({ schema: 'seamount-timing/1', model: 'mesh', steps: 200 });
    expect(Number(timing.stepsPerSecond) * Number(timing.seconds)).toBeCloseTo(200, 6);
  });

  it('counts the same with any number of workers and either kernels, in every model', async () => {
    for (const model of ['simple', 'detailed', 'mesh']) {
      const results = await Promise.all(
        [
          ['1', 'wasm'],
          ['2', 'wasm'],
          ['2', 'scalar'],
        ].map(async ([workers, kernels]) => {
          const { out } = await seamount([
            'run',
            network,
            '--json',
            '--energy',
            'loihi1-sanafe',
            '--timing',
            model,
            '--workers',
            workers!,
            '--kernels',
            kernels!,
          ]);
          const { energy, timing } = json(out);
          return { energy, timing };
        }),
      );
      expect(results[1]).toEqual(results[0]);
      expect(results[2]).toEqual(results[0]);
    }
  });

  it('keeps static energy apart, and asks for a time where there is none', async () => {
    const { out } = await seamount(['run', network, '--json', '--energy', 'loihi1-sanafe', '--static']);
    const { energy } = json(out) as unknown as { energy: Energy };
    // 200 steps of 1 ms at 104 mW
    expect(energy.static!.joules).toBeCloseTo(0.0208, 12);
    const { out: without } = await seamount(['run', network, '--json', '--energy', 'loihi1-sanafe']);
    expect((json(without) as unknown as { energy: Energy }).energy.operations).toEqual(energy.operations);
  });

  it('takes the time a step stands for, for the real-time factor', async () => {
    const factor = async (...more: string[]): Promise<number> => {
      const { out } = await seamount(['run', network, '--json', '--timing', 'simple', ...more]);
      return (json(out).timing as { readonly realTimeFactor: number }).realTimeFactor;
    };
    expect((await factor('--dt', '0.5')) / (await factor())).toBeCloseTo(0.5, 12);
    const bad = await seamount(['run', network, '--timing', 'simple', '--dt', '0']);
    expect(bad.code).toBe(2);
    expect(bad.err).toContain('expected a number above 0');
  });

  it('draws static power for the time a step is meant to take, unless the chip is slower', async () => {
    const fixed = async (...more: string[]): Promise<NonNullable<Energy['static']>> => {
      const { out } = await seamount([
        'run',
        network,
        '--json',
        '--energy',
        'loihi1-sanafe',
        '--static',
        ...more,
      ]);
      return (json(out) as unknown as { energy: Energy }).energy.static!;
    };
    expect(await fixed('--dt', '0.5')).toMatchObject({
      seconds: 0.1,
      clock: 'the time asked for (0.5 ms a step)',
    });
    expect(await fixed('--dt', '0.5', '--timing', 'mesh')).toMatchObject({ seconds: 0.1, timing: null });
    const timing = { model: 'mesh', profile: 'loihi1-sanafe' };
    const own = await fixed('--timing', 'mesh');
    expect(own).toMatchObject({
      timing,
      clock: expect.stringContaining('model mesh, latencies of loihi1-sanafe'),
    });
    const slower = await fixed('--timing', 'mesh', '--dt', '0.001');
    expect(slower).toMatchObject({ timing, seconds: own.seconds });
    expect(slower.clock).toContain('which is longer than 0.001 ms a step');
  });

  it('divides the run into windows and samples', async () => {
    const { out } = await seamount([
      'run',
      network,
      '--json',
      '--energy',
      'loihi1-sanafe',
      '--window',
      '60',
      '--sample',
      '50',
    ]);
    const { energy } = json(out) as unknown as { energy: Energy };
    const of = (kind: string) => energy.sections.find(({ by }) => by === kind)!.entries;
    expect(of('window').map(({ label }) => label)).toEqual(['1..60', '61..120', '121..180', '181..200']);
    expect(of('sample').length).toBe(4);
    for (const kind of ['window', 'sample']) {
      const sum = of(kind).reduce((all, { joules }) => all + joules, 0);
      expect(sum / energy.operations.joules).toBeCloseTo(1, 12);
    }
    expect(energy.operations.perSample! * 4).toBeCloseTo(energy.operations.joules, 15);
    const odd = await seamount(['run', network, '--energy', 'loihi1-sanafe', '--sample', '60']);
    expect(odd.code).toBe(2);
    expect(odd.err).toContain('no whole number of samples');
  });

  it('refuses to print joules of Loihi 2, and a breakdown of TrueNorth', async () => {
    const loihi2 = await seamount(['run', network, '--energy', 'loihi2']);
    expect(loihi2.out).toContain('no joules: no energy per operation of Loihi 2 is public');
    const truenorth = await seamount(['run', network, '--energy', 'truenorth-allin']);
    expect(truenorth.out).toContain('not by event');
    const dense = await seamount(['run', network, '--json', '--energy', 'truenorth-allin', '--neurobench']);
    expect(json(dense.out).dense).toMatchObject({
      spiking: {
        profile: 'truenorth-allin',
        scaling: { refused: expect.stringContaining('no known shares') },
      },
      rows: expect.arrayContaining([expect.objectContaining({ breakEven: { kind: 'refused' } })]),
      sampleWarning: expect.stringContaining('--sample N'),
    });
  });

  it('says why there is no comparison with a dense network', async () => {
    const argv = ['run', network, '--energy', 'loihi2', '--neurobench', '--sample', '50'];
    const why = /loihi2 gives no energy to compare, for no energy per operation of Loihi 2 is public; choose/;
    const { out } = await seamount(argv);
    expect(out).toContain('the network as a dense ANN: no comparison');
    expect(out.replace(/\s+/g, ' ')).toMatch(why);
    expect(json((await seamount([...argv, '--json'])).out).dense).toEqual({
      refused: expect.stringMatching(why),
    });
  });

  it('says what it does not understand', async () => {
    const unknown = await seamount(['run', network, '--energy', 'loihi1-sanaef']);
    expect(unknown).toMatchObject({ code: 2, out: '' });
    expect(unknown.err).toContain('did you mean loihi1-sanafe?');
    const bad = writeText(dir, 'bad.yaml', 'name: mine\nextends: loihi1-sanafe\nenergy: { spikes: 3 pJ }\n');
    const file = await seamount(['run', network, '--energy', bad]);
    expect(file.code).toBe(4);
    expect(file.err).toContain('bad.yaml:3:');
    const alone = await seamount(['run', network, '--window', '10']);
    expect(alone.code).toBe(2);
    expect(alone.err).toContain('add --energy');
  });
});

describe('seamount run --neurobench', () => {
  it('counts membrane updates exactly for any workers and kernels, and changes nothing else', async () => {
    const plain = json((await seamount(['run', network, '--json'])).out);
    const neurobench = ['--neurobench', '--sample', '50', '--json'];
    const runs = await Promise.all(
      [[], ['--workers', '3'], ['--kernels', 'scalar']].map((ways) =>
        seamount(['run', network, ...neurobench, ...ways]),
      ),
    );
    const [first, ...others] = runs.map(({ out }) => json(out));
    expect(first!.neurobench).toMatchObject({
      sampleSteps: 50,
      metrics: { 'Membrane Updates': { exact: true }, 'Neuron Ops': { exact: true } },
    });
    for (const other of others) expect(other.neurobench).toEqual(first!.neurobench);
    for (const { stateHash, counters } of [first!, ...others])
      expect({ stateHash, counters }).toEqual({ stateHash: plain.stateHash, counters: plain.counters });
    const { out } = await seamount(['run', network, '--neurobench']);
    expect(out).toContain('Membrane Updates');
    expect(out).not.toContain('at most');
  });

  it('keeps in its run directory what the run would have kept without it', async () => {
    const [bare, counted] = ['bare', 'counted'].map((name) => join(dir, name)) as [string, string];
    await seamount(['run', network, '--out', bare]);
    await seamount(['run', network, '--out', counted, '--neurobench', '--sample', '50']);
    expect(readdirSync(counted).sort()).toEqual(
      [...readdirSync(bare), 'neurobench.json', 'steps.npz'].sort(),
    );
    for (const name of readdirSync(bare).filter((file) => file.endsWith('.npy')))
      expect(readFileSync(join(counted, name))).toEqual(readFileSync(join(bare, name)));
  });
});

describe('a run that is no whole one', () => {
  it('is charged for nothing where it was interrupted before its first step', async () => {
    const { code, err, out } = await seamount(
      ['run', network, '--json', '--energy', 'loihi1-sanafe', '--sample', '50', '--neurobench'],
      { signal: AbortSignal.abort() },
    );
    expect(err).not.toContain('E_USAGE');
    expect(code).toBe(130);
    expect((json(out).energy as Energy).operations.joules).toBe(0);
    expect(json(out).neurobench).toBeUndefined();
  });

  it('says before it runs that NeuroBench counts from step 1 on', async () => {
    const half = join(dir, 'half');
    await seamount(['run', network, '--steps', '100', '--out', half, '--save-checkpoint']);
    const resumed = ['run', network, '--resume', half];
    const { code, err } = await seamount([...resumed, '--neurobench']);
    expect(code).toBe(2);
    expect(err).toContain('--neurobench counts from step 1 on only');
    expect((await seamount([...resumed, '--energy', 'loihi1-sanafe'])).code).toBe(0);
  });
});

describe('a run directory', () => {
  it('has the ledger, both reports, and every step', () => {
    expect(read('events.json')).toMatchObject({ schema: 'seamount-events/1', steps: 200 });
    expect(read('energy.json')).toMatchObject({ schema: 'seamount-energy/1' });
    expect(read('timing.json')).toMatchObject({ schema: 'seamount-timing/1', model: 'mesh' });
    const table = readFileSync(join(run, 'steps.csv'), 'utf8').trim().split('\n');
    expect(table.length).toBe(201);
    const names = table[0]!.split(',');
    expect(names).toEqual(expect.arrayContaining(['step', 'spike', 'hopEast', 'picoseconds']));
    const column = (name: string): string[] =>
      table.slice(1).map((line) => line.split(',')[names.indexOf(name)]!);
    const sum = (name: string): number => column(name).reduce((total, value) => total + Number(value), 0);
    expect(sum('spike')).toBe((read('events.json').total as Record<string, number>).spike);
    expect(sum('joules')).toBeCloseTo((read('energy.json') as unknown as Energy).operations.joules, 12);
    const { seconds, bounds } = read('timing.json') as unknown as TimeReport;
    expect(sum('picoseconds') / 1e12).toBeCloseTo(seconds, 12);
    const indices = column('boundIndex');
    const bound = column('boundKind').map((kind, i) => `${kind} ${indices[i]}`);
    for (const { kind, index, steps } of bounds)
      expect(bound.filter((each) => each === `${kind} ${index}`).length).toBe(steps);
  });

  it('has the ledger even where nothing was priced', async () => {
    const plain = join(dir, 'plain');
    await seamount(['run', network, '--out', plain]);
    const { out } = await seamount(['energy', plain, '--json']);
    expect((json(out) as unknown as Energy).operations).toEqual(
      (read('energy.json') as unknown as Energy).operations,
    );
    const windows = await seamount(['energy', plain, '--window', '10']);
    expect(windows.code).toBe(4);
    expect(windows.err).toContain('run the network again with --energy');
  });

  it('has a mean of samples even where no step was kept', async () => {
    const plain = join(dir, 'unpriced');
    await seamount(['run', network, '--out', plain]);
    const { out, code } = await seamount(['energy', plain, '--json', '--sample', '50']);
    expect(code).toBe(0);
    const { samples, operations, sections } = json(out) as unknown as Energy;
    expect(samples).toBe(4);
    expect(operations.perSample).toBe(operations.joules / 4);
    expect(sections.find(({ by }) => by === 'sample')).toMatchObject({
      entries: [],
      unattributed: {},
      note: expect.stringContaining('Only their mean is known'),
    });
    const text = await seamount(['energy', plain, '--sample', '50']);
    expect(text.out).toMatch(/ a sample \(4\)/);
    expect(text.out).toMatch(/^samples +Only their mean is known/m);
    const odd = await seamount(['energy', plain, '--sample', '60']);
    expect(odd).toMatchObject({ code: 2, out: '' });
    expect(odd.err).toContain('no whole number of samples');
  });
});

describe('seamount energy', () => {
  it('gives what the run itself gave, from what it saved', async () => {
    const { out } = await seamount(['energy', run, '--json', '--profile', 'loihi1-sanafe']);
    expect(json(out)).toEqual(read('energy.json'));
  });

  it('prices a finished run otherwise, by windows too', async () => {
    const again = await seamount(['run', network, '--json', '--energy', 'spinnaker1', '--window', '40']);
    const { out } = await seamount(['energy', run, '--json', '--profile', 'spinnaker1', '--window', '40']);
    expect(json(out)).toEqual(json(again.out).energy);
  });

  it('draws static power for the time the run took on the chip', async () => {
    const { out } = await seamount(['energy', run, '--json', '--static']);
    const { seconds, joules, clock } = (json(out) as unknown as Energy).static!;
    expect(seconds).toBe(read('timing.json').seconds);
    expect(joules).toBeCloseTo(0.104 * seconds, 15);
    expect(clock).toContain('model mesh');
    const other = await seamount(['energy', run, '--static', '--profile', 'loihi1-davies2018']);
    expect(other.out.replace(/\s+/g, ' ')).toContain(
      'by model mesh, latencies of loihi1-sanafe (the run was timed so, not by loihi1-davies2018)',
    );
    const paced = await seamount(['energy', run, '--json', '--static', '--dt', '2']);
    expect((json(paced.out) as unknown as Energy).static).toMatchObject({ seconds: 0.4, timing: null });
  });

  it('shows profiles side by side', async () => {
    const { out, code } = await seamount([
      'energy',
      run,
      '--compare',
      'loihi1-sanafe,loihi1-davies2018,loihi2',
    ]);
    expect(code).toBe(0);
    for (const name of ['loihi1-sanafe', 'loihi1-davies2018', 'loihi2', '—']) expect(out).toContain(name);
  });

  it('keeps static energy and samples side by side, and refuses what does not go there', async () => {
    const compared = ['energy', run, '--compare', 'loihi1-sanafe,loihi1-davies2018'];
    const { out } = await seamount([...compared, '--static', '--sample', '50']);
    expect(out).toMatch(/^static +\d/m);
    expect(out).toMatch(/^a sample +4 /m);
    expect(out).toContain('a minimum in its source');
    expect(out.replace(/\s+/g, ' ')).toContain(
      'model mesh, latencies of loihi1-sanafe; no part of operations',
    );
    const windows = await seamount([...compared, '--window', '50']);
    expect(windows).toMatchObject({ code: 2, out: '' });
    expect(windows.err).toContain('--profile loihi1-sanafe --window 50');
    const both = await seamount([...compared, '--profile', 'loihi2']);
    expect(both).toMatchObject({ code: 2, out: '' });
    expect(both.err).toContain('--compare loihi2,loihi1-sanafe,loihi1-davies2018');
  });

  it('lists profiles, and prints one that can be read again', async () => {
    const list = await seamount(['energy', '--list']);
    expect(list.out).toContain('truenorth-allin');
    for (const columns of [60, 80, 120]) {
      const { out } = await seamount(['energy', '--list'], { columns });
      for (const line of out.split('\n')) expect(line.length).toBeLessThanOrEqual(columns);
      expect(out.replace(/\s+/g, ' ')).toContain('spinnaker2-prototype measured SpiNNaker 2 prototype,');
    }
    const { out } = await seamount(['energy', '--show', 'loihi1-sanafe']);
    const mine = writeText(dir, 'mine.yaml', out.replaceAll('loihi1-sanafe', 'mine'));
    const priced = await seamount(['energy', run, '--json', '--profile', mine]);
    expect((json(priced.out) as unknown as Energy).operations).toEqual(
      (read('energy.json') as unknown as Energy).operations,
    );
  });

  it('says what it needs', async () => {
    expect((await seamount(['energy'])).code).toBe(2);
    expect((await seamount(['energy', network])).code).toBe(4);
  });
});
