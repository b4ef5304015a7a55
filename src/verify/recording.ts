/**
 * A recording file: bytes to a checked header and the fields of its kind. Knows nothing of the emulator.
 * The format is docs/recordings.md; gzip or plain JSON, told apart by the first two bytes.
 */
import { SeamountError } from '../../cores/index.js';
import { Complaints } from './complaints.js';
import { Fields } from './fields.js';
import { PEERS, type Peer, peerNamed } from './peers.js';

export const RECORDING_SCHEMA = 'loihi-golden/1';

/** Unpacked recordings beyond this are refused: a few kilobytes of gzip can claim any size. */
const MAX_BYTES = 1 << 30;

export const KINDS = [
  'lif',
  'lif-variants',
  'tables',
  'conn',
  'noise',
  'network',
  'discretize',
  'learning',
] as const;
export type RecordingKind = (typeof KINDS)[number];

export interface Recording {
  /** Name of the file, for messages. */
  readonly file: string;
  readonly kind: RecordingKind;
  /** Who recorded it; at least one. */
  readonly peers: readonly Peer[];
  /** The top level, header fields already read. */
  readonly fields: Fields;
  readonly complaints: Complaints;
}

/** Header fields that are there to be read by people. */
const REMARKS = [
  'alsoRunThrough',
  'brian2',

  'peerVersion',
  'peerCommit',
  'peerCommits',
  'generatorSeed',
  'split',
  'note',
  'name',
  'model',
];

/**
 * Opens a recording.
 * @throws {SeamountError} E_INPUT naming the file and the field when it is not a recording we know
 */
export async function openRecording(bytes: Uint8Array, file: string): Promise<Recording> {
  const complaints = new Complaints(file);
  const fields = new Fields(complaints, '', parse(await unzip(bytes, file), file));
  const schema = fields.text('schema');
  if (schema !== '' && schema !== RECORDING_SCHEMA) {
    fields.complain('schema', `expected ${RECORDING_SCHEMA}, got ${JSON.stringify(schema)}`);
  }
  const kind = fields.text('kind') as RecordingKind;
  if (fields.has('kind') && !KINDS.includes(kind)) {
    fields.complain('kind', `expected one of ${KINDS.join(', ')}, got ${JSON.stringify(kind)}`);
  }
  const peers = readPeers(fields);
  for (const remark of REMARKS) fields.raw(remark);
  complaints.throwIfAny();
  return { file, kind, peers, fields, complaints };
}

function readPeers(fields: Fields): Peer[] {
  const names = fields.has('peers') ? fields.strings('peers') : [fields.text('peer')];
  const key = fields.has('peers') ? 'peers' : 'peer';
  fields.raw('peer');
  if (names.length === 0) fields.complain(key, 'is empty, expected who made the recording');
  return names.flatMap((name) => {
    const peer = peerNamed(name);
    if (peer !== undefined) return [peer];
    if (name !== '') {
      fields.complain(
        key,
        `${JSON.stringify(name)} is not one of ${PEERS.map((p) => p.name).join(', ')}`,
        'name the shipped profile whose rules the recorded device follows',
      );
    }
    return [];
  });
}

function parse(text: string, file: string): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new SeamountError('E_INPUT', `${file}: is not JSON: ${(cause as Error).message}`, '', { cause });
  }
}

/** Text of a file, gzip or not. @throws {SeamountError} E_INPUT for anything else */
export async function unzip(bytes: Uint8Array, file: string): Promise<string> {
  const plain = bytes[0] === 0x1f && bytes[1] === 0x8b ? await gunzip(bytes, file) : bytes;
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(plain);
  } catch (cause) {
    throw new SeamountError('E_INPUT', `${file}: is neither gzip nor UTF-8 text`, '', { cause });
  }
}

/** The platform's stream, in Node and browsers alike, because it checks the CRC at the end. */
async function gunzip(bytes: Uint8Array, file: string): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  try {
    const source = new Blob([new Uint8Array(bytes)]).stream();
    const reader = source.pipeThrough(new DecompressionStream('gzip')).getReader();
    for (let part = await reader.read(); !part.done; part = await reader.read()) {
      size += part.value.length;
      if (size > MAX_BYTES) {
        await reader.cancel();
        break;
      }
      chunks.push(part.value);
    }
  } catch (cause) {
    const reason = cause instanceof Error && cause.message !== '' ? `: ${cause.message}` : '';
    throw new SeamountError('E_INPUT', `${file}: damaged gzip${reason}`, 'copy the file again', { cause });
  }
  if (size > MAX_BYTES) {
    throw new SeamountError('E_INPUT', `${file}: unpacks to more than ${MAX_BYTES} bytes`);
  }
  const whole = new Uint8Array(size);
  let at = 0;
  for (const chunk of chunks) {
    whole.set(chunk, at);
    at += chunk.length;
  }
  return whole;
}
