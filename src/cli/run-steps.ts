/** The steps of `seamount run`: in legs, with progress between them and checkpoints at stops. */
import { setImmediate } from 'node:timers/promises';
import { SeamountError } from '../../cores/index.js';
import { type Checkpoint, type Chip, joinRecordings, type Recording } from '../../routing/index.js';
import { LegPace } from '../api/leg-pace.js';
import type { Progress } from './progress.js';

/** Runs to each stop in turn, with a checkpoint at all but the last, or until interrupted. */
export async function runTo(
  chip: Chip,
  stops: readonly number[],
  {
    keep,
    signal,
    progress,
    take,
  }: {
    readonly keep: boolean;
    readonly signal: AbortSignal;
    readonly progress: Progress;
    /** Told of every recording as it comes. */
    readonly take: (part: Recording) => void;
  },
): Promise<{
  readonly recording: Recording;
  readonly checkpoints: Checkpoint[];
  readonly interrupted: boolean;
}> {
  const pace = new LegPace();
  const parts: Recording[] = [kept(await chip.run(0))];
  const checkpoints: Checkpoint[] = [];
  const breath = new Breath();
  let interrupted = false;
  try {
    for (const [i, stop] of stops.entries()) {
      for await (const part of chip.legs(stop - chip.step, { signal, every: () => pace.next() })) {
        take(part);
        if (keep) parts.push(kept(part));
        progress.update(chip.step);
        await breath.take();
      }
      if (i < stops.length - 1) checkpoints.push(chip.checkpoint());
    }
  } catch (cause) {
    interrupted = cause instanceof SeamountError && cause.code === 'E_ABORTED';
    if (!interrupted) throw cause;
  } finally {
    progress.clear();
  }
  return { recording: { ...joinRecordings(parts), to: chip.step }, checkpoints, interrupted };
}

/** What of a recording outlives its leg: what accounts alone read is large, or of no use later. */
const kept = (part: Recording): Recording => ({ ...part, activity: null, membraneUpdates: null });

/** Between two looks at the event loop, in ms: how late Ctrl-C may be heard. */
const BREATH_MS = 25;

/** Lets signals and timers have their turn now and then; short legs in the calling thread would not. */
class Breath {
  #last = performance.now();

  async take(): Promise<void> {
    if (performance.now() - this.#last < BREATH_MS) return;
    await setImmediate();
    this.#last = performance.now();
  }
}
