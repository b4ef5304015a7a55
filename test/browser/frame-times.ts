/** How long frames of a page take while something happens in it. */
import type { Page } from 'playwright-core';

export interface FrameTimes {
  /** ms */
  readonly median: number;
  readonly longest: number;
}

/** Of the frames while `act` runs. */
export async function frameTimes(page: Page, act: () => Promise<void>): Promise<FrameTimes> {
  await page.evaluate(() => {
    const times: number[] = [];
    const state = { times, isOver: false };
    Object.assign(globalThis, { frames: state });
    const tick = (now: number): void => {
      times.push(now);
      if (!state.isOver) requestAnimationFrame(tick);
    };
    requestAnimationFrame(tick);
  });
  await act();
  const times = await page.evaluate(() => {
    const { frames } = globalThis as unknown as { frames: { times: number[]; isOver: boolean } };
    frames.isOver = true;
    return frames.times;
  });
  const spans = times
    .slice(1)
    .map((time, i) => time - times[i]!)
    .sort((a, b) => a - b);
  return { median: spans[spans.length >> 1] ?? 0, longest: spans.at(-1) ?? 0 };
}
