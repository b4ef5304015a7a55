/**
 * Which compartments a spike reaches, as bits of `Activity.masks`: for each source the words to change and what
 * to set in them, so that a row of a dense layer costs a word for every 32 synapses. Zero weights of dense
 * rows reach their compartments, too: the row is read.
 */
import { delayOf, indexOf, SeamountError, type SynapseMemory } from '../../cores/index.js';
import { activityWords, type ChipImage } from '../../routing/index.js';

type VisitTarget = (compartment: number, delay: number) => void;

function forEachTarget(synapses: SynapseMemory, axon: number, visit: VisitTarget): void {
  const { axonStart, formats, format, wide, offset, count, first, delay, words } = synapses;
  for (let s = axonStart[axon]!; s < axonStart[axon + 1]!; s++) {
    const base = first[s]!;
    const synapsesOfIt = count[s]!;
    if (formats[format[s]!]!.kind === 'dense') {
      for (let k = 0; k < synapsesOfIt; k++) visit(base + k, delay[s]!);
      continue;
    }
    const stride = wide[s] === 1 ? 2 : 1;
    for (let k = 0; k < synapsesOfIt; k++) {
      const word = words[offset[s]! + stride * k]!;
      visit(base + indexOf(word), delayOf(word));
    }
  }
}

export class Arrivals {
  /** Source `key` has pairs (word, bits) in `#pairs[start[key]] ..`. */
  readonly #start: Float64Array;
  readonly #pairs: Uint32Array;

  /**
   * @throws {SeamountError} E_USAGE when a synapse takes other than one step: this rule knows no others. A
   * neuron's spike takes one step and its delay, that of a host source its delay alone.
   */
  constructor(image: ChipImage) {
    const lists = [...image.cores.map(({ outAxons }) => outAxons), image.sources];
    const firstWord = activityWords(image.cores);
    const keys = lists.reduce((sum, { start }) => sum + start.length - 1, 0);
    this.#start = new Float64Array(keys + 1);
    /** Calls back with each word of each source, source by source. */
    const forEachWord = (open: (key: number) => void, add: (word: number, bit: number) => void): void => {
      let key = 0;
      for (const [index, { start, core, axon }] of lists.entries()) {
        const wanted = index < image.cores.length ? 0 : 1;
        for (let source = 0; source + 1 < start.length; source++) {
          open(key++);
          for (let entry = start[source]!; entry < start[source + 1]!; entry++) {
            const to = core[entry]!;
            forEachTarget(image.cores[to]!.synapses, axon[entry]!, (compartment, delay) => {
              if (delay !== wanted) throw badDelay(to, axon[entry]!, delay, wanted);
              add(firstWord[to]! + (compartment >>> 5), 1 << (compartment & 31));
            });
          }
        }
      }
    };
    let length = 0;
    let current = -1;
    forEachWord(
      (key) => {
        this.#start[key] = length;
        current = -1;
      },
      (word) => {
        if (word !== current) length += 2;
        current = word;
      },
    );
    this.#start[keys] = length;
    const pairs = new Uint32Array(length);
    let at = -2;
    forEachWord(
      () => {
        current = -1;
      },
      (word, bit) => {
        if (word !== current) {
          at += 2;
          pairs[at] = word;
        }
        pairs[at + 1]! |= bit;
        current = word;
      },
    );
    this.#pairs = pairs;
  }

  /** Whether spikes of two sources reach the same compartments. */
  areAlike(one: number, other: number): boolean {
    const pairs = this.#pairs;
    const first = this.#start[one]!;
    const length = this.#start[one + 1]! - first;
    const second = this.#start[other]!;
    if (this.#start[other + 1]! - second !== length) return false;
    for (let i = 0; i < length; i++) if (pairs[first + i] !== pairs[second + i]) return false;
    return true;
  }

  /** Sets in `row`, a row of masks, the compartments that a spike of a source reaches. */
  mark(key: number, row: Uint32Array): void {
    const pairs = this.#pairs;
    const end = this.#start[key + 1]!;
    for (let at = this.#start[key]!; at < end; at += 2) row[pairs[at]!]! |= pairs[at + 1]!;
  }
}

const badDelay = (core: number, axon: number, delay: number, wanted: number): SeamountError =>
  new SeamountError(
    'E_USAGE',
    `updates by arrivals need every spike to arrive in the next step: a synapse of axon ${axon} of core ${core} has delay ${delay}, not ${wanted}`,
    "count updates by state ('state'), or give synapses of neurons delay 0 and those of host sources delay 1",
  );
