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

const BLOCKS: readonly Block[] = [
  {
    name: 'pixels',
    title: 'Pixels',
    size: PIXELS,
    most: 8,
    columns: SIDE,
    rows: SIDE,
    at: (x, y) => y * SIDE + x,
    share: 1,
  },
  {
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
  },
  {
    name: 'votes',
    title: 'Votes',
    size: VOTES,
    most: 14,
    columns: VOTERS,
    rows: CLASSES,
    at: (x, y) => y * VOTERS + x,
    share: 0.5,
  },
];

const GAP = 28;
const CAPTION = 22;
const COLUMNS = 34;
/** Below this width the votes go under the other two. */
const NARROW = 520;

/** Where blocks lie: `null` for those that start a line. */
function places(width: number): { readonly boxes: readonly Box[]; readonly height: number } {
  const lines = width < NARROW ? [BLOCKS.slice(0, 2), BLOCKS.slice(2)] : [BLOCKS];
  const boxes: Box[] = [];
  let top = 0;
  for (const line of lines) {
    const shares = width < NARROW ? 2 : line.reduce((sum, { share }) => sum + share, 0);
    const gaps = width < NARROW ? GAP / 2 : GAP * (line.length - 1);
    const unit = (width - gaps) / shares;
    let left = 0;
    for (const { share } of line) {
      const across = Math.floor(unit * share);
      boxes.push({ left, top: top + CAPTION, width: across, height: Math.floor(unit) });
      left += across + (width < NARROW ? GAP / 2 : GAP);
    }
    top += CAPTION + Math.floor(unit) + COLUMNS + 16;
  }
  return { boxes, height: top - 14 };
}

export const activityHeight = (width: number): number => places(width).height;

export function drawActivity(
  surface: Surface,
  { layers, step }: ActivityData,
  { theme }: { readonly theme: Theme },
): void {
  const { boxes } = places(surface.width);
  BLOCKS.forEach((block, i) => {
    const box = boxes[i]!;
    const spikes = layers?.[block.name] ?? NO_SPIKES;
    const counts = countsUntil(spikes, step, block.size);
    const total = counts.reduce((sum, count) => sum + count, 0);
    surface.text(box.left, box.top - 9, block.title, { colour: theme.ink, bold: true, size: 12 });
    surface.text(box.left + box.width, box.top - 9, `${numberText(total)} spikes`, {
      colour: theme.muted,
      anchor: 'end',
    });
    surface.image(box, cells(block, counts, theme));
    if (block.name === 'votes') drawDigits(surface, box, counts, theme);
    drawSteps(surface, box, countsByStep(spikes, DIGIT_STEPS), { step, theme });
  });
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

/** The digit of each row of votes, and lines between the rows. */
function drawDigits(surface: Surface, box: Box, counts: Uint8Array, theme: Theme): void {
  const row = box.height / CLASSES;
  for (let digit = 0; digit < CLASSES; digit++) {
    const own = counts.subarray(digit * VOTERS, (digit + 1) * VOTERS).reduce((sum, count) => sum + count, 0);
    if (digit > 0)
      surface.rule(box.left, box.top + digit * row, box.left + box.width, box.top + digit * row, {
        colour: theme.ground,
        width: 2,
      });
    surface.text(box.left + 7, box.top + (digit + 0.5) * row, String(digit), {
      colour: own > 3 * VOTERS ? theme.ground : theme.muted,
      centred: true,
      bold: true,
    });
  }
}

function drawSteps(
  surface: Surface,
  { left, top, width, height }: Box,
  counts: Uint32Array,
  { step, theme }: { readonly step: number; readonly theme: Theme },
): void {
  const bottom = top + height + 8 + COLUMNS;
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
