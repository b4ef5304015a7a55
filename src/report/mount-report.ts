/** The script inside a report: unpacks the data and draws the figures; time is one for all that run over it. */

import type { Align } from '../views/axes.js';
import { fromBase64 } from '../views/base64.js';
import { download } from '../views/download.js';
import { Figure } from '../views/figure.js';
import { drawMesh, meshHeight } from '../views/mesh.js';
import type { MeshHit } from '../views/mesh-layout.js';
import { MeshView } from '../views/mesh-view.js';
import type { RasterData } from '../views/raster.js';
import { RasterView } from '../views/raster-view.js';
import { svgOf } from '../views/svg-surface.js';
import { categoryColour, DARK, LIGHT, PAPER, type Theme } from '../views/theme.js';
import type { TimeAxis, TimeRange } from '../views/time-axis.js';
import { TimeFigure } from '../views/time-figure.js';
import { unpackReport } from './pack.js';
import type { CoreMetric, ReportData, ReportMesh } from './report-data.js';
import { type ReportFigure, reportAxis, reportFigures, timeAlign, wholeRange } from './report-figures.js';
import { linkText, meshOf, meshOptions, metricText, rasterOf } from './report-views.js';

/** A figure that is on the page. */
interface Mounted {
  show(theme: Theme): void;
  /** New range or axis. */
  follow(range: TimeRange, axis: TimeAxis): void;
}

const SVG_WIDTH = 800;

class Page {
  readonly #data: ReportData;
  readonly #whole: TimeRange;
  readonly #mounted: Mounted[] = [];
  readonly #align: (width: number) => Align;
  #axis: TimeAxis;
  #range: TimeRange;
  #theme: Theme;

  constructor(data: ReportData) {
    this.#data = data;
    this.#axis = reportAxis(data);
    this.#align = timeAlign(data);
    this.#whole = wholeRange(data);
    this.#range = this.#whole;
    this.#theme = wantedTheme();
  }

  mount(): void {
    const { facts } = this.#data;
    const raster = rasterOf(this.#data);
    for (const figure of reportFigures(this.#data, raster)) {
      const place = document.querySelector<HTMLElement>(`[data-figure="${figure.id}"]`);
      if (place === null) continue;
      this.#mounted.push(
        figure.id === 'raster' ? this.#raster(place, figure, raster) : this.#figure(place, figure),
      );
      this.#addExport(place, figure);
    }
    const mesh = document.querySelector<HTMLElement>('[data-figure="mesh"]');
    if (mesh !== null && facts.mesh !== null) this.#mesh(mesh, facts.mesh);
    this.#timeTools();
    this.#themeSwitch();
    this.#paintSwatches();
  }

  #follow(range: TimeRange): void {
    this.#range = range;
    for (const one of this.#mounted) one.follow(range, this.#axis);
  }

  #raster(place: HTMLElement, figure: ReportFigure, raster: RasterData): Mounted {
    const read = place.querySelector('.read')!;
    const view = new RasterView(place.querySelector<HTMLElement>('.plot')!, raster, {
      height: figure.height(0),
      theme: this.#theme,
      axis: this.#axis,
      label: `Raster of ${this.#data.facts.spikesRecorded} spikes. Drag or arrow keys move, plus and minus zoom, 0 shows all.`,
      align: this.#align,
      onRange: (range) => this.#follow(range),
      onHover: (text) => {
        read.textContent = text ?? '';
      },
    });
    return {
      show: (theme) => {
        view.figure.theme = theme;
      },
      follow: (range, axis) => {
        view.axis = axis;
        view.range = range;
      },
    };
  }

