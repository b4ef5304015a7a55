/** The page's side of a run, with a worker that answers when it is told to. */
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Advanced, ChipCalls, Given, Opened, Status } from '../../src/page/chip/calls.js';
import { RunControl } from '../../src/page/chip/run-control.js';
import type { ChipWorker } from '../../src/page/chip-worker.js';

const status = (step: number) => ({ step, first: 0 }) as Status;
const opened = (name: string) =>
  ({ name, populations: [], steps: 300, run: null, status: status(0) }) as unknown as Opened;
const text = (name: string): Given => ({ kind: 'text', name, text: '' });

/** Answers `advance` at once, and `open` when `answer` is called. */
class Asked {
  readonly opens: string[] = [];
  #step = 0;
  answer: (failure?: Error) => void = () => undefined;

  readonly worker = {
    ask: (method: string, params: unknown) => {
      if (method === 'open') {
        const { given } = params as ChipCalls['open']['params'];
        const name = given.kind === 'text' ? given.name : '';
        this.opens.push(name);
        return new Promise((resolve, reject) => {
          this.answer = (failure) => (failure === undefined ? resolve(opened(name)) : reject(failure));
        });
      }
      const { steps } = params as ChipCalls['advance']['params'];
      this.#step += Math.min(steps, 10);
      const spikes = { steps: new Uint32Array(0), ids: new Uint32Array(0) };
      const rest = { spikes, traces: [], status: status(this.#step), flights: null, fault: null };
      return Promise.resolve({ step: this.#step, known: this.#step, ...rest } satisfies Advanced);
    },
    close: () => undefined,
  } as unknown as ChipWorker<ChipCalls>;
}

const turn = (): Promise<void> => new Promise((resolve) => setTimeout(resolve));

describe('a run on the page', () => {
  beforeEach(() =>
    vi.stubGlobal('requestAnimationFrame', (act: (now: number) => void) =>
      setTimeout(() => act(performance.now())),
    ),
  );
  afterEach(() => vi.unstubAllGlobals());

  it('opens one thing after the other, however fast they are dropped', async () => {
    const asked = new Asked();
    const control = new RunControl(asked.worker, 'loihi1-sanafe', () => undefined);
    const both = [control.open(text('a')), control.open(text('b'))];
    await turn();
    expect(asked.opens).toEqual(['a']);
    asked.answer();
    await turn();
    expect(asked.opens).toEqual(['a', 'b']);
    expect(control.isOpening).toBe(true);
    asked.answer(new Error('broken'));
    expect(await Promise.all(both)).toEqual([true, false]);
    expect(control.opened?.name).toBe('a');
  });

  it('runs to its end after a file that could not be opened', async () => {
    const asked = new Asked();
    const control = new RunControl(asked.worker, 'loihi1-sanafe', () => undefined);
    const first = control.open(text('a'));
    await turn();
    asked.answer();
    await first;
    const broken = control.open(text('b'));
    await turn();
    asked.answer(new Error('broken'));
    await broken;
    expect(control.failure?.title).toBe('This cannot be opened');
    control.speed = Number.POSITIVE_INFINITY;
    control.play();
    await vi.waitFor(() => expect(control.isPlaying).toBe(false));
    expect(control.step).toBe(300);
    expect(control.failure).toBeNull();
  });
});
