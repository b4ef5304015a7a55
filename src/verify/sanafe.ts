/**
 * A net that SANA-FE ran, run here and compared with all it printed: spikes, counts, energies, both times and every
 * message, step by step. docs/sana-fe.md has the form of such a directory.
 */
import type { BackendKind } from '../../cores/index.js';
import { Chip } from '../../routing/index.js';
import { LOIHI1_SANAFE } from '../energy/profiles/loihi1-sanafe.js';
import { chipnetArchitecture } from '../sanafe/chipnet.js';
import { placeSanafe } from '../sanafe/load.js';
import { ACTIVITY, SanafeSteps } from '../sanafe/step-rows.js';
import type { VerifyProgress } from './replay-context.js';
import { type FileReport, Tally } from './report.js';
import { SanafeComparison } from './sanafe-compare.js';
import { readSanafeRecording, type SanafeFiles } from './sanafe-recording.js';

/** A directory and how to get at its files. */
export interface SanafeSource {
  readonly name: string;
  readonly files: SanafeFiles;
}

export interface SanafeOptions {
  readonly kernels: BackendKind;
  readonly workers: number;
  readonly signal?: AbortSignal | undefined;
  readonly onProgress?: ((progress: VerifyProgress) => void) | undefined;
}

/** Steps compared at a time. */
const LEG = 50;

/**
 * Replays one directory.
 * @throws {SeamountError} `E_INPUT` naming what is wrong with a file, `E_ABORTED`
 */
export async function verifySanafe(source: SanafeSource, options: SanafeOptions): Promise<FileReport> {
  const { kernels, workers, signal, onProgress } = options;
  const { name } = source;
  const recording = await readSanafeRecording(source.files, name);
  const { chipnet } = recording;
  const { image, neuronNames } = placeSanafe(chipnet.network, chipnetArchitecture(chipnet));
  const steps = new SanafeSteps(image, LOIHI1_SANAFE, {
    names: neuronNames,
    messages: recording.messages !== null,
  });
  const comparison = new SanafeComparison(recording);
  const progress = (done: number, step: number): void =>
    onProgress?.({ file: name, profile: LOIHI1_SANAFE.name, done, total: 1, step, steps: chipnet.steps });
  progress(0, 0);
  await using chip = await Chip.open(image, { kernels, workers, activity: ACTIVITY });
  const legs = chip.legs(chipnet.steps, { every: LEG, ...(signal === undefined ? {} : { signal }) });
  for await (const part of legs) {
    let spike = 0;
    for (const rows of steps.rows(part)) {
      const first = spike;
      while (part.spikes.steps[spike] === rows.step) spike++;
      comparison.step(rows, part.spikes.ids.subarray(first, spike));
    }
    progress(0, part.to);
  }
  comparison.finish();
  progress(1, chipnet.steps);
  const tally = new Tally();
  for (const mismatch of comparison.results) tally.add(mismatch);
  const { notes, notCompared } = comparison;
  const run = tally.report({ ...image.profile, name: LOIHI1_SANAFE.name }, notes, notCompared);
  const status = run.failed > 0 ? 'failed' : 'passed';
  return { file: name, kind: 'sana-fe', status, reason: '', code: '', notes: [], runs: [run] };
}
