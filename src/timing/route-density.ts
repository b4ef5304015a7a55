/**
 * How full the buffers of the mesh are, as model `detailed` reckons: a message spreads over its route, with a
 * share of 1 / (hops + 2) in each buffer. A route is the sender's own injection buffer, then at each later
 * tile of the XY route the buffer of the direction it is entered in: hops + 1 buffers.
 */
import type { MeshGeometry } from './step-messages.js';

export class RouteDensity {
  /** Of each core. */
  readonly #injection: Float64Array;
  /** Buffers of tiles entered eastwards, westwards, northwards, southwards: a plane of tiles each, y fastest. */
  readonly #entered: Float64Array;
  readonly #tiles: number;
  readonly #height: number;
  readonly #x: Int32Array;
  readonly #y: Int32Array;

  constructor({ cores, x, y, width, height }: MeshGeometry) {
    this.#injection = new Float64Array(cores);
    this.#tiles = width * height;
    this.#entered = new Float64Array(4 * this.#tiles);
    this.#height = height;
    this.#x = Int32Array.from(x);
    this.#y = Int32Array.from(y);
  }

  clear(): void {
    this.#injection.fill(0);
    this.#entered.fill(0);
  }

  /** Messages along the route between two cores. */
  along(from: number, to: number): number {
    const entered = this.#entered;
    const dx = this.#x[to]! - this.#x[from]!;
    const dy = this.#y[to]! - this.#y[from]!;
    let at = this.#x[from]! * this.#height + this.#y[from]!;
    let sum = this.#injection[from]!;
    if (dx !== 0) {
      const step = dx > 0 ? this.#height : -this.#height;
      const plane = dx > 0 ? 0 : this.#tiles;
      for (let left = Math.abs(dx); left > 0; left--) {
        at += step;
        sum += entered[plane + at]!;
      }
    }
    if (dy !== 0) {
      const step = dy > 0 ? 1 : -1;
      const plane = dy > 0 ? 2 * this.#tiles : 3 * this.#tiles;
      for (let left = Math.abs(dy); left > 0; left--) {
        at += step;
        sum += entered[plane + at]!;
      }
    }
    return sum;
  }

  /** Adds `share` to each buffer of the route between two cores. */
  add(from: number, to: number, share: number): void {
    const entered = this.#entered;
    const dx = this.#x[to]! - this.#x[from]!;
    const dy = this.#y[to]! - this.#y[from]!;
    let at = this.#x[from]! * this.#height + this.#y[from]!;
    this.#injection[from]! += share;
    if (dx !== 0) {
      const step = dx > 0 ? this.#height : -this.#height;
      const plane = dx > 0 ? 0 : this.#tiles;
      for (let left = Math.abs(dx); left > 0; left--) {
        at += step;
        entered[plane + at]! += share;
      }
    }
    if (dy !== 0) {
      const step = dy > 0 ? 1 : -1;
      const plane = dy > 0 ? 2 * this.#tiles : 3 * this.#tiles;
      for (let left = Math.abs(dy); left > 0; left--) {
        at += step;
        entered[plane + at]! += share;
      }
    }
  }
}
