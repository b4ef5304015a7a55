/** `--sana-fe-csv`: spikes.csv, perf.csv and messages.csv as SANA-FE writes them, in a directory of their own. */
import { SeamountError } from '../../cores/index.js';
import type { Recording } from '../../routing/index.js';
import type { TimingName } from '../account/step-clock.js';
import { listDirectory, pathKind } from '../io/read-file.js';
import { TextBytes } from '../io/text-bytes.js';
import { writeDirectoryWhole } from '../io/write-file.js';
import type { LoadedSanafe } from '../sanafe/load.js';
import {
  MESSAGES_HEADER,
  messageLine,
  PERF_HEADER,
  perfLine,
  SPIKES_HEADER,
  spikeLine,
} from '../sanafe/outputs.js';
import { SanafeSteps } from '../sanafe/step-rows.js';

/** As `--timing` says; undefined where it does not. */
export type AskedTiming = TimingName | 'off' | undefined;

export class SanafeCsv {
  /** What a user who asked for another model must know; empty where there is nothing. */
  readonly notice: string;
  readonly #directory: string;
  readonly #loaded: LoadedSanafe;
  /** SANA-FE has two models with times of its own; what is neither is timed as it does by default. */
  readonly #isSimple: boolean;
  readonly #steps: SanafeSteps;
  readonly #spikes = new TextBytes();
  readonly #perf = new TextBytes();
  readonly #messages = new TextBytes();

  private constructor(directory: string, loaded: LoadedSanafe, timing: AskedTiming) {
    this.#directory = directory;
    this.#loaded = loaded;
    this.#isSimple = timing === 'simple';
    this.notice =
      timing === 'mesh'
        ? `${directory}/perf.csv and messages.csv have the times of model detailed: SANA-FE has no model mesh`
        : '';
    this.#steps = new SanafeSteps(loaded.image, loaded.costs, {
      names: loaded.neuronNames,
      messages: true,
    });
    this.#spikes.add(`${SPIKES_HEADER}\n`);
    this.#perf.add(`${PERF_HEADER}\n`);
    this.#messages.add(`${MESSAGES_HEADER}\n`);
  }

  /** @throws {SeamountError} E_USAGE where something is there already */
  static async open(directory: string, loaded: LoadedSanafe, timing: AskedTiming): Promise<SanafeCsv> {
    const kind = await pathKind(directory);
    if (kind === 'file' || (kind === 'directory' && (await listDirectory(directory)).length > 0))
      throw new SeamountError(
        'E_USAGE',
        `${directory}: is there already, and not empty`,
        'choose a new name for --sana-fe-csv',
      );
    return new SanafeCsv(directory, loaded, timing);
  }

  /** Takes up the steps of a recording: all of a run's, in order. */
  add(recording: Recording): void {
    const { steps, ids } = recording.spikes;
    const { neuronNames, logged } = this.#loaded;
    for (let i = 0; i < ids.length; i++)
      if (logged[ids[i]!])
        this.#spikes.add(`${spikeLine({ source: neuronNames[ids[i]!]!, timestep: steps[i]! })}\n`);
    for (const { perf, simpleTime, messages } of this.#steps.rows(recording)) {
      this.#perf.add(`${perfLine(this.#isSimple ? { ...perf, simTime: simpleTime } : perf)}\n`);
      for (const message of messages) this.#messages.add(`${messageLine(message)}\n`);
    }
  }

  /** Writes the directory, whole or not at all. */
  write(): Promise<void> {
    return writeDirectoryWhole(
      this.#directory,
      new Map([
        ['spikes.csv', this.#spikes.bytes()],
        ['perf.csv', this.#perf.bytes()],
        ['messages.csv', this.#messages.bytes()],
      ]),
    );
  }
}
