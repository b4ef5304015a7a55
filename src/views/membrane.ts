/**
 * The membrane of one neuron as an oscilloscope shows it: time runs to the left of now, spikes stand over the
 * threshold, the ideal neuron lies thin behind the chip's, input spikes are ticks at the foot.
 */
import { bisectLeft } from 'd3-array';
import { bottomMargin, drawXAxis, drawYAxis, leftMargin, NARROW, ticksAcross, ticksDown } from './axes.js';
import { numberText, type Scale, ticks, toPixel } from './scale.js';
import { type Box, type Stroke, type Surface, textWidth } from './surface.js';
import { categoryColour, categoryInk, type Theme } from './theme.js';

/** Samples in order of time, of which `from .. to - 1` count; voltages in mV. */
export interface MembraneData {
  readonly from: number;
  readonly to: number;
  /** ms */
  readonly times: Float64Array;
  readonly v: Float32Array;
  readonly ideal: Float32Array;
  /** What v had to pass in that step. */
  readonly threshold: Float32Array;
  /** Bits: 0 the neuron spiked, 1 the ideal one did, 2 an input spike arrived. */
  readonly spikes: Uint8Array;
}

export interface MembraneOptions {
  readonly theme: Theme;
  /** ms at the right edge; the axis counts from there. */
  readonly now: number;
  /** ms shown. */
  readonly window: number;
  /** mV at the foot, and up to which spikes stand. */
  readonly range: readonly [low: number, high: number];
  readonly showsIdeal: boolean;
  readonly showsInput: boolean;
  /** ms, absolute, to read values at. */
  readonly cursor?: number | null;
  /** Axes show absolute time instead of that before now. */
  readonly isAbsolute?: boolean;
}

const INPUT_ROOM = 12;

interface Layout {
  readonly box: Box;
  readonly x: Scale;
  readonly y: Scale;
}

function layoutOf(surface: Surface, options: MembraneOptions): Layout {
  const { now, window, range, showsInput } = options;
  const top = 24;
  const height = Math.max(1, surface.height - top - bottomMargin(true) - (showsInput ? INPUT_ROOM : 0));
  const left = leftMargin(ticks(range[0], range[1], ticksDown(height)).texts, surface.width >= NARROW);
  const width = Math.max(1, surface.width - left - 10);
  return {
    box: { left, top, width, height },
    x: { from: now - window, to: now, start: left, end: left + width },
    y: { from: range[0], to: range[1], start: top + height, end: top },
  };
}

/** The time under a pixel, ms. */
export function membraneTimeAt(surface: Surface, options: MembraneOptions, pixel: number): number {
  const { box, x } = layoutOf(surface, options);
  const part = Math.min(1, Math.max(0, (pixel - box.left) / box.width));
  return x.from + part * (x.to - x.from);
}

export function drawMembrane(surface: Surface, data: MembraneData, options: MembraneOptions): void {
  const { theme, now, window, showsIdeal, showsInput, cursor = null, isAbsolute = false } = options;
  const { box, x, y } = layoutOf(surface, options);
  const foot = box.top + box.height + (showsInput ? INPUT_ROOM : 0);
  const shift = isAbsolute ? 0 : now;
  const time = ticks(now - window - shift, now - shift, ticksAcross(box.width, '−1,000'));
  drawXAxis(surface, { ...box, height: foot - box.top }, x, {
    theme,
    ticks: { values: time.values.map((value) => value + shift), texts: time.texts },
    label: isAbsolute ? 'time (ms)' : 'time from now (ms)',
  });
  drawYAxis(surface, box, y, {
    theme,
    ticks: ticks(y.from, y.to, ticksDown(box.height)),
    grid: true,
    ...(surface.width < NARROW ? {} : { label: 'membrane (mV)' }),
  });
  const first = sampleAt(data, x.from) - 1;
  const seen = { ...data, from: Math.max(data.from, first) };
  surface.within({ left: box.left, top: 0, width: box.width, height: foot }, () => {
    drawThreshold(surface, seen, { theme, x, y });
    if (showsIdeal)
      drawVoltage(surface, seen, seen.ideal, 2, { x, y }, { colour: categoryColour(theme, 1), width: 1 });
    drawVoltage(
      surface,
      seen,
      seen.v,
      1,
      { x, y },
      { colour: theme.accent, width: surface.isVector ? 1 : 1.6 },
    );
    if (showsInput) drawInput(surface, seen, foot - INPUT_ROOM / 2, { theme, x });
  });
  drawKey(surface, options, box);
  if (cursor !== null) drawCursor(surface, seen, cursor, { theme, box, x, y, showsIdeal });
}

/** The first sample at or after a time. */
const sampleAt = ({ times, from, to }: MembraneData, time: number): number =>
  bisectLeft(times, time, from, to);

/**
 * A line through the samples that goes up to the spike's top and down to the reset where one is. Where there are more
 * samples than pixels, each pixel has the least and the greatest of its samples: the picture is the same.
 */
