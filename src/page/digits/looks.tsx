/** Asks the worker to look at a drawing as it grows: one look at a time, always at the newest drawing. */
import { useEffect, useRef, useState } from 'preact/hooks';
import { ChipWorker } from '../chip-worker.js';
import { isAborted } from '../protocol.js';
import type { DigitsCalls } from './calls.js';
import { type Drawing, goesOn } from './drawing.js';
import type { Reading } from './reading.js';

export interface Looks {
  /** Of the newest drawing that was looked at; null while the pad is empty. */
  readonly reading: Reading | null;
  /** What went wrong, for the error boundary to show. */
  readonly failure: Error | null;
}

export function useLooks(drawing: Drawing, costs: string): Looks {
  const [reading, setReading] = useState<Reading | null>(null);
  const [failure, setFailure] = useState<Error | null>(null);
  const worker = useRef<ChipWorker<DigitsCalls> | null>(null);
  const wanted = useRef({ drawing, costs });
  const isLooking = useRef(false);
  const lookedAt = useRef<Drawing>([]);

  useEffect(() => {
    const made = new ChipWorker<DigitsCalls>('digits');
    worker.current = made;
    // so that the chip is ready before the first stroke is
    made.ask('open', undefined).catch((cause) => {
      if (!isAborted(cause)) setFailure(cause as Error);
    });
    return () => made.close();
  }, []);

  useEffect(() => {
    wanted.current = { drawing, costs };
    const look = async (): Promise<void> => {
      if (isLooking.current) return;
      isLooking.current = true;
      try {
        for (let seen: typeof wanted.current | null = null; seen !== wanted.current; ) {
          seen = wanted.current;
          const isNew = !goesOn(seen.drawing, lookedAt.current);
          lookedAt.current = seen.drawing;
          if (seen.drawing.length === 0) {
            setReading(null);
            continue;
          }
          const next = await worker.current!.ask('look', {
            strokes: seen.drawing,
            costs: seen.costs,
            isNew,
          });
          if (wanted.current.drawing.length > 0) setReading(next);
        }
      } catch (cause) {
        if (!isAborted(cause)) setFailure(cause as Error);
      } finally {
        isLooking.current = false;
      }
    };
    void look();
  }, [drawing, costs]);

  return { reading, failure };
}
