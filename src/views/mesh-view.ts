/** A mesh in a page: what is under the pointer is read out, a click or the arrow keys choose a core or a link. */
import { Figure } from './figure.js';
import { drawMesh, layoutForMesh, type MeshOptions, meshHeight } from './mesh.js';
import { type MeshData, type MeshHit, meshHit, nextCore } from './mesh-layout.js';
import type { Theme } from './theme.js';

export interface MeshViewOptions {
  readonly theme: Theme;
  readonly label: string;
  readonly look: Omit<MeshOptions, 'theme' | 'selected'>;
  /** Told what is under the pointer, or null. */
  readonly onHover?: (hit: MeshHit | null) => void;
  /** Told what was chosen, by click or key; null when the choice is taken back. */
  readonly onSelect?: (hit: MeshHit | null) => void;
}

export class MeshView {
  readonly figure: Figure;
  readonly #host: HTMLElement;
  readonly #observer: ResizeObserver;
  readonly #options: MeshViewOptions;
  readonly #ends = new AbortController();
  #data: MeshData;
  #look: MeshViewOptions['look'];
  #selected: MeshHit | null = null;
  #hovered: MeshHit | null = null;

  constructor(host: HTMLElement, data: MeshData, options: MeshViewOptions) {
    this.#host = host;
    this.#options = options;
    this.#data = data;
    this.#look = options.look;
    this.figure = new Figure(host, {
      height: this.#height(),
      theme: options.theme,
      label: `${options.label}. Arrow keys go from core to core, Escape takes the choice back.`,
      paint: (surface, theme) =>
        drawMesh(surface, this.#data, { ...this.#look, theme, selected: this.#hovered ?? this.#selected }),
    });
    this.#observer = new ResizeObserver(() => this.#fit());
    this.#observer.observe(host);
    this.#listen();
  }

  /** The same mesh with other values, or another. */
  show(data: MeshData, look: MeshViewOptions['look']): void {
    this.#data = data;
    this.#look = look;
    this.#fit();
    this.figure.redraw();
  }

  get selected(): MeshHit | null {
    return this.#selected;
  }
  set selected(hit: MeshHit | null) {
    this.#selected = hit;
    this.figure.redraw();
  }

  dispose(): void {
    this.#ends.abort();
    this.#observer.disconnect();
    this.figure.dispose();
  }

  #height(): number {
    return meshHeight(this.#host.clientWidth, this.#data, this.#look.mostTile);
  }

  #fit(): void {
    const height = this.#height();
    if (height !== this.figure.height) this.figure.height = height;
  }

  #listen(): void {
    const { canvas } = this.figure;
    const { signal } = this.#ends;
    canvas.tabIndex = 0;
    const under = (event: MouseEvent): MeshHit | null => {
      const { left, top } = canvas.getBoundingClientRect();
      const layout = layoutForMesh(canvas.clientWidth, this.#data, this.#look.mostTile);
      return meshHit(layout, event.clientX - left, event.clientY - top);
    };
    const hover = (hit: MeshHit | null): void => {
      this.#hovered = hit;
      canvas.style.cursor = hit === null ? '' : 'pointer';
      this.#options.onHover?.(hit);
      this.figure.redraw();
    };
    const select = (hit: MeshHit | null): void => {
      this.selected = hit;
      this.#options.onSelect?.(hit);
    };
    canvas.addEventListener('pointermove', (event) => hover(under(event)), { signal });
    canvas.addEventListener('pointerleave', () => hover(null), { signal });
    canvas.addEventListener('click', (event) => select(under(event)), { signal });
    canvas.addEventListener(
      'keydown',
      (event) => {
        if (event.ctrlKey || event.metaKey || event.altKey) return;
        if (event.key === 'Escape') select(null);
        else if (event.key.startsWith('Arrow')) {
          event.preventDefault();
          const core = nextCore(
            this.#data,
            this.#selected,
            event.key as `Arrow${'Left' | 'Right' | 'Up' | 'Down'}`,
          );
          if (core !== null) select({ kind: 'core', core });
        }
      },
      { signal },
    );
  }
}
