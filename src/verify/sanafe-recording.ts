/** A directory that SANA-FE's output was recorded in: a net, its spikes, rows of steps and messages, and totals. */
import { SeamountError } from '../../cores/index.js';
import { type Chipnet, readChipnet } from '../sanafe/chipnet.js';
import { MESSAGES_HEADER, PERF_HEADER, SPIKES_HEADER } from '../sanafe/outputs.js';
import { Complaints } from './complaints.js';
import { unzip } from './recording.js';

/** Files by name, as they are: gzip or not. */
export type SanafeFiles = ReadonlyMap<string, () => Uint8Array | Promise<Uint8Array>>;

/** A row as printed, by column. */
export type PrintedRow = Readonly<Record<string, string>>;

export interface SanafeRecording {
  readonly chipnet: Chipnet;
  /** By step: ids that spiked, ascending. */
  readonly spikes: readonly Uint32Array[];
  /** Row k is that of step k + 1; null where there is no such file. */
  readonly simple: readonly PrintedRow[] | null;
  readonly detailed: readonly PrintedRow[] | null;
  readonly messages: PrintedMessages | null;
  readonly summary: Readonly<Record<string, unknown>> | null;
}

/** What the peer printed of a net, by file name. */
const PRINTED = /^(?:(?:spikes|perf_simple|perf_detailed|messages_detailed)\.csv|summary\.json)(?:\.gz)?$/;

/** Whether a name is that of the net. */
export const isSanafeNet = (name: string): boolean => /^net\.json(?:\.gz)?$/.test(name);

/** Whether a name is that of something printed. */
export const isSanafeOutput = (name: string): boolean => PRINTED.test(name);

const NEEDED = 'net.json and spikes.csv are needed, what else is there is compared: docs/sana-fe.md';

/**
 * Reads all files; `directory` is its name, for messages.
 * @throws {SeamountError} `E_INPUT` naming file and line of what is wrong
 */
export async function readSanafeRecording(files: SanafeFiles, directory: string): Promise<SanafeRecording> {
  const text = async (name: string): Promise<string | null> => {
    const file = [name, `${name}.gz`].find((candidate) => files.has(candidate));
    return file === undefined ? null : unzip(await files.get(file)!(), `${directory}/${file}`);
  };
  const json = async (name: string): Promise<unknown> => {
    const content = await text(name);
    if (content === null) return null;
    try {
      return JSON.parse(content);
    } catch (cause) {
      throw new SeamountError(
        'E_INPUT',
        `${directory}/${name}: is not JSON: ${(cause as Error).message}`,
        '',
        { cause },
      );
    }
  };
  const net = await json('net.json');
  if (net === null) {
    const printed = [...files.keys()].filter(isSanafeOutput).join(', ');
    throw new SeamountError('E_INPUT', `${directory}: has ${printed} of SANA-FE, but no net.json`, NEEDED);
  }
  const chipnet = readChipnet(net, `${directory}/net.json`);
  const table = async (name: string, header: string): Promise<PrintedRow[] | null> => {
    const content = await text(name);
    return content === null ? null : readTable(content, header, `${directory}/${name}`);
  };
  const perf = async (name: string): Promise<PrintedRow[] | null> => {
    const rows = await table(name, PERF_HEADER);
    if (rows !== null) checkSteps(rows, chipnet.steps, `${directory}/${name}`);
    return rows;
  };
  const spikeRows = await table('spikes.csv', SPIKES_HEADER);
  if (spikeRows === null) throw new SeamountError('E_INPUT', `${directory}: has no spikes.csv`, NEEDED);
  const messages = await text('messages_detailed.csv');
  return {
    chipnet,
    spikes: spikesByStep(spikeRows, chipnet, `${directory}/spikes.csv`),
    simple: await perf('perf_simple.csv'),
    detailed: await perf('perf_detailed.csv'),
    messages:
      messages === null
        ? null
        : new PrintedMessages(messages, chipnet.steps, `${directory}/messages_detailed.csv`),
    summary: (await json('summary.json')) as SanafeRecording['summary'],
  };
}

/** What is wrong with the first line of a table, naming the columns it lacks; null where nothing is. */
function headerFault(line: string, header: string): string | null {
  if (line === header) return null;
  const [has, needed] = [line.split(','), header.split(',')];
  const missing = needed.filter((column) => !has.includes(column));
  if (missing.length === 0 || missing.length === needed.length) return `expected ${header}`;
  return `has no column ${missing.join(', ')}; the columns are ${header}`;
}

