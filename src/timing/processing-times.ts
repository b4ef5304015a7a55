/** What each message of a table costs where it ends. */
import type { MessageTable } from '../../routing/index.js';
import type { CoreCosts } from './core-costs.js';

/** By message, in the order of the table: how long its destination is busy with it, axonIn and all its synaptic events. */
export function processingTimes({ to, sparse, dense, conv }: MessageTable, costs: CoreCosts): Float64Array {
  const { axonIn, synapseSparse, synapseDense, synapseConv, unit } = costs;
  /** `sum` and `count` events; in seconds, one by one, as rounding depends on it. */
  const plus = (sum: number, count: number, each: number): number => {
    if (unit === 'ps') return sum + count * each;
    let total = sum;
    for (let k = 0; k < count; k++) total += each;
    return total;
  };
  return Float64Array.from(to, (_, i) => {
    const ofSparse = plus(axonIn, sparse[i]!, synapseSparse);
    return plus(plus(ofSparse, dense[i]!, synapseDense), conv[i]!, synapseConv);
  });
}
