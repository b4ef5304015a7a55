/** Compile and run in one call. */
import {
  Chip,
  type ChipImage,
  type ChipOptions,
  joinRecordings,
  type Recording,
} from '../../routing/index.js';
import { Account, type AccountOptions, type Accounts } from '../account/account.js';
import { type CompileOptions, compile } from '../compiler/compile.js';
import type { CompileReport } from '../compiler/report.js';
import { NeurobenchMeter, type NeurobenchOptions } from '../neurobench/meter.js';
import type { NeurobenchReport } from '../neurobench/report.js';
import { LegPace } from './leg-pace.js';
import { Network } from './network.js';
import { type PopulationSpikes, type PopulationTrace, spikesByPopulation, tracesOf } from './results.js';

export interface SimulateOptions
  extends CompileOptions,
    Pick<ChipOptions, 'workers' | 'kernels' | 'pool' | 'stallMs'> {
  /** Timesteps, from step 1. */
  readonly steps: number;
  /** Also reckon events and, where a model is named, time: `reportsOf` prices the result. `simulate` only. */
  readonly account?: AccountOptions;
  /** Also count NeuroBench's metrics; layers are the projections where a network is given. `simulate` only. */
  readonly neurobench?: NeurobenchOptions;
  /** Stops at a step boundary with E_ABORTED. */
  readonly signal?: AbortSignal;
  /** Told about ten times a second how many of the steps are done. */
  readonly onProgress?: (done: number, steps: number) => void;
}

export interface Simulation {
  readonly image: ChipImage;
  /** null when an image was given. */
  readonly report: CompileReport | null;
  readonly steps: number;
  /** By population label, of cells and sources alike; what `Network.probe` says of spikes holds. */
  readonly spikes: ReadonlyMap<string, PopulationSpikes>;
  /** In the order of probes, then of their variables. */
  readonly traces: readonly PopulationTrace[];
  readonly counters: ReturnType<Chip['counters']>;
  /** What the run is charged for; null unless `account` was given. */
  readonly accounts: Accounts | null;
  /** null unless `neurobench` was given. */
  readonly neurobench: NeurobenchReport | null;
  /** Hash of state and counters at the end: the same for any workers and kernels. */
  readonly stateHash: string;
}

/** Runs a network (or a compiled image) from step 1 and returns all that its probes recorded. Throws as `compile` and `Chip`. */
export async function simulate(target: Network | ChipImage, options: SimulateOptions): Promise<Simulation> {
  const { image, report } = imageOf(target, options);
  const { steps, signal, onProgress } = options;
  const account = options.account === undefined ? null : new Account(image, options.account);
  const meter = options.neurobench === undefined ? null : meterOf(target, image, options.neurobench);
  meter?.samplesIn(steps);
  await using chip = await openChip(image, options);
  account?.begin(chip);
  const recording =
    account === null && meter === null
      ? await chip.run(steps, { ...(signal ? { signal } : {}), ...(onProgress ? { onProgress } : {}) })
      : await runWith([account, meter], chip, options);
  const counters = chip.counters();
  return {
    image,
    report,
    steps,
    spikes: spikesByPopulation(image, recording),
    traces: tracesOf(image, recording),
    counters,
    accounts: account?.end(chip) ?? null,
    neurobench: meter?.report(counters) ?? null,
    stateHash: chip.stateHash(),
  };
}

function meterOf(target: Network | ChipImage, image: ChipImage, options: NeurobenchOptions): NeurobenchMeter {
  return new NeurobenchMeter(image, {
    ...(target instanceof Network ? { network: target } : {}),
    ...options,
  });
}

/** Runs all steps and tells of them; what only those who are told read, and which may be large, is let go of. */
async function runWith(
  told: readonly (Account | NeurobenchMeter | null)[],
  chip: Chip,
  { steps, signal, onProgress }: SimulateOptions,
): Promise<Recording> {
  const kept = (part: Recording): Recording => ({ ...part, activity: null, membraneUpdates: null });
  const parts: Recording[] = [kept(await chip.run(0))];
  const pace = new LegPace();
  const every = onProgress ? { every: () => pace.next() } : {};
  for await (const part of chip.legs(steps, { ...(signal ? { signal } : {}), ...every })) {
    for (const one of told) one?.add(part);
    parts.push(kept(part));
    onProgress?.(part.to, steps);
  }
  return { ...joinRecordings(parts), to: chip.step };
}

/**
 * As `simulate`, piece by piece: recordings of consecutive steps as the chip hands them out, with network ids
 * (`PopulationImage.firstId`). Leaving the loop ends the run.
 */
export async function* stream(
  target: Network | ChipImage,
  options: SimulateOptions & { readonly every?: number },
): AsyncGenerator<Recording, void, undefined> {
  const { steps, signal, every, onProgress } = options;
  await using chip = await openChip(imageOf(target, options).image, options);
  const legs = chip.legs(steps, { ...(signal ? { signal } : {}), ...(every ? { every } : {}) });
  for await (const recording of legs) {
    onProgress?.(recording.to, steps);
    yield recording;
  }
}

function imageOf(
  target: Network | ChipImage,
  options: CompileOptions,
): { readonly image: ChipImage; readonly report: CompileReport | null } {
  return target instanceof Network ? compile(target, options) : { image: target, report: null };
}

function openChip(image: ChipImage, options: SimulateOptions): Promise<Chip> {
  const { workers, kernels, pool, stallMs, onOverflow, steps, account, neurobench } = options;
  const needs = account === undefined ? null : Account.needs(account);
  const probesSpikes = image.probes.some(({ variables }) => variables.includes('spikes'));
  return Chip.open(image, {
    recordSpikes: probesSpikes && needs?.allSpikes !== true ? 'probed' : 'all',
    ...(needs === null ? {} : { activity: needs.activity }),
    ...(neurobench === undefined ? {} : NeurobenchMeter.needs(neurobench)),
    expectedSteps: steps,
    ...(workers === undefined ? {} : { workers }),
    ...(kernels === undefined ? {} : { kernels }),
    ...(pool === undefined ? {} : { pool }),
    ...(stallMs === undefined ? {} : { stallMs }),
    ...(onOverflow === undefined ? {} : { onOverflow }),
  });
}
