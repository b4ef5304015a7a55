/**
 * Which compartments a spike reaches, as bits of `Activity.masks`: for each in-axon its words and what to set
 * in them, so that a row of a dense layer costs a word for every 32 synapses. Zero weights of dense rows
 * reach their compartments, too: the row is read.
 */
import { delayOf, indexOf, type OutAxons, SeamountError, type SynapseMemory } from '../../cores/index.js';
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
  /** In-axons of each source, numbered over all cores. */
  readonly #start: Uint32Array;
  readonly #axon: Uint32Array;
  /** Words of each in-axon. */
  readonly #wordStart: Uint32Array;
  readonly #word: Uint32Array;
  readonly #bits: Uint32Array;

  /**
   * @throws {SeamountError} E_USAGE when a synapse takes other than one step: this rule knows no others. A
   * neuron's spike takes one step and its delay, that of a host source its delay alone.
   */
  constructor(image: ChipImage) {
    const firstAxon = new Uint32Array(image.cores.length + 1);
    image.cores.forEach(({ inAxons }, core) => {
      firstAxon[core + 1] = firstAxon[core]! + inAxons;
    });
    const lists = [...image.cores.map(({ outAxons }) => outAxons), image.sources];
    const sources = lists.map((list) => list.start.length - 1);
    this.#start = new Uint32Array(sources.reduce((sum, n) => sum + n, 1));
    this.#axon = new Uint32Array(lists.reduce((sum, { core }) => sum + core.length, 0));
    this.#wordStart = new Uint32Array(firstAxon.at(-1)! + 1);
    const delays = this.#countWords(image, firstAxon);
    this.#word = new Uint32Array(this.#wordStart.at(-1)!);
    this.#bits = new Uint32Array(this.#word.length);
    this.#writeWords(image, firstAxon);
    let key = 0;
    let at = 0;
    lists.forEach((list, index) => {
      const wanted = index < image.cores.length ? 0 : 1;
      for (let source = 0; source < sources[index]!; source++) {
        for (let entry = list.start[source]!; entry < list.start[source + 1]!; entry++) {
          const axon = firstAxon[list.core[entry]!]! + list.axon[entry]!;
          const { shortest, longest } = delays;
          if (shortest[axon]! < wanted || longest[axon]! > wanted)
            throw badDelay(list, entry, wanted, shortest[axon]! < wanted ? shortest[axon]! : longest[axon]!);
          this.#axon[at++] = axon;
        }
        this.#start[++key] = at;
      }
    });
  }

  /** Sets in `row`, a row of masks, the compartments that a spike of a source reaches. */
  mark(key: number, row: Uint32Array): void {
    const wordStart = this.#wordStart;
    const word = this.#word;
    const bits = this.#bits;
    const end = this.#start[key + 1]!;
    for (let at = this.#start[key]!; at < end; at++) {
      const axon = this.#axon[at]!;
      const last = wordStart[axon + 1]!;
      for (let w = wordStart[axon]!; w < last; w++) row[word[w]!]! |= bits[w]!;
    }
  }

  /** Fills `#wordStart`; returns the delays found at each in-axon. */
  #countWords(image: ChipImage, firstAxon: Uint32Array) {
    const shortest = new Uint8Array(firstAxon.at(-1)!).fill(0xff);
    const longest = new Uint8Array(shortest.length);
    image.cores.forEach(({ inAxons, synapses }, core) => {
      for (let i = 0; i < inAxons; i++) {
        const axon = firstAxon[core]! + i;
        let words = 0;
        let current = -1;
        forEachTarget(synapses, i, (compartment, delay) => {
          if (delay < shortest[axon]!) shortest[axon] = delay;
          if (delay > longest[axon]!) longest[axon] = delay;
          if (compartment >>> 5 === current) return;
          current = compartment >>> 5;
          words++;
        });
        // an axon without synapses has no wrong delay
        if (words === 0) longest[axon] = 0;
        this.#wordStart[axon + 1] = this.#wordStart[axon]! + words;
      }
    });
    return { shortest, longest };
  }

  #writeWords(image: ChipImage, firstAxon: Uint32Array): void {
    const firstWord = activityWords(image.cores);
    let at = -1;
    image.cores.forEach(({ inAxons, synapses }, core) => {
      for (let i = 0; i < inAxons; i++) {
        at = this.#wordStart[firstAxon[core]! + i]! - 1;
        let current = -1;
        forEachTarget(synapses, i, (compartment) => {
          if (compartment >>> 5 !== current) {
            current = compartment >>> 5;
            this.#word[++at] = firstWord[core]! + current;
          }
          this.#bits[at]! |= 1 << (compartment & 31);
        });
      }
    });
  }
}

const badDelay = ({ core, axon }: OutAxons, entry: number, wanted: number, found: number): SeamountError =>
  new SeamountError(
    'E_USAGE',
    `updates by arrivals need every spike to arrive in the next step: a synapse of axon ${axon[entry]} of core ${core[entry]} has delay ${found}, not ${wanted}`,
    "count updates by state ('state'), or give synapses of neurons delay 0 and those of host sources delay 1",
  );
