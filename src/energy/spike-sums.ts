/**
 * What the spikes of a run set off, summed up by who sent and who received: one walk over the lists of the sources
 * that spiked. Messages are counted by core for a stretch of sources that share place and population, then by tile,
 * so that a route is reckoned once for all that take it.
 *
 * A ledger is mostly read once, by code that never ran before: loops over messages are short functions of their
 * own, which are compiled soonest, and one loop does what one can.
 */
import type { OutAxons } from '../../cores/index.js';
import { type ChipImage, eventsOfAxons } from '../../routing/index.js';
import { KEY_EVENTS } from './key-events.js';
import type { KeyOwners, Stretch } from './key-owners.js';
import { ROUTE_EVENTS, Routes } from './routes.js';
import { SharedCores, SYNAPSE_EVENTS } from './shared-cores.js';

const WIDE = KEY_EVENTS.length;
const CLASSES = SYNAPSE_EVENTS.length;
const AXON_OUT = KEY_EVENTS.indexOf('axonOut');
const HOST_MESSAGE = KEY_EVENTS.indexOf('hostMessage');
const AXON_IN = KEY_EVENTS.indexOf('axonIn');
const FIRST_CLASS = KEY_EVENTS.indexOf(SYNAPSE_EVENTS[0]);
const SPIKE = KEY_EVENTS.indexOf('spike');

/** Rows of `KEY_EVENTS`, but for the last. */
export interface SpikeSums {
  /** By place that sends: its spikes, its messages and their routes. */
  readonly sent: Float64Array;
  /** By core: messages that arrived, and their synaptic events. */
  readonly arrived: Float64Array;
  /** By population: all that its spikes set off. */
  readonly caused: Float64Array;
  /** Synaptic events, as `SYNAPSE_EVENTS`, from population i to population k at i * populations + k, where there were any. */
  readonly between: ReadonlyMap<number, Float64Array>;
}

/** Synaptic events of one class of each core: its first, or its second, or its third. */
interface Layer {
  /** What a message to each in-axon of each core sets off; null for a core that has fewer classes. */
  readonly ofAxons: readonly (Uint32Array | null)[];
  /** Of each core, a place in `SYNAPSE_EVENTS`. */
  readonly classOf: Uint8Array;
  /** By core, since the population changed. */
  readonly sums: Float64Array;
}

export class SpikeSummation {
  readonly #image: ChipImage;
  readonly #owners: KeyOwners;
  readonly #routes: Routes;
  readonly #tileMates: Uint32Array;
  readonly #layers: readonly Layer[];
  readonly #shared: SharedCores | null;
  /** Of a stretch: messages by core, then by tile, and which of them have any. */
  readonly #messages: Float64Array;
  readonly #reached: Uint32Array;
  readonly #tileMessages: Float64Array;
  readonly #tiles: Uint32Array;
  readonly #hops = new Float64Array(ROUTE_EVENTS.length);
  /** [populations x SYNAPSE_EVENTS]: to each population since the one that sends changed. */
  readonly #received: Float64Array;

  constructor(image: ChipImage, owners: KeyOwners) {
    const cores = image.cores.length;
    this.#image = image;
    this.#owners = owners;
    this.#routes = new Routes(image);
    this.#tileMates = this.#routes.tileMates();
    this.#layers = layersOf(image);
    this.#shared = owners.only.includes(-1) ? new SharedCores(image, owners) : null;
    this.#messages = new Float64Array(cores);
    this.#reached = new Uint32Array(cores);
    this.#tileMessages = new Float64Array(cores);
    this.#tiles = new Uint32Array(cores);
    this.#received = new Float64Array(CLASSES * image.populations.length);
  }

