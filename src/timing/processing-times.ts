/** What each message of a table costs where it ends. */
import type { MessageTable } from '../../routing/index.js';
import type { CoreCosts } from './core-costs.js';

/** By message, in the order of the table: how long its destination is busy with it, axonIn and all its synaptic events. */
export function processingTimes(table: MessageTable, costs: CoreCosts): Float64Array {
  return costs.unit === 'ps' ? products(table, costs) : sums(table, costs);
}

function products(
  { to, sparse, dense, conv }: MessageTable,
  { axonIn, synapseSparse, synapseDense, synapseConv }: CoreCosts,
): Float64Array {
  const times = new Float64Array(to.length);
  for (let i = 0; i < times.length; i++)
    times[i] = axonIn + sparse[i]! * synapseSparse + dense[i]! * synapseDense + conv[i]! * synapseConv;
  return times;
}

/** In seconds, one by one, as rounding depends on it. */
function sums(
  { to, sparse, dense, conv }: MessageTable,
  { axonIn, synapseSparse, synapseDense, synapseConv }: CoreCosts,
): Float64Array {
  const times = new Float64Array(to.length);
  for (let i = 0; i < times.length; i++) {
    let time = axonIn;
    for (let k = 0; k < sparse[i]!; k++) time += synapseSparse;
    for (let k = 0; k < dense[i]!; k++) time += synapseDense;
    for (let k = 0; k < conv[i]!; k++) time += synapseConv;
    times[i] = time;
  }
  return times;
}
