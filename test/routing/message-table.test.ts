/** The table of messages has what the lists of an image have, in order of destination, with events counted segment by segment. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { OutAxons } from '../../cores/index.js';
import { type ChipImage, messageTable } from '../../routing/index.js';
import { cells, compile, connectors, Network, synapses } from '../../src/index.js';
import { type Draw, drawFrom } from '../cores/kernels-case.js';
import { chipCase, chipOf } from './random-chip.js';

/** As a file may have them: entries of each source in any order. */
function shuffled<Lists extends OutAxons>(lists: Lists, draw: Draw): Lists {
  const core = lists.core.slice();
  const axon = lists.axon.slice();
  for (let source = 0; source + 1 < lists.start.length; source++)
    for (let k = lists.start[source]!; k < lists.start[source + 1]!; k++) {
      const other = lists.start[source]! + draw(k + 1 - lists.start[source]!);
      [core[k], core[other]] = [core[other]!, core[k]!];
      [axon[k], axon[other]] = [axon[other]!, axon[k]!];
    }
  return { ...lists, core, axon };
}

const withShuffledLists = (image: ChipImage, draw: Draw): ChipImage => ({
  ...image,
  cores: image.cores.map((core) => ({ ...core, outAxons: shuffled(core.outAxons, draw) })),
  sources: shuffled(image.sources, draw),
});

interface Message {
  readonly to: number;
  readonly axon: number;
  readonly sparse: number;
  readonly dense: number;
  readonly conv: number;
}

/** Messages of every key, from the image. */
function messagesOf({ cores, sources }: ChipImage): Message[][] {
  return [...cores.map(({ outAxons }) => outAxons), sources].flatMap(({ start, core, axon }) =>
    Array.from({ length: start.length - 1 }, (_, source) =>
      Array.from({ length: start[source + 1]! - start[source]! }, (_, i): Message => {
        const k = start[source]! + i;
        const events = { sparse: 0, dense: 0, conv: 0 };
        const { axonStart, format, formats, count } = cores[core[k]!]!.synapses;
        for (let s = axonStart[axon[k]!]!; s < axonStart[axon[k]! + 1]!; s++)
          events[formats[format[s]!]!.kind] += count[s]!;
        return { to: core[k]!, axon: axon[k]!, ...events };
      }).sort((a, b) => a.to - b.to),
    ),
  );
}

function messagesInTable(image: ChipImage): Message[][] {
  const { keys, start, to, axon, sparse, dense, conv } = messageTable(image);
  expect(start).toHaveLength(keys + 1);
  return Array.from({ length: keys }, (_, key) =>
    Array.from({ length: start[key + 1]! - start[key]! }, (_, i): Message => {
      const k = start[key]! + i;
      return { to: to[k]!, axon: axon[k]!, sparse: sparse[k]!, dense: dense[k]!, conv: conv[k]! };
    }),
  );
}

describe('the table of messages', () => {
  it('has what the lists have, on random chips', () => {
    fc.assert(
      fc.property(chipCase, fc.nat(), fc.boolean(), (spec, seed, isSorted) => {
        const image = isSorted ? chipOf(spec) : withShuffledLists(chipOf(spec), drawFrom(seed + 1));
        const [core, axon] = [image.cores[0]!.outAxons.core.slice(), image.sources.axon.slice()];
        expect(messagesInTable(image)).toEqual(messagesOf(image));
        // which is left as it was
        expect(image.cores[0]!.outAxons.core).toEqual(core);
        expect(image.sources.axon).toEqual(axon);
      }),
      { numRuns: 60 },
    );
  });

  it('has what the lists have where every in-axon is one segment of one format', () => {
    const network = new Network();
    const all = network.population(60, cells.lif({}), 'all');
    network.projection(
      all,
      all,
      connectors.fixedNumberPre(9),
      synapses.static({ weight: 3, format: 'sparse' }),
    );
    const { image } = compile(network, { coreSize: 7 });
    for (const { synapses: own } of image.cores) {
      expect([...own.axonStart]).toEqual([...own.axonStart.keys()]);
      expect(own.formats).toHaveLength(1);
    }
    expect(messagesInTable(image)).toEqual(messagesOf(image));
    const { dense, conv } = messageTable(image);
    expect(conv.every((events) => events === 0)).toBe(true);
    expect(dense).toBe(conv);
  });
});
