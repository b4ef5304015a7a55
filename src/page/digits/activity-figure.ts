/** The three layers in one look: what spiked how often until a step, and how many spikes each step had. */
import {
  CLASSES,
  DIGIT_STEPS,
  FEATURES,
  MAP_SIDE,
  MAPS,
  PIXELS,
  SIDE,
  VOTERS,
  VOTES,
} from '../../../examples/digits/model.js';
import { mixColours, packedColour } from '../../views/colour-map.js';
import { numberText } from '../../views/scale.js';
import type { Box, Pixels, Surface } from '../../views/surface.js';
import type { Theme } from '../../views/theme.js';
import { countsByStep, countsUntil, type LayerSpikes, type Layers } from './reading.js';

export interface ActivityData {
  /** null before the first look. */
  readonly layers: Layers | null;
  /** 1..DIGIT_STEPS: what happened later is left out. */
  readonly step: number;
}

const NO_SPIKES: LayerSpikes = { steps: new Uint8Array(0), neurons: new Uint16Array(0) };

interface Block {
  readonly name: keyof Layers;
  readonly title: string;
  readonly size: number;
  /** Spikes of a neuron that are drawn in full colour. */
  readonly most: number;
  readonly columns: number;
  readonly rows: number;
  /** Neuron in a cell; -1: none there. */
  readonly at: (x: number, y: number) => number;
  /** Width in relation to the others'. */
  readonly share: number;
}

/** Feature maps lie in a square of so many, with an empty line between. */
const MAPS_ACROSS = Math.sqrt(MAPS);
const TILED = MAPS_ACROSS * (MAP_SIDE + 1) - 1;

const PIXELS_BLOCK: Block = {
  name: 'pixels',
  title: 'Pixels',
  size: PIXELS,
  most: 8,
  columns: SIDE,
  rows: SIDE,
  at: (x, y) => y * SIDE + x,
  share: 1,
};

const FEATURES_BLOCK: Block = {
  name: 'features',
  title: 'Features',
  size: FEATURES,
  most: 6,
  columns: TILED,
  rows: TILED,
  at: (x, y) => {
    const [mapX, mapY] = [Math.floor(x / (MAP_SIDE + 1)), Math.floor(y / (MAP_SIDE + 1))];
    const [inX, inY] = [x - mapX * (MAP_SIDE + 1), y - mapY * (MAP_SIDE + 1)];
    if (inX === MAP_SIDE || inY === MAP_SIDE) return -1;
    return ((mapY * MAPS_ACROSS + mapX) * MAP_SIDE + inY) * MAP_SIDE + inX;
  },
  share: 1,
};

const VOTES_BLOCK: Block = {
  name: 'votes',
  title: 'Votes',
  size: VOTES,
  most: 14,
  columns: VOTERS,
  rows: CLASSES,
  at: (x, y) => y * VOTERS + x,
  share: 0.5,
};

const GAP = 28;
const CAPTION = 22;
/** Height of the columns of spikes by step, and the space above them. */
const COLUMNS = 34;
const STEPS_GAP = 8;
const LYING_HEIGHT = 84;
/** Below this width the votes go under the other two. */
const NARROW = 520;

interface Place {
  readonly block: Block;
  readonly box: Box;
}

/** Votes in five lines instead of ten: as wide as a phone. */
const LYING: Block = {
  ...VOTES_BLOCK,
  columns: CLASSES,
  rows: VOTERS,
  at: (x, y) => x * VOTERS + y,
};

