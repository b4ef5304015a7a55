/** The mesh on a canvas: heat map, links, what is selected, and messages on their way. */
import { Figure } from '../../views/figure.js';
import { drawMesh, layoutForMesh, meshHeight } from '../../views/mesh.js';
import { type MeshData, type MeshHit, type MeshLayout, meshHit } from '../../views/mesh-layout.js';
import type { Surface } from '../../views/surface.js';
import { svgOf } from '../../views/svg-surface.js';
import type { Theme } from '../../views/theme.js';
import type { Plane } from './calls.js';
import { FlightPaths } from './flight-path.js';
import { type MeshQuantity, QUANTITY_TEXT, valueText } from './mesh-figure.js';
import type { Travel } from './run-control.js';

export interface MeshState {
  readonly data: MeshData;
  readonly plane: Plane;
  readonly quantity: MeshQuantity;
  /** Largest number of messages on a link. */
  readonly mostMessages: number;
  readonly selectedCore: number | null;
  /** Cores that the selected neuron sends to. */
  readonly targets: readonly number[];
  readonly travel: Travel | null;
}

export interface MeshPlotOptions {
  readonly theme: Theme;
  readonly label: string;
  readonly onPick: (core: number | null) => void;
  readonly onHover: (text: string | null) => void;
}

const FIRST_HEIGHT = 320;
const EXPORT_WIDTH = 640;
const HOST = 3;
const MESSAGE = 1;

export class MeshPlot {
  readonly figure: Figure;
  #state: MeshState | null = null;
  #layout: MeshLayout | null = null;
  #laidOut: { readonly data: MeshData; readonly width: number } | null = null;
  #paths: { readonly travel: Travel; readonly paths: FlightPaths } | null = null;
  readonly #isStill: boolean;

  constructor(host: HTMLElement, { theme, label, onPick, onHover }: MeshPlotOptions) {
    this.#isStill = matchMedia('(prefers-reduced-motion: reduce)').matches;
    this.figure = new Figure(host, {
      height: FIRST_HEIGHT,
      theme,
      label,
      paint: (surface, current) => this.#paint(surface, current),
    });
    const { canvas } = this.figure;
    const hitAt = (event: MouseEvent): MeshHit | null => {
      const { left, top } = canvas.getBoundingClientRect();
      return this.#layout === null ? null : meshHit(this.#layout, event.clientX - left, event.clientY - top);
    };
    canvas.addEventListener('click', (event) => {
      const hit = hitAt(event);
      onPick(hit?.kind === 'core' ? hit.core.core : null);
    });
    canvas.addEventListener('pointermove', (event) => {
      const hit = hitAt(event);
      canvas.style.cursor = hit?.kind === 'core' ? 'pointer' : '';
      onHover(hit === null ? null : hit.kind === 'core' ? hit.core.label : hit.link.label);
    });
    canvas.addEventListener('pointerleave', () => onHover(null));
  }

  set state(state: MeshState) {
    this.#state = state;
    this.figure.redraw();
  }

  set theme(theme: Theme) {
    this.figure.theme = theme;
  }

  svg(theme: Theme): string {
    const state = this.#state;
    if (state === null) return '';
    return svgOf((surface) => this.#draw(surface, theme, state), {
      width: EXPORT_WIDTH,
      height: meshHeight(EXPORT_WIDTH, state.data),
      theme,
      title: `${QUANTITY_TEXT[state.quantity]} of each core`,
    });
  }

  dispose(): void {
    this.figure.dispose();
  }

  #paint(surface: Surface, theme: Theme): void {
    const state = this.#state;
    if (state === null) return;
    const { width } = surface;
    const height = meshHeight(width, state.data);
    if (height !== surface.height) {
      this.figure.height = height;
      return;
    }
    if (this.#laidOut?.data !== state.data || this.#laidOut.width !== width) {
      this.#laidOut = { data: state.data, width };
      this.#layout = layoutForMesh(width, state.data);
    }
    this.#draw(surface, theme, state);
    const { travel } = state;
    if (travel === null || this.#isStill) return;
    const part = (performance.now() - travel.start) / travel.ms;
    if (part > 1) return;
    this.#drawMessages(surface, theme, { travel, plane: state.plane, part });
    this.figure.redraw();
  }

  #draw(
    surface: Surface,
    theme: Theme,
    { data, quantity, mostMessages, selectedCore, targets }: MeshState,
  ): void {
    const core = data.cores.find((each) => each.core === selectedCore);
    drawMesh(surface, data, {
      theme,
      quantity: QUANTITY_TEXT[quantity],
      valueText: (value) => valueText(quantity, value),
      linkQuantity: 'messages on links',
      loadText: () => `${mostMessages.toLocaleString('en')}`,
      selected: core === undefined ? null : { kind: 'core', core },
    });
    if (targets.length === 0) return;
    const layout = layoutForMesh(surface.width, data);
    for (const { core: placed, left, top } of layout.cores)
      if (targets.includes(placed.core))
        surface.rect(
          { left: left - 2, top: top - 2, width: layout.side + 4, height: layout.side + 4 },
          { radius: layout.side * 0.15, stroke: { colour: theme.categories[MESSAGE]!, width: 2 } },
        );
  }

  #drawMessages(
    surface: Surface,
    theme: Theme,
    { travel, plane, part }: { readonly travel: Travel; readonly plane: Plane; readonly part: number },
  ): void {
    const layout = this.#layout;
    if (layout === null) return;
    if (this.#paths?.travel !== travel)
      this.#paths = { travel, paths: new FlightPaths(travel.flights, plane) };
    for (const { x, y, messages, isFromHost, part: done } of this.#paths.paths.dots(layout, part)) {
      const radius = Math.min(layout.tile * 0.16, 2 + Math.sqrt(messages));
      if (isFromHost) {
        // the host is beside the chip: its spikes appear where they arrive
        surface.dots([x], [y], {
          radius: radius * (2.4 - 1.4 * done),
          colour: theme.categories[HOST]!,
          opacity: 0.25 + 0.6 * done,
        });
        continue;
      }
      surface.dots([x], [y], { radius: radius + 1.2, colour: theme.ground });
      surface.dots([x], [y], { radius, colour: theme.categories[MESSAGE]! });
    }
  }
}
