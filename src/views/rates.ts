/** Mean rates of populations over time: lines while they can be told apart, strips of colour beyond. */
import { bisectLeft } from 'd3-array';
import { type Align, bottomMargin, drawNothing, drawYAxis, leftMargin, NARROW, ticksDown } from './axes.js';
import { viridis } from './colour-map.js';
import { drawLineNames, namesWidth } from './line-names.js';
import { type CountedBins, type RateLine, rateLine } from './rate-bins.js';
import { niceRange, numberText, type Scale, ticks, toPixel } from './scale.js';
import { type Box, fitText, type Surface } from './surface.js';
import { categoryColour, categoryInk, type Theme } from './theme.js';
import { thinLine } from './thin-line.js';
import { drawTimeAxis, type TimeAxis, type TimeRange } from './time-axis.js';

export interface RatesData {
  /** In the order of the raster: each has the colour of its index. */
  readonly populations: readonly { readonly label: string; readonly size: number }[];
  readonly bins: CountedBins;
}

export interface RatesOptions {
  readonly theme: Theme;
  readonly axis: TimeAxis;
  readonly range?: TimeRange;
  readonly showsTimeLabel?: boolean;
  readonly align?: Align;
}

/** More lines than this cannot be told apart. */
const LINES = 6;
/** Points across, so that a line shows rates and not single spikes. */
const POINTS = 200;
const FEWEST_POINTS = 60;
/** Wanted in a point, on the mean. */
const SPIKES = 8;
const STRIP_ROOM = 116;

export function drawRates(surface: Surface, data: RatesData, options: RatesOptions): void {
  const { bins } = data;
  const { theme, axis, range = { from: bins.from, to: bins.to }, showsTimeLabel = true } = options;
  const merge = mergedBins(bins, range);
  const lines = data.populations.map(({ size }, i) => rateLine(bins, i, { size, dt: axis.dt, merge }));
  const draw = data.populations.length > LINES ? drawStrips : drawLines;
  const box = draw(surface, data, { ...options, range, lines, span: merge * bins.binSteps });
  const x: Scale = { ...range, start: box.left, end: box.left + box.width };
  drawTimeAxis(surface, box, x, { theme, axis, showsTimeLabel });
  if (data.populations.length === 0) drawNothing(surface, box, theme, 'no populations');
}

/** How many bins make a point: so many that there are few points, and some spikes in each. */
function mergedBins({ binSteps, counts }: CountedBins, { from, to }: TimeRange): number {
  const all = counts[0]?.length ?? 0;
  let spikes = 0;
  for (const of of counts) for (const count of of) spikes += count;
  const perBin = spikes / Math.max(1, all * counts.length);
  const seen = (to - from) / binSteps;
  return Math.max(
    1,
    Math.round(seen / POINTS),
    Math.min(Math.round(seen / FEWEST_POINTS), Math.round(SPIKES / perBin)),
  );
}

interface Seen extends RatesOptions {
  readonly range: TimeRange;
  readonly lines: readonly RateLine[];
  /** Steps of a point of a line; the last may have fewer. */
  readonly span: number;
}

const unitOf = ({ dt }: TimeAxis): string => (dt > 0 ? 'Hz' : 'spikes per step');

/** Highest rate in range. */
function highest(lines: readonly RateLine[], { from, to }: TimeRange): number {
  let high = 0;
  for (const { steps, rates } of lines)
    for (let i = bisectLeft(steps, from); i < rates.length && steps[i]! <= to; i++)
      high = Math.max(high, rates[i]!);
  return high;
}

