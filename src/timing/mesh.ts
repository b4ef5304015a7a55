/**
 * Timing model `mesh`: the messages of a step go through the actual mesh, link by link, with finite buffers and
 * back-pressure. docs/timing.md has the rules and what is assumed.
 */
import { SeamountError, type Violation, ViolationsError } from '../../cores/index.js';
import { DIRECTIONS } from './links.js';
import { boundOf } from './mesh-bound.js';
import type { MeshEngine } from './mesh-engine.js';
import { openKernels } from './mesh-kernels.js';
import type { CoreLoad, LinkLoad } from './mesh-load.js';
import { ScalarMesh } from './mesh-scalar.js';
import * as W from './mesh-words.js';
import { type BoundCount, BoundCounts } from './step-bounds.js';
import type { MeshCosts, MeshGeometry, StepMessages, StepTime, TimingModel } from './step-messages.js';

export interface MeshOptions {
  /** ps for which a message keeps a link busy; 0 is infinite bandwidth. Default: the latency of the link's hop. */
  readonly occupation?: number;
  /** Both compute the same; `wasm`, the default, is faster, and is `scalar` where there is no WebAssembly. */
  readonly kernels?: 'scalar' | 'wasm';
}

/** When what happened to the messages of the last step, by message, in ps. Longer than filled; valid until the next step. */
export interface MeshTimes {
  /** Handed to the injection buffer of its core. */
  readonly sent: Float64Array;
  /** In the receive queue of its destination. */
  readonly arrived: Float64Array;
  /** Its destination begins to process it. */
  readonly received: Float64Array;
}

export class MeshModel implements TimingModel {
  readonly name = 'mesh';
  readonly #barrier: number;
  readonly #engine: MeshEngine;
  readonly #bounds = new BoundCounts();

  /** Throws E_USAGE where a cost is not a whole number of ps of at least 0, or a buffer holds no message. */
  constructor(geometry: MeshGeometry, costs: MeshCosts, options: MeshOptions = {}) {
    const { occupation = null, kernels = 'wasm' } = options;
    check(costs, occupation);
    this.#barrier = costs.barrier;
    const fast = kernels === 'wasm' ? openKernels(geometry, costs, occupation) : null;
    this.#engine = fast ?? new ScalarMesh(geometry, costs, occupation);
  }

  /** What steps are computed by. */
  get kernels(): 'scalar' | 'wasm' {
    return this.#engine.kernels;
  }

  /** Time of one step. Throws E_STALL if a message does not arrive, which no finite times can bring about. */
  step(step: StepMessages): StepTime {
    const { cores, lanes, messages } = this.#engine;
    const run = this.#engine.run(step);
    const count = step.first[cores.count]!;
    if (run.received !== count) {
      throw new SeamountError(
        'E_STALL',
        `mesh: ${count - run.received} of ${count} messages of step ${step.step} did not arrive`,
        'times must be finite; with finite ones this is a defect of seamount, please report it',
      );
    }
    const barrier = this.#barrier;
    const bound = boundOf(step, run, cores, messages, { links: lanes.links, barrier });
    this.#bounds.add(bound);
    return { time: Math.max(run.lastSender.time, run.lastReceiver.time) + barrier, bound };
  }

  /** Of the last step. */
  get times(): MeshTimes {
    return this.#engine.messages;
  }

  /** Links that carried a message so far, ascending. */
  links(): LinkLoad[] {
    const { lanes } = this.#engine;
    const loads: LinkLoad[] = [];
    for (let link = 0; link < lanes.links; link++) {
      const messages = lanes.time(link, W.CARRIED);
      if (messages === 0) continue;
      loads.push({
        link,
        messages,
        busy: messages * lanes.time(link, W.OCCUPATION),
        waited: lanes.time(link, W.WAITED),
        longestWait: lanes.time(link, W.LONGEST),
        fullest: lanes.word(link, W.FULLEST),
      });
    }
    return loads;
  }

  /** All cores. */
  cores(): CoreLoad[] {
    const { lanes, cores } = this.#engine;
    return Array.from({ length: cores.count }, (_, core) => ({
      core,
      blocked: cores.time(core, W.BLOCKED),
      fullestInjection: lanes.word(lanes.links + core, W.FULLEST),
      processing: cores.time(core, W.PROCESSED),
      queued: cores.time(core, W.QUEUE_WAITED),
      heldBack: lanes.time(lanes.links + core, W.WAITED),
      longestQueue: cores.word(core, W.LONGEST_QUEUE),
    }));
  }

  /** What bounded the steps so far, most steps first. */
  bounds(): readonly BoundCount[] {
    return this.#bounds.list();
  }
}

function check(costs: MeshCosts, occupation: number | null): void {
  const { hopEast, hopWest, hopNorth, hopSouth, barrier, linkBuffer } = costs;
  const hops = [hopEast, hopWest, hopNorth, hopSouth];
  const times: [string, number][] = hops.map((time, i) => [`hop ${DIRECTIONS[i]!}`, time]);
  times.push(['barrier', barrier]);
  if (occupation !== null) times.push(['occupation of a link', occupation]);
  const violations: Violation[] = times
    .filter(([, time]) => !Number.isSafeInteger(time) || time < 0)
    .map(([subject, time]) => ({
      subject: `mesh: ${subject}`,
      message: `${time} is not a whole number of ps of at least 0`,
      hint: 'round latencies to whole ps',
    }));
  if (linkBuffer !== Number.POSITIVE_INFINITY && !(Number.isSafeInteger(linkBuffer) && linkBuffer >= 1)) {
    violations.push({
      subject: 'mesh: link buffer',
      message: `${linkBuffer} is not a whole number of messages of at least 1`,
      hint: 'a router passes on only what it can hold; Infinity is no limit',
    });
  }
  if (violations.length > 0) throw new ViolationsError('E_USAGE', violations);
}
