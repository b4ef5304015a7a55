/**
 * The files of a run directory as bytes by name: manifest, spikes, traces, counters, image, checkpoints.
 * Pure, and without clock or host: equal runs give equal bytes, whatever the workers and kernels.
 */
import { SeamountError } from '../../cores/index.js';
import type { Checkpoint, ChipCounters, ChipImage, Recording, Trace } from '../../routing/index.js';
import { VERSION } from '../version.js';
import { encodeCheckpoint } from './checkpoint-file.js';
import { encodeImage } from './codec.js';
import { imageHash } from './content-hash.js';
import { countersObject } from './counters-object.js';
import { hexadecimal, sha256 } from './digest.js';
import { encodeSpikes } from './encode-spikes.js';
import { MANIFEST_FILE, type Manifest, RUN_SCHEMA, type RunFacts } from './manifest.js';
import type { NpyArray } from './npy.js';
import { writeNpz } from './npz.js';
import type { SpikeFormat } from './spike-format.js';

export const IMAGE_FILE = 'image.smt';
export const TRACES_FILE = 'traces.npz';
export const COUNTERS_FILE = 'counters.json';
export const spikesFile = (format: SpikeFormat): string => `spikes.${format}`;
export const checkpointFile = (step: number): string => `checkpoint-${step}.smc`;

/** What a run leaves behind. */
export interface FinishedRun {
  readonly image: ChipImage;
  /** Of the steps that were run, `from` .. `to`. */
  readonly recording: Recording;
  readonly counters: ChipCounters;
  readonly stateHash: string;
  /** Per population of the image: spikes since step 1, recorded or not. */
  readonly populationSpikes: readonly number[];
  /** The last step that was asked for. */
  readonly stepsAsked: number;
  readonly interrupted: boolean;
  /** As the user gave it, without `node` and script; empty for runs from a program. */
  readonly command: readonly string[];
  readonly checkpoints: readonly Checkpoint[];
  /** Further files by name: accounts (account-files.ts). */
  readonly further?: ReadonlyMap<string, Uint8Array>;
}

const json = (value: unknown): Uint8Array =>
  new TextEncoder().encode(`${JSON.stringify(value, undefined, 2)}\n`);

/** What a manifest says of a file. */
export const fileEntry = async (bytes: Uint8Array): Promise<Manifest['files'][string]> => ({
  bytes: bytes.length,
  sha256: hexadecimal(await sha256(bytes)),
});

/** `exc.v`; a second probe of the same gets `exc.v.1`. */
function traceNames(traces: readonly Trace[], image: ChipImage): readonly string[] {
  const taken = new Set<string>();
  return traces.map(({ probe, variable }) => {
    const base = `${image.populations[image.probes[probe]!.population]!.label}.${variable}`;
    let name = base;
    for (let i = 1; taken.has(name); i++) name = `${base}.${i}`;
    taken.add(name);
    return name;
  });
}

/** Per trace `name` [steps, neurons], `name.steps` and `name.neurons`. */
function tracesNpz(traces: readonly Trace[], names: readonly string[]): Uint8Array {
  const arrays = new Map<string, NpyArray>();
  traces.forEach(({ steps, neurons, samples }, i) => {
    arrays.set(names[i]!, { data: samples, shape: [steps.length, neurons.length] });
    arrays.set(`${names[i]}.steps`, { data: steps, shape: [steps.length] });
    arrays.set(`${names[i]}.neurons`, { data: neurons, shape: [neurons.length] });
  });
  return writeNpz(arrays);
}

/** An image too large for a file must not cost the results of its run. */
function encodedImage(image: ChipImage): Uint8Array | undefined {
  try {
    return encodeImage(image);
  } catch (cause) {
    if (cause instanceof SeamountError && cause.code === 'E_CAPACITY') return undefined;
    throw cause;
  }
}

export function runFacts(run: FinishedRun): RunFacts {
  const { image, recording } = run;
  const names = traceNames(recording.traces, image);
  return {
    schema: RUN_SCHEMA,
    version: VERSION,
    image: imageHash(image),
    profile: image.profile.name,
    notice: image.profile.notice,
    seed: image.seed,
    dt: image.dt,
    steps: { from: recording.from, to: recording.to, asked: run.stepsAsked },
    interrupted: run.interrupted,
    command: run.command,
    stateHash: run.stateHash,
    spikes: recording.spikes.ids.length,
    populations: image.populations.map(({ label, kind, size, firstId }, i) => ({
      label,
      kind,
      size,
      firstId,
      spikes: run.populationSpikes[i] ?? 0,
    })),
    traces: recording.traces.map(({ probe, variable }, i) => ({
      name: names[i]!,
      population: image.populations[image.probes[probe]!.population]!.label,
      variable,
      probe,
    })),
  };
}

/** The files of a run directory, the manifest last. */
export async function runFiles(
  run: FinishedRun,
  formats: readonly SpikeFormat[],
): Promise<ReadonlyMap<string, Uint8Array>> {
  const { image, recording, counters } = run;
  const files = new Map<string, Uint8Array>();
  for (const format of formats)
    files.set(spikesFile(format), encodeSpikes(recording.spikes, format, image.populations));
  const facts = runFacts(run);
  const names = facts.traces.map(({ name }) => name);
  if (names.length > 0) files.set(TRACES_FILE, tracesNpz(recording.traces, names));
  files.set(COUNTERS_FILE, json(countersObject(counters)));
  for (const [name, bytes] of run.further ?? []) files.set(name, bytes);
  const imageBytes = encodedImage(image);
  if (imageBytes !== undefined) files.set(IMAGE_FILE, imageBytes);
  const checkpoints = [...run.checkpoints].sort((a, b) => a.step - b.step);
  for (const checkpoint of checkpoints)
    files.set(checkpointFile(checkpoint.step), await encodeCheckpoint(checkpoint, image));

  const manifest: Manifest = {
    ...facts,
    checkpoints: checkpoints.map(({ step }) => checkpointFile(step)),
    files: Object.fromEntries(
      await Promise.all([...files].map(async ([name, bytes]) => [name, await fileEntry(bytes)] as const)),
    ),
  };
  files.set(MANIFEST_FILE, json(manifest));
  return files;
}