function places(width: number): { readonly list: readonly Place[]; readonly height: number } {
  const list: Place[] = [];
  let top = CAPTION;
  const addLine = (blocks: readonly Block[], gap: number, tall?: number): void => {
    const shares = blocks.reduce((sum, { share }) => sum + share, 0);
    const unit = (width - gap * (blocks.length - 1)) / shares;
    const height = tall ?? Math.floor(unit);
    let left = 0;
    for (const block of blocks) {
      const across = Math.floor(unit * block.share);
      list.push({ block, box: { left, top, width: across, height } });
      left += across + gap;
    }
    top += height + STEPS_GAP + COLUMNS + CAPTION + 12;
  };
  if (width >= NARROW) addLine([PIXELS_BLOCK, FEATURES_BLOCK, VOTES_BLOCK], GAP);
  else {
    addLine([PIXELS_BLOCK, FEATURES_BLOCK], GAP / 2);
    addLine([LYING], 0, LYING_HEIGHT);
  }
  return { list, height: top - CAPTION - 10 };
}

export const activityHeight = (width: number): number => places(width).height;

export function drawActivity(
  surface: Surface,
  { layers, step }: ActivityData,
  { theme }: { readonly theme: Theme },
): void {
  for (const { block, box } of places(surface.width).list) {
    const spikes = layers?.[block.name] ?? NO_SPIKES;
    const counts = countsUntil(spikes, step, block.size);
    const total = counts.reduce((sum, count) => sum + count, 0);
    surface.text(box.left, box.top - 9, block.title, { colour: theme.ink, bold: true, size: 12 });
    surface.text(box.left + box.width, box.top - 9, `${numberText(total)} spikes`, {
      colour: theme.muted,
      anchor: 'end',
    });
    surface.image(box, cells(block, counts, theme));
    if (block.name === 'votes') drawDigits(surface, box, counts, { theme, lies: block === LYING });
    drawSteps(surface, box, countsByStep(spikes, DIGIT_STEPS), { step, theme });
  }
}

function cells({ columns, rows, at, most }: Block, counts: Uint8Array, theme: Theme): Pixels {
  const colours = Array.from({ length: most + 1 }, (_, count) =>
    packedColour(mixColours(theme.faint, theme.accent, Math.sqrt(count / most))),
  );
  const ground = packedColour(theme.ground);
  const data = new Uint32Array(columns * rows);
  for (let y = 0; y < rows; y++)
    for (let x = 0; x < columns; x++) {
      const neuron = at(x, y);
      data[y * columns + x] = neuron < 0 ? ground : colours[Math.min(most, counts[neuron]!)]!;
    }
  return { width: columns, height: rows, data };
}

/** The digit that each row, or column, of votes is for, and lines between them. */
function drawDigits(
  surface: Surface,
  { left, top, width, height }: Box,
  counts: Uint8Array,
  { theme, lies }: { readonly theme: Theme; readonly lies: boolean },
): void {
  const line = { colour: theme.ground, width: 2 };
  for (let digit = 0; digit < CLASSES; digit++) {
    const [x, y] = [left + (digit * width) / CLASSES, top + (digit * height) / CLASSES];
    if (digit > 0 && lies) surface.rule(x, top, x, top + height, line);
    else if (digit > 0) surface.rule(left, y, left + width, y, line);
    const first = counts[digit * VOTERS]!;
    surface.text(
      lies ? x + width / CLASSES / 2 : left + width / VOTERS / 2,
      lies ? top + height / VOTERS / 2 : y + height / CLASSES / 2,
      String(digit),
      { colour: first > 3 ? theme.ground : theme.muted, centred: true, bold: true, anchor: 'middle' },
    );
  }
}

function drawSteps(
  surface: Surface,
  { left, top, width, height }: Box,
  counts: Uint32Array,
  { step, theme }: { readonly step: number; readonly theme: Theme },
): void {
  const bottom = top + height + STEPS_GAP + COLUMNS;
  const each = width / counts.length;
  const most = Math.max(1, ...counts);
  counts.forEach((count, i) => {
    const tall = (COLUMNS * count) / most;
    surface.rect(
      { left: left + i * each + 1, top: bottom - tall, width: Math.max(1, each - 2), height: tall },
      { fill: { colour: i < step ? theme.accent : theme.faint } },
    );
  });
  surface.rule(left, bottom, left + width, bottom, { colour: theme.line });
}
