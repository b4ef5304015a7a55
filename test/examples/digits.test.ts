import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { type Answer, classify } from '../../examples/digits/classify.js';
import { HELD_OUT_PER_CLASS, loadDigits } from '../../examples/digits/data.js';
import { drawDigit } from '../../examples/digits/draw.js';
import { emptyTrain, encode } from '../../examples/digits/encode.js';
import { CLASSES, INPUT_STEPS, PIXELS, WHITE } from '../../examples/digits/model.js';
import { digitsNetwork } from '../../examples/digits/network.js';
import { Reference } from '../../examples/digits/reference.js';
import { TARGET } from '../../examples/digits/report.js';
import { loadWeights } from '../../examples/digits/weights.js';
import { Chip, type ChipOptions } from '../../routing/index.js';
import { compile } from '../../src/index.js';
import { openRun } from '../../src/io/run-directory.js';
import { runScript, withDirectory } from './example.js';

const digits = loadDigits();
const weights = loadWeights();
const { image, report } = compile(digitsNetwork(weights).network, { onOverflow: 'error' });

async function answers(count: number, options: ChipOptions): Promise<{ list: Answer[]; hash: string }> {
  await using chip = await Chip.open(image, { recordSpikes: 'probed', ...options });
  const list: Answer[] = [];
  for await (const answer of classify(chip, digits, count)) list.push(answer);
  return { list, hash: chip.stateHash() };
}

describe('the digits', () => {
  it('are 10,000, of which the first 1,500 are held out, as many of every class', () => {
    expect(digits.count).toBe(10_000);
    expect(digits.heldOut).toBe(CLASSES * HELD_OUT_PER_CLASS);
    const perClass = new Array<number>(CLASSES).fill(0);
    for (const label of digits.labels.subarray(0, digits.heldOut)) perClass[label]!++;
    expect(perClass).toEqual(new Array(CLASSES).fill(HELD_OUT_PER_CLASS));
  });

  it('occur once each, so that none held out is also trained on', () => {
    const seen = new Set<string>();
    for (let i = 0; i < digits.count; i++) {
      seen.add(Buffer.from(digits.pixels.subarray(i * PIXELS, (i + 1) * PIXELS)).toString('base64'));
    }
    expect(seen.size).toBe(digits.count);
  });

  it('become evenly spaced spikes, as many as a pixel is bright', () => {
    const train = emptyTrain(PIXELS);
    const greys = Uint8Array.from({ length: PIXELS }, (_, p) => p % 256);
    encode(greys, 0, train);
    const steps = Array.from({ length: PIXELS }, (): number[] => []);
    for (let t = 1; t <= INPUT_STEPS; t++) {
      for (const p of train.ids.subarray(train.start[t - 1]!, train.start[t]!)) steps[p]!.push(t);
    }
    steps.forEach((times, p) => {
      const spikes = Math.round(((p % 256) * WHITE) / 255);
      expect(times).toHaveLength(spikes);
      const gaps = times.slice(1).map((t, i) => t - times[i]!);
      for (const gap of gaps) expect(Math.abs(gap - INPUT_STEPS / spikes)).toBeLessThan(1);
    });
  });
});

describe('the network', () => {
  it('lies on several cores, within every limit of Loihi 1', () => {
    expect(image.profile.name).toBe('loihi1');
    expect(report.cores.length).toBeGreaterThan(2);
    for (const { usage } of report.cores) {
      for (const { used, available } of usage) expect(used).toBeLessThanOrEqual(available!);
    }
    expect(report.weights.map(({ rounded }) => rounded)).toEqual([0, 0]);
  });

  it('votes on the chip exactly as the rules in plain integers say, with any workers and kernels', async () => {
    const reference = new Reference(weights);
    const expected = Array.from({ length: 24 }, (_, i) => [
      ...reference.show(digits.pixels, i * PIXELS).votes,
    ]);
    const hashes = new Set<string>();
    for (const options of [{}, { kernels: 'scalar' }, { workers: 3 }] as const) {
      const { list, hash } = await answers(expected.length, options);
      expect(list.map(({ votes }) => [...votes])).toEqual(expected);
      hashes.add(hash);
    }
    expect(hashes.size).toBe(1);
  });

  it('reads at least 96 % of the held-out digits right on the chip, each as the integer reference does', async () => {
    const { list } = await answers(digits.heldOut, {});
    expect(Uint8Array.from(list, ({ answer }) => answer)).toEqual(
      weights.integerAnswers.subarray(0, digits.heldOut),
    );
    const right = list.filter(({ digit, answer }) => answer === digits.labels[digit]).length;
    expect(right / digits.heldOut).toBeGreaterThanOrEqual(TARGET);
  });
});

