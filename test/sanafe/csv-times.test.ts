/** `--sana-fe-csv` follows `--timing` as the peer's perf.csv follows its `-t`. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { root, scratch, seamount, writeText } from '../cli/harness.js';
import { describeWithShared } from '../shared.js';
import { CASES, textIn } from './golden.js';

const scratchDir = scratch();
const ARCHITECTURE = join(root, 'examples/sana-fe/loihi.yaml');
let runs = 0;

async function written(
  network: string,
  steps: number,
  options: readonly string[],
): Promise<{ readonly err: string; readonly text: (file: string) => string }> {
  const out = join(scratchDir, `csv${runs++}`);
  const line = ['run', ARCHITECTURE, network, '--steps', String(steps), '--sana-fe-csv', out, ...options];
  const { code, err } = await seamount(line);
  expect(code).toBe(0);
  return { err, text: (file) => readFileSync(join(out, file), 'utf8') };
}

describeWithShared('the recorded files', (shared) => {
  it.each(
    CASES.flatMap((name) => [
      [name, 'perf_simple.csv', ['--timing', 'simple']] as const,
      [name, 'perf_detailed.csv', []] as const,
    ]),
  )('%s: %s', async (name, file, options) => {
    const dir = join(shared, 'vectors/sanafe', name);
    const network = writeText(scratchDir, `${name}.yaml`, textIn(dir, 'sanafe_snn.yaml'));
    const printed = textIn(dir, file);
    const steps = printed.trim().split('\n').length - 1;
    expect((await written(network, steps, options)).text('perf.csv')).toBe(printed);
  });
});

const EXAMPLE = join(root, 'examples/sana-fe/net.yaml');

it('what is neither of its models is timed by its default, and mesh says so', async () => {
  const asked = async (...options: string[]) => {
    const { err, text } = await written(EXAMPLE, 20, options);
    return { err, perf: text('perf.csv'), messages: text('messages.csv') };
  };
  const detailed = await asked('--timing', 'detailed');
  const { err, ...mesh } = await asked('--timing', 'mesh');
  expect(err).toMatch(
    /note: .*perf\.csv and messages\.csv have the times of model detailed: .* no model mesh/,
  );
  expect({ err: detailed.err, ...mesh }).toEqual(detailed);
  expect(await asked('--timing', 'off')).toEqual(detailed);
  expect((await asked('--timing', 'mesh', '--quiet')).err).toBe('');
  const simple = await asked('--timing', 'simple');
  expect(simple.perf).not.toBe(detailed.perf);
  expect(simple.messages).toBe(detailed.messages);
});