function drawLines(surface: Surface, { populations }: RatesData, seen: Seen): Box {
  const { theme, axis, range, lines, showsTimeLabel = true, align } = seen;
  const isNarrow = surface.width < NARROW;
  const isInside = isNarrow || align !== undefined;
  const top = isInside ? 22 : 8;
  const height = Math.max(1, surface.height - top - bottomMargin(showsTimeLabel));
  const [, high] = niceRange(0, highest(lines, range), ticksDown(height));
  const left = align?.left ?? leftMargin(ticks(0, high, ticksDown(height)).texts, true);
  const right =
    align?.right ?? (isNarrow ? 12 : Math.min(130, 14 + namesWidth(populations.map(({ label }) => label))));
  const box = { left, top, width: Math.max(1, surface.width - left - right), height };
  const x: Scale = { ...range, start: left, end: left + box.width };
  const y: Scale = { from: 0, to: high, start: top + height, end: top };
  drawYAxis(surface, box, y, {
    theme,
    ticks: ticks(0, high, ticksDown(height)),
    label: `rate (${unitOf(axis)})`,
    grid: true,
  });
  surface.within({ ...box, top: top - 2, height: height + 3 }, () => {
    lines.forEach(({ steps, rates }, i) => {
      const { xs, ys } = thinLine(steps, rates, {
        first: Math.max(0, bisectLeft(steps, range.from) - 1),
        last: Math.min(steps.length, bisectLeft(steps, range.to) + 1),
        width: box.width,
        x: (step) => toPixel(x, step),
        y: (rate) => toPixel(y, rate),
      });
      surface.line(xs, ys, { colour: categoryColour(theme, i), width: surface.isVector ? 0.9 : 1.5 });
    });
  });
  const names = lines.map(({ steps, rates }, i) => {
    const last = Math.min(rates.length, bisectLeft(steps, range.to)) - 1;
    return { label: populations[i]!.label, category: i, end: toPixel(y, rates[last] ?? 0) };
  });
  drawLineNames(surface, names, { theme, box, isInside });
  return box;
}

/** One strip of colour for each population. */
function drawStrips(surface: Surface, { populations, bins }: RatesData, seen: Seen): Box {
  const { theme, axis, range, lines, span, showsTimeLabel = true, align } = seen;
  const left = align?.left ?? STRIP_ROOM;
  const top = 22;
  const height = Math.max(1, surface.height - top - bottomMargin(showsTimeLabel));
  const right = align?.right ?? 12;
  const box = { left, top, width: Math.max(1, surface.width - left - right), height };
  const x: Scale = { ...range, start: left, end: left + box.width };
  const high = highest(lines, range);
  const each = height / populations.length;
  surface.within(box, () => {
    lines.forEach(({ rates }, i) => {
      for (let k = Math.max(0, Math.floor((range.from - bins.from) / span)); k < rates.length; k++) {
        // a step is the stretch around its number
        const start = bins.from - 0.5 + k * span;
        if (start > range.to) break;
        const at = toPixel(x, start);
        const width = toPixel(x, Math.min(bins.to + 0.5, start + span)) - at + 0.5;
        const colour = viridis(high === 0 ? 0 : rates[k]! / high);
        surface.rect(
          { left: at, top: top + i * each, width, height: Math.max(0.5, each - 1) },
          { fill: { colour } },
        );
      }
    });
  });
  let taken = -Infinity;
  populations.forEach(({ label }, i) => {
    const middle = top + (i + 0.5) * each;
    if (middle - taken < 12) return;
    taken = middle;
    surface.text(left - 8, middle, fitText(label, left - 12), {
      colour: categoryInk(theme, i),
      anchor: 'end',
      centred: true,
    });
  });
  drawKey(
    surface,
    { left: box.left + box.width - 180, top: 4, width: 100, height: 8 },
    { theme, text: `${numberText(high, high < 10 ? 1 : 0)} ${unitOf(axis)}` },
  );
  return box;
}

function drawKey(
  surface: Surface,
  { left, top, width, height }: Box,
  { theme, text }: { readonly theme: Theme; readonly text: string },
): void {
  const parts = 25;
  for (let i = 0; i < parts; i++)
    surface.rect(
      { left: left + (i * width) / parts, top, width: width / parts + 0.5, height },
      { fill: { colour: viridis(i / (parts - 1)) } },
    );
  surface.text(left - 5, top + height / 2, '0', { colour: theme.muted, anchor: 'end', centred: true });
  surface.text(left + width + 5, top + height / 2, text, { colour: theme.muted, centred: true });
}
