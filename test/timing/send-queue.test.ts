/** Equal times leave in the order of a real `std::priority_queue`: what g++ 12.2 printed for these operations. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { SendQueue } from '../../src/timing/send-queue.js';

const PRINTED = [
  9, 13, 10, 19, 15, 17, 16, 17, 17, 17, 17, 21, 20, 1, 5, 12, 1, 16, 6, 0, 12, 2, 4, 16, 0, 4, 18, 13, 19, 4,
  13, 4, 13, 4, 4, 17, 13, 2, 4, 17, 20, 2, 4, 10, 22, 12, 4, 8, 19, 3, 19, 19, 13, 5, 3, 22, 19, 13, 21, 0,
  12, 11, 14, 8, 7, 12, 11, 14, 8, 18, 12, 10, 1, 1, 0, 19, 13, 8, 2, 7, 2, 7, 4, 4, 3, 5, 7, 3, 21, 7, 10, 1,
  10, 1, 10, 14, 10, 12, 10, 12, 2, 12, 11, 18, 8, 13, 8, 19, 4, 13, 18, 13, 18, 18, 18, 18, 18, 7, 8, 19, 18,
  5, 19, 21, 3, 1, 10, 1, 4, 14, 4, 2, 11, 12, 12, 8, 7, 13, 12, 8, 7, 12, 8, 7, 1, 14, 7, 1, 14, 2, 2, 2, 14,
  19, 5, 2, 13, 18, 4, 10, 18, 10, 12, 18, 5, 4, 18, 7, 13, 2, 13, 2, 13, 19, 10, 14, 18, 12, 2, 5, 4, 7, 13,
  4, 7, 18, 2, 10, 13, 12, 2, 14, 4, 18, 13, 7, 2, 12, 14, 4, 10, 7, 12, 4, 2, 13, 18, 14,
];

describe('SendQueue', () => {
  it('gives equal times in the order of libstdc++', () => {
    let state = 1;
    const draw = (n: number): number => {
      state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
      return (state >>> 8) % n;
    };
    const queue = new SendQueue(23);
    for (let core = 0; core < 23; core++) queue.push(core, draw(4));
    const order: number[] = [];
    for (let i = 0; i < 200 && queue.size > 0; i++) {
      const { core, time } = queue;
      queue.pop();
      order.push(core);
      if (draw(10) > 0) queue.push(core, time + draw(3));
    }
    while (queue.size > 0) {
      order.push(queue.core);
      queue.pop();
    }
    expect(order).toEqual(PRINTED);
  });

  it('gives times in order', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 20 }), { maxLength: 60 }), (times) => {
        const queue = new SendQueue(times.length);
        for (const [core, time] of times.entries()) queue.push(core, time);
        const out: number[] = [];
        while (queue.size > 0) {
          expect(times[queue.core]).toBe(queue.time);
          out.push(queue.time);
          queue.pop();
        }
        expect(out).toEqual([...times].sort((a, b) => a - b));
      }),
    );
  });
});
