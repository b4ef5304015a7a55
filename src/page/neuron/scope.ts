/**
 * Runs the live neuron against the clock of the page and draws it: asks the worker for as many steps as have passed,
 * one request at a time, and moves the picture smoothly between them.
 */
import { Figure } from '../../views/figure.js';
import { drawMembrane, type MembraneOptions, membraneTimeAt } from '../../views/membrane.js';
import type { Surface } from '../../views/surface.js';
import { svgOf } from '../../views/svg-surface.js';
import type { Theme } from '../../views/theme.js';
import type { ChipWorker } from '../chip-worker.js';
import type { NeuronCalls } from './calls.js';
import type { NeuronParameters } from './parameters.js';
import { SampleStore } from './samples.js';

export interface ScopeView {
  /** ms shown. */
  readonly window: number;
  /** ms of the neuron in a second of ours. */
  readonly speed: number;
  readonly showsIdeal: boolean;
}

const HEIGHT = 300;
const NARROW_HEIGHT = 240;
const KEPT_SAMPLES = 1 << 16;
/** Steps of one request, at most: a page that was hidden does not make up for it. */
const MOST_STEPS = 4_000;
/** s of ours between two frames that are made up for. */
const LONGEST_FRAME = 0.1;

export class Scope {
  readonly samples = new SampleStore(KEPT_SAMPLES);
  readonly #worker: ChipWorker<NeuronCalls>;
  readonly #figure: Figure;
  readonly #onFailure: (cause: unknown) => void;
  #parameters: NeuronParameters;
  #view: ScopeView;
  #range: readonly [number, number];
  /** ms of the neuron, at the right edge. */
  #now = 0;
  #before = 0;
  #frame = 0;
  #isWaiting = false;
  #isReady = false;
  #cursor: number | null = null;
  /** Once a spike was sent by hand, inputs stay shown. */
  #hasSent = false;
  #surface: Surface | null = null;

  constructor(
    host: HTMLElement,
    options: {
      readonly worker: ChipWorker<NeuronCalls>;
      readonly theme: Theme;
      readonly parameters: NeuronParameters;
      readonly view: ScopeView;
      readonly onFailure: (cause: unknown) => void;
    },
  ) {
    this.#worker = options.worker;
    this.#parameters = options.parameters;
    this.#view = options.view;
    this.#onFailure = options.onFailure;
    this.#range = voltageRange(options.parameters);
    this.#figure = new Figure(host, {
      height: host.clientWidth < 480 ? NARROW_HEIGHT : HEIGHT,
      theme: options.theme,
      label: 'Membrane voltage of the neuron over time, with its threshold and spikes',
      paint: (surface, theme) => {
        this.#surface = surface;
        drawMembrane(surface, this.samples, this.#options(theme));
      },
    });
    const { canvas } = this.#figure;
    canvas.addEventListener('pointermove', (event) => {
      if (this.#surface === null) return;
      const left = canvas.getBoundingClientRect().left;
      this.#cursor = membraneTimeAt(this.#surface, this.#options(this.#figure.theme), event.clientX - left);
      this.#figure.redraw();
    });
    canvas.addEventListener('pointerleave', () => {
      this.#cursor = null;
      this.#figure.redraw();
    });
  }

  set theme(theme: Theme) {
    this.#figure.theme = theme;
  }

  set view(view: ScopeView) {
    this.#view = view;
    this.#figure.redraw();
  }

  get #isRunning(): boolean {
    return this.#frame !== 0;
  }

  /** The worker's neuron has these constants from now on. Fills the window the first time. */
  async programmed(parameters: NeuronParameters): Promise<void> {
    this.#parameters = parameters;
    this.#range = voltageRange(parameters);
    this.#isReady = true;
    if (this.samples.to === 0) await this.skip(Math.ceil(this.#view.window / parameters.dt));
    this.#figure.redraw();
  }

  /** Runs so many steps at once. */
  async skip(steps: number): Promise<void> {
    await this.#advance(Math.min(KEPT_SAMPLES / 2, steps));
    this.#now = this.samples.end;
    this.#figure.drawNow();
  }

  /** An input spike in the next step that is run. */
  async sendSpike(): Promise<void> {
    this.#hasSent = true;
    try {
      await this.#worker.ask('send', null);
      if (!this.#isRunning) await this.skip(1);
    } catch (cause) {
      this.#onFailure(cause);
    }
  }

  start(): void {
    if (this.#isRunning) return;
    this.#before = performance.now();
    const tick = (time: number): void => {
      this.#frame = requestAnimationFrame(tick);
      const passed = Math.min(LONGEST_FRAME, Math.max(0, time - this.#before) / 1000);
      this.#before = time;
      if (!this.#isReady) return;
      const { dt } = this.#parameters;
      // Never ahead of what there is: a slow worker slows time down.
      this.#now = Math.min(this.samples.end, this.#now + passed * this.#view.speed);
      const lead = Math.max(2 * dt, LONGEST_FRAME * this.#view.speed * 0.5);
      const wanted = Math.ceil((this.#now + lead - this.samples.end) / dt);
      if (wanted > 0 && !this.#isWaiting) void this.#advance(Math.min(MOST_STEPS, wanted));
      this.#figure.drawNow();
    };
    this.#frame = requestAnimationFrame(tick);
  }

  stop(): void {
    cancelAnimationFrame(this.#frame);
    this.#frame = 0;
  }

  svg(theme: Theme): string {
    const options = { ...this.#options(theme), cursor: null, isAbsolute: true };
    return svgOf((surface) => drawMembrane(surface, this.samples, options), {
      width: 720,
      height: 300,
      theme,
      title: 'Membrane voltage on the chip',
    });
  }

  dispose(): void {
    this.stop();
    this.#figure.dispose();
  }

  #options(theme: Theme): MembraneOptions {
    return {
      theme,
      now: this.#now,
      window: this.#view.window,
      range: this.#range,
      showsIdeal: this.#view.showsIdeal,
      showsInput: this.#hasSent || this.#parameters.input_rate > 0,
      cursor: this.#cursor,
    };
  }

  async #advance(steps: number): Promise<void> {
    if (steps <= 0) return;
    this.#isWaiting = true;
    try {
      this.samples.add(await this.#worker.ask('advance', { steps }));
    } catch (cause) {
      this.#onFailure(cause);
    } finally {
      this.#isWaiting = false;
    }
  }
}

/** mV shown: from below rest and reset to where spikes end, the same while constants stay. */
export function voltageRange(parameters: NeuronParameters): readonly [number, number] {
  const { v_rest, v_reset, v_th, v_th_step, noise, R, I, input_rate, input_weight } = parameters;
  const pull = input_rate > 0 && input_weight < 0 ? 10 : 0;
  const low = Math.min(v_rest, v_reset, v_rest + R * Math.min(0, I)) - 2.5 * noise - pull;
  const top = Math.max(v_th, v_reset) + 6 * v_th_step;
  const room = Math.max(4, 0.35 * (v_th - low));
  return [Math.floor((low - 2) / 5) * 5, Math.ceil((top + room) / 5) * 5];
}
