/** Recordings made up for an image, so that what is reckoned from them need not wait for a chip. */
import { activityWords, type ChipImage, messageTable, type Recording } from '../../routing/index.js';
import { type Draw, drawFrom } from '../cores/kernels-case.js';

export interface RecordingPlan {
  readonly seed: number;
  readonly from: number;
  readonly steps: number;
  /** One in so many sources spikes in a step, one in so many compartments has work. */
  readonly rarity: number;
}

export function randomRecording(image: ChipImage, { seed, from, steps, rarity }: RecordingPlan): Recording {
  const draw = drawFrom(seed);
  const { idOfKey, firstOfCore } = messageTable(image);
  const ids = [...idOfKey].filter((id) => id !== 0xffff_ffff).sort((a, b) => a - b);
  const sources = new Set(idOfKey.subarray(firstOfCore[image.cores.length]));
  const words = activityWords(image.cores);
  const row = words.at(-1)!;
  const masks = new Uint32Array(steps * row);
  const counts = new Uint32Array(steps * image.cores.length);
  const spikes: [number, number][] = [];
  for (let t = 0; t < steps; t++) {
    for (const id of ids) {
      if (draw(rarity) > 0) continue;
      spikes.push([from + t, id]);
      // two schedules may drive one source
      if (sources.has(id) && draw(4) === 0) spikes.push([from + t, id]);
    }
    image.cores.forEach(({ n }, core) => {
      for (let i = 0; i < n; i++) {
        if (draw(rarity) > 0) continue;
        masks[t * row + words[core]! + (i >>> 5)]! |= 1 << (i & 31);
        counts[t * image.cores.length + core]!++;
      }
    });
  }
  return {
    from,
    to: from + steps - 1,
    spikes: {
      steps: Uint32Array.from(spikes, ([step]) => step),
      ids: Uint32Array.from(spikes, ([, id]) => id),
      values: null,
    },
    traces: [],
    activity: { counts, masks },
    membraneUpdates: null,
  };
}

/** Puts the sources of an image on its cores and on two places more. */
export function withSenders(image: ChipImage, draw: Draw): ChipImage {
  const { count } = image.sources;
  const core = Uint32Array.from({ length: count }, () => draw(image.cores.length + 2));
  const visit = Uint32Array.from(core, (on) => draw((image.cores[on]?.n ?? 0) + 1));
  // ascending among those of one core
  for (let on = 0; on < image.cores.length; on++) {
    const own = [...core.keys()].filter((source) => core[source] === on);
    const sorted = own.map((source) => visit[source]!).sort((a, b) => a - b);
    own.forEach((source, i) => {
      visit[source] = sorted[i]!;
    });
  }
  const place = { chipX: 0, chipY: 0, tileX: 7, tileY: 3 };
  const places = [
    { ...place, slot: 0 },
    { ...place, slot: 1 },
  ];
  return { ...image, sources: { ...image.sources, senders: { core, visit, places } } };
}
