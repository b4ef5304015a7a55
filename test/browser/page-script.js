/** What tests ask the page for. It sets `ready` when it can be asked. */
import { decodeImage } from 'seamount';
import { Chip, spikeHash } from 'seamount/routing';
import { verifyRecording } from 'seamount/verify';

const bytes = async (url) => new Uint8Array(await (await fetch(url)).arrayBuffer());

/** Runs the image the server has; hashes of what came out. */
window.run = async (steps, options) => {
  const chip = await Chip.open(decodeImage(await bytes('/image')), options);
  try {
    const { spikes } = await chip.run(steps);
    return {
      shards: chip.shards,
      isolated: crossOriginIsolated,
      spikes: spikeHash(spikes).toString(16),
      state: chip.stateHash(),
      events: String(chip.counters().totals.axonEventsIn),
    };
  } finally {
    await chip.close();
  }
};

/** Replays a recording of other emulators. */
window.verify = async (name, options) => verifyRecording(await bytes(`/vectors/${name}`), name, options);

window.ready = true;
