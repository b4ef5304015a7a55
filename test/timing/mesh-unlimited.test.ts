/** With buffers and bandwidth without limit nothing waits but for receivers: the closed form, and `simple` beside it. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { MeshModel } from '../../src/timing/mesh.js';
import type { MeshGeometry, StepMessages } from '../../src/timing/step-messages.js';
import { hopTime, KERNELS, meshCase, meshOf, routeOf, type Sent, stepOf } from './mesh-case.js';

const UNLIMITED = { linkBuffer: Number.POSITIVE_INFINITY };

interface Sums {
  /** Core each message is from. */
  readonly from: number[];
  readonly sendTime: number[];
  /** By core. */
  readonly sending: number[];
  readonly receiving: number[];
}

function sumsOf({ cores }: MeshGeometry, step: StepMessages): Sums {
  const from: number[] = [];
  const sendTime: number[] = [];
  const sending = Array.from(step.rest);
  const receiving = Array.from(step.hostProcessing);
  for (let core = 0; core < cores; core++) {
    let now = 0;
    for (let m = step.first[core]!; m < step.first[core + 1]!; m++) {
      now += step.generation[m]!;
      from.push(core);
      sendTime.push(now);
      receiving[step.to[m]!]! += step.processing[m]!;
    }
    sending[core]! += now;
  }
  return { from, sendTime, sending, receiving };
}

const most = (values: readonly number[]) => values.reduce((a, b) => Math.max(a, b), 0);

describe.each(KERNELS)('%s kernels', (kernels) => {
  it('arrival is send time + hops, and the step ends with the last sender or receiver', () => {
    fc.assert(
      fc.property(meshCase(60), ({ geometry, costs, steps }) => {
        const model = new MeshModel(geometry, { ...costs, ...UNLIMITED }, { kernels, occupation: 0 });
        for (const step of steps) {
          const { time } = model.step(step);
          const { from, sendTime, sending } = sumsOf(geometry, step);
          const arrival = sendTime.map((sent, m) => sent + hopTime(geometry, costs, from[m]!, step.to[m]!));
          expect(Array.from(model.times.sent.subarray(0, from.length))).toEqual(sendTime);
          expect(Array.from(model.times.arrived.subarray(0, from.length))).toEqual(arrival);
          // a receiver takes its messages in order of arrival; the order of equals does not change when it ends
          const end = Array.from(step.hostProcessing);
          const inOrder = arrival.map((_, m) => m).sort((a, b) => arrival[a]! - arrival[b]!);
          for (const m of inOrder) {
            const to = step.to[m]!;
            end[to] = Math.max(end[to]!, arrival[m]!) + step.processing[m]!;
          }
          expect(time).toBe(Math.max(most(sending), most(end)) + costs.barrier);
        }
        expect(model.links().every(({ waited, busy }) => waited === 0 && busy === 0)).toBe(true);
        expect(model.cores().every(({ blocked, heldBack }) => blocked === 0 && heldBack === 0)).toBe(true);
      }),
      { numRuns: 200, seed: 4 },
    );
  });

  it('is not below `simple`, and not above its two terms added, the longest way and the barrier', () => {
    fc.assert(
      fc.property(meshCase(60), ({ geometry, costs, steps }) => {
        const model = new MeshModel(geometry, { ...costs, ...UNLIMITED }, { kernels, occupation: 0 });
        for (const step of steps) {
          const { time } = model.step(step);
          const { from, sending, receiving } = sumsOf(geometry, step);
          const longest = most(from.map((core, m) => hopTime(geometry, costs, core, step.to[m]!)));
          const simple = Math.max(most(sending), most(receiving)) + costs.barrier;
          expect(time).toBeGreaterThanOrEqual(simple);
          expect(time).toBeLessThanOrEqual(most(sending) + most(receiving) + longest + costs.barrier);
        }
      }),
      { numRuns: 200, seed: 5 },
    );
  });

  it('is `simple` plus the hop latency where all is sent at 0 and each receiver has one sender', () => {
    const geometry = meshOf(4, 3, 2);
    const costs = { hopEast: 41, hopWest: 43, hopNorth: 65, hopSouth: 67, barrier: 900, ...UNLIMITED };
    const core = fc.nat({ max: geometry.cores - 1 });
    const processing = fc.nat({ max: 100 });
    fc.assert(
      fc.property(
        core,
        core,
        fc.array(processing, { minLength: 1, maxLength: 20 }),
        fc.array(fc.record({ from: core, to: core }), { maxLength: 20 }),
        (from, to, busiest, others) => {
          const sent: Sent[] = busiest.map((time) => ({ from, to, generation: 0, processing: time }));
          // messages whose way and processing are no longer, so that `to` is the busiest
          const way = routeOf(geometry, from, to).length === 0 ? 0 : hopTime(geometry, costs, from, to);
          for (const each of others) {
            if (each.to === to || hopTime(geometry, costs, each.from, each.to) > way) continue;
            sent.push({ ...each, generation: 0, processing: 0 });
          }
          const simple = busiest.reduce((a, b) => a + b, 0) + costs.barrier;
          const model = new MeshModel(geometry, costs, { kernels, occupation: 0 });
          expect(model.step(stepOf(geometry.cores, sent)).time).toBe(simple + way);
        },
      ),
      { numRuns: 200, seed: 6 },
    );
  });
});
