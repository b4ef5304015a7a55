/** A run as a report needs it: from its directory, or from memory before anything is saved. */
import { SeamountError } from '../../cores/index.js';
import type { ChipImage, Spikes } from '../../routing/index.js';
import type { CompileReport } from '../compiler/report.js';
import { ENERGY_FILE, STEPS_FILE, TIMING_FILE } from '../io/account-files.js';
import { countersObject } from '../io/counters-object.js';
import type { RunFacts } from '../io/manifest.js';
import { type FinishedRun, IMAGE_FILE, runFacts } from '../io/run-files.js';
import type { SavedRun } from '../io/saved-run.js';
import { COMPILE_FILE, type CompiledFile } from './compile-file.js';

export interface SourceTrace {
  readonly name: string;
  readonly population: string;
  readonly variable: 'u' | 'v';
  readonly steps: Uint32Array;
  readonly neurons: Uint32Array;
  /** [steps x neurons] */
  readonly samples: Int32Array;
}

export interface ReportSource {
  /** For the title. */
  readonly title: string;
  readonly manifest: RunFacts;
  /** null where it was too large to be saved. */
  readonly image: ChipImage | null;
  readonly spikes: Spikes;
  readonly traces: readonly SourceTrace[];
  /** counters.json */
  readonly counters: unknown;
  readonly compile: CompileReport | null;
  /** Further files of the run by name: `FURTHER`, as far as it has them. */
  readonly files: ReadonlyMap<string, Uint8Array>;
}

/** Files beside spikes, traces and image that a report reads. */
const FURTHER = [ENERGY_FILE, TIMING_FILE, STEPS_FILE, COMPILE_FILE] as const;

const lastPart = (path: string): string => path.split(/[\\/]/).filter(Boolean).at(-1) ?? path;

/** @param title default: the network's name, else the directory's */
export async function sourceOfDirectory(run: SavedRun, title?: string): Promise<ReportSource> {
  const { manifest } = run;
  const files = new Map<string, Uint8Array>();
  for (const name of FURTHER) {
    const bytes = await run.bytesOf(name);
    if (bytes !== null) files.set(name, bytes);
  }
  const compiled = parsedFile<CompiledFile>(files, COMPILE_FILE, run.path);
  return {
    title: title ?? compiled?.name ?? lastPart(run.path),
    manifest,
    image: Object.hasOwn(manifest.files, IMAGE_FILE) ? await run.image() : null,
    spikes: await run.spikes(),
    traces: await run.traces(),
    counters: await run.counters(),
    compile: compiled?.report ?? null,
    files,
  };
}

export function sourceOfRun(
  run: FinishedRun,
  { title, compile }: { readonly title: string; readonly compile: CompileReport | null },
): ReportSource {
  const manifest = runFacts(run);
  return {
    title,
    manifest,
    image: run.image,
    spikes: run.recording.spikes,
    traces: run.recording.traces.map((trace, i) => ({
      ...trace,
      name: manifest.traces[i]!.name,
      population: manifest.traces[i]!.population,
    })),
    counters: countersObject(run.counters),
    compile,
    files: run.further ?? new Map(),
  };
}

/**
 * A file of the run, parsed, or null where there is none.
 * @throws {SeamountError} `E_INPUT` for what is not JSON
 */
export function parsedFile<T>(files: ReadonlyMap<string, Uint8Array>, name: string, path: string): T | null {
  const bytes = files.get(name);
  if (bytes === undefined) return null;
  try {
    return JSON.parse(new TextDecoder().decode(bytes)) as T;
  } catch (cause) {
    throw new SeamountError('E_INPUT', `${path}/${name}: is not JSON`, 'the run directory is damaged', {
      cause,
    });
  }
}
