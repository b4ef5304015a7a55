/**
 * A spike raster: time across, neurons down, population by population, each in its colour. What is drawn are cells
 * of spike-density.ts: single spikes where there is room for them, their density where there is not.
 */
import { type Align, bottomMargin, drawNothing, NARROW } from './axes.js';
import { mixColours, packedColour } from './colour-map.js';
import { namesWidth } from './line-names.js';
import { type Scale, ticks, toPixel } from './scale.js';
import type { DensityGrid, SpikeDensity } from './spike-density.js';
import { type Box, fitText, type Pixels, type Surface, textWidth } from './surface.js';
import { categoryColour, categoryInk, type Theme } from './theme.js';
import { drawTimeAxis, type TimeAxis } from './time-axis.js';
import type { Viewport } from './viewport.js';

export interface RasterPopulation {
  readonly label: string;
  /** Row of its neuron 0; populations follow each other. */
  readonly first: number;
  readonly size: number;
}

export interface RasterData {
  readonly density: SpikeDensity;
  /** In order of `first`; each has the colour of its index. */
  readonly populations: readonly RasterPopulation[];
}

export interface RasterOptions {
  readonly theme: Theme;
  readonly axis: TimeAxis;
  /** Steps and rows shown; default: all. */
  readonly view?: Viewport;
  /** Said below the time axis; default true. */
  readonly showsTimeLabel?: boolean;
  readonly align?: Align;
}

/** Side of a mark in CSS pixels, at most; marks shrink where they would cover more than this part of the plot. */
const LARGE_MARK = 2;
const COVERED = 0.25;
/** Below this a single spike has nearly the full colour. */
const MANY_MARKS = 60_000;
/** More marks than this are an image even in SVG. */
const VECTOR_MARKS = 20_000;
/** More pixels than this are drawn in cells of a CSS pixel. */
const FINE_PIXELS = 1_500_000;
/** Tones between a single spike and a full cell. */
const TONES = 64;
const LIGHTEST = 0.38;

/** All steps, and all rows. */
export const wholeRaster = ({ density: { field } }: RasterData): Viewport => ({
  x0: field.from - 0.5,
  x1: field.to + 0.5,
  y0: 0,
  y1: Math.max(1, field.rowCount),
});

const LABEL_ROOM = 110;
const NUMBER_ROOM = 46;

/** Where the plot is. */
export function rasterBox(
  { width, height }: Pick<Surface, 'width' | 'height'>,
  { populations }: RasterData,
  { showsTimeLabel = true, align }: Pick<RasterOptions, 'showsTimeLabel' | 'align'> = {},
): Box {
  const labels = Math.min(LABEL_ROOM, namesWidth(populations.map(({ label }) => label)));
  const left = align?.left ?? (width < NARROW ? NUMBER_ROOM : Math.ceil(labels) + 10 + NUMBER_ROOM);
  const right = align?.right ?? 12;
  const bottom = bottomMargin(showsTimeLabel);
  return { left, top: 6, width: Math.max(1, width - left - right), height: Math.max(1, height - 6 - bottom) };
}

export function drawRaster(surface: Surface, data: RasterData, options: RasterOptions): void {
  const { theme, axis, view = wholeRaster(data), showsTimeLabel = true } = options;
  const box = rasterBox(surface, data, options);
  const x: Scale = { from: view.x0, to: view.x1, start: box.left, end: box.left + box.width };
  const y: Scale = { from: view.y0, to: view.y1, start: box.top, end: box.top + box.height };
  drawSpikes(surface, data, { theme, view, box, x, y });
  if (data.density.field.steps.length === 0) drawNothing(surface, box, theme, 'no spikes were recorded');
  drawPopulations(surface, data, { theme, box, y });
  drawTimeAxis(surface, box, x, { theme, axis, showsTimeLabel });
}

interface Place {
  readonly theme: Theme;
  readonly view: Viewport;
  readonly box: Box;
  readonly x: Scale;
  readonly y: Scale;
}

function drawSpikes(surface: Surface, { density, populations }: RasterData, place: Place): void {
  const { view, box, theme } = place;
  const pixels = { x: Math.round(box.width * surface.density), y: Math.round(box.height * surface.density) };
  const perPixel = { x: (view.x1 - view.x0) / pixels.x, y: (view.y1 - view.y0) / pixels.y };
  // on large dense screens a cell of a CSS pixel is small enough, and four times sooner drawn
  const coarse = pixels.x * pixels.y > FINE_PIXELS && !surface.isVector ? surface.density : 1;
  const grid = density.grid(view, perPixel.x * coarse, perPixel.y * coarse);
  if (surface.isVector && grid.spikes <= VECTOR_MARKS) {
    drawMarks(surface, grid, populations, place);
    return;
  }
  surface.image(box, stamp(grid, populations, { view, pixels, density: surface.density, theme }));
}

