/**
 * The mesh as a discrete-event simulation in whole picoseconds: the specification; docs/timing.md has the rules and
 * what is assumed.
 */
import { linkLatencies } from './links.js';
import { MANY, MeshClock, NOTHING } from './mesh-clock.js';
import { MeshCoreRecords } from './mesh-core-records.js';
import { MeshCores } from './mesh-cores.js';
import type { MeshEngine, StepRun } from './mesh-engine.js';
import { MeshLanes } from './mesh-lanes.js';
import { MeshMessages } from './mesh-messages.js';
import { PortSet } from './mesh-ports.js';
import { MeshRouters } from './mesh-routers.js';
import { NONE } from './mesh-words.js';
import type { MeshCosts, MeshGeometry, StepMessages } from './step-messages.js';

export class ScalarMesh implements MeshEngine {
  readonly kernels = 'scalar';
  readonly lanes: MeshLanes;
  readonly cores: MeshCoreRecords;
  readonly messages = new MeshMessages();
  readonly #clock: MeshClock;
  readonly #ports: PortSet;
  readonly #routers: MeshRouters;
  readonly #cores: MeshCores;

  constructor(geometry: MeshGeometry, costs: MeshCosts, occupation: number | null) {
    const { cores } = geometry;
    this.lanes = new MeshLanes(geometry, costs, occupation);
    this.cores = new MeshCoreRecords(geometry);
    this.#clock = new MeshClock(2 * cores, linkLatencies(costs), occupation);
    this.#ports = new PortSet(3 * cores + this.lanes.links);
    const shared = { lanes: this.lanes, clock: this.#clock, ports: this.#ports, messages: this.messages };
    this.#routers = new MeshRouters(geometry, costs.linkBuffer, shared);
    this.#cores = new MeshCores(this.cores, costs.linkBuffer, { ...shared, routers: this.#routers });
  }

  run(step: StepMessages): StepRun {
    const clock = this.#clock;
    const cores = this.#cores;
    const routers = this.#routers;
    this.messages.reserve(step.first[this.cores.count]!);
    this.messages.to = step.to;
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
    return cores;
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
