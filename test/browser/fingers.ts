/** Fingers on a page whose context has touch: pressed, moved in small steps and lifted one by one. */
import type { CDPSession, Page } from 'playwright-core';

export interface Point {
  readonly x: number;
  readonly y: number;
}

const MOVES = 12;

export class Fingers {
  readonly #session: CDPSession;
  #down: readonly Point[] = [];

  private constructor(session: CDPSession) {
    this.#session = session;
  }

  static async on(page: Page): Promise<Fingers> {
    return new Fingers(await page.context().newCDPSession(page));
  }

  async press(...points: readonly Point[]): Promise<void> {
    for (const point of points) {
      this.#down = [...this.#down, point];
      await this.#send('touchStart');
    }
  }

  /** All that are down, each to its place. */
  async move(...to: readonly Point[]): Promise<void> {
    const from = this.#down;
    for (let i = 1; i <= MOVES; i++) {
      this.#down = from.map(({ x, y }, finger) => ({
        x: x + ((to[finger]!.x - x) * i) / MOVES,
        y: y + ((to[finger]!.y - y) * i) / MOVES,
      }));
      await this.#send('touchMove');
    }
  }

  /** The last one that was pressed. */
  async lift(): Promise<void> {
    const id = this.#down.length - 1;
    const { x, y } = this.#down[id]!;
    this.#down = this.#down.slice(0, id);
    await this.#session.send('Input.dispatchTouchEvent', { type: 'touchEnd', touchPoints: [{ x, y, id }] });
  }

  async #send(type: 'touchStart' | 'touchMove'): Promise<void> {
    const touchPoints = this.#down.map(({ x, y }, id) => ({ x, y, id }));
    await this.#session.send('Input.dispatchTouchEvent', { type, touchPoints });
  }
}