/** How large a mark is at least, in CSS pixels. */
const leastMark = (spikes: number, area: number): number =>
  Math.min(LARGE_MARK, Math.sqrt((COVERED * area) / Math.max(1, spikes)));

function drawMarks(
  surface: Surface,
  grid: DensityGrid,
  populations: readonly RasterPopulation[],
  { view, box, x, y, theme }: Place,
): void {
  const least = Math.max(0.6, leastMark(grid.spikes, box.width * box.height) / 1.5);
  const width = Math.min(2, Math.max(least, (box.width / (view.x1 - view.x0)) * grid.cellSteps * 0.8));
  const height = Math.max(least, (box.height / (view.y1 - view.y0)) * grid.cellRows * 0.8);
  const points = populations.map(() => ({ xs: [] as number[], ys: [] as number[] }));
  const owners = ownersOf(grid, populations);
  for (let line = 0; line < grid.lines; line++)
    for (let column = 0; column < grid.columns; column++) {
      if (grid.counts[line * grid.columns + column] === 0) continue;
      const { xs, ys } = points[owners[line]!]!;
      xs.push(toPixel(x, grid.firstStep + (column + 0.5) * grid.cellSteps - 0.5));
      ys.push(toPixel(y, grid.firstRow + (line + 0.5) * grid.cellRows));
    }
  surface.within(box, () => {
    points.forEach(({ xs, ys }, i) => {
      surface.marks(xs, ys, { width, height, colour: categoryColour(theme, i) });
    });
  });
}

/** Population of each line of a grid. */
function ownersOf(
  { lines, firstRow, cellRows }: DensityGrid,
  populations: readonly RasterPopulation[],
): Uint32Array {
  const owners = new Uint32Array(lines);
  let p = 0;
  for (let line = 0; line < lines; line++) {
    const row = firstRow + (line + 0.5) * cellRows;
    while (p + 1 < populations.length && populations[p + 1]!.first <= row) p++;
    owners[line] = p;
  }
  return owners;
}

interface StampOptions {
  readonly view: Viewport;
  readonly pixels: { readonly x: number; readonly y: number };
  /** Pixels for a CSS pixel. */
  readonly density: number;
  readonly theme: Theme;
}

let canvas: Uint32Array = new Uint32Array(0);

/** The image of a grid; its pixels are valid until the next call. */
export function stamp(
  grid: DensityGrid,
  populations: readonly RasterPopulation[],
  { view, pixels, density, theme }: StampOptions,
): Pixels {
  if (canvas.length < pixels.x * pixels.y) canvas = new Uint32Array(pixels.x * pixels.y);
  const data = canvas.subarray(0, pixels.x * pixels.y).fill(packedColour(theme.ground));
  const { columns, lines, counts, cellSteps, cellRows } = grid;
  const area = (pixels.x * pixels.y) / density ** 2;
  const least = Math.round(leastMark(grid.spikes, area) * density);
  // a step is the stretch around its number: step 5 is 4.5 .. 5.5
  const across = marksAlong(grid.firstStep - 0.5 - view.x0, cellSteps, columns, {
    perPixel: (view.x1 - view.x0) / pixels.x,
    pixels: pixels.x,
    least,
    most: Math.ceil(3 * density),
  });
  const down = marksAlong(grid.firstRow - view.y0, cellRows, lines, {
    perPixel: (view.y1 - view.y0) / pixels.y,
    pixels: pixels.y,
    least,
    most: Infinity,
  });
  const owners = ownersOf(grid, populations);
  const tones = populations.map((_, i) => tonesOf(categoryColour(theme, i), theme));
  const toneOf = toneTable(grid);
  let before = 0;
  for (let line = 0; line < lines; line++) {
    const [top, bottom] = [down.start[line]!, down.end[line]!];
    const colours = tones[owners[line]!];
    if (colours === undefined) continue;
    if (bottom <= top) continue;
    // marks that are larger than their cells lie over those of the line before: then rows are not copies
    const painted = top < before ? bottom : top + 1;
    before = bottom;
    for (let column = 0, at = line * columns; column < columns; column++, at++) {
      const count = counts[at]!;
      if (count === 0) continue;
      const colour = colours[toneOf[Math.min(count, toneOf.length - 1)]!]!;
      const [left, right] = [across.start[column]!, across.end[column]!];
      for (let y = top; y < painted; y++)
        for (let pixel = y * pixels.x + left; pixel < y * pixels.x + right; pixel++) data[pixel] = colour;
    }
    const row = top * pixels.x;
    for (let y = painted; y < bottom; y++) data.copyWithin(y * pixels.x, row, row + pixels.x);
  }
  return { width: pixels.x, height: pixels.y, data };
}

