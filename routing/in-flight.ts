/** Spikes between two steps: what waits in the mailboxes for the next one. Host side, between legs. */
import { keyOf } from './aer.js';
import { reachWords } from './expansion.js';
import { readMailbox, writeMailbox } from './mailbox.js';
import type { PlacedChip } from './place-chip.js';
import { SourceGenerator } from './source-generator.js';

/** Spike words of neurons that fired in step `t` and have targets, ascending by key; sources of the host not included. */
export function readInFlight(chip: PlacedChip, t: number): Uint32Array {
  const { plan, memory } = chip;
  const sourceKey = plan.keys.firstOfCore[chip.cores.length]!;
  const words = new Map<number, number>();
  for (const row of plan.mailboxes) {
    for (const box of row) {
      for (const word of readMailbox(memory.buffer, box, t + 1)) {
        if (keyOf(word) < sourceKey) words.set(keyOf(word), word);
      }
    }
  }
  return Uint32Array.from(
    [...words.keys()].sort((a, b) => a - b),
    (key) => words.get(key)!,
  );
}

/**
 * Makes `spikes` what is in flight after step `t`, together with what the host's sources generate for the
 * step after; whatever was there is gone.
 */
export function writeInFlight(chip: PlacedChip, t: number, spikes: Uint32Array): void {
  const { plan, memory, image } = chip;
  const sourceKey = plan.keys.firstOfCore[chip.cores.length]!;
  plan.shards.forEach((shard, from) => {
    const { firstKey, cores, sourceLow, sourceHigh, generatedAt, generatedMost } = shard;
    const endKey = plan.keys.firstOfCore[cores.end]!;
    const generated = new Uint32Array(memory.buffer, generatedAt, generatedMost + 1);
    const generator = new SourceGenerator(image.schedules, sourceLow, sourceHigh);
    generated[0] = generator.fire(t + 1, generated.subarray(1));
    const boxes: number[][] = plan.shards.map(() => []);
    const post = (own: number, word: number): void => {
      boxes.forEach((box, to) => {
        const wide = reachWords(boxes.length);
        const bits = chip.reach[from]![own * wide + (to >>> 5)]!;
        if ((bits & (1 << (to & 31))) !== 0) box.push(word);
      });
    };
    for (const word of spikes) {
      const key = keyOf(word);
      if (key >= firstKey && key < endKey) post(key - firstKey, word);
    }
    for (const source of generated.subarray(1, generated[0]! + 1)) {
      post(endKey - firstKey + source - sourceLow, sourceKey + source);
    }
    boxes.forEach((words, to) => {
      writeMailbox(memory.buffer, plan.mailboxes[from]![to]!, t + 1, words);
    });
  });
}
