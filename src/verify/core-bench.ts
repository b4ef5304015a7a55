/** Some cores side by side in one memory, stepped one by one without a chip around them. */
import {
  alone,
  type Backend,
  type BackendKind,
  type ChipProfile,
  Cluster,
  type CoreImage,
  clusterLayout,
  createBackend,
  placeCluster,
  SeamountError,
} from '../../cores/index.js';

const PAGE = 65_536;

export interface CoreOnBench {
  readonly image: CoreImage;
  readonly payloads: boolean;
  /** Most messages of one step, and of one step and axon. */
  readonly inboxCapacity: number;
  readonly eventsPerAxon: number;
}

export interface Bench {
  /** Each of one core. */
  readonly clusters: readonly Cluster[];
  readonly backend: Backend;
}

export async function openBench(
  list: readonly CoreOnBench[],
  profile: ChipProfile,
  kernels: BackendKind,
): Promise<Bench> {
  const plans = list.map(({ image, payloads, inboxCapacity, eventsPerAxon }, coreId) => {
    const placement = { profile, coreId, seed: 0, eventsPerAxon };
    const spec = alone(image, placement, { payloads, inboxCapacity });
    return { spec, layout: clusterLayout(spec) };
  });
  // Address 0 means "absent" in a descriptor, so the first core starts after it.
  const total = plans.reduce((sum, { layout }) => sum + layout.bytes, PAGE);
  const pages = Math.ceil(total / PAGE);
  const memory = new WebAssembly.Memory({ initial: pages, maximum: pages });
  let base = PAGE;
  const clusters = plans.map(({ spec, layout }) => {
    placeCluster(memory.buffer, base, spec, layout);
    const cluster = new Cluster(memory.buffer, base);
    base += layout.bytes;
    return cluster;
  });
  return { clusters, backend: await createBackend(memory, kernels) };
}

/** Runs step t with messages `[axon, payload]`; returns how many compartments fired. */
export function stepCore(
  { backend }: Bench,
  cluster: Cluster,
  t: number,
  messages: Iterable<readonly [axon: number, payload: number]>,
): number {
  deliverTo(backend, cluster, t, messages);
  return backend.integrate(cluster, t);
}

/** The first half of a step: messages into the delay line. */
export function deliverTo(
  backend: Backend,
  cluster: Cluster,
  t: number,
  messages: Iterable<readonly [axon: number, payload: number]>,
): void {
  for (const [axon, payload] of messages) {
    if (!cluster.push(axon, payload)) {
      throw new SeamountError('E_CAPACITY', `the inbox is full at step ${t}`, 'report this as a bug');
    }
  }
  backend.deliver(cluster, t);
}
