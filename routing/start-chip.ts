/** From an image and options to a placed chip whose shards are ready. */
import { type BackendKind, type OverflowBehaviour, SeamountError } from '../cores/index.js';
import type { ActivityRecord } from './activity-log.js';
import type { Checkpoint } from './chip-state.js';
import { MAX_SHARDS } from './control.js';
import { type ChipImage, IMAGE_VERSION } from './image.js';
import { writeInFlight } from './in-flight.js';
import { jobsOf, type PlacedChip, placeChip } from './place-chip.js';
import type { Crew } from './pool.js';
import { choosePool, type PoolChoice } from './pool-choice.js';
import { chooseWorkers, processorsHere } from './worker-count.js';

export interface ChipOptions {
  /**
   * Threads to share the cores among, at most one per core; default 1, which runs in the calling thread. `auto`
   * takes as many as are predicted to be fastest for `expectedSteps`, 1 for small networks.
   */
  readonly workers?: number | 'auto';
  /** Steps the chip will be asked for in all; only `workers: 'auto'` looks at it. Default: many. */
  readonly expectedSteps?: number;
  /** Default `wasm`. Both give the same bits. */
  readonly kernels?: BackendKind;
  /** Where shards run. Default: the calling thread for one worker, else threads where there are any. */
  readonly pool?: PoolChoice;
  /** Milliseconds without progress after which the run is given up as stuck; default 30,000. */
  readonly stallMs?: number;
  /**
   * Which spikes recordings hold; default `all`. `probed`: those of neurons that a probe of spikes names, at
   * all steps whatever the probe's window.
   */
  readonly recordSpikes?: 'all' | 'probed' | 'none';
  /**
   * Spikes, and samples of u and v, that a shard may log before a recording must end; default 2^20 (4 MiB
   * each, taken up only when filled). Smaller means more, shorter recordings.
   */
  readonly recordingWords?: number;
  /**
   * Whether recordings say which compartments had work (recording.ts, `Activity`); default `none`. `counts`: how
   * many of each core. `compartments`: which, those that `updatesActive` counts. `voltages`: those with v not 0
   * before the step, or a bias. Marking compartments costs some 2 ns for each in every step its core is not at rest.
   */
  readonly activity?: ActivityRecord;
  /**
   * Whether recordings say, for every step and population, how many neurons have changed v or fired (recording.ts); default
   * no. Costs some 2 ns for each neuron in every step in which its core is not at rest, less where few are active.
   */
  readonly membraneUpdates?: boolean;
  /** Input spikes may carry values that multiply weights; needs a profile with graded spikes. */
  readonly payloads?: boolean;
  /** In place of the profile's. */
  readonly onOverflow?: OverflowBehaviour;
  /** Continue from here. */
  readonly checkpoint?: Checkpoint;
}

/** For which the start of threads does not count. */
const MANY_STEPS = 1e9;
const STALL_MS = 30_000;
const RECORDING_WORDS = 1 << 20;
/** Some 0.5 ms of looking (barrier.ts). */
const SPINS = 100_000;

/** Throws as `Chip.open`. */
export async function startChip(
  image: ChipImage,
  options: ChipOptions,
): Promise<{ readonly chip: PlacedChip; readonly crew: Crew }> {
  checkVersion(image);
  const {
    workers = 1,
    kernels = 'wasm',
    stallMs = STALL_MS,
    recordSpikes = 'all',
    recordingWords: legWords = RECORDING_WORDS,
    activity = 'none',
    membraneUpdates = false,
    payloads = false,
    onOverflow = null,
  } = options;
  const refuse = (message: string): never => {
    throw new SeamountError('E_USAGE', message);
  };
  if (workers !== 'auto' && (!Number.isInteger(workers) || workers < 1 || workers > MAX_SHARDS)) {
    refuse(`workers must be 1 to ${MAX_SHARDS} or auto, got ${workers}`);
  }
  if (!(stallMs > 0)) refuse(`stallMs must be positive, got ${stallMs}`);
  if (!(Number.isInteger(legWords) && legWords >= 0)) {
    refuse(`recordingWords must be a whole number, got ${legWords}`);
  }
  if (payloads && !image.profile.rules.graded) refuse(`profile ${image.profile.name} has no graded spikes`);

  const { expectedSteps = MANY_STEPS } = options;
  const wanted = workers === 'auto' ? chooseWorkers(image, await processorsHere(), expectedSteps) : workers;
  const shards = Math.max(1, Math.min(wanted, image.cores.length));
  const pool = await choosePool(options.pool, shards);
  const chip = placeChip(image, {
    shards,
    shared: pool.threads,
    recordSpikes,
    payloads,
    onOverflow,
    legWords,
    activity,
    membraneUpdates,
  });
  writeInFlight(chip, 0, new Uint32Array(0));
  const spins = pool.parallelism >= shards ? SPINS : 0;
  return { chip, crew: await pool.open(jobsOf(chip, { kernels, stallMs, spins })) };
}

function checkVersion(image: ChipImage): void {
  if (image.kind !== 'seamount-chip-image') {
    throw new SeamountError('E_INPUT', 'this is no chip image');
  }
  if (image.version !== IMAGE_VERSION) {
    throw new SeamountError(
      'E_INPUT',
      `this chip image has version ${image.version}, this program reads version ${IMAGE_VERSION}`,
      'compile the network again',
    );
  }
}
