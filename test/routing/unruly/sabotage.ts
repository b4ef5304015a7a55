/** Workers that go wrong at a known step: what `routing` must survive. */
import { Core } from '../../../cores/index.js';

/** Calls `act` when a shard first looks at a core in `step`. */
export function at(step: number, act: () => void): void {
  const isQuiet = Core.prototype.isQuiet;
  Core.prototype.isQuiet = function (this: Core, t: number): boolean {
    if (t === step) act();
    return isQuiet.call(this, t);
  };
}
