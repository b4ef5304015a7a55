/** The manifest of a run directory: what was run, by what, and what the files beside it must be. */
import { SeamountError } from '../../cores/index.js';
import { list, mapOf, object, required } from '../netfile/container-shapes.js';
import { Findings, pathText } from '../netfile/findings.js';
import { boolean, choice, integer, number, type Shape, type TypeOf, text } from '../netfile/shape.js';

export const MANIFEST_FILE = 'manifest.json';
export const RUN_SCHEMA = 'seamount/run/1';

const count = integer({ min: 0 });
const anyText: Shape<string> = {
  expected: 'text',
  kinds: ['string'],
  schema: { type: 'string' },
  check(value, path, findings) {
    if (typeof value !== 'string') findings.add(path, 'expected text');
  },
};

const manifestShape = object('a run manifest', {
  schema: required(choice([RUN_SCHEMA])),
  /** of seamount */
  version: required(text()),
  /** `imageHash` of the image that ran */
  image: required(text()),
  profile: required(text()),
  notice: required(anyText),
  seed: required(count),
  dt: required(number({ min: 0 })),
  /** First and last step recorded, and the last one asked for. */
  steps: required(object('steps', { from: required(count), to: required(count), asked: required(count) })),
  interrupted: required(boolean()),
  command: required(list(anyText)),
  /** Of the whole chip after the last step. */
  stateHash: required(text()),
  spikes: required(count),
  populations: required(
    list(
      object('a population', {
        label: required(text()),
        kind: required(choice(['cells', 'source'])),
        size: required(count),
        firstId: required(count),
        /** Spikes of all its neurons since step 1, recorded or not. */
        spikes: required(count),
      }),
    ),
  ),
  traces: required(
    list(
      object('a trace', {
        name: required(text()),
        population: required(text()),
        variable: required(choice(['u', 'v'])),
        probe: required(count),
      }),
    ),
  ),
  files: required(
    mapOf(object('a file', { bytes: required(count), sha256: required(text()) }), 'files by name'),
  ),
  /** File names, by step. */
  checkpoints: required(list(text())),
});

export type Manifest = TypeOf<typeof manifestShape>;

/** What a manifest says of the run itself: all of it that needs no files. */
export type RunFacts = Omit<Manifest, 'checkpoints' | 'files'>;

/**
 * Reads a manifest; `name` is for messages.
 * @throws {SeamountError} `E_INPUT` with everything that is wrong with it.
 */
export function parseManifest(bytes: Uint8Array, name: string): Manifest {
  let value: unknown;
  try {
    value = JSON.parse(new TextDecoder().decode(bytes));
  } catch (cause) {
    throw new SeamountError('E_INPUT', `${name}: is not JSON`, 'the run directory is damaged', { cause });
  }
  const findings = new Findings();
  manifestShape.check(value, [], findings);
  const [first] = findings.list;
  if (first === undefined) return value as Manifest;
  throw new SeamountError(
    'E_INPUT',
    `${name}: is no manifest of a run: ${pathText(first.path)}: ${first.message}`,
  );
}
