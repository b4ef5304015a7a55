/** Runs the self-test on the kernels of this browser, and says what it gave. */
import { Chip, spikeHash } from '../../../routing/index.js';
import type { Handlers } from '../protocol.js';
import { STEPS, selfTestImage } from './network.js';

export interface SelfTestResult {
  readonly spikes: number;
  /** Hexadecimal digits. */
  readonly spikeHash: string;
  readonly stateHash: string;
  /** Shards it ran on. */
  readonly shards: number;
}

export type SelfTestCalls = {
  readonly run: {
    readonly params: { readonly workers: number };
    readonly result: SelfTestResult;
    readonly progress: never;
  };
};

export const handlers: Handlers<SelfTestCalls> = {
  run: async ({ workers }) => {
    await using chip = await Chip.open(selfTestImage(), { workers });
    const { spikes } = await chip.run(STEPS);
    return {
      spikes: spikes.ids.length,
      spikeHash: spikeHash(spikes).toString(16),
      stateHash: chip.stateHash(),
      shards: chip.shards,
    };
  },
};
