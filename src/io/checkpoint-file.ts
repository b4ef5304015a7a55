/**
 * Checkpoints as bytes: a mark, the SHA-256 of the rest, and the rest, which is an `.npz` of the whole chip's
 * state (so numpy can look into it too). A changed, truncated or foreign file is refused, and so is a
 * checkpoint of another image: state means nothing without the network it is of.
 */
import { type CoreState, SeamountError } from '../../cores/index.js';
import { CHECKPOINT_VERSION, type Checkpoint, type ChipImage } from '../../routing/index.js';
import { list, object, required } from '../netfile/container-shapes.js';
import { Findings, pathText } from '../netfile/findings.js';
import { integer, text } from '../netfile/shape.js';
import { imageHash } from './content-hash.js';
import { hexadecimal, sha256 } from './digest.js';
import type { NpyArray, NpyData } from './npy.js';
import { readNpz, writeNpz } from './npz.js';

/** Not text in any encoding, like the mark of a PNG. */
const MARK = Uint8Array.of(0x93, 0x53, 0x4d, 0x54, 0x43, 0x4b, 0x0d, 0x0a);
const DIGEST_BYTES = 32;
const HEAD = MARK.length + DIGEST_BYTES;

const count = integer({ min: 0 });
const aboutShape = object('a checkpoint', {
  version: required(count),
  step: required(count),
  image: required(text()),
  /** Compartments of each core. */
  compartments: required(list(count)),
});

/** What a checkpoint says of itself. */
export interface CheckpointAbout {
  readonly version: number;
  readonly step: number;
  /** `imageHash` of its image. */
  readonly image: string;
  readonly compartments: readonly number[];
}

const bad = (name: string, message: string, hint = '', cause?: unknown): SeamountError =>
  new SeamountError('E_INPUT', `${name}: ${message}`, hint, { cause });

export const isCheckpoint = (bytes: Uint8Array): boolean => MARK.every((byte, i) => bytes[i] === byte);

type StateName = Exclude<keyof CoreState, 'pending' | 'theta'>;
const STATE: Readonly<Record<StateName, new (length: number) => Int32Array | Uint32Array>> = {
  u: Int32Array,
  v: Int32Array,
  refractory: Int32Array,
  spikeCounts: Uint32Array,
  counters: Uint32Array,
};
const STATE_NAMES = Object.keys(STATE) as readonly StateName[];

const NOTHING = new Int32Array(0);

const vector = (data: NpyData): NpyArray => ({ data, shape: [data.length] });

