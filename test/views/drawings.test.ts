/** What drawings say, read from their SVG: the same code draws on the canvas. */
import { describe, expect, it } from 'vitest';
import { drawBars } from '../../src/views/bars.js';
import { drawCurve } from '../../src/views/curve.js';
import { binValues, drawHistogram } from '../../src/views/histogram.js';
import { drawMesh } from '../../src/views/mesh.js';
import { drawRaster } from '../../src/views/raster.js';
import { countBins } from '../../src/views/rate-bins.js';
import { drawRates } from '../../src/views/rates.js';
import { SpikeDensity } from '../../src/views/spike-density.js';
import type { Surface } from '../../src/views/surface.js';
import { svgOf } from '../../src/views/svg-surface.js';
import { categoryColour, LIGHT, PAPER } from '../../src/views/theme.js';
import { drawTraces } from '../../src/views/traces.js';
import { manySpikes } from './many-spikes.js';
import { svgElements, textsOf } from './svg-parts.js';

const theme = LIGHT;
const axis = { dt: 0.5, unit: 'ms' } as const;
const svg = (draw: (surface: Surface) => void, width = 600, height = 240): string =>
  svgOf(draw, { width, height, theme, title: 'a & b <c>' });

const field = manySpikes({ steps: 100, rows: 30, perStep: 3 });
const populations = [
  { label: 'in <&>', first: 0, size: 10 },
  { label: 'out', first: 10, size: 20 },
];
const raster = { density: new SpikeDensity(field), populations };

describe('a raster', () => {
  const file = svg((surface) => drawRaster(surface, raster, { theme, axis }));

  it('has a mark for every spike, in the colour of its population', () => {
    const paths = svgElements(file).filter(({ name }) => name === 'path');
    const marks = paths.map(({ attributes }) => ({
      colour: attributes.stroke,
      count: attributes.d!.split('M').length - 1,
    }));
    const inFirst = field.rows.filter((row) => row < 10).length;
    expect(marks).toEqual([
      { colour: categoryColour(theme, 0), count: inFirst },
      { colour: categoryColour(theme, 1), count: 300 - inFirst },
    ]);
  });

  it('names populations and the unit of time', () => {
    expect(textsOf(file)).toEqual(expect.arrayContaining(['in &lt;&amp;&gt;', 'out', 'time (ms)', '50']));
  });

  it('shows a part as that part', () => {
    const view = { x0: 10.5, x1: 20.5, y0: 0, y1: 30 };
    const part = svg((surface) => drawRaster(surface, raster, { theme, axis, view }));
    const marks = svgElements(part).flatMap(({ name, attributes }) =>
      name === 'path' ? [attributes.d!.split('M').length - 1] : [],
    );
    // the cells of a step to the left and right of the view are drawn too, and cut off
    expect(marks.reduce((a, b) => a + b)).toBeGreaterThanOrEqual(30);
    expect(marks.reduce((a, b) => a + b)).toBeLessThanOrEqual(36);
  });

  it('becomes an image where marks would be too many for a file', () => {
    const many = new SpikeDensity(manySpikes({ steps: 2000, rows: 400, perStep: 100 }));
    const data = { density: many, populations: [{ label: 'all', first: 0, size: 400 }] };
    const big = svg((surface) => drawRaster(surface, data, { theme, axis }));
    const image = svgElements(big).find(({ name }) => name === 'image');
    expect(image?.attributes.href).toMatch(/^data:image\/png;base64,iVBORw0KGgo/);
    expect(big.length).toBeLessThan(1_000_000);
  });
});

