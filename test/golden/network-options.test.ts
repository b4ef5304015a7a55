/** What a network record may say beside the plain case: repeated input, other profiles, packed or plain numbers. */
import { describe, expect, it } from 'vitest';
import { type Json, packed, replay, smallConn, smallNetwork } from './small.js';

const passes = { status: 'passed', reason: '', runs: [{ passed: 1, failed: 0, notes: [] }] };

describe.each(['scalar', 'wasm'] as const)('with %s kernels', (kernels) => {
  it('adds input that arrives several times in one step', async () => {
    const thrice = smallNetwork('loihi1', 2);
    expect(thrice.spikes.total).not.toBe(smallNetwork().spikes.total);
    expect(await replay(thrice, { kernels })).toMatchObject(passes);
  });

  it('takes packed arrays and columns in place of numbers', async () => {
    const record = smallNetwork();
    record.u = packed(record.u);
    record.v = packed(record.v, 'int16');
    for (const key of Object.keys(record.params)) record.params[key] = Array(12).fill(record.params[key]);
    expect(await replay(record, { kernels })).toMatchObject(passes);
  });

  it('takes decays without offset', async () => {
    const record = smallNetwork();
    const { du, dv, ...others } = record.params;
    record.params = { ...others, decayI: du + 1, decayV: dv };
    expect(await replay(record, { kernels })).toMatchObject(passes);
  });

  it('needs only one of spikes, u and v', async () => {
    for (const kept of ['spikes', 'u', 'v']) {
      const record = smallNetwork();
      for (const key of ['spikes', 'u', 'v']) if (key !== kept) delete record[key];
      expect(await replay(record, { kernels }), kept).toMatchObject(passes);
    }
  });

  it('compares sampled neurons in any order', async () => {
    const record = smallNetwork();
    record.sample.reverse();
    for (const row of [...record.u, ...record.v]) row.reverse();
    expect(await replay(record, { kernels })).toMatchObject(passes);
  });

  it('gives every peer its own run', async () => {
    const record: Json = { ...smallNetwork(), peers: ['nengo-loihi', 'brian2_loihi', 'unlimited'] };
    const { runs } = await replay(record, { kernels });
    expect(runs.map((run) => run.profile)).toEqual(['nengo-loihi', 'brian2loihi', 'unlimited']);
    expect(runs.every((run) => run.passed === 1)).toBe(true);
  });

  it('widens registers of a profile that the recording does not name, and says so', async () => {
    expect((await replay(smallNetwork('lava'), { kernels })).reason).toContain('refract is 2');
    const report = await replay(smallNetwork(), { kernels, profile: 'lava' });
    expect(report).toMatchObject({ status: 'passed' });
    expect(report.runs[0]!.notes).toEqual(['lava has no refract 2; replayed with a wider register']);
  });

  it('shifts the sum of each delay slot apart under Lava, and of no single event', async () => {
    expect(await replay(smallConn(), { kernels })).toMatchObject(passes);
    const floors = smallConn();
    floors.cases[0].aOut[3][0] = Math.floor((10 - 6) / 4);
    expect(await replay(floors, { kernels })).toMatchObject({
      status: 'failed',
      runs: [{ firstMismatch: { step: 4, field: 'aOut', expected: 1, got: 0 } }],
    });
  });
});
