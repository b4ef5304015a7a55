/** Some cores side by side in one memory, stepped one by one without a chip around them. */
import {
  type Backend,
  type BackendKind,
  type ChipProfile,
  Core,
  type CoreImage,
  coreBytes,
  createBackend,
  type Placement,
  placeCore,
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
  readonly cores: readonly Core[];
  readonly backend: Backend;
}

export async function openBench(
  list: readonly CoreOnBench[],
  profile: ChipProfile,
  kernels: BackendKind,
): Promise<Bench> {
  const plans = list.map(({ image, payloads, inboxCapacity, eventsPerAxon }, coreId) => {
    const placement: Placement = { profile, coreId, seed: 0, payloads, inboxCapacity, eventsPerAxon };
    return { image, placement, bytes: coreBytes(image, placement) };
  });
  // Address 0 means "absent" in a descriptor, so the first core starts after it.
  const total = plans.reduce((sum, plan) => sum + plan.bytes, PAGE);
  const pages = Math.ceil(total / PAGE);
  const memory = new WebAssembly.Memory({ initial: pages, maximum: pages });
  let base = PAGE;
  const cores = plans.map(({ image, placement, bytes }) => {
    placeCore(memory.buffer, base, image, placement);
    const core = new Core(memory.buffer, base);
    base += bytes;
    return core;
  });
  return { cores, backend: await createBackend(memory, kernels) };
}

/** Runs step t with messages `[axon, payload]`; returns how many compartments fired. */
export function stepCore(
  { backend }: Bench,
  core: Core,
  t: number,
  messages: Iterable<readonly [axon: number, payload: number]>,
): number {
  deliverTo(backend, core, t, messages);
  return backend.integrate(core, t);
}

/** The first half of a step: messages into the delay line. */
export function deliverTo(
  backend: Backend,
  core: Core,
  t: number,
  messages: Iterable<readonly [axon: number, payload: number]>,
): void {
  for (const [axon, payload] of messages) {
    if (!core.push(axon, payload)) {
      throw new SeamountError('E_CAPACITY', `the inbox is full at step ${t}`, 'report this as a bug');
    }
  }
  backend.deliver(core, t);
}