describe('traces', () => {
  const steps = Uint32Array.from({ length: 50_000 }, (_, i) => i + 1);
  const values = Float64Array.from(steps, (step) => (step === 31_234 ? 99 : Math.sin(step / 50)));

  it('keep a single peak among fifty thousand samples, with few points', () => {
    const data = { lines: [{ label: 'v', steps, values }], quantity: 'v (mV)' };
    const file = svg((surface) => drawTraces(surface, data, { theme, axis, values: [-100, 100] }));
    const path = svgElements(file).find(
      ({ name, attributes }) => name === 'path' && attributes.fill === 'none',
    )!;
    const points = path.attributes
      .d!.split(/[ML]/)
      .slice(1)
      .map((point) => point.split(',').map(Number));
    expect(points.length).toBeLessThan(4 * 3 * 600 + 8);
    const highest = Math.min(...points.map(([, y]) => y!));
    const baseline = points[0]![1]!;
    expect(highest).toBeLessThan(baseline - 80);
  });

  it('mark threshold and spikes, and name lines where there are several', () => {
    const line = { steps: [1, 2, 3, 4], values: [0, 5, 0, 5] };
    const data = {
      lines: [
        { label: 'chip', ...line, spikes: [2, 4] },
        { label: 'ideal', ...line, isDashed: true },
      ],
      quantity: 'v (mV)',
      threshold: 5,
    };
    const file = svg((surface) => drawTraces(surface, data, { theme, axis }));
    expect(textsOf(file)).toEqual(expect.arrayContaining(['chip', 'ideal', 'threshold', 'v (mV)']));
    expect(svgElements(file).some(({ attributes }) => attributes['stroke-dasharray'] === '4 3')).toBe(true);
  });

  it('say that there is nothing', () => {
    const data = { lines: [{ label: 'v', steps: [], values: [] }], quantity: 'v' };
    expect(textsOf(svg((surface) => drawTraces(surface, data, { theme, axis })))).toContain(
      'nothing was recorded',
    );
  });
});

describe('rates', () => {
  const bins = countBins(field, populations, { from: 1, to: 100, most: 4000 });

  it('count every spike in its population and bin', () => {
    expect(bins.binSteps).toBe(1);
    expect(bins.counts.map((counts) => counts.reduce((a, b) => a + b))).toEqual([
      field.rows.filter((row) => row < 10).length,
      field.rows.filter((row) => row >= 10).length,
    ]);
  });

  it('are lines with a unit, strips where there are many', () => {
    const few = svg((surface) => drawRates(surface, { populations, bins }, { theme, axis }));
    expect(textsOf(few)).toEqual(expect.arrayContaining(['rate (Hz)', 'out']));
    const many = Array.from({ length: 10 }, (_, i) => ({ label: `p${i}`, first: 3 * i, size: 3 }));
    const data = { populations: many, bins: countBins(field, many, { from: 1, to: 100, most: 50 }) };
    const strips = svg((surface) => drawRates(surface, data, { theme, axis }));
    expect(textsOf(strips)).toEqual(expect.arrayContaining(['p0', 'p9']));
    expect(svgElements(strips).filter(({ name }) => name === 'rect').length).toBeGreaterThan(100);
  });

  it('are strips that meet, also where the last bin is shorter', () => {
    const many = Array.from({ length: 10 }, (_, i) => ({ label: `p${i}`, first: 3 * i, size: 3 }));
    // three steps a bin, one in the last
    const data = { populations: many, bins: countBins(field, many, { from: 1, to: 100, most: 34 }) };
    const strips = svg((surface) => drawRates(surface, data, { theme, axis }));
    const first = svgElements(strips)
      .filter(({ name, attributes }) => name === 'rect' && attributes.y === '22')
      .map(({ attributes }) => ({ x: Number(attributes.x), width: Number(attributes.width) - 0.5 }));
    expect(first).toHaveLength(34);
    first.slice(1).forEach(({ x }, i) => {
      expect(x).toBeCloseTo(first[i]!.x + first[i]!.width, 1);
    });
    expect(first.at(-1)!.width).toBeCloseTo(first[0]!.width / 3, 1);
  });
});