function readTable(text: string, header: string, file: string): PrintedRow[] {
  const lines = text.split('\n');
  if (lines.at(-1) === '') lines.pop();
  const [first = '', ...rest] = lines.map((line) => line.replace(/\r$/, ''));
  const fault = headerFault(first, header);
  if (fault !== null) throw new SeamountError('E_INPUT', `${file}: line 1: ${fault}`);
  const columns = header.split(',');
  const rows = rest.map((line) => line.split(','));
  const bad = rows.flatMap(({ length }, i) => (length === columns.length ? [] : [i]));
  if (bad.length > 0) {
    const where = `line ${bad[0]! + 2}${bad.length > 1 ? ` and ${bad.length - 1} more` : ''}`;
    const cells = `${rows[bad[0]!]!.length} cells, expected ${columns.length}`;
    throw new SeamountError('E_INPUT', `${file}: ${where}: ${cells}`);
  }
  return rows.map((cells) => Object.fromEntries(columns.map((column, k) => [column, cells[k]!])));
}

function checkSteps(rows: readonly PrintedRow[], steps: number, file: string): void {
  const bad = rows.findIndex(({ timestep }, i) => Number(timestep) !== i + 1);
  if (bad >= 0)
    throw new SeamountError('E_INPUT', `${file}: line ${bad + 2} is of step ${rows[bad]!.timestep}`);
  if (rows.length === steps) return;
  throw new SeamountError('E_INPUT', `${file}: has ${rows.length} steps, the net says ${steps}`);
}

function spikesByStep(rows: readonly PrintedRow[], { steps, network }: Chipnet, file: string): Uint32Array[] {
  const complaints = new Complaints(file);
  const lists: number[][] = Array.from({ length: steps }, () => []);
  rows.forEach(({ neuron, timestep }, i) => {
    const id = /^n\.(\d+)$/.exec(neuron!)?.[1];
    const step = Number(timestep);
    if (id === undefined || Number(id) >= network.neurons.length) {
      complaints.add(`line ${i + 2}`, `there is no neuron ${neuron}`);
    } else if (!(Number.isInteger(step) && step >= 1 && step <= steps)) {
      complaints.add(`line ${i + 2}`, `there is no step ${timestep}`);
    } else lists[step - 1]!.push(Number(id));
  });
  complaints.throwIfAny();
  return lists.map((ids) => Uint32Array.from(ids).sort());
}

/** Rows of messages, taken apart a step at a time: there may be millions. */
export class PrintedMessages {
  readonly #text: string;
  readonly #columns = MESSAGES_HEADER.split(',');
  /** Where the rows of each step begin; at the end, where the last ends. */
  readonly #start: Float64Array;

  /** @throws {SeamountError} `E_INPUT` naming the line of a bad row, or one out of order of steps */
  constructor(text: string, steps: number, file: string) {
    this.#text = text;
    this.#start = new Float64Array(steps + 1);
    const bad = (line: number, why: string): SeamountError =>
      new SeamountError('E_INPUT', `${file}: line ${line}: ${why}`);
    let at = lineEnd(text, 0);
    const fault = headerFault(text.slice(0, at).trimEnd(), MESSAGES_HEADER);
    if (fault !== null) throw bad(1, fault);
    let step = 0;
    for (let line = 2; at < text.length; line++) {
      const end = lineEnd(text, at);
      const of = Number(text.slice(at, text.indexOf(',', at)));
      if (!(Number.isInteger(of) && of >= 1 && of <= steps)) throw bad(line, `there is no step ${of}`);
      if (of < step) throw bad(line, `step ${of} after step ${step}`);
      if (text.slice(at, end).split(',').length !== this.#columns.length) {
        throw bad(line, `expected ${this.#columns.length} cells`);
      }
      for (; step < of; step++) this.#start[step] = at;
      at = end;
    }
    this.#start.fill(text.length, step);
  }

  /** Messages of a step in the order of their numbers, then what cores did after them. */
  step(step: number): readonly PrintedRow[] {
    const lines = this.#text.slice(this.#start[step - 1]!, this.#start[step]!).split('\n');
    const rows = lines.filter((line) => line !== '').map((line) => this.#row(line));
    const place = ({ mid }: PrintedRow): number => (mid === '-1' ? Number.MAX_SAFE_INTEGER : Number(mid));
    return rows.sort((a, b) => place(a) - place(b));
  }

  #row(line: string): PrintedRow {
    const cells = line.replace(/\r$/, '').split(',');
    return Object.fromEntries(this.#columns.map((column, k) => [column, cells[k]!]));
  }
}

/** The offset after the end of the line at `at`. */
function lineEnd(text: string, at: number): number {
  const end = text.indexOf('\n', at);
  return end < 0 ? text.length : end + 1;
}
