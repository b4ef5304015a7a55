/** State of the cores as the mesh sees them: a record for each (mesh-words.ts). */
import * as W from './mesh-words.js';
import type { MeshGeometry } from './step-messages.js';

export class MeshCoreRecords {
  readonly count: number;
  words!: Int32Array;
  times!: Float64Array;

  /** `buffer`: where the records are, from byte `at` on. */
  constructor(
    { cores, x, y }: MeshGeometry,
    buffer: ArrayBuffer = new ArrayBuffer(MeshCoreRecords.bytes(cores)),
    at = 0,
  ) {
    this.count = cores;
    this.view(buffer, at);
    for (let core = 0; core < cores; core++) {
      const word = core << W.CORE_WORDS;
      this.words[word + W.CORE_X] = x[core]!;
      this.words[word + W.CORE_Y] = y[core]!;
    }
  }

  static bytes(cores: number): number {
    return cores << (W.CORE_WORDS + 2);
  }

  /** Where the records are now. */
  view(buffer: ArrayBuffer, at: number): void {
    this.words = new Int32Array(buffer, at, this.count << W.CORE_WORDS);
    this.times = new Float64Array(buffer, at, this.count << W.CORE_TIMES);
  }

  word(core: number, word: number): number {
    return this.words[(core << W.CORE_WORDS) + word]!;
  }

  time(core: number, time: number): number {
    return this.times[(core << W.CORE_TIMES) + time]!;
  }
}
