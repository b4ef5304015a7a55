/** The foot of the page: version, where it runs, and the proof that it computes the same bits as anywhere. */
import { useState } from 'preact/hooks';
import { VERSION } from '../version.js';
import { ChipWorker } from './chip-worker.js';
import { failureOf } from './protocol.js';
import type { SelfTestCalls } from './self-test/handlers.js';
import { EXPECTED, STEPS } from './self-test/network.js';

async function selfTest(): Promise<string> {
  const worker = new ChipWorker<SelfTestCalls>('self-test');
  try {
    const { spikes, spikeHash, stateHash, shards } = await worker.ask('run', {
      workers: crossOriginIsolated ? 2 : 1,
    });
    const isRight = spikeHash === EXPECTED.spikeHash && stateHash === EXPECTED.stateHash;
    const where = `${shards} ${shards === 1 ? 'thread' : 'threads'}`;
    return isRight
      ? `Same bits as everywhere: ${spikes.toLocaleString('en')} spikes in ${STEPS} steps on ${where}, state ${stateHash}`
      : `Not the same bits: spikes ${spikeHash}, state ${stateHash} on ${where}. Please report this browser.`;
  } catch (cause) {
    return failureOf(cause).message;
  } finally {
    worker.close();
  }
}

export function Foot() {
  const [said, setSaid] = useState<string | null>(null);
  const [isBusy, setBusy] = useState(false);
  const run = async (): Promise<void> => {
    setBusy(true);
    setSaid('running …');
    setSaid(await selfTest());
    setBusy(false);
  };
  return (
    <footer class="page-foot">
      <span>
        Seamount {VERSION}. The chip runs in this page; nothing is sent anywhere.
        {!crossOriginIsolated && ' One thread: the page is not isolated.'}
      </span>
      <span>
        <span role="status" data-testid="self-test">
          {said}
        </span>{' '}
        {!isBusy && (
          <button type="button" onClick={() => void run()}>
            {said === null ? 'Test that it computes the same bits' : 'Test again'}
          </button>
        )}
      </span>
    </footer>
  );
}
