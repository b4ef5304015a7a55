/** Out-axon slots every neuron takes, given which core each neuron is on. */
import type { StrandIndex } from './strand-index.js';

/**
 * One slot per target core; a population axon, which carries a shared (convolution) list, takes two.
 * `coreOf`: core of every network id, -1 for host sources. Returns slots by network id.
 */
export function outDemand(index: StrandIndex, coreOf: Int32Array, cores: number): Uint32Array {
  const slots = new Uint32Array(coreOf.length);
  const mark = new Int32Array(cores).fill(-1);
  const wideMark = new Int32Array(cores).fill(-1);
  for (const [population, strands] of index.leaving.entries()) {
    const firstId = index.firstId[population]!;
    const end = index.firstId[population + 1]!;
    for (let id = firstId; id < end && strands.length > 0; id++) {
      if (coreOf[id]! < 0) break;
      let count = 0;
      for (const { start, post, projection, layout } of strands) {
        const row = id - firstId - projection.pre.from;
        if (row < 0 || row >= start.length - 1) continue;
        const target = index.firstId[projection.post.population.index]!;
        const shared = layout === 'conv';
        for (let k = start[row]!; k < start[row + 1]!; k++) {
          const core = coreOf[target + post[k]!]!;
          if (mark[core] !== id) {
            mark[core] = id;
            count++;
          }
          if (shared && wideMark[core] !== id) {
            wideMark[core] = id;
            count++;
          }
        }
      }
      slots[id] = count;
    }
  }
  return slots;
}