/** First and past last pixel of each cell's mark along one direction. */
function marksAlong(
  offset: number,
  cell: number,
  cells: number,
  {
    perPixel,
    pixels,
    least,
    most,
  }: { readonly perPixel: number; readonly pixels: number; readonly least: number; readonly most: number },
): { readonly start: Int32Array; readonly end: Int32Array } {
  const [start, end] = [new Int32Array(cells), new Int32Array(cells)];
  const size = cell / perPixel;
  // from three pixels on, marks of neighbours stay apart
  const wanted = Math.min(most, Math.max(least, size >= 3 ? Math.floor(0.8 * size) : 0));
  for (let i = 0; i < cells; i++) {
    const low = Math.round((offset + i * cell) / perPixel);
    const high = Math.round((offset + (i + 1) * cell) / perPixel);
    const length = wanted === 0 ? high - low : wanted;
    const first = wanted === 0 ? low : Math.round((low + high - wanted) / 2);
    start[i] = Math.min(pixels, Math.max(0, first));
    end[i] = Math.min(pixels, Math.max(0, first + Math.max(1, length)));
  }
  return { start, end };
}

const tonesOf = (colour: string, { ground }: Theme): Uint32Array =>
  Uint32Array.from({ length: TONES }, (_, i) =>
    packedColour(mixColours(ground, colour, LIGHTEST + ((1 - LIGHTEST) * i) / (TONES - 1))),
  );

/** Largest count that has a tone of its own; what is above is full. */
const MOST_COUNTED = 4096;

/**
 * Tone of a count: by its logarithm, so that one spike is seen beside a hundred, full at three times the mean of
 * the cells that have any. Where cells are single spikes, all are full.
 */
function toneTable({ cellSteps, cellRows, spikes, occupied }: DensityGrid): Uint8Array {
  const full = Math.max(2, (3 * spikes) / Math.max(1, occupied));
  if (cellSteps * cellRows === 1) return new Uint8Array(2).fill(TONES - 1);
  const isSparse = spikes <= MANY_MARKS;
  return Uint8Array.from({ length: Math.min(MOST_COUNTED, Math.ceil(full) + 1) }, (_, count) => {
    const part = count <= 1 ? 0 : Math.min(1, Math.log(count) / Math.log(full));
    const floor = isSparse ? 1 - Math.log(Math.max(1, spikes)) / Math.log(MANY_MARKS) : 0;
    return Math.round((TONES - 1) * (floor + (1 - floor) * part));
  });
}

/** Names in their colours, lines between populations, numbers of neurons where there is room. */
function drawPopulations(
  surface: Surface,
  { populations }: RasterData,
  { theme, box, y }: Pick<Place, 'theme' | 'box' | 'y'>,
): void {
  const bottom = box.top + box.height;
  const isNarrow = surface.width < NARROW;
  let taken = -Infinity;
  surface.rule(box.left, box.top, box.left, bottom, { colour: theme.line });
  populations.forEach(({ label, first, size }, i) => {
    const top = Math.max(box.top, toPixel(y, first));
    const end = Math.min(bottom, toPixel(y, first + size));
    if (end <= top) return;
    if (top > box.top + 1) surface.rule(0, top, box.left + box.width, top, { colour: theme.faint });
    surface.rect(
      { left: box.left - 3, top: top + 0.5, width: 3, height: Math.max(0.5, end - top - 1) },
      { fill: { colour: categoryColour(theme, i) } },
    );
    const middle = (top + end) / 2;
    if (middle - taken < 13) return;
    taken = middle;
    const style = { colour: categoryInk(theme, i), centred: true, bold: true };
    if (isNarrow) {
      const plate = { left: box.left + 3, top: top + 2, width: 1.08 * textWidth(label) + 6, height: 15 };
      surface.rect(plate, { radius: 2, fill: { colour: theme.ground, opacity: 0.88 } });
      surface.text(box.left + 6, top + 10, label, style);
    } else surface.text(4, middle, fitText(label, (box.left - NUMBER_ROOM - 8) / 1.08), style);
    drawNumbers(surface, { first, size, top, end }, { theme, box, y });
  });
}

function drawNumbers(
  surface: Surface,
  {
    first,
    size,
    top,
    end,
  }: { readonly first: number; readonly size: number; readonly top: number; readonly end: number },
  { theme, box, y }: Pick<Place, 'theme' | 'box' | 'y'>,
): void {
  if (end - top < 30) return;
  const perRow = (y.end - y.start) / (y.to - y.from);
  const low = Math.max(0, (top - toPixel(y, first)) / perRow - 0.5);
  const high = Math.min(size - 1, (end - toPixel(y, first)) / perRow - 0.5);
  if (high <= low) return;
  const { values, texts } = ticks(low, high, Math.max(1, Math.floor((end - top) / 28)), true);
  values.forEach((value, i) => {
    const at = toPixel(y, first + value + 0.5);
    if (at < top + 5 || at > end - 5) return;
    surface.rule(box.left - 7, at, box.left - 3, at, { colour: theme.line });
    surface.text(box.left - 10, at, texts[i]!, {
      colour: theme.muted,
      anchor: 'end',
      centred: true,
      size: 10,
    });
  });
}