  /** @param spikes by key */
  of(spikes: ArrayLike<number>): SpikeSums {
    const { cores, populations, sources } = this.#image;
    const { only, population, keys } = this.#owners;
    const places = cores.length + (sources.senders?.places.length ?? 0);
    const sums = {
      sent: new Float64Array(WIDE * places),
      arrived: new Float64Array(WIDE * cores.length),
      caused: new Float64Array(WIDE * populations.length),
      between: new Map<number, Float64Array>(),
    };
    let pre = 0;
    for (let list = 0; list <= cores.length; list++) {
      const own = cores[list];
      const axons = own?.outAxons ?? sources;
      const senders = own === undefined ? sources.senders?.core : undefined;
      const firstKey = keys.firstOfCore[list]!;
      const count = axons.start.length - 1;
      for (let from = 0; from < count; ) {
        const end = only[list]! >= 0 ? count : stretchEnd(population, senders, firstKey, from, count);
        const stretch = { firstKey, from, end };
        const place = own === undefined ? (senders?.[from] ?? -1) : list;
        if (population[firstKey + from] !== pre) {
          this.#leavePopulation(sums, pre);
          pre = population[firstKey + from]!;
        }
        if (own !== undefined) addSpikes(sums, sumOf(spikes, stretch), place, pre);
        this.#addStretch(sums, axons, spikes, stretch, place, pre);
        from = end;
      }
    }
    this.#leavePopulation(sums, pre);
    return sums;
  }

  /** @param place that sends, -1 for the host */
  #addStretch(
    sums: SpikeSums,
    axons: OutAxons,
    spikes: ArrayLike<number>,
    stretch: Stretch,
    place: number,
    pre: number,
  ): void {
    const reached = addMessages(axons, spikes, stretch, this.#layers[0]!, this.#messages, this.#reached);
    for (let k = 1; k < this.#layers.length; k++) addEvents(axons, spikes, stretch, this.#layers[k]!);
    this.#shared?.add(axons, spikes, stretch, this.#received);
    const tiles = takeMessages(
      this.#reached,
      reached,
      this.#messages,
      sums.arrived,
      this.#tileMates,
      this.#tileMessages,
      this.#tiles,
    );
    this.#addRoutes(sums, tiles, place, pre);
  }

  #addRoutes({ sent, caused }: SpikeSums, tiles: number, place: number, pre: number): void {
    const hops = this.#hops.fill(0);
    let messages = 0;
    for (let i = 0; i < tiles; i++) {
      const to = this.#tiles[i]!;
      const own = this.#tileMessages[to]!;
      this.#tileMessages[to] = 0;
      messages += own;
      if (place >= 0) this.#routes.add(hops, place, to, own);
    }
    caused[WIDE * pre + AXON_IN]! += messages;
    caused[WIDE * pre + (place < 0 ? HOST_MESSAGE : AXON_OUT)]! += messages;
    if (place < 0) return;
    sent[WIDE * place + AXON_OUT]! += messages;
    for (let k = 0; k < hops.length; k++) {
      sent[WIDE * place + k]! += hops[k]!;
      caused[WIDE * pre + k]! += hops[k]!;
    }
  }

  /** Takes the synaptic events since the population changed. */
  #leavePopulation(
    { arrived, caused, between }: SpikeSums & { readonly between: Map<number, Float64Array> },
    pre: number,
  ): void {
    const { only } = this.#owners;
    const received = this.#received;
    for (const { classOf, sums } of this.#layers)
      for (let core = 0; core < sums.length; core++) {
        const events = sums[core]!;
        if (events === 0) continue;
        sums[core] = 0;
        arrived[WIDE * core + FIRST_CLASS + classOf[core]!]! += events;
        caused[WIDE * pre + FIRST_CLASS + classOf[core]!]! += events;
        if (only[core]! >= 0) received[CLASSES * only[core]! + classOf[core]!]! += events;
      }
    for (let at = 0; at < received.length; at++) {
      if (received[at] === 0) continue;
      const pair = pre * this.#image.populations.length + Math.floor(at / CLASSES);
      const sums = between.get(pair) ?? new Float64Array(CLASSES);
      between.set(pair, sums);
      sums[at % CLASSES]! += received[at]!;
      received[at] = 0;
    }
  }
}

