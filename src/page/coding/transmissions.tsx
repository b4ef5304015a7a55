/** Sends the signal through the chip whenever it or an option changes: one at a time, always the newest. */
import { useEffect, useRef, useState } from 'preact/hooks';
import { ChipWorker } from '../chip-worker.js';
import { Newest } from '../newest.js';
import { isAborted } from '../protocol.js';
import type { CodingCalls } from './calls.js';
import type { CodeOptions } from './settings.js';
import type { Outcome } from './transmit.js';

interface Wanted {
  readonly values: Float64Array;
  readonly options: CodeOptions;
  readonly prices: string;
}

/** What came back, and of what it is. */
export interface Transmission extends Wanted {
  readonly outcomes: readonly Outcome[];
}

/** @throws what the worker throws, for the error boundary to show */
export function useOutcomes(values: Float64Array, options: CodeOptions, prices: string): Transmission | null {
  const [shown, setShown] = useState<Transmission | null>(null);
  const [failure, setFailure] = useState<Error | null>(null);
  const worker = useRef<ChipWorker<CodingCalls> | null>(null);
  const [sending] = useState(
    () =>
      new Newest<Wanted>(
        async (wanted) => {
          const outcomes = await worker.current!.ask('transmit', wanted);
          setShown({ ...wanted, outcomes });
        },
        (cause) => {
          if (!isAborted(cause)) setFailure(cause as Error);
        },
      ),
  );
  if (failure !== null) throw failure;

  useEffect(() => {
    const made = new ChipWorker<CodingCalls>('coding');
    worker.current = made;
    return () => made.close();
  }, []);

  useEffect(() => sending.ask({ values, options, prices }), [values, options, prices]);

  return shown;
}
