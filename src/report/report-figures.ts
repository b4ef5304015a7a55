/** The figures of a report, each drawn by one view: for the page, for SVG files, in this order. */
import { type Align, NARROW } from '../views/axes.js';
import { type BarsData, barsHeight, drawBars } from '../views/bars.js';
import { namesWidth } from '../views/line-names.js';
import { drawMesh, meshHeight } from '../views/mesh.js';
import { drawRaster, type RasterData } from '../views/raster.js';
import { drawRates } from '../views/rates.js';
import { numberText } from '../views/scale.js';
import type { Surface } from '../views/surface.js';
import { svgOf } from '../views/svg-surface.js';
import { PAPER, type Theme } from '../views/theme.js';
import type { TimeAxis, TimeRange } from '../views/time-axis.js';
import { drawTraceLanes, lanesHeight } from '../views/trace-lanes.js';
import { drawTraces, type TracesData } from '../views/traces.js';
import type { ReportData, ReportSeries, ReportTrace } from './report-data.js';
import {
  boundBars,
  energyBars,
  meshOf,
  meshOptions,
  populationBars,
  rasterOf,
  ratesOf,
  traceOf,
  useBars,
} from './report-views.js';

export interface DrawOptions {
  readonly theme: Theme;
  readonly axis: TimeAxis;
  /** Steps shown by what runs over time. */
  readonly range: TimeRange;
  readonly cursor?: number | null;
}

/** The category that is no population's before the seventh: grey. */
const NEUTRAL = 6;

const NARROW_MARGINS: Align = { left: 64, right: 12 };
const LEAST_LEFT = 74;

/** Margins of all figures over time at a width, so that one moment is at one place in all. */
export function timeAlign(data: ReportData): (width: number) => Align {
  const longest = namesWidth(data.facts.populations.map(({ label }) => label));
  const left = Math.max(LEAST_LEFT, Math.min(110, Math.ceil(longest)) + 56);
  return (width) => (width < NARROW ? NARROW_MARGINS : { left, right: 14 });
}

export interface ReportFigure {
  /** Kebab-case; the name of its SVG file. */
  readonly id: string;
  readonly section: 'activity' | 'chip' | 'energy';
  readonly title: string;
  /** What a reader should know to read it. */
  readonly caption: string;
  readonly isTimed: boolean;
  readonly height: (width: number) => number;
  readonly draw: (surface: Surface, options: DrawOptions) => void;
}

const fixed = (height: number) => (): number => height;

/** All steps, in full. */
export const wholeRange = ({ facts: { steps } }: ReportData): TimeRange => ({
  from: steps.from - 0.5,
  to: steps.to + 0.5,
});

export const reportAxis = ({ facts: { dt } }: ReportData): TimeAxis => ({
  dt,
  unit: dt > 0 ? 'ms' : 'steps',
});

/** A raster needs more height for more neurons, within reason. */
const rasterHeight = (rows: number): number => Math.round(Math.min(460, Math.max(150, 90 + 3 * rows)));

/** @param raster where there is one already: what it counts of millions of spikes is then counted once */
export function reportFigures(data: ReportData, raster = rasterOf(data)): readonly ReportFigure[] {
  return [...activityFigures(data, raster), ...chipFigures(data), ...energyFigures(data)];
}

function activityFigures(data: ReportData, raster: RasterData): ReportFigure[] {
  const { facts } = data;
  const rates = ratesOf(data);
  const align = timeAlign(data);
  const figures: ReportFigure[] = [
    {
      id: 'raster',
      section: 'activity',
      title: 'Spikes',
      caption:
        facts.rowStride === 1
          ? 'Every mark is a spike; where they are many, their density.'
          : `One neuron in ${facts.rowStride}: there are ${numberText(facts.spikesRecorded)} spikes, more than a report carries. Rates are of all.`,
      isTimed: true,
      height: fixed(rasterHeight(raster.density.field.rowCount)),
      draw: (surface, { theme, axis, range }) => {
        const view = { x0: range.from, x1: range.to, y0: 0, y1: Math.max(1, raster.density.field.rowCount) };
        drawRaster(surface, raster, { theme, axis, view, align: align(surface.width) });
      },
    },
    {
      id: 'rates',
      section: 'activity',
      title: 'Population rates',
      caption: 'Mean over the neurons of a population.',
      isTimed: true,
      height: fixed(rates.populations.length > 6 ? 70 + 16 * rates.populations.length : 190),
      draw: (surface, { theme, axis, range }) =>
        drawRates(surface, rates, { theme, axis, range, align: align(surface.width) }),
    },
  ];
  data.traces.forEach((trace, i) => {
    const { name, variable, neurons, steps, recorded, stepsRecorded } = trace;
    const traces = traceOf(trace, data);
    const some = [
      ...(recorded > neurons.length ? [` The first ${neurons.length} of ${recorded} recorded neurons.`] : []),
      ...(stepsRecorded > steps.length
        ? [` The first ${numberText(steps.length)} of ${numberText(stepsRecorded)} recorded steps.`]
        : []),
    ].join('');
    figures.push({
      id: `trace-${i}-${name.replaceAll(/[^A-Za-z0-9]+/g, '-').toLowerCase()}`,
      section: 'activity',
      title: `${variable === 'v' ? 'Voltage' : 'Current'} of ${trace.population}`,
      caption: `Integers as the chip holds them, after each step${scaleText(trace, data)}.${some}`,
      isTimed: true,
      height: fixed(neurons.length > 1 ? lanesHeight(traces) : 190),
      draw: (surface, { theme, axis, range, cursor = null }) =>
        (neurons.length > 1 ? drawTraceLanes : drawTraces)(surface, traces, {
          theme,
          axis,
          range,
          cursor,
          align: align(surface.width),
        }),
    });
  });
  return figures;
}