/** At least one, so that the first has the messages of all cores. */
function layersOf({ cores }: ChipImage): Layer[] {
  const classes = cores.map(({ synapses }) => eventsOfAxons(synapses));
  const layers = classes.reduce((most, { length }) => Math.max(most, length), 1);
  return Array.from({ length: layers }, (_, k) => ({
    ofAxons: classes.map((own, core) => {
      const none = k === 0 ? new Uint32Array(cores[core]!.inAxons) : null;
      return own[k]?.events ?? none;
    }),
    // in order of DELIVERIES, where messages come before the classes
    classOf: Uint8Array.from(classes, (own) => (own[k]?.place ?? 1) - 1),
    sums: new Float64Array(cores.length),
  }));
}

/** End of the sources from `from` on that share sender and population. */
function stretchEnd(
  population: Int32Array,
  senders: Uint32Array | undefined,
  firstKey: number,
  from: number,
  count: number,
): number {
  let end = from + 1;
  while (
    end < count &&
    population[firstKey + end] === population[firstKey + from] &&
    senders?.[end] === senders?.[from]
  )
    end++;
  return end;
}

function sumOf(spikes: ArrayLike<number>, { firstKey, from, end }: Stretch): number {
  let sum = 0;
  for (let key = firstKey + from; key < firstKey + end; key++) sum += spikes[key]!;
  return sum;
}

function addSpikes({ sent, caused }: SpikeSums, spikes: number, place: number, pre: number): void {
  sent[WIDE * place + SPIKE]! += spikes;
  caused[WIDE * pre + SPIKE]! += spikes;
}

/** Messages and synaptic events of a stretch; returns how many cores it reached, which are then in `reached`. */
function addMessages(
  { start, core, axon }: OutAxons,
  spikes: ArrayLike<number>,
  { firstKey, from, end }: Stretch,
  { ofAxons, sums }: Layer,
  messages: Float64Array,
  reached: Uint32Array,
): number {
  let found = 0;
  for (let source = from; source < end; source++) {
    const times = spikes[firstKey + source]!;
    if (times === 0) continue;
    const last = start[source + 1]!;
    for (let k = start[source]!; k < last; k++) {
      const to = core[k]!;
      const before = messages[to]!;
      if (before === 0) reached[found++] = to;
      messages[to] = before + times;
      sums[to]! += times * ofAxons[to]![axon[k]!]!;
    }
  }
  return found;
}

/** Synaptic events of a further class. */
function addEvents(
  { start, core, axon }: OutAxons,
  spikes: ArrayLike<number>,
  { firstKey, from, end }: Stretch,
  { ofAxons, sums }: Layer,
): void {
  for (let source = from; source < end; source++) {
    const times = spikes[firstKey + source]!;
    if (times === 0) continue;
    const last = start[source + 1]!;
    for (let k = start[source]!; k < last; k++) {
      const to = core[k]!;
      const events = ofAxons[to]!;
      if (events !== null) sums[to]! += times * events[axon[k]!]!;
    }
  }
}

/** Moves messages from cores to the first core of each tile; returns how many tiles there are, which are then in `tiles`. */
function takeMessages(
  reached: Uint32Array,
  count: number,
  messages: Float64Array,
  arrived: Float64Array,
  tileMates: Uint32Array,
  tileMessages: Float64Array,
  tiles: Uint32Array,
): number {
  let found = 0;
  for (let i = 0; i < count; i++) {
    const core = reached[i]!;
    const own = messages[core]!;
    messages[core] = 0;
    arrived[WIDE * core + AXON_IN]! += own;
    const tile = tileMates[core]!;
    if (tileMessages[tile] === 0) tiles[found++] = tile;
    tileMessages[tile]! += own;
  }
  return found;
}
