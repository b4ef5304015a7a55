/** Connections recorded from Lava: what a step's events sum to, before the neuron shifts it by 6. */
import { expect, it } from 'vitest';
import { SLOTS, STRIDE_BITS } from '../../cores/descriptor.js';
import { LAVA, type SignMode, storeMantissa, storeWeight } from '../../cores/index.js';
import { describeWithShared } from '../shared.js';
import { BACKENDS, readVectors, runCore, type TestSynapse, testImage } from './core-fixture.js';

interface Case {
  readonly model: string;
  readonly signMode: string;
  readonly weightExp: number;
  readonly numWeightBits: number;
  readonly graded: boolean;
  readonly weights: readonly (readonly number[])[];
  readonly storedWeights: readonly (readonly number[])[];
  readonly delays: readonly (readonly number[])[] | null;
  readonly sIn: readonly (readonly number[])[];
  readonly aOut: readonly (readonly number[])[];
}

describeWithShared('connections agree with Lava, step by step', (dir) => {
  for (const [k, recorded] of readVectors<{ cases: Case[] }>(dir, 'lava-conn').cases.entries()) {
    it.each(BACKENDS)(`case ${k} ${recorded.model} (%s)`, async (kernels) => {
      const { weights, delays, sIn, aOut, graded, storedWeights } = recorded;
      const format = {
        signMode: recorded.signMode.toLowerCase() as SignMode,
        bits: recorded.numWeightBits,
        exp: recorded.weightExp,
      };
      const stored = weights.map((row) => row.map((w) => storeMantissa(w, format, LAVA.rules)));
      if (storedWeights) expect(stored).toEqual(storedWeights);
      const axons = weights[0]!.map((_, a): TestSynapse[] =>
        weights.map((_row, target) => ({
          target,
          delay: delays === null ? 0 : delays[target]![a]!,
          weight: storeWeight(stored[target]![a]!, format, LAVA.rules),
        })),
      );
      const image = testImage(LAVA, { n: weights.length, axons });
      const { cluster, core, backend } = await runCore(LAVA, image, { payloads: graded, kernels });
      const size = core.acc.length / core.bankShift.length;
      for (let t = 1; t < aOut.length; t++) {
        for (const [axon, payload] of sIn[t - 1]!.entries()) {
          if (payload !== 0) cluster.push(axon, payload);
        }
        backend.deliver(cluster, t + 1);
        const row = ((t + 1) & (core.descriptor[SLOTS]! - 1)) << core.descriptor[STRIDE_BITS]!;
        const sums = weights.map((_, i) =>
          core.bankShift.reduce((sum, shift, bank) => sum + (core.acc[bank * size + row + i]! >> shift), 0),
        );
        expect(sums, `sums of step ${t + 1}`).toEqual(aOut[t]);
        backend.integrate(cluster, t + 1);
      }
    });
  }
});
