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
  /** By step: its messages in the order of their numbers, then what cores did after them. */
  readonly messages: readonly (readonly PrintedRow[])[] | null;
  readonly summary: Readonly<Record<string, unknown>> | null;
}

const NET = /^net\.json(?:\.gz)?$/;

/** Whether a directory with these files is such a recording. */
export const isSanafeDirectory = (names: readonly string[]): boolean => names.some((name) => NET.test(name));

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
  const chipnet = readChipnet(await json('net.json'), `${directory}/net.json`);
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
  if (spikeRows === null) throw new SeamountError('E_INPUT', `${directory}: has no spikes.csv`);
  const messages = await table('messages_detailed.csv', MESSAGES_HEADER);
  return {
    chipnet,
    spikes: spikesByStep(spikeRows, chipnet, `${directory}/spikes.csv`),
    simple: await perf('perf_simple.csv'),
    detailed: await perf('perf_detailed.csv'),
    messages:
      messages === null ? null : byStep(messages, chipnet.steps, `${directory}/messages_detailed.csv`),
    summary: (await json('summary.json')) as SanafeRecording['summary'],
  };
}

function readTable(text: string, header: string, file: string): PrintedRow[] {
  const complaints = new Complaints(file);
  const lines = text.split('\n');
  if (lines.at(-1) === '') lines.pop();
  const [first, ...rest] = lines.map((line) => line.replace(/\r$/, ''));
  if (first !== header) complaints.add('line 1', `expected ${header}`);
  const columns = header.split(',');
  const rows = rest.map((line, i) => {
    const cells = line.split(',');
    if (cells.length !== columns.length) {
      complaints.add(`line ${i + 2}`, `${cells.length} cells, expected ${columns.length}`);
    }
    return Object.fromEntries(columns.map((column, k) => [column, cells[k] ?? '']));
  });
  complaints.throwIfAny();
  return rows;
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

/** The file has them in order of steps, and within one in order of numbers but for those without (-1). */
function byStep(rows: readonly PrintedRow[], steps: number, file: string): PrintedRow[][] {
  const lists: PrintedRow[][] = Array.from({ length: steps }, () => []);
  rows.forEach((row, i) => {
    const list = lists[Number(row.timestep) - 1];
    if (list === undefined)
      throw new SeamountError('E_INPUT', `${file}: line ${i + 2}: there is no step ${row.timestep}`);
    list.push(row);
  });
  const place = ({ mid }: PrintedRow): number => (mid === '-1' ? Number.POSITIVE_INFINITY : Number(mid));
  return lists.map((list) => list.sort((a, b) => (place(a) === place(b) ? 0 : place(a) - place(b))));
}
