/** Spikes, state and counters of every recorded network are the same for any number of workers and both kernels. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { profileNamed } from '../../cores/index.js';
import { Chip, type ChipImage, spikeHash } from '../../routing/index.js';
import { imageOfRecord } from '../../src/verify/network.js';
import { readNetwork } from '../../src/verify/network-record.js';
import { openRecording } from '../../src/verify/recording.js';
import { describeWithShared } from '../shared.js';

async function resultOf(image: ChipImage, steps: number, workers: number, kernels: 'scalar' | 'wasm') {
  await using chip = await Chip.open(image, { workers, kernels });
  const { spikes } = await chip.run(steps);
  return { spikes: spikeHash(spikes), state: chip.stateHash(), counters: chip.counters() };
}

describeWithShared('recorded networks', (shared) => {
  const dir = join(shared, 'vectors');
  const files = readdirSync(dir).filter((file) => file.startsWith('net-'));

  it.each(files)('%s', async (file) => {
    const recording = await openRecording(readFileSync(join(dir, file)), file);
    const record = readNetwork(recording);
    const { image } = imageOfRecord(record, profileNamed(recording.peers[0]!.profile)!, file);
    const alone = await resultOf(image, record.steps, 1, 'scalar');
    for (const workers of [2, 3, 8]) {
      expect(await resultOf(image, record.steps, workers, 'wasm'), `${workers} workers`).toEqual(alone);
    }
    expect(await resultOf(image, record.steps, 3, 'scalar'), '3 workers, scalar').toEqual(alone);
  });
});
