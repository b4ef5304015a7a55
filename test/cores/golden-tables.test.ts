/** Tables recorded from the peers: decay, overflow, weights, memory of synapse lists. */
import { expect, it } from 'vitest';
import {
  BRIAN2LOIHI,
  decay,
  effectiveWeight,
  LAVA,
  NENGO_LOIHI,
  optimizeWeightBits,
  type SignMode,
  storeMantissa,
  synapseListBits,
  wrapTwos,
} from '../../cores/index.js';
import { describeWithShared } from '../shared.js';
import { readVectors } from './core-fixture.js';

type Row4 = readonly [number, number, number, number];

interface Nengo {
  readonly decay: { readonly rows: readonly Row4[] };
  readonly overflow: { readonly rows: readonly Row4[] };
  readonly weights: readonly {
    readonly fanoutType: number;
    readonly weightBits: number;
    readonly exp: number;
    readonly mant: readonly number[];
    readonly eff: readonly number[];
  }[];
  readonly synapseBits: readonly {
    readonly weightBits: number;
    readonly idxBits: number;
    readonly delayBits: number;
    readonly tagBits: number;
    readonly synPerBlock: number;
    readonly compression: string;
    readonly nWeights: number;
    readonly bits: number;
  }[];
}

interface Peer {
  readonly weights: readonly {
    readonly signMode: string;
    readonly numWeightBits: number;
    readonly exp: number;
    readonly mant: readonly number[];
    readonly eff: readonly number[];
    readonly stored: readonly number[];
  }[];
  readonly optimizeWeightBits: readonly {
    readonly signMode: string;
    readonly weights: readonly (readonly number[])[];
    readonly numWeightBits: number;
    readonly weightExp: number;
    readonly stored: readonly (readonly number[])[];
  }[];
}

const signModeOf = (name: string): SignMode => name.toLowerCase() as SignMode;

describeWithShared('tables of the peers', (dir) => {
  it('nengo-loihi decays', () => {
    const { rows } = readVectors<Nengo>(dir, 'nengo-tables').decay;
    expect(rows.map(([x, d, offset]) => decay(x, 4096 - d - offset))).toEqual(rows.map((row) => row[3]));
  });

  it('nengo-loihi wraps', () => {
    const { rows } = readVectors<Nengo>(dir, 'nengo-tables').overflow;
    expect(rows.map(([x, bits]) => wrapTwos(x, bits))).toEqual(rows.map((row) => row[2]));
    expect(rows.map(([x, bits]) => Number(wrapTwos(x, bits) !== x))).toEqual(rows.map((row) => row[3]));
  });

  it('nengo-loihi weights', () => {
    const { rules } = NENGO_LOIHI;
    for (const { fanoutType, weightBits: bits, exp, mant, eff } of readVectors<Nengo>(dir, 'nengo-tables')
      .weights) {
      const computed = mant.map((m) => {
        const oneSign = m < 0 ? 'inhibitory' : 'excitatory';
        const format = { signMode: fanoutType === 1 ? 'mixed' : oneSign, bits, exp } as const;
        return effectiveWeight(storeMantissa(m, format, rules), format, rules);
      });
      expect(computed).toEqual(eff);
    }
  });

  it('nengo-loihi synapse memory', () => {
    const { synapseBits } = readVectors<Nengo>(dir, 'nengo-tables');
    const computed = synapseBits.map(
      ({ weightBits, idxBits, delayBits, tagBits, synPerBlock, compression, nWeights }) =>
        synapseListBits(
          { weightBits, delayBits, tagBits, indexBits: compression === 'sparse' ? idxBits : 0 },
          nWeights,
          synPerBlock,
        ),
    );
    expect(computed).toEqual(synapseBits.map((row) => row.bits));
  });

  it('brian2loihi weights', () => {
    const { rules } = BRIAN2LOIHI;
    for (const { signMode, numWeightBits: bits, exp, mant, eff } of readVectors<Peer>(
      dir,
      'brian2loihi-tables',
    ).weights) {
      const format = { signMode: signModeOf(signMode), bits, exp };
      expect(mant.map((m) => effectiveWeight(storeMantissa(m, format, rules), format, rules))).toEqual(eff);
    }
  });

  it('lava stored weights', () => {
    for (const { signMode, numWeightBits: bits, mant, stored } of readVectors<Peer>(dir, 'lava-tables')
      .weights) {
      const format = { signMode: signModeOf(signMode), bits };
      expect(mant.map((m) => storeMantissa(m, format, LAVA.rules))).toEqual(stored);
    }
  });

  it('lava choice of exponent and bits', () => {
    for (const row of readVectors<Peer>(dir, 'lava-tables').optimizeWeightBits) {
      const { bits, exp, mantissas } = optimizeWeightBits(row.weights.flat(), signModeOf(row.signMode));
      expect([bits, exp, ...mantissas]).toEqual([row.numWeightBits, row.weightExp, ...row.stored.flat()]);
    }
  });
});