  #figure(place: HTMLElement, { draw, height, title, isTimed }: ReportFigure): Mounted {
    const plot = place.querySelector<HTMLElement>('.plot')!;
    const options = { height: height(plot.clientWidth), theme: this.#theme, label: title };
    if (!isTimed) {
      const figure = new Figure(plot, {
        ...options,
        paint: (surface, theme) => draw(surface, { theme, axis: this.#axis, range: this.#range }),
      });
      return {
        show: (theme) => {
          figure.theme = theme;
        },
        follow: () => undefined,
      };
    }
    const timed = new TimeFigure(plot, {
      ...options,
      axis: this.#axis,
      whole: this.#whole,
      align: this.#align,
      draw,
      onRange: (range) => this.#follow(range),
    });
    return {
      show: (theme) => {
        timed.figure.theme = theme;
      },
      follow: (range, axis) => {
        timed.axis = axis;
        timed.range = range;
      },
    };
  }

  #mesh(place: HTMLElement, mesh: ReportMesh): void {
    const read = place.querySelector('.read')!;
    const select = document.querySelector<HTMLSelectElement>('#metric')!;
    let metric: CoreMetric = mesh.metrics[0]!;
    const say = (hit: MeshHit | null): void => {
      read.textContent = hit === null ? '' : meshText(mesh, metric, hit);
    };
    const view = new MeshView(place.querySelector<HTMLElement>('.plot')!, meshOf(mesh, metric), {
      theme: this.#theme,
      label: 'Mesh of tiles and cores',
      look: meshOptions(mesh, metric),
      onHover: (hit) => say(hit ?? view.selected),
      onSelect: say,
    });
    select.addEventListener('change', () => {
      metric = mesh.metrics.find(({ key }) => key === select.value) ?? metric;
      view.show(meshOf(mesh, metric), meshOptions(mesh, metric));
      say(view.selected);
    });
    this.#mounted.push({
      show: (theme) => {
        view.figure.theme = theme;
      },
      follow: () => undefined,
    });
    this.#addExport(place, {
      id: 'mesh',
      title: 'Mesh',
      height: (width) => meshHeight(width, meshOf(mesh, metric)),
      draw: (surface, { theme }) =>
        drawMesh(surface, meshOf(mesh, metric), { theme, ...meshOptions(mesh, metric) }),
    });
  }

  #addExport(place: HTMLElement, figure: Pick<ReportFigure, 'id' | 'title' | 'height' | 'draw'>): void {
    const button = document.createElement('button');
    button.type = 'button';
    button.className = 'quiet';
    button.textContent = 'SVG';
    button.title = 'Save this figure as it is shown, as SVG';
    button.setAttribute('aria-label', `Save ${figure.title} as SVG`);
    button.addEventListener('click', () => {
      const options = { theme: PAPER, axis: this.#axis, range: this.#range };
      const svg = svgOf((surface) => figure.draw(surface, options), {
        width: SVG_WIDTH,
        height: figure.height(SVG_WIDTH),
        theme: PAPER,
        title: figure.title,
      });
      download(`${figure.id}.svg`, new Blob([svg], { type: 'image/svg+xml' }));
    });
    place.querySelector('.figure-head')!.append(button);
  }

  #timeTools(): void {
    const place = document.querySelector('#time-tools')!;
    const button = (text: string, act: (button: HTMLButtonElement) => void): HTMLButtonElement => {
      const element = document.createElement('button');
      element.type = 'button';
      element.textContent = text;
      element.addEventListener('click', () => act(element));
      place.append(element);
      return element;
    };
    button('Show all', () => this.#follow(this.#whole));
    if (this.#axis.dt > 0)
      button('Time in steps', (element) => {
        const unit = this.#axis.unit === 'ms' ? 'steps' : 'ms';
        this.#axis = { ...this.#axis, unit };
        element.textContent = unit === 'ms' ? 'Time in steps' : 'Time in ms';
        this.#follow(this.#range);
      });
    const hint = document.createElement('output');
    hint.textContent =
      'Drag to move; Ctrl + wheel, pinch or + and − to zoom in time, Shift + wheel in neurons.';
    place.append(hint);
  }

  #themeSwitch(): void {
    const button = document.querySelector<HTMLButtonElement>('#theme')!;
    const show = (): void => {
      this.#theme = wantedTheme();
      button.textContent = this.#theme.name === 'dark' ? 'Light' : 'Dark';
      button.setAttribute(
        'aria-label',
        `Switch to the ${this.#theme.name === 'dark' ? 'light' : 'dark'} theme`,
      );
      for (const one of this.#mounted) one.show(this.#theme);
      this.#paintSwatches();
    };
    button.hidden = false;
    button.addEventListener('click', () => {
      document.documentElement.dataset.theme = this.#theme.name === 'dark' ? 'light' : 'dark';
      show();
    });
    matchMedia('(prefers-color-scheme: dark)').addEventListener('change', show);
    show();
  }

  #paintSwatches(): void {
    for (const swatch of document.querySelectorAll<HTMLElement>('[data-category]'))
      swatch.style.background = categoryColour(this.#theme, Number(swatch.dataset.category));
  }
}

function meshText(mesh: ReportMesh, metric: CoreMetric, hit: MeshHit): string {
  if (hit.kind === 'core') {
    const unit = metric.unit === '' ? ` ${metric.title}` : '';
    return `${hit.core.label}: ${metricText(metric)(hit.core.value)}${unit}`;
  }
  const { quantity, entries } = mesh.links!;
  const link = entries.find(({ label }) => label === hit.link.label);
  return `${hit.link.label}: ${linkText(quantity, link?.value ?? 0)} ${quantity === 'load' ? 'of the time' : 'messages'}`;
}

/** What the reader chose, or else the system. */
function wantedTheme(): Theme {
  const chosen = document.documentElement.dataset.theme;
  if (chosen !== undefined) return chosen === 'dark' ? DARK : LIGHT;
  return matchMedia('(prefers-color-scheme: dark)').matches ? DARK : LIGHT;
}

const packed = document.getElementById('seamount-data')!.textContent;
new Page(unpackReport(fromBase64(packed))).mount();
document.documentElement.dataset.figures = 'drawn';
