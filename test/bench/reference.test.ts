/** The C reference is exact too, or ratios to it mean nothing. W3 is the one that is built in a moment. */
import { afterAll, describe, expect, it } from 'vitest';
import { compileReference } from '../../bench/c-compiler.js';
import { CoProcess } from '../../bench/co-process.js';
import { workloadNamed } from '../../bench/workloads.js';

const reference = await compileReference();
afterAll(() => reference?.[Symbol.dispose]());

describe.skipIf(reference === null)('the C reference', () => {
  it('gives the golden spikes and events, run after run', async () => {
    const { spikeHash, spikes, events } = workloadNamed('W3');
    await using child = await CoProcess.start('W3 in C', reference?.program ?? '', ['W3']);
    expect(child.ready).toMatchObject({ workload: 'W3', variant: 'dense-i8-rows', synapses: 1_861_632 });
    for (let run = 0; run < 2; run++)
      expect(await child.ask()).toMatchObject({ hash: spikeHash, spikes, events });
  });

  it('says how it is used, and the caller hears that it ended', async () => {
    const program = reference?.program ?? '';
    await expect(CoProcess.start('W9 in C', program, ['W9'])).rejects.toMatchObject({ code: 'E_USAGE' });
  });
});
