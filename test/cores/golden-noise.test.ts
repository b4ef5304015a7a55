/** Noisy compartments recorded from nengo-loihi, with its draws injected. */
import { expect, it } from 'vitest';
import { NENGO_LOIHI } from '../../cores/index.js';
import { describeWithShared } from '../shared.js';
import { BACKENDS, readVectors, runCore, testImage } from './core-fixture.js';

interface Case {
  readonly n: number;
  readonly steps: number;
  readonly params: Readonly<Record<string, number>> & { readonly enable: readonly number[] };
  readonly raw: readonly (readonly number[])[];
  readonly u: readonly (readonly number[])[];
  readonly v: readonly (readonly number[])[];
  readonly spiked: readonly (readonly number[])[];
}

describeWithShared('noise agrees with nengo-loihi, step by step', (dir) => {
  for (const [k, { n, steps, params: p, ...recorded }] of readVectors<{ cases: Case[] }>(
    dir,
    'nengo-noise',
  ).cases.entries()) {
    it.each(BACKENDS)(`case ${k} (%s)`, async (kernels) => {
      const image = testImage(NENGO_LOIHI, {
        n,
        compartments: {
          du: p.du!,
          dv: p.dv!,
          vthMant: p.vth! >> 6,
          biasMant: p.bias!,
          refract: p.refract!,
          noiseEnable: Int32Array.from(p.enable),
        },
        registers: {
          vmin: p.vmin!,
          vmax: p.vmax!,
          noiseTarget: p.noiseAtMembrane === 1 ? 'voltage' : 'current',
          noiseExp: p.noiseExp!,
          noiseMantOffset: p.noiseMantOffset!,
        },
      });
      const { core, step } = await runCore(NENGO_LOIHI, image, { kernels });
      for (let t = 1; t <= steps; t++) {
        if (core.noiseRaw !== null) core.injectNoise(recorded.raw[t - 1]!);
        const fired = step(t);
        expect([...core.u.subarray(0, n)], `u at ${t}`).toEqual(recorded.u[t - 1]);
        expect([...core.v.subarray(0, n)], `v at ${t}`).toEqual(recorded.v[t - 1]);
        expect(fired).toEqual(recorded.spiked[t - 1]!.flatMap((s, i) => (s === 1 ? [i] : [])));
      }
    });
  }
});
