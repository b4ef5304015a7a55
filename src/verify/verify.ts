/**
 * Replays recordings of other emulators, or of hardware, against this one. docs/recordings.md is the format;
 * bytes come from the caller, so this runs in a page as well.
 */
import {
  type BackendKind,
  type ChipProfile,
  type ErrorCode,
  profileNamed,
  SeamountError,
} from '../../cores/index.js';
import { readConn, replayConn } from './conn.js';
import { readDiscretize, replayDiscretize } from './discretize.js';
import { replayLif } from './lif.js';
import { readLif } from './lif-record.js';
import { replayNetwork } from './network.js';
import { readNetwork } from './network-record.js';
import { readNoise, replayNoise } from './noise.js';
import { PEERS, type Peer } from './peers.js';
import { openRecording, type Recording, type RecordingKind } from './recording.js';
import type { ReplayContext, VerifyProgress } from './replay-context.js';
import { type FileReport, type RunReport, summarise, type VerifyReport } from './report.js';
import { type SanafeSource, verifySanafe } from './sanafe.js';
import { readTables, replayTables } from './tables.js';

export interface VerifyOptions {
  /** Replay under this shipped profile instead of those the recording names. */
  readonly profile?: string;
  /** Default `wasm`. */
  readonly kernels?: BackendKind;
  /** Threads of network runs. Default 1. */
  readonly workers?: number;
  readonly signal?: AbortSignal;
  readonly onProgress?: (progress: VerifyProgress) => void;
}

/** A recording and how to get at it. */
export interface RecordingSource {
  readonly name: string;
  readonly read: () => Uint8Array | Promise<Uint8Array>;
}

/** A recording, or a directory of what SANA-FE printed of a run. */
export type VerifySource = RecordingSource | SanafeSource;

type Replay = (context: ReplayContext) => Promise<RunReport>;

/** How each kind is replayed; a string says why it is not. */
const REPLAYS: Readonly<Record<RecordingKind, ((recording: Recording) => Replay) | string>> = {
  lif: lif,
  'lif-variants': lif,
  tables: (recording) => {
    const checks = readTables(recording);
    return (context) => replayTables(checks, context);
  },
  conn: (recording) => {
    const cases = readConn(recording);
    return (context) => replayConn(cases, context);
  },
  noise: (recording) => {
    const cases = readNoise(recording);
    return (context) => replayNoise(cases, context);
  },
  network: (recording) => {
    const record = readNetwork(recording);
    return (context) => replayNetwork(record, context);
  },
  discretize: (recording) => {
    const cases = readDiscretize(recording);
    return (context) => replayDiscretize(cases, context);
  },
  learning: 'this emulator does not learn yet',
};

function lif(recording: Recording): Replay {
  const cases = readLif(recording);
  return (context) => replayLif(cases, context);
}

/**
 * Replays one recording under every profile it names (or the one of `options`).
 * @throws {SeamountError} E_INPUT naming file and field of a bad recording, E_USAGE for an unknown profile
 */
export async function verifyRecording(
  bytes: Uint8Array,
  name: string,
  options: VerifyOptions = {},
): Promise<FileReport> {
  const chosen = options.profile === undefined ? null : chosenPeer(options.profile);
  const recording = await openRecording(bytes, name);
  const { kind, complaints } = recording;
  const about = { file: name, kind };
  const open = REPLAYS[kind];
  if (typeof open === 'string') {
    return { ...about, status: 'skipped', reason: open, code: '', notes: [], runs: [] };
  }
  const replay = open(recording);
  const runs: RunReport[] = [];
  for (const peer of chosen === null ? recording.peers : [chosen]) {
    const profile = profileOf(peer);
    const run = await replay({
      file: name,
      profile,
      peer,
      isNamed: recording.peers.some((p) => p.profile === profile.name),
      kernels: options.kernels ?? 'wasm',
      workers: options.workers ?? 1,
      complaints,
      notes: new Set(),
      signal: options.signal,
      progress: (done, total, step = 0, steps = 0) =>
        options.onProgress?.({ file: name, profile: profile.name, done, total, step, steps }),
    });
    runs.push(run);
  }
  const status = runs.some((run) => run.failed > 0) ? 'failed' : 'passed';
  return { ...about, status, reason: '', code: '', notes: complaints.notes, runs };
}

/** Errors that end one file; any other ends the verification. */
const OF_A_FILE: readonly ErrorCode[] = ['E_INPUT', 'E_IO', 'E_CAPACITY', 'E_OVERFLOW'];

/** Replays several recordings. A bad file is reported as such and does not end the others. */
export async function verifyRecordings(
  list: Iterable<VerifySource> | AsyncIterable<VerifySource>,
  options: VerifyOptions = {},
): Promise<VerifyReport> {
  if (options.profile !== undefined) chosenPeer(options.profile);
  const files: FileReport[] = [];
  for await (const source of list) {
    try {
      files.push(await verifySource(source, options));
    } catch (error) {
      if (!(error instanceof SeamountError && OF_A_FILE.includes(error.code))) throw error;
      files.push(refused(source.name, error));
    }
  }
  return summarise(files, { kernels: options.kernels ?? 'wasm', workers: options.workers ?? 1 });
}

async function verifySource(source: VerifySource, options: VerifyOptions): Promise<FileReport> {
  if ('read' in source) return verifyRecording(await source.read(), source.name, options);
  const { kernels = 'wasm', workers = 1, signal, onProgress } = options;
  return verifySanafe(source, { kernels, workers, signal, onProgress });
}

const refused = (file: string, { code, message, hint }: SeamountError): FileReport => {
  const reason = [message, hint].filter((text) => text !== '').join('\n');
  return { file, kind: '', status: 'error', reason, code, notes: [], runs: [] };
};

/** The peer that behaves as the profile of that name. */
function chosenPeer(name: string): Peer {
  const peer = PEERS.find((p) => p.profile === name);
  if (peer !== undefined) return peer;
  throw new SeamountError(
    'E_USAGE',
    `there is no profile ${JSON.stringify(name)}`,
    `profiles: ${[...new Set(PEERS.map((p) => p.profile))].join(', ')}`,
  );
}

function profileOf(peer: Peer): ChipProfile {
  const profile = profileNamed(peer.profile);
  if (profile === undefined)
    throw new SeamountError('E_INPUT', `no profile is shipped for recordings of ${peer.name}`);
  return profile;
}
