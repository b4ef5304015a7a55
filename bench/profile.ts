/**
 * Where a run's time goes: W1 to W4 in this thread under V8's profiler, every sample given to the part of a step whose
 * function is on its stack. Kernels are found by the names of the module's exports.
 */
import type { Profiler } from 'node:inspector';
import { Session } from 'node:inspector/promises';
import { SHARED_KERNELS } from '../cores/kernels.wasm.js';
import { Chip, type ChipImage, type ChipOptions } from '../routing/index.js';
import { compile } from '../src/index.js';
import type { Experiment, Settings } from './experiment.js';
import { duration, type Finding } from './report.js';
import { WORKLOADS, type Workload } from './workloads.js';

const INTERVAL_US = 100;
const WARM_UP = 3;

const PARTS = ['delivery', 'integration', 'exchange', 'recording', 'the step'] as const;
type Part = (typeof PARTS)[number];
const KERNELS: Readonly<Record<string, Part>> = {
  deliver: 'delivery',
  deliverSpikes: 'delivery',
  integrate: 'integration',
  emit: 'exchange',
};

type Node = Profiler.ProfileNode;

/** Names of functions in profiles to parts of a step. An exported function's own name is its index in the module. */
async function kernelNames(): Promise<ReadonlyMap<string, Part>> {
  const memory = new WebAssembly.Memory({ initial: 1, maximum: 1, shared: true });
  const module = await WebAssembly.compile(Buffer.from(SHARED_KERNELS, 'base64'));
  const { exports } = await WebAssembly.instantiate(module, { env: { memory } });
  return new Map(
    Object.entries(KERNELS).map(([name, part]) => [
      `wasm-function[${(exports[name] as { readonly name: string }).name}]`,
      part,
    ]),
  );
}

/** The part of a node, or of the nearest of those that called it. */
function partOf({ callFrame: { functionName, url } }: Node, kernels: ReadonlyMap<string, Part>): Part | null {
  const kernel = kernels.get(functionName);
  if (kernel !== undefined) return kernel;
  if (url.endsWith('/recorder.js') || url.endsWith('/spike-log.js')) return 'recording';
  return url.endsWith('/tick.js') || url.endsWith('/leg.js') || url.endsWith('/busy.js') ? 'the step' : null;
}

/** A run on a fresh chip: the profile holds `chip.run` and nothing else. */
async function profiledRun(image: ChipImage, steps: number, session: Session | null, options: ChipOptions) {
  await using chip = await Chip.open(image, options);
  await session?.post('Profiler.start');
  await chip.run(steps);
  return session === null ? null : (await session.post('Profiler.stop')).profile;
}

async function measure(workload: Workload, { kernels, reps, say }: Settings): Promise<Finding> {
  const { name, profile, coreSize, steps } = workload;
  say(`${name}, in this thread`);
  const size = coreSize === null ? {} : { coreSize };
  const { image } = compile(workload.build(), { profile, ...size });
  const names = await kernelNames();
  for (let i = 0; i < WARM_UP; i++) await profiledRun(image, steps, null, { kernels });

  const session = new Session();
  session.connect();
  await session.post('Profiler.enable');
  await session.post('Profiler.setSamplingInterval', { interval: INTERVAL_US });
  const seconds = Object.fromEntries(PARTS.map((part) => [part, 0])) as Record<Part, number>;
  for (let i = 0; i < reps; i++) {
    const { nodes, samples, timeDeltas } = (await profiledRun(image, steps, session, { kernels }))!;
    const parts = new Map<number, Part | null>();
    const inherit = (node: Node, above: Part | null): void => {
      const part = partOf(node, names) ?? above;
      parts.set(node.id, part);
      for (const child of node.children ?? []) inherit(byId.get(child)!, part);
    };
    const byId = new Map(nodes.map((node) => [node.id, node]));
    inherit(nodes[0]!, null);
    samples!.forEach((id, k) => {
      const part = parts.get(id);
      if (part != null) seconds[part] += timeDeltas![k]! / 1e6 / reps;
    });
  }
  session.disconnect();
  const total = PARTS.reduce((sum, part) => sum + seconds[part], 0);
  const row = PARTS.map((part) => [
    part,
    `${duration(seconds[part])} (${Math.round((100 * seconds[part]) / total)} %)`,
  ]);
  return {
    kind: 'profile',
    name: `profile/${name}`,
    data: { kernels, steps, seconds: { ...seconds, total } },
    row: { workload: name, 'a run': duration(total), ...Object.fromEntries(row) },
  };
}

export const experiments: readonly Experiment[] = [
  {
    name: 'profile',
    title: 'parts of a run of W1 to W4, by the profiler, one worker',
    quick: false,
    run: async (settings) => {
      const findings: Finding[] = [];
      for (const workload of WORKLOADS) findings.push(await measure(workload, settings));
      return findings;
    },
  },
];