/** What an integer is in mV, where the compiler chose that. */
function scaleText({ variable, population }: ReportTrace, { facts }: ReportData): string {
  const conversion = facts.compile?.conversions.find((one) => one.population === population);
  return variable === 'v' && conversion !== undefined
    ? `: 0 is v_reset, ${Number(conversion.unitsPerMv.toPrecision(6))} are 1 mV`
    : '';
}

function chipFigures({ facts }: ReportData): ReportFigure[] {
  const { mesh } = facts;
  const figures: ReportFigure[] =
    mesh === null
      ? []
      : mesh.metrics.map((metric) => {
          const [drawn, options] = [meshOf(mesh, metric), meshOptions(mesh, metric)];
          return {
            id: `mesh-${metric.key}`,
            section: 'chip',
            title: `Mesh: ${metric.title}`,
            caption: 'Squares are cores, frames are tiles; arrows are links between tiles.',
            isTimed: false,
            height: (width) => meshHeight(width, drawn),
            draw: (surface, { theme }) => drawMesh(surface, drawn, { theme, ...options }),
          };
        });
  const use = useBars(facts);
  if (use !== null)
    figures.push(
      bars('core-use', 'chip', use.data, {
        title: 'Use of cores against their limits',
        caption: use.hidden === 0 ? '' : `The fullest cores; ${use.hidden} more are not shown.`,
      }),
    );
  return figures;
}

function energyFigures(data: ReportData): ReportFigure[] {
  const { facts, series } = data;
  const align = timeAlign(data);
  const figures: ReportFigure[] = [];
  const [energy, populations, bounds] = [energyBars(facts), populationBars(facts), boundBars(facts)];
  const estimate = facts.energy === null ? '' : `An estimate by ${facts.energy.profile.name}.`;
  if (energy !== null)
    figures.push(bars('energy-by-event', 'energy', energy, { title: 'Energy by event', caption: estimate }));
  if (populations !== null)
    figures.push(
      bars('energy-by-population', 'energy', populations, {
        title: 'Energy by population',
        caption:
          `${estimate} ${facts.energy?.sections.find(({ by }) => by === 'population')?.note ?? ''}`.trim(),
      }),
    );
  if (series !== null && series.joules !== null)
    figures.push(
      seriesFigure('energy-per-step', series, series.joules, {
        what: 'energy',
        unit: 'nJ',
        align,
        scale: 1e9,
        caption: estimate,
      }),
    );
  if (series !== null && series.seconds !== null)
    figures.push(
      seriesFigure('time-per-step', series, series.seconds, {
        what: 'time on the chip',
        unit: 'µs',
        align,
        scale: 1e6,
        caption: `An estimate by model ${facts.time?.model ?? 'of the run'}.`,
      }),
    );
  if (bounds !== null)
    figures.push(
      bars('time-bounds', 'energy', bounds, {
        title: 'What the steps waited for',
        caption: 'The core or link that was the last to finish; making it faster makes the chip faster.',
      }),
    );
  return figures;
}

function bars(
  id: string,
  section: ReportFigure['section'],
  data: BarsData,
  { title, caption }: { readonly title: string; readonly caption: string },
): ReportFigure {
  return {
    id,
    section,
    title,
    caption,
    isTimed: false,
    height: fixed(barsHeight(data)),
    draw: (surface, { theme }) => drawBars(surface, data, { theme }),
  };
}

function seriesFigure(
  id: string,
  { from, to, binSteps }: ReportSeries,
  values: Float64Array,
  {
    what,
    unit,
    scale,
    align,
    caption,
  }: {
    readonly what: string;
    readonly unit: string;
    readonly scale: number;
    readonly align: (width: number) => Align;
    readonly caption: string;
  },
): ReportFigure {
  // means per step, so that the last stretch, which may be shorter, is no dip
  const stepsOf = (bin: number): number => Math.min(binSteps, to - from + 1 - bin * binSteps);
  const data: TracesData = {
    quantity: `${unit} per step`,
    lines: [
      {
        label: what,
        category: NEUTRAL,
        steps: Float64Array.from(values, (_, bin) => from + bin * binSteps + (stepsOf(bin) - 1) / 2),
        values: Float64Array.from(values, (value, bin) => (value * scale) / stepsOf(bin)),
      },
    ],
  };
  return {
    id,
    section: 'energy',
    title: `${what[0]!.toUpperCase()}${what.slice(1)} of each step`,
    caption,
    isTimed: true,
    height: fixed(170),
    draw: (surface, { theme, axis, range, cursor = null }) =>
      drawTraces(surface, data, { theme, axis, range, cursor, align: align(surface.width) }),
  };
}

/** Two columns of a journal, and what a figure is drawn in to come out with 7 point type there. */
const MILLIMETRES = 180;
const WIDTH = 800;

/** Every figure as an SVG file by name. */
export function reportSvgs(data: ReportData): ReadonlyMap<string, string> {
  const options = { theme: PAPER, axis: reportAxis(data), range: wholeRange(data) };
  return new Map(
    reportFigures(data).map(({ id, title, caption, height, draw }) => [
      `${id}.svg`,
      svgOf((surface) => draw(surface, options), {
        width: WIDTH,
        height: height(WIDTH),
        theme: PAPER,
        millimetres: MILLIMETRES,
        title: `${title}: ${data.facts.title}`,
        ...(caption === '' ? {} : { description: caption }),
      }),
    ]),
  );
}
