/**
 * Timing model `mesh`: the messages of a step go through the actual mesh, link by link, with finite buffers and
 * back-pressure. A discrete-event simulation in whole picoseconds; docs/timing.md has the rules and what is assumed.
 */
import { SeamountError, type Violation, ViolationsError } from '../../cores/index.js';
import { DIRECTIONS, linkLatencies } from './links.js';
import { boundOf } from './mesh-bound.js';
import { MANY, MeshClock, NOTHING } from './mesh-clock.js';
import { MeshCores } from './mesh-cores.js';
import { CARRIED, FULLEST, LONGEST, MeshLanes, NONE, OCCUPATION, WAITED } from './mesh-lanes.js';
import { type BoundCount, BoundCounts, type CoreLoad, type LinkLoad } from './mesh-load.js';
import { MeshMessages } from './mesh-messages.js';
import { PortSet } from './mesh-ports.js';
import { MeshRouters } from './mesh-routers.js';
import type { MeshCosts, MeshGeometry, StepMessages, StepTime, TimingModel } from './step-messages.js';

export interface MeshOptions {
  /** ps for which a message keeps a link busy; 0 is infinite bandwidth. Default: the latency of the link's hop. */
  readonly occupation?: number;
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
  readonly #costs: MeshCosts;
  readonly #lanes: MeshLanes;
  readonly #clock: MeshClock;
  readonly #ports: PortSet;
  readonly #messages = new MeshMessages();
  readonly #routers: MeshRouters;
  readonly #cores: MeshCores;
  readonly #bounds = new BoundCounts();

  /** Throws E_USAGE where a cost is not a whole number of ps of at least 0, or a buffer holds no message. */
  constructor(geometry: MeshGeometry, costs: MeshCosts, options: MeshOptions = {}) {
    const occupation = options.occupation ?? null;
    check(costs, occupation);
    const { cores } = geometry;
    const latencies = linkLatencies(costs);
    this.#costs = costs;
    this.#lanes = new MeshLanes(geometry, costs, occupation);
    this.#clock = new MeshClock(2 * cores, latencies, occupation);
    this.#ports = new PortSet(3 * cores + 4 * geometry.width * geometry.height);
    const shared = {
      lanes: this.#lanes,
      clock: this.#clock,
      ports: this.#ports,
      messages: this.#messages,
    };
    this.#routers = new MeshRouters(geometry, costs.linkBuffer, shared);
    this.#cores = new MeshCores(cores, costs.linkBuffer, { ...shared, routers: this.#routers });
  }

  /** Time of one step. Throws E_STALL if a message does not arrive, which no finite times can bring about. */
  step(step: StepMessages): StepTime {
    const clock = this.#clock;
    const cores = this.#cores;
    const routers = this.#routers;
    const count = step.first[routers.cores]!;
    this.#messages.reserve(count, step.to);
    clock.reset();
    routers.reset();
    cores.begin(step);
    for (let due = MANY; due !== NOTHING; due = clock.advance()) {
      if (due === MANY) {
        routers.settle();
        cores.settle();
      } else {
        const message = routers.settleOne(due);
        if (message !== NONE) cores.accept(message);
      }
      this.#act();
    }
    if (cores.received !== count) {
      throw new SeamountError(
        'E_STALL',
        `mesh: ${count - cores.received} of ${count} messages of step ${step.step} did not arrive`,
        'times must be finite; with finite ones this is a defect of seamount, please report it',
      );
    }
    const bound = boundOf(step, cores, this.#messages, {
      links: routers.links,
      barrier: this.#costs.barrier,
    });
    this.#bounds.add(bound);
    const time = Math.max(cores.lastSender.time, cores.lastReceiver.time) + this.#costs.barrier;
    return { time, bound };
  }

  /** Of the last step. */
  get times(): MeshTimes {
    return this.#messages;
  }

  /** Links that carried a message so far, ascending. */
  links(): LinkLoad[] {
    const lanes = this.#lanes;
    const loads: LinkLoad[] = [];
    for (let link = 0; link < lanes.links; link++) {
      const messages = lanes.time(link, CARRIED);
      if (messages === 0) continue;
      loads.push({
        link,
        messages,
        busy: messages * lanes.time(link, OCCUPATION),
        waited: lanes.time(link, WAITED),
        longestWait: lanes.time(link, LONGEST),
        fullest: lanes.word(link, FULLEST),
      });
    }
    return loads;
  }

  /** All cores. */
  cores(): CoreLoad[] {
    const lanes = this.#lanes;
    const cores = this.#cores;
    return Array.from(cores.blocked, (blocked, core) => ({
      core,
      blocked,
      fullestInjection: lanes.word(lanes.links + core, FULLEST),
      processing: cores.processing[core]!,
      queued: cores.waited[core]!,
      heldBack: lanes.time(lanes.links + core, WAITED),
      longestQueue: cores.longestQueue[core]!,
    }));
  }

  /** What bounded the steps so far, most steps first. */
  bounds(): readonly BoundCount[] {
    return this.#bounds.list();
  }

  /** Lets ports act, the lowest first, until none can. */
  #act(): void {
    const ports = this.#ports;
    const cores = this.#cores;
    const routers = this.#routers;
    const links = routers.cores;
    const ejections = links + routers.links;
    const senders = ejections + routers.cores;
    for (let port = ports.next(); port >= 0; port = ports.next()) {
      if (port < links) cores.receive(port);
      else if (port < ejections) routers.start(port - links);
      else if (port < senders) cores.eject(port - ejections);
      else cores.send(port - senders);
    }
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