function drawVoltage(
  surface: Surface,
  { times, spikes, threshold, from, to }: MembraneData,
  v: Float32Array,
  bit: number,
  { x, y }: { readonly x: Scale; readonly y: Scale },
  stroke: Stroke,
): void {
  const xs: number[] = [];
  const ys: number[] = [];
  const isDense = to - from > 2 * surface.density * (x.end - x.start);
  const pixel = isDense ? 1 / surface.density : 0;
  let column = Number.NEGATIVE_INFINITY;
  let [low, high] = [0, 0];
  const flush = (): void => {
    if (column === Number.NEGATIVE_INFINITY) return;
    xs.push(column, column);
    ys.push(toPixel(y, low), toPixel(y, high));
  };
  for (let i = from; i < to; i++) {
    const at = toPixel(x, times[i]!);
    const hasSpike = (spikes[i]! & bit) !== 0;
    if (isDense) {
      if (at >= column + pixel) {
        flush();
        column = at;
        low = v[i]!;
        high = low;
      }
      low = Math.min(low, v[i]!);
      high = hasSpike ? y.to : Math.max(high, v[i]!);
      continue;
    }
    if (hasSpike) {
      xs.push(at, at);
      ys.push(toPixel(y, threshold[i]!), toPixel(y, y.to));
    }
    xs.push(at);
    ys.push(toPixel(y, v[i]!));
  }
  if (isDense) flush();
  surface.line(xs, ys, stroke);
}

function drawThreshold(
  surface: Surface,
  { times, threshold, from, to }: MembraneData,
  { theme, x, y }: { readonly theme: Theme; readonly x: Scale; readonly y: Scale },
): void {
  const xs: number[] = [];
  const ys: number[] = [];
  let before = Number.NaN;
  for (let i = from; i < to; i++) {
    // A threshold that does not move is a straight line, which dashes well.
    const isTurn = threshold[i] !== before || i === to - 1 || threshold[i + 1] !== before;
    before = threshold[i]!;
    if (!isTurn) continue;
    xs.push(toPixel(x, times[i]!));
    ys.push(toPixel(y, before));
  }
  // Dashes along many short pieces take their time and cannot be told apart.
  const isStraight = xs.length < (x.end - x.start) / 2;
  surface.line(xs, ys, {
    colour: theme.alarm,
    width: 1,
    ...(isStraight ? { dash: [5, 4] } : { opacity: 0.8 }),
  });
}

function drawInput(
  surface: Surface,
  { times, spikes, from, to }: MembraneData,
  at: number,
  { theme, x }: { readonly theme: Theme; readonly x: Scale },
): void {
  const xs: number[] = [];
  for (let i = from; i < to; i++) if ((spikes[i]! & 4) !== 0) xs.push(toPixel(x, times[i]!));
  surface.marks(xs, new Float64Array(xs.length).fill(at), {
    width: 1.25,
    height: 8,
    colour: categoryColour(theme, 2),
  });
}

function drawKey(surface: Surface, { theme, showsIdeal, showsInput }: MembraneOptions, box: Box): void {
  const entries = [
    { label: 'chip', colour: theme.accent, ink: theme.accent, dash: undefined },
    { label: 'threshold', colour: theme.alarm, ink: theme.alarm, dash: [5, 4] },
    ...(showsIdeal
      ? [{ label: 'ideal', colour: categoryColour(theme, 1), ink: categoryInk(theme, 1), dash: undefined }]
      : []),
    ...(showsInput
      ? [
          {
            label: 'input spikes',
            colour: categoryColour(theme, 2),
            ink: categoryInk(theme, 2),
            dash: undefined,
          },
        ]
      : []),
  ];
  let { left } = box;
  for (const { label, colour, ink, dash } of entries) {
    surface.rule(left, 10, left + 16, 10, { colour, width: 2, ...(dash === undefined ? {} : { dash }) });
    surface.text(left + 21, 10, label, { colour: ink, centred: true });
    left += 21 + textWidth(label) + 18;
  }
}

function drawCursor(
  surface: Surface,
  data: MembraneData,
  cursor: number,
  { theme, box, x, y, showsIdeal }: Layout & { readonly theme: Theme; readonly showsIdeal: boolean },
): void {
  const i = Math.min(data.to - 1, sampleAt(data, cursor));
  if (i < data.from) return;
  const at = toPixel(x, data.times[i]!);
  if (at < box.left || at > box.left + box.width) return;
  surface.rule(at, box.top, at, box.top + box.height, { colour: theme.line });
  const isRight = at > box.left + box.width / 2;
  const v = data.v[i]!;
  surface.dots([at], [toPixel(y, v)], { radius: 3, colour: theme.accent });
  const text = [
    `${numberText(data.times[i]!, 1)} ms`,
    `${numberText(v, 2)} mV`,
    ...(showsIdeal ? [`ideal ${numberText(data.ideal[i]!, 2)}`] : []),
  ].join('   ');
  surface.text(at + (isRight ? -8 : 8), box.top + 10, text, {
    colour: theme.ink,
    bold: true,
    anchor: isRight ? 'end' : 'start',
  });
}