/** One array of all cores' parts, in core order. */
function joined<T extends Int32Array | Uint32Array>(make: new (length: number) => T, parts: readonly T[]): T {
  const whole = new make(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}

/** The bytes of a checkpoint of a chip that runs `image`. */
export async function encodeCheckpoint(checkpoint: Checkpoint, image: ChipImage): Promise<Uint8Array> {
  const { cores, step, inFlight, sourceSpikes, lost, input } = checkpoint;
  const about: CheckpointAbout = {
    version: CHECKPOINT_VERSION,
    step,
    image: imageHash(image),
    compartments: cores.map(({ u }) => u.length),
  };
  const arrays = new Map<string, NpyArray>([
    ['about', vector(new TextEncoder().encode(JSON.stringify(about)))],
    ...STATE_NAMES.map(
      (name) =>
        [
          name,
          vector(
            joined(
              STATE[name],
              cores.map((core) => core[name]),
            ),
          ),
        ] as const,
    ),
    [
      'pending',
      vector(
        joined(
          Int32Array,
          cores.map((core) => core.pending),
        ),
      ),
    ],
    ['pendingLengths', vector(Uint32Array.from(cores, (core) => core.pending.length))],
    [
      'theta',
      vector(
        joined(
          Int32Array,
          cores.map(({ theta }) => theta ?? NOTHING),
        ),
      ),
    ],
    ['hasTheta', vector(Uint8Array.from(cores, ({ theta }) => (theta === undefined ? 0 : 1)))],
    ['inFlight', vector(inFlight)],
    ['sourceSpikes', vector(sourceSpikes)],
    ['lost', vector(lost)],
    ['inputSteps', vector(input.steps)],
    ['inputSources', vector(input.sources)],
    ['inputValues', vector(input.values)],
  ]);
  const body = writeNpz(arrays);
  const bytes = new Uint8Array(HEAD + body.length);
  bytes.set(MARK);
  bytes.set(await sha256(body), MARK.length);
  bytes.set(body, HEAD);
  return bytes;
}

/** Arrays of a whole, unchanged checkpoint file. */
async function open(bytes: Uint8Array, name: string): Promise<ReadonlyMap<string, NpyArray>> {
  if (!isCheckpoint(bytes)) throw bad(name, 'is no checkpoint of seamount');
  const body = bytes.subarray(HEAD);
  const digest = bytes.subarray(MARK.length, HEAD);
  if (hexadecimal(await sha256(body)) !== hexadecimal(digest))
    throw bad(name, 'is a damaged checkpoint', 'it was truncated or changed: copy it again');
  return readNpz(body, name);
}

function aboutOf(arrays: ReadonlyMap<string, NpyArray>, name: string): CheckpointAbout {
  const data = arrays.get('about')?.data;
  let value: unknown;
  try {
    value = data instanceof Uint8Array ? JSON.parse(new TextDecoder().decode(data)) : undefined;
  } catch (cause) {
    throw bad(name, 'does not say what it is of', '', cause);
  }
  const findings = new Findings();
  aboutShape.check(value, [], findings);
  const [first] = findings.list;
  if (first !== undefined)
    throw bad(name, `does not say what it is of: ${pathText(first.path)} ${first.message}`);
  const about = value as CheckpointAbout;
  if (about.version !== CHECKPOINT_VERSION)
    throw bad(name, `is a checkpoint of version ${about.version}, this is version ${CHECKPOINT_VERSION}`);
  return about;
}

/**
 * What a checkpoint file is of; `name` is for messages.
 * @throws {SeamountError} `E_INPUT`
 */
export const describeCheckpoint = async (bytes: Uint8Array, name: string): Promise<CheckpointAbout> =>
  aboutOf(await open(bytes, name), name);

/**
 * The checkpoint in a file, for a chip that runs `image`; `name` is for messages.
 * @throws {SeamountError} `E_INPUT` when it is damaged, of another version, or of another image.
 */
export async function decodeCheckpoint(
  bytes: Uint8Array,
  image: ChipImage,
  name: string,
): Promise<Checkpoint> {
  const arrays = await open(bytes, name);
  const about = aboutOf(arrays, name);
  const hash = imageHash(image);
  if (about.image !== hash)
    throw bad(
      name,
      `is a checkpoint of image ${about.image}, this one is ${hash}`,
      'resume with the same network, profile and seed',
    );
  const array = <T extends NpyData>(key: string, kind: new (length: number) => T): T => {
    const data = arrays.get(key)?.data;
    if (data instanceof kind) return data;
    throw bad(name, `has no array ${key} of the expected kind`);
  };
  const pending = array('pending', Int32Array);
  const pendingLengths = array('pendingLengths', Uint32Array);
  const theta = array('theta', Int32Array);
  const hasTheta = array('hasTheta', Uint8Array);
  const state = Object.fromEntries(STATE_NAMES.map((key) => [key, array(key, STATE[key])]));
  const coreCount = about.compartments.length;
  const compartments = about.compartments.reduce((sum, n) => sum + n, 0);
  /** Elements of each array per compartment, or the same for every core. */
  const counterWords = coreCount === 0 ? 0 : state.counters!.length / coreCount;
  const lengths = [state.u, state.v, state.refractory].every((a) => a!.length === compartments);
  const raised = about.compartments.reduce((sum, n, core) => sum + (hasTheta[core] === 1 ? n : 0), 0);
  const pendingTotal = pendingLengths.reduce((sum, n) => sum + n, 0);
  if (
    !lengths ||
    state.spikeCounts!.length !== 2 * compartments ||
    !Number.isInteger(counterWords) ||
    pendingLengths.length !== coreCount ||
    pendingTotal !== pending.length ||
    hasTheta.length !== coreCount ||
    raised !== theta.length
  )
    throw bad(name, 'has arrays that do not fit each other');
  let [at, pendingAt, thetaAt] = [0, 0, 0];
  const cores = about.compartments.map((n, core): CoreState => {
    const from = at;
    const pendingFrom = pendingAt;
    const thetaFrom = thetaAt;
    at += n;
    if (hasTheta[core] === 1) thetaAt += n;
    pendingAt += pendingLengths[core]!;
    return {
      u: state.u!.slice(from, at) as Int32Array,
      v: state.v!.slice(from, at) as Int32Array,
      refractory: state.refractory!.slice(from, at) as Int32Array,
      ...(hasTheta[core] === 1 ? { theta: theta.slice(thetaFrom, thetaAt) } : {}),
      pending: pending.slice(pendingFrom, pendingAt),
      spikeCounts: state.spikeCounts!.slice(2 * from, 2 * at) as Uint32Array,
      counters: state.counters!.slice(core * counterWords, (core + 1) * counterWords) as Uint32Array,
    };
  });
  return {
    kind: 'seamount-checkpoint',
    version: CHECKPOINT_VERSION,
    step: about.step,
    cores,
    inFlight: array('inFlight', Uint32Array),
    sourceSpikes: array('sourceSpikes', Float64Array),
    lost: array('lost', Float64Array),
    input: {
      steps: array('inputSteps', Uint32Array),
      sources: array('inputSources', Uint32Array),
      values: array('inputValues', Int32Array),
    },
  };
}