describe('curves and histograms', () => {
  it('show the formula, the measured points, the rheobase and where one is', () => {
    const data = {
      xLabel: 'I (nA)',
      yLabel: 'f (Hz)',
      series: [
        { label: 'formula', xs: [0, 1, 2], ys: [0, 0, 60], draw: 'line' as const },
        { label: 'chip', xs: [0, 1, 2], ys: [0, 0, 58], draw: 'dots' as const },
      ],
      rules: [{ x: 1, label: 'rheobase 1 nA' }],
      point: { x: 1.5, y: 38.5, label: '38.5 Hz' },
    };
    const file = svg((surface) => drawCurve(surface, data, { theme }));
    expect(textsOf(file)).toEqual(
      expect.arrayContaining(['I (nA)', 'f (Hz)', 'formula', 'chip', 'rheobase 1 nA', '38.5 Hz']),
    );
    expect(svgElements(file).filter(({ name }) => name === 'circle').length).toBeGreaterThanOrEqual(5);
  });

  it('put whole values in the middle of their bins', () => {
    expect(binValues([3, 4, 4, 6], 10, 1)).toEqual({
      from: 2.5,
      width: 1,
      counts: Uint32Array.of(1, 2, 0, 1),
    });
    expect(binValues([0.3, 0.1 + 0.2], 10)).toMatchObject({ counts: Uint32Array.of(2) });
    expect(binValues([], 10).counts).toHaveLength(0);
    const data = {
      ...binValues([3, 4, 4, 6], 10, 1),
      xLabel: 'interval (ms)',
      rule: { value: 4.25, label: 'mean' },
    };
    expect(textsOf(svg((surface) => drawHistogram(surface, data, { theme })))).toEqual(
      expect.arrayContaining(['interval (ms)', 'count', 'mean', '0', '2']),
    );
  });
});

describe('mesh and bars', () => {
  it('number cores, and say what colours and widths mean', () => {
    const data = {
      tilesX: 2,
      tilesY: 2,
      chipsX: 1,
      chipsY: 1,
      coresPerTile: 4,
      cores: [
        { core: 0, x: 0, y: 0, slot: 0, value: 0, label: 'core 0' },
        { core: 1, x: 1, y: 1, slot: 3, value: 50, label: 'core 1' },
      ],
      links: [{ x: 0, y: 0, direction: 'east' as const, load: 1, label: 'tile 0,0 east' }],
    };
    const file = svg((surface) =>
      drawMesh(surface, data, {
        theme,
        quantity: 'spikes',
        valueText: (value) => `${value} of them`,
        linkQuantity: 'messages by link',
        loadText: () => '12',
      }),
    );
    expect(textsOf(file)).toEqual(['0', '1', 'spikes per core', '0', '50 of them', 'messages by link', '12']);
    const cores = svgElements(file).filter(
      ({ attributes }) => attributes.fill === '#440154' || attributes.fill === '#fde725',
    );
    expect(cores.length).toBeGreaterThanOrEqual(2);
  });

  it('write values beside bars', () => {
    const data = { columns: [''], rows: [{ label: 'spikes', bars: [{ value: 2, text: '2 pJ' }] }] };
    expect(textsOf(svg((surface) => drawBars(surface, data, { theme })))).toEqual(['spikes', '2 pJ']);
  });
});

describe('an SVG file', () => {
  it('has a title, text as text, and a width in millimetres where asked for', () => {
    const file = svgOf((surface) => surface.text(1, 2, 'a\u0001b', { colour: '#000' }), {
      width: 800,
      height: 400,
      theme: PAPER,
      millimetres: 180,
      title: 'a & b',
      description: 'what',
    });
    const [root, title, description] = svgElements(file);
    expect(root!.attributes).toMatchObject({ width: '180mm', height: '90mm', viewBox: '0 0 800 400' });
    expect([title!.text, description!.text]).toEqual(['a &amp; b', 'what']);
    expect(textsOf(file)).toEqual(['a\ufffdb']);
  });
});
