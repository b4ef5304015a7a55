import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { COMPARTMENT_REGISTERS, CORE_REGISTERS } from '../../cores/index.js';
import { json, NETWORK, scratch, seamount, writeText } from './harness.js';

const dir = scratch();
const network = writeText(dir, 'network.yaml', NETWORK);
const at = (name: string): string => join(dir, name);

beforeAll(async () => {
  await seamount(['compile', network, '-o', at('network.smt')]);
  await seamount(['run', at('network.smt'), '-n', '50', '-o', at('run'), '--save-checkpoint']);
});

describe('seamount compile', () => {
  it('says what the network needs, and where the image is', async () => {
    const { code, out, err } = await seamount(['compile', network, '-o', at('again.smt')]);
    expect(code).toBe(0);
    expect(out).toMatch(/^recurrent on Loihi 1: 2 cores on 1 chip\n60 neurons, 20 sources, [\d,]+ synapses/);
    expect(out).toMatch(/\ncompartments +30 +1,024 /);
    expect(err).toMatch(/^saved .*again\.smt, \d+ bytes, image [0-9a-f]{32}\n$/);
  });

  it('explains every core', async () => {
    const { out } = await seamount(['compile', network, '--explain']);
    expect(out).toContain('exc[0:30]');
    expect(out).toContain('exc[30:60]');
  });

  it('gives one object', async () => {
    const object = json((await seamount(['compile', network, '--json'])).out);
    expect(object).toMatchObject({ schema: 'seamount/compile/1', name: 'recurrent', out: null });
    expect(object).toHaveProperty('report.cores.1.usage');
  });
});

describe('seamount inspect', () => {
  it('shows the same of a network and of its image', async () => {
    const [a, b] = [await seamount(['inspect', network]), await seamount(['inspect', at('network.smt')])];
    const rest = (text: string): string => text.slice(text.indexOf(' on '));
    expect([a.code, b.code]).toEqual([0, 0]);
    expect(rest(a.out)).toBe(rest(b.out));
  });

  it('shows every register of a core, from the register tables', async () => {
    const { code, out } = await seamount(['inspect', network, '--core', '1']);
    expect(code).toBe(0);
    expect(out).toMatch(/^core 1: chip 0,0, tile 1,0, slot 1\nexc\[30:60\]\n/);
    for (const { name, meaning } of [...CORE_REGISTERS, ...COMPARTMENT_REGISTERS])
      expect(out).toMatch(
        new RegExp(`\\n${name} +.*${meaning.slice(0, 20).replace(/[.*+?^${}()|[\]\\]/g, '\\$&')}`),
      );
    expect(out).toMatch(/\ndu +1024 0x400 +12 bits/);
    expect(out).toMatch(/\nvmin +-8388607 0x800001 +24 bits signed/);
  });

  it('gives registers as an object', async () => {
    const object = json((await seamount(['inspect', network, '--core', '0', '--json'])).out);
    expect(object).toMatchObject({ schema: 'seamount/inspect/1', kind: 'core' });
    const registers = object.registers as { register: string; min: unknown; max: unknown }[];
    expect(registers.find(({ register }) => register === 'dv')).toMatchObject({
      min: 256,
      max: 256,
      distinct: 1,
    });
  });

  it('shows a run directory', async () => {
    const { code, out } = await seamount(['inspect', at('run')]);
    expect(code).toBe(0);
    expect(out).toMatch(/run: steps 1\.\.50 on loihi1, seed 5, seamount/);
    expect(out).toMatch(/\nspikes\.npy +[\d,]+ +[0-9a-f]{16}\n/);
    expect(json((await seamount(['inspect', at('run'), '--json'])).out)).toMatchObject({
      kind: 'run',
      steps: { to: 50 },
    });
  });

  it('shows a checkpoint', async () => {
    const { code, out } = await seamount(['inspect', at('run/checkpoint-50.smc')]);
    expect(code).toBe(0);
    expect(out).toMatch(
      /state after step 50, 2 cores, 60 compartments, [\d,]+ bytes\nimage +[0-9a-f]{32}\n$/,
    );
    const object = json((await seamount(['inspect', at('run/checkpoint-50.smc'), '--json'])).out);
    expect(object).toMatchObject({ kind: 'checkpoint', step: 50, cores: 2, compartments: 60 });
  });

  it('reads from standard input', async () => {
    expect((await seamount(['inspect', '-'], { input: NETWORK })).out).toContain('recurrent on Loihi 1');
  });
});