describe('examples/digits/run.ts', () => {
  const script = 'examples/digits/run.ts';

  it('reports, draws within 80 columns and leaves a run directory', () =>
    withDirectory(async (directory) => {
      const out = join(directory, 'run');
      const { status, stdout } = runScript(script, '--digits', '40', '--out', out);
      expect(status).toBe(0);
      for (const text of ['held out', 'a 0, read as', 'synaptic events', 'a core has', out]) {
        expect(stdout).toContain(text);
      }
      for (const line of stdout.split('\n').filter((l) => !l.includes(out))) {
        expect([...line].length, line).toBeLessThanOrEqual(80);
      }
      const { manifest } = await openRun(out);
      expect(manifest.steps).toEqual({ from: 1, to: 640, asked: 640 });
    }));

  it('gives one JSON object, the same but for speed with other workers and kernels', () =>
    withDirectory((directory) => {
      const results = [
        ['--workers', '2'],
        ['--kernels', 'scalar'],
      ].map((options, i) => {
        const out = join(directory, `${i}`);
        const { status, stdout } = runScript(script, '--json', '--digits', '20', '--out', out, ...options);
        expect(status).toBe(0);
        const { speed, out: saved, ...rest } = JSON.parse(stdout);
        expect(speed.secondsToFirstAnswer).toBeGreaterThan(0);
        expect(saved).toBe(out);
        return rest;
      });
      expect(results[0].schema).toBe('seamount/digits/1');
      expect(results[0].accuracy.heldOut.digits).toBe(20);
      expect(results[0].accuracy.passed).toBeNull();
      expect(results[1]).toEqual(results[0]);
    }));

  it('stops at a step boundary on Ctrl-C and leaves a valid run directory of what was done', () =>
    withDirectory(async (directory) => {
      const out = join(directory, 'run');
      const child = spawn(process.execPath, ['--import', 'tsx', script, '--kernels', 'scalar', '--out', out]);
      let stdout = '';
      const limit = setTimeout(() => child.kill('SIGKILL'), 50_000);
      child.stdout.setEncoding('utf8').on('data', (text: string) => {
        if (!stdout.includes('read as') && text.includes('read as')) child.kill('SIGINT');
        stdout += text;
      });
      const [code] = await once(child, 'close');
      clearTimeout(limit);
      expect(code).toBe(130);
      expect(stdout).toContain('stopped after');
      const run = await openRun(out);
      expect(run.manifest.interrupted).toBe(true);
      expect(run.manifest.steps.to).toBeLessThan(run.manifest.steps.asked);
      expect((await run.spikes()).ids.length).toBe(run.manifest.spikes);
    }));

  it('refuses what it cannot do and touches no directory that is not a run', () =>
    withDirectory((directory) => {
      const mine = join(directory, 'mine');
      mkdirSync(mine);
      writeFileSync(join(mine, 'notes.txt'), 'keep');
      for (const args of [
        ['--digits', '0'],
        ['--workers', 'x'],
        ['--kernels', 'gpu'],
        ['--nonsense'],
        ['--out', mine],
      ]) {
        const { status, stderr } = runScript(script, ...args);
        expect(status, args.join(' ')).toBe(2);
        expect(stderr).toContain('error E_USAGE');
      }
    }));
});

describe('drawings', () => {
  it('have two rows of pixels in a line and no colours where there are none', () => {
    const lines = drawDigit(digits.pixels, 0, false);
    expect(lines).toHaveLength(11);
    for (const line of lines) expect(line).toMatch(/^[ ▀▄█]{22}$/);
    const greys = drawDigit(digits.pixels, 0, true);
    expect(greys[5]).toContain('\u001b[38;5;');
    expect(greys[5]!.endsWith('\u001b[0m')).toBe(true);
  });
});
