/** Workers that go wrong at a known step: what `routing` must survive. */
import { Core } from '../../../cores/index.js';

/** Calls `act` in `step`, when a shard has run its first core and asks whether that may rest from the next step on. */
export function at(step: number, act: () => void): void {
  const isResting = Core.prototype.isResting;
  Core.prototype.isResting = function (this: Core, next: number): boolean {
    if (next === step + 1) act();
    return isResting.call(this, next);
  };
}
