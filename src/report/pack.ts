/**
 * A report's data as one compressed block: steps as counts of spikes, neurons as gaps, samples as differences, all
 * as numbers of as few bytes as they need (LEB128, DWARF 5 section 7.6), then deflate. A spike takes about half a byte.
 */
import { deflateSync, inflateSync } from 'fflate';
import { SeamountError } from '../../cores/index.js';
import {
  REPORT_SCHEMA,
  type ReportData,
  type ReportFacts,
  type ReportSeries,
  type ReportTrace,
} from './report-data.js';

class Writer {
  #bytes = new Uint8Array(1 << 16);
  #at = 0;

  /** A whole number from 0 to 2^53 - 1. */
  number(value: number): void {
    this.#room(8);
    while (value >= 128) {
      this.#bytes[this.#at++] = (value % 128) | 128;
      value = Math.floor(value / 128);
    }
    this.#bytes[this.#at++] = value;
  }

  /** A whole number of either sign. */
  signed(value: number): void {
    this.number(value < 0 ? -2 * value - 1 : 2 * value);
  }

  raw(bytes: Uint8Array): void {
    this.number(bytes.length);
    this.#room(bytes.length);
    this.#bytes.set(bytes, this.#at);
    this.#at += bytes.length;
  }

  ascending(values: Uint32Array): void {
    this.number(values.length);
    let before = 0;
    for (const value of values) {
      this.number(value - before);
      before = value;
    }
  }

  get bytes(): Uint8Array {
    return this.#bytes.subarray(0, this.#at);
  }

  #room(more: number): void {
    if (this.#at + more <= this.#bytes.length) return;
    const larger = new Uint8Array(Math.max(2 * this.#bytes.length, this.#at + more));
    larger.set(this.#bytes);
    this.#bytes = larger;
  }
}

class Reader {
  readonly #bytes: Uint8Array;
  #at = 0;

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes;
  }

  number(): number {
    let value = 0;
    for (let scale = 1; ; scale *= 128) {
      const byte = this.#bytes[this.#at++];
      if (byte === undefined) throw new SeamountError('E_INPUT', 'the data of this report end too soon');
      value += (byte & 127) * scale;
      if (byte < 128) return value;
    }
  }

  signed(): number {
    const value = this.number();
    return value % 2 === 1 ? -(value + 1) / 2 : value / 2;
  }

  raw(): Uint8Array {
    const length = this.number();
    this.#at += length;
    return this.#bytes.subarray(this.#at - length, this.#at);
  }

  ascending(): Uint32Array {
    const values = new Uint32Array(this.number());
    let before = 0;
    for (let i = 0; i < values.length; i++) {
      before += this.number();
      values[i] = before;
    }
    return values;
  }
}

const json = (value: unknown): Uint8Array => new TextEncoder().encode(JSON.stringify(value));
const parsed = (bytes: Uint8Array): unknown => JSON.parse(new TextDecoder().decode(bytes));

export function packReport(data: ReportData): Uint8Array {
  const writer = new Writer();
  const { facts, traces, series } = data;
  writer.raw(json(facts));
  packSpikes(writer, data);
  writer.number(data.binSteps);
  writer.number(data.counts.length);
  for (const counts of data.counts) {
    writer.number(counts.length);
    for (const count of counts) writer.number(count);
  }
  writer.number(traces.length);
  for (const { steps, neurons, samples, ...rest } of traces) {
    writer.raw(json(rest));
    writer.ascending(steps);
    writer.ascending(neurons);
    for (const line of samples) {
      let before = 0;
      for (const value of line) {
        writer.signed(value - before);
        before = value;
      }
    }
  }
  writer.raw(
    json(
      series === null ? null : { ...series, joules: plain(series.joules), seconds: plain(series.seconds) },
    ),
  );
  return deflateSync(writer.bytes, { level: 9 });
}

const plain = (values: Float64Array | null): readonly number[] | null =>
  values === null ? null : [...values];

/**
 * By step: steps since the last that had spikes, how many, and the gaps between its neurons; a gap is 0 where a
 * source that two schedules drive spikes twice.
 */
function packSpikes(writer: Writer, { steps, rows }: ReportData): void {
  writer.number(steps.length);
  let before = 0;
  for (let i = 0; i < steps.length; ) {
    let end = i + 1;
    while (end < steps.length && steps[end] === steps[i]) end++;
    writer.number(steps[i]! - before);
    writer.number(end - i);
    before = steps[i]!;
    let row = 0;
    for (; i < end; i++) {
      writer.number(rows[i]! - row);
      row = rows[i]!;
    }
  }
}

function unpackSpikes(reader: Reader): Pick<ReportData, 'steps' | 'rows'> {
  const count = reader.number();
  const [steps, rows] = [new Uint32Array(count), new Uint32Array(count)];
  let step = 0;
  for (let i = 0; i < count; ) {
    step += reader.number();
    const end = i + reader.number();
    let row = 0;
    for (; i < end; i++) {
      row += reader.number();
      steps[i] = step;
      rows[i] = row;
    }
  }
  return { steps, rows };
}

/** @throws {SeamountError} `E_INPUT` for data of another version */
export function unpackReport(bytes: Uint8Array): ReportData {
  const reader = new Reader(inflateSync(bytes));
  const facts = parsed(reader.raw()) as ReportFacts;
  if (facts.schema !== REPORT_SCHEMA)
    throw new SeamountError(
      'E_INPUT',
      `this report has the schema ${facts.schema}, expected ${REPORT_SCHEMA}`,
    );
  const spikes = unpackSpikes(reader);
  const binSteps = reader.number();
  const counts = Array.from({ length: reader.number() }, () =>
    Uint32Array.from({ length: reader.number() }, () => reader.number()),
  );
  const traces = Array.from({ length: reader.number() }, (): ReportTrace => {
    const rest = parsed(reader.raw()) as Omit<ReportTrace, 'steps' | 'neurons' | 'samples'>;
    const steps = reader.ascending();
    const neurons = reader.ascending();
    const samples = Array.from(neurons, () => {
      let value = 0;
      return Int32Array.from(steps, () => {
        value += reader.signed();
        return value;
      });
    });
    return { ...rest, steps, neurons, samples };
  });
  const series = parsed(reader.raw()) as
    | (Omit<ReportSeries, 'joules' | 'seconds'> & { joules: number[] | null; seconds: number[] | null })
    | null;
  const typed = (values: number[] | null): Float64Array | null =>
    values === null ? null : Float64Array.from(values);
  return {
    facts,
    ...spikes,
    binSteps,
    counts,
    traces,
    series:
      series === null ? null : { ...series, joules: typed(series.joules), seconds: typed(series.seconds) },
  };
}
