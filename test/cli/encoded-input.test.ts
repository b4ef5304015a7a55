/** A signal from a file drives a network: `--input` with `--code`. */
import { describe, expect, it } from 'vitest';
import { json, scratch, seamount, writeText } from './harness.js';

const dir = scratch();
const network = writeText(
  dir,
  'relay.yaml',
  `populations:
  eye: { size: 2, cell: { type: spikeArray, steps: [[1], [1]] } }
  relay: { size: 2, cell: { type: loihi, du: 4095, dv: 4095, vth: 10 } }
projections:
  - { pre: eye, post: relay, connector: { type: oneToOne }, synapse: { weight: 100 } }
`,
);
const signal = writeText(dir, 'signal.csv', 'left,right\n0,1\n0.5,0.25\n');

const spikes = (out: string, label: string): number =>
  (json(out).populations as { label: string; spikes: number }[]).find((p) => p.label === label)!.spikes;

describe('run --input', () => {
  it('replaces what the source population would send, for as long as the signal lasts', async () => {
    const code = 'latency:window=10,min=0,max=1';
    const {
      out,
      err,
      code: exit,
    } = await seamount(['run', network, '--json', '--input', signal, '--code', code]);
    expect(err).not.toContain('error');
    expect(exit).toBe(0);
    expect(json(out).steps).toMatchObject({ from: 1, to: 20 });
    expect(spikes(out, 'eye')).toBe(4);
    expect(spikes(out, 'relay')).toBe(4);
  });

  it('says everything that does not fit', async () => {
    const run = (...more: string[]) => seamount(['run', network, ...more]);
    expect((await run('--code', 'latency')).err).toContain('add --input');
    expect((await run('--input', signal)).err).toContain('add --code');
    expect((await run('--input', signal, '--code', 'latency:window=10', '--into', 'ear')).err).toContain(
      'one of eye',
    );
    const size = await run('--input', signal, '--code', 'delta:threshold=0.1');
    expect(size.code).toBe(2);
    expect(size.err).toContain('needs 4 source neurons, population eye has 2');
    expect((await run('--input', signal, '--code', 'latncy')).err).toContain('did you mean latency?');
    const bad = writeText(dir, 'bad.csv', 'a,b\n1,x\n');
    const broken = await run('--input', bad, '--code', 'latency:window=10');
    expect(broken.code).toBe(4);
    expect(broken.err).toContain('bad.csv');
  });
});
