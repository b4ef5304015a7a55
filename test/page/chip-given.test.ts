/** Files given to the page are read as the command line reads them, and refused in the same words. */
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join, relative } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { GivenFile } from '../../src/page/chip/calls.js';
import { EXAMPLES } from '../../src/page/chip/examples.js';
import { readGiven } from '../../src/page/chip/given-network.js';
import { failureOf } from '../../src/page/protocol.js';
import { NETWORK, PROBED_NETWORK, root, scratch, seamount, writeText } from '../cli/harness.js';

const dir = scratch();

const fileOf = (path: string, from = dir): GivenFile => ({
  path: relative(from, path),
  bytes: new Uint8Array(readFileSync(path)),
});

const folderOf = (path: string): GivenFile[] =>
  readdirSync(path, { recursive: true, encoding: 'utf8' })
    .map((name) => join(path, name))
    .filter((name) => statSync(name).isFile())
    .map((name) => fileOf(name));

const give = (...files: GivenFile[]) => readGiven({ kind: 'files', files });

const wordsOf = async (work: Promise<unknown>): Promise<ReturnType<typeof failureOf>> =>
  work.then(
    () => {
      throw new Error('it was read');
    },
    (cause) => failureOf(cause),
  );

describe('files of every kind', () => {
  it('a network, an image and a run are the same image', async () => {
    const network = writeText(dir, 'net.yaml', PROBED_NETWORK);
    const [image, run] = [join(dir, 'net.smt'), join(dir, 'run')];
    expect((await seamount(['compile', network, '-o', image])).code).toBe(0);
    expect((await seamount(['run', network, '--out', run, '--save-checkpoint', '--quiet'])).code).toBe(0);
    const { imageHash } = await import('../../src/io/content-hash.js');
    const read = [await give(fileOf(network)), await give(fileOf(image)), await give(...folderOf(run))];
    expect(read.map(({ kind }) => kind)).toEqual(['network', 'image', 'run']);
    expect(new Set(read.map((each) => (each.kind === 'checkpoint' ? '' : imageHash(each.image)))).size).toBe(
      1,
    );
    const [, , saved] = read;
    if (saved?.kind !== 'run') throw new Error('a run');
    expect(saved.run).toMatchObject({ from: 1, to: 200 });
    expect(saved.run!.spikes.steps.length).toBeGreaterThan(0);
    expect(saved.run!.traces).toMatchObject([{ variable: 'v', population: 1 }]);
    expect((await give(fileOf(join(run, 'checkpoint-200.smc')))).kind).toBe('checkpoint');
  });

  it('a network as JSON', async () => {
    const text = JSON.stringify({
      populations: { a: { size: 3, cell: { type: 'loihi', vth: 10, bias: 100 } } },
    });
    expect(await give(fileOf(writeText(dir, 'net.json', text)))).toMatchObject({ kind: 'network', text });
  });
});

describe('broken files', () => {
  it.each([
    ['empty.yaml', ''],
    ['syntax.yaml', 'populations: [\n'],
    ['keys.yaml', NETWORK.replace('populations:', 'population:').replace('seed: 5', 'seed: -1')],
    ['names.yaml', NETWORK.replace('pre: noise', 'pre: nosie')],
    ['capacity.yaml', NETWORK.replace('neurons: [30, 60]', 'neurons: [30, 59]')],
    ['binary.smt', '\u0000\u0001 no image'],
  ])('%s: the words of the command line', async (name, text) => {
    const path = writeText(dir, name, text);
    const { err, code } = await seamount(['run', path, '--steps', '1']);
    expect(code).toBeGreaterThan(0);
    const { message } = await wordsOf(give(fileOf(path)));
    // there the file has the path that was typed, here the name it was dropped with
    const said = err.replaceAll(`${dir}/`, '').replaceAll(/\s+/g, ' ');
    for (const line of message.split('\n')) expect(said).toContain(line.replaceAll(/\s+/g, ' '));
  });

  it('a damaged image and a cut one', async () => {
    const [network, image] = [writeText(dir, 'whole.yaml', NETWORK), join(dir, 'whole.smt')];
    await seamount(['compile', network, '-o', image]);
    const { bytes } = fileOf(image);
    const damaged = bytes.slice();
    damaged[damaged.length >> 1]! ^= 1;
    expect(await wordsOf(give({ path: 'damaged.smt', bytes: damaged }))).toMatchObject({
      code: 'E_INPUT',
      message: 'damaged.smt: is a damaged chip image: its hash is wrong',
      hint: 'copy it again',
    });
    expect((await wordsOf(give({ path: 'cut.smt', bytes: bytes.slice(0, 100) }))).message).toContain(
      'cut.smt: is a chip image cut off',
    );
  });

  it('a run directory with a missing or changed file, and a folder that is none', async () => {
    const run = join(dir, 'broken-run');
    await seamount(['run', writeText(dir, 'run.yaml', NETWORK), '--out', run, '--quiet']);
    const files = folderOf(run);
    const without = files.filter(({ path }) => !path.endsWith('image.smt'));
    expect((await wordsOf(give(...without))).message).toBe('broken-run/image.smt: is missing');
    const changed = files.map((file) =>
      file.path.endsWith('spikes.npy')
        ? { ...file, bytes: file.bytes.map((byte, i) => (i === file.bytes.length - 1 ? byte ^ 1 : byte)) }
        : file,
    );
    expect((await wordsOf(give(...changed))).message).toBe(
      'broken-run/spikes.npy: is not what its run wrote',
    );
    const noManifest = files.filter(({ path }) => !path.endsWith('manifest.json'));
    expect((await wordsOf(give(...noManifest))).message).toBe(
      'broken-run: is no run directory: it has no manifest.json',
    );
    const broken = files.map((file) =>
      file.path.endsWith('manifest.json') ? { ...file, bytes: new Uint8Array(4) } : file,
    );
    expect((await wordsOf(give(...broken))).message).toBe('broken-run/manifest.json: is not JSON');
  });

  it('several files, and none', async () => {
    const file = fileOf(writeText(dir, 'one.yaml', NETWORK));
    expect((await wordsOf(give(file, { ...file, path: 'two.yaml' }))).message).toContain(
      '2 files were given',
    );
    expect((await wordsOf(give())).message).toBe('nothing was dropped');
  });
});

describe('examples', () => {
  it.each(EXAMPLES.map(({ name, text }) => [name, text] as const))(
    '%s compiles and says how long',
    async (name, text) => {
      expect(await readGiven({ kind: 'text', name, text })).toMatchObject({ kind: 'network', notices: [] });
    },
  );

  it('the written one is that of examples/', () => {
    const file = readFileSync(join(root, 'examples/yaml-network/network.yaml'), 'utf8');
    const [, ...lines] = file.split('\n');
    const { text } = EXAMPLES.find(({ name }) => name === 'jeffress')!;
    expect(text.replace(/^(?:#.*\n)+/, '')).toBe(lines.join('\n').replace(/^(?:#.*\n)+/, ''));
  });
});
