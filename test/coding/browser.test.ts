/** The library in a page: every code gives there, from the built package, the spikes it gives here. */
import { afterAll, beforeAll, expect, it } from 'vitest';
import * as coding from '../../src/coding/index.js';
import { describeInChromium, Pages } from '../browser/pages.js';

/** Every code of one signal, and what statistics make of it, as text. Runs here and, from its source, in the page. */
function everything(library: typeof coding): string {
  const signal = Float64Array.from({ length: 200 }, (_, k) => ((k * 37) % 101) / 100);
  const options: Readonly<Record<string, string>> = {
    poisson: 'window=9,seed=4',
    latency: 'window=20',
    population: 'window=20,spikes=poisson',
    delta: 'threshold=0.1',
    'step-forward': 'threshold=0.1',
    'level-crossing': 'threshold=0.1,window=9',
    'moving-window': 'threshold=0.1',
  };
  return JSON.stringify(
    library.CODE_NAMES.map((name) => {
      const { code } = library.encodeSignal(signal, { code: `${name}:${options[name] ?? ''}` });
      const [a = [], b = []] = library.trainsOf(code, code.size);
      return [
        name,
        Array.from(code.steps),
        Array.from(code.neurons),
        library.localVariation(a),
        library.victorPurpuraDistance(a, b, { q: 0.25 }),
      ];
    }),
  );
}

describeInChromium('in headless Chromium', () => {
  let pages: Pages;
  beforeAll(async () => {
    pages = await Pages.open(new Uint8Array());
  }, 120_000);
  afterAll(() => pages?.close());

  it('every code and measure is as in Node', async () => {
    const there = await pages.with('plain', (page) =>
      page.evaluate(`import('/package/src/coding/index.js').then(${everything.toString()})`),
    );
    expect(there).toBe(everything(coding));
  });
});
