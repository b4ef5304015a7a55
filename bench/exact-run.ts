/** One run of a workload as a user would run it, timed, and then compared with the golden figures. In Node and in a page. */
import { SeamountError } from '../cores/index.js';
import { Chip, type ChipImage, type ChipOptions, SpikeHash } from '../routing/index.js';
import type { Workload } from './workloads.js';

/** What a run must give; plain data. */
export type Golden = Pick<Workload, 'name' | 'steps' | 'inputs' | 'spikes' | 'events' | 'spikeHash'>;

export interface ExactRun {
  /** Seconds: of `Chip.open`, of `chip.run`, and of reading the counters after it. */
  readonly open: number;
  readonly run: number;
  readonly reading: number;
  readonly hash: string;
  readonly spikes: number;
  readonly events: number;
  /** Compartment updates that had work, in the timed steps. */
  readonly updates: number;
  readonly shards: number;
  /** Largest estimated share of a shard, in parts of the mean: 1 is even. */
  readonly imbalance: number;
  readonly chipBytes: number;
}

const seconds = (since: number): number => (performance.now() - since) / 1000;

/**
 * Opens a fresh chip, runs it, reads its counters, closes it. Throws as `runOn`. `settle` is called between
 * opening and running: for a collection of the chip before. Not sooner, because while no chip exists the collector
 * also takes what the compiler knows of chips, and W3 then takes 40 ms instead of 11.
 */
export async function runExactly(
  workload: Golden,
  image: ChipImage,
  options: ChipOptions,
  settle: () => Promise<void> | void = () => {},
): Promise<ExactRun> {
  const opening = performance.now();
  await using chip = await Chip.open(image, options);
  const open = seconds(opening);
  await settle();
  return { ...(await runOn(workload, chip, options)), open };
}

/**
 * Runs a chip as it is after opening or after `reset`. Throws E_MISMATCH, naming every difference, when spikes or
 * events are not the golden ones.
 *
 * The recipe counts an event when a neuron spikes, the chip when it arrives, a step later: so one more step is
 * run before the events are read, and outside the time (one of 1000 or more). Its neurons' spikes are not the
 * recipe's and have not arrived anywhere yet. Input spikes are stamped with their arrival, and those of the
 * recipe's last step arrive in that step: they belong to the hash.
 */
export async function runOn(
  workload: Golden,
  chip: Chip,
  options: ChipOptions,
): Promise<Omit<ExactRun, 'open'>> {
  const first = chip.step;
  const before = first === 0 ? null : chip.counters().totals;
  const starting = performance.now();
  const recording = await chip.run(workload.steps);
  // some counters are only summed up when they are read, so that is timed too
  const run = seconds(starting);
  const after = chip.counters().totals;
  const reading = seconds(starting) - run;
  const updates = Number(after.updatesActive - (before?.updatesActive ?? 0n));
  const extra = await chip.run(1);
  const { totals } = chip.counters();

  const hash = new SpikeHash();
  let spikes = 0;
  for (const { spikes: part } of [recording, extra])
    for (let i = 0; i < part.ids.length; i++) {
      const id = part.ids[i]!;
      // recipe steps count from 0 and stamp a source's spike when it is sent
      const step = part.steps[i]! - first - (id < workload.inputs ? 2 : 1);
      if (step >= workload.steps) continue;
      hash.add(step, id);
      spikes++;
    }
  const events = Number(eventsOf(totals) - (before === null ? 0n : eventsOf(before)));
  check(workload, { hash: hash.toString(), spikes, events }, options);
  const { shards, balance, memoryBytes } = chip;
  return {
    run,
    reading,
    hash: hash.toString(),
    spikes,
    events,
    updates,
    shards,
    imbalance: shards * Math.max(...balance.map(({ share }) => share)),
    chipBytes: memoryBytes,
  };
}

type Totals = ReturnType<Chip['counters']>['totals'];

const eventsOf = ({ synapticEventsSparse, synapticEventsDense, synapticEventsConv }: Totals): bigint =>
  synapticEventsSparse + synapticEventsDense + synapticEventsConv;

function check(
  { name, spikeHash: hash, spikes, events }: Golden,
  found: { readonly hash: string; readonly spikes: number; readonly events: number },
  { workers = 1, kernels = 'wasm' }: ChipOptions,
): void {
  const wanted = { hash, spikes, events };
  const wrong = (['hash', 'spikes', 'events'] as const)
    .filter((key) => found[key] !== wanted[key])
    .map((key) => `${key} ${found[key]}, expected ${wanted[key]}`);
  if (wrong.length > 0)
    throw new SeamountError(
      'E_MISMATCH',
      `${name} with workers ${workers}, ${kernels} kernels: ${wrong.join('; ')}`,
    );
}
