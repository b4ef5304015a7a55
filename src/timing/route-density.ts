/**
 * How full the buffers of the mesh are, as model `detailed` reckons: a message spreads over its route, with a
 * share of 1 / (hops + 2) in each buffer. A route is the sender's own injection buffer, then at each later
 * tile of the XY route the buffer of the direction it is entered in: hops + 1 buffers.
 */
import type { MeshGeometry } from './step-messages.js';

export class RouteDensity {
  /** Of the injection buffer of each core. */
  readonly #injection: Float64Array;
  /** Of the buffers of tiles entered eastwards, westwards, northwards, southwards: a plane of tiles each, y fastest. */
  readonly #entered: Float64Array;
  readonly #width: number;
  readonly #height: number;
  readonly #x: Int32Array;
  readonly #y: Int32Array;
  /**
   * Routes by distance, made when first used: those of (dx, dy) are all the same, seen from their first tile.
   * Where each begins, -1 for not yet, and its buffers of `#entered` less the number of the first tile.
   */
  readonly #routes: Int32Array;
  #buffers = new Int32Array(1024);
  #used = 0;

  constructor({ cores, x, y, width, height }: MeshGeometry) {
    this.#injection = new Float64Array(cores);
    this.#entered = new Float64Array(4 * width * height);
    this.#width = width;
    this.#height = height;
    this.#x = Int32Array.from(x);
    this.#y = Int32Array.from(y);
    this.#routes = new Int32Array((2 * width - 1) * (2 * height - 1)).fill(-1);
  }

  clear(): void {
    this.#injection.fill(0);
    this.#entered.fill(0);
  }

  /** Adds a message between two cores; returns how many were along its route before. */
  enter(from: number, to: number): number {
    const entered = this.#entered;
    const dx = this.#x[to]! - this.#x[from]!;
    const dy = this.#y[to]! - this.#y[from]!;
    const tile = this.#x[from]! * this.#height + this.#y[from]!;
    const hops = Math.abs(dx) + Math.abs(dy);
    const share = 1 / (hops + 2);
    const begin = this.#route(dx, dy);
    const end = begin + hops;
    const buffers = this.#buffers;
    let sum = this.#injection[from]!;
    this.#injection[from] = sum + share;
    for (let i = begin; i < end; i++) {
      const buffer = tile + buffers[i]!;
      const density = entered[buffer]!;
      sum += density;
      entered[buffer] = density + share;
    }
    return sum;
  }

  /** Takes away a message between two cores. */
  leave(from: number, to: number): void {
    const entered = this.#entered;
    const dx = this.#x[to]! - this.#x[from]!;
    const dy = this.#y[to]! - this.#y[from]!;
    const tile = this.#x[from]! * this.#height + this.#y[from]!;
    const hops = Math.abs(dx) + Math.abs(dy);
    const share = 1 / (hops + 2);
    const begin = this.#route(dx, dy);
    const end = begin + hops;
    const buffers = this.#buffers;
    this.#injection[from]! -= share;
    for (let i = begin; i < end; i++) entered[tile + buffers[i]!]! -= share;
  }

  /** Where the route of a distance begins in `#buffers`. */
  #route(dx: number, dy: number): number {
    const route = (dx + this.#width - 1) * (2 * this.#height - 1) + dy + this.#height - 1;
    const begin = this.#routes[route]!;
    return begin >= 0 ? begin : this.#makeRoute(route, dx, dy);
  }

  #makeRoute(route: number, dx: number, dy: number): number {
    const begin = this.#used;
    const hops = Math.abs(dx) + Math.abs(dy);
    if (begin + hops > this.#buffers.length) {
      const buffers = new Int32Array(2 * (begin + hops));
      buffers.set(this.#buffers);
      this.#buffers = buffers;
    }
    const tiles = this.#width * this.#height;
    let at = 0;
    for (let left = Math.abs(dx); left > 0; left--) {
      at += dx > 0 ? this.#height : -this.#height;
      this.#buffers[this.#used++] = (dx > 0 ? 0 : tiles) + at;
    }
    for (let left = Math.abs(dy); left > 0; left--) {
      at += dy > 0 ? 1 : -1;
      this.#buffers[this.#used++] = (dy > 0 ? 2 : 3) * tiles + at;
    }
    this.#routes[route] = begin;
    return begin;
  }
}
