/** `--sana-fe-csv`: spikes.csv, perf.csv and messages.csv as SANA-FE writes them, in a directory of their own. */
import { SeamountError } from '../../cores/index.js';
import type { Recording } from '../../routing/index.js';
import { listDirectory, pathKind } from '../io/read-file.js';
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

export class SanafeCsv {
  readonly #directory: string;
  readonly #loaded: LoadedSanafe;
  readonly #steps: SanafeSteps;
  readonly #spikes: string[] = [SPIKES_HEADER];
  readonly #perf: string[] = [PERF_HEADER];
  readonly #messages: string[] = [MESSAGES_HEADER];

  private constructor(directory: string, loaded: LoadedSanafe) {
    this.#directory = directory;
    this.#loaded = loaded;
    this.#steps = new SanafeSteps(loaded.image, loaded.costs, {
      names: loaded.neuronNames,
      messages: true,
    });
  }

  /** @throws {SeamountError} E_USAGE where something is there already */
  static async open(directory: string, loaded: LoadedSanafe): Promise<SanafeCsv> {
    const kind = await pathKind(directory);
    if (kind === 'file' || (kind === 'directory' && (await listDirectory(directory)).length > 0))
      throw new SeamountError(
        'E_USAGE',
        `${directory}: is there already, and not empty`,
        'choose a new name for --sana-fe-csv',
      );
    return new SanafeCsv(directory, loaded);
  }

  /** Takes up the steps of a recording: all of a run's, in order. */
  add(recording: Recording): void {
    const { steps, ids } = recording.spikes;
    const { neuronNames, logged } = this.#loaded;
    for (let i = 0; i < ids.length; i++)
      if (logged[ids[i]!])
        this.#spikes.push(spikeLine({ source: neuronNames[ids[i]!]!, timestep: steps[i]! }));
    for (const { perf, messages } of this.#steps.rows(recording)) {
      this.#perf.push(perfLine(perf));
      for (const message of messages) this.#messages.push(messageLine(message));
    }
  }

  /** Writes the directory, whole or not at all. */
  write(): Promise<void> {
    const bytes = (lines: readonly string[]): Uint8Array => new TextEncoder().encode(`${lines.join('\n')}\n`);
    return writeDirectoryWhole(
      this.#directory,
      new Map([
        ['spikes.csv', bytes(this.#spikes)],
        ['perf.csv', bytes(this.#perf)],
        ['messages.csv', bytes(this.#messages)],
      ]),
    );
  }
}
