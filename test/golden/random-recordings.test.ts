/** Recordings of random neurons and networks, made by a second implementation of every peer's rules, pass. */
import '../peers-wrap.js';
import { describe, expect, it } from 'vitest';
import { verifyRecordings } from '../../src/verify/verify.js';
import { type PeerName, randomLif, randomNetwork } from './oracle.js';
import { bytesOf, type Json } from './small.js';

const PEER_NAMES: readonly PeerName[] = ['nengo-loihi', 'lava', 'brian2_loihi'];
const NETWORKS = 12;

describe.each(['scalar', 'wasm'] as const)('with %s kernels', (kernels) => {
  const failures = async (recordings: readonly Json[]) => {
    const report = await verifyRecordings(
      recordings.map((recording, k) => ({ name: `${k}`, read: () => bytesOf(recording) })),
      { kernels },
    );
    expect(report.cases).toBeGreaterThan(0);
    expect(report.files.map((file) => file.reason).filter((reason) => reason !== '')).toEqual([]);
    return report.firstMismatch;
  };

  it.each(PEER_NAMES)('neurons of %s', async (peer) => {
    expect(await failures([randomLif(1, peer, 60), randomLif(2, peer, 60)])).toBeNull();
  });

  it.each(PEER_NAMES)('networks of %s', async (peer) => {
    const recordings = Array.from({ length: NETWORKS }, (_, k) => randomNetwork(k + 1, peer));
    expect(recordings.reduce((sum, r) => sum + r.spikes.neuron.length, 0)).toBeGreaterThan(200);
    expect(await failures(recordings)).toBeNull();
  });
});
