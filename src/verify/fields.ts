/**
 * Reads fields of a parsed recording and collects everything that is wrong with them, so that a file's
 * faults are all told at once and each by its path (`cases[3].params.du`). A field nobody read is a fault
 * too: a setting we do not know could change what the numbers mean.
 */
import type { Complaints } from './complaints.js';
import { isPacked, unpack } from './packed.js';

const I32_MIN = -0x8000_0000;
const I32_MAX = 0x7fff_ffff;

/** Inclusive; the whole of i32 where an end is not given. */
export interface Range {
  readonly min?: number;
  readonly max?: number;
}

const shown = (value: unknown): string => {
  const text = JSON.stringify(value) ?? 'nothing';
  return text.length > 40 ? `${text.slice(0, 37)}...` : text;
};

const rangeText = (range: Range): string =>
  range.min === undefined && range.max === undefined
    ? 'an integer of 32 bits'
    : `an integer ${range.min ?? I32_MIN}..${range.max ?? I32_MAX}`;

const isNumbers = (value: unknown): value is number[] =>
  Array.isArray(value) && value.every((x) => typeof x === 'number');

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

export class Fields {
  readonly path: string;
  readonly complaints: Complaints;
  readonly #value: Record<string, unknown>;
  readonly #read = new Set<string>();

  constructor(complaints: Complaints, path: string, value: unknown) {
    this.complaints = complaints;
    this.path = path;
    if (!isRecord(value)) complaints.add(path, `expected an object, got ${shown(value)}`);
    this.#value = isRecord(value) ? value : {};
  }

  /** True when the field is there; `null` is how some writers say that it is not. */
  has(key: string): boolean {
    return this.#value[key] !== undefined && this.#value[key] !== null;
  }

  at(key: string): string {
    return this.path === '' ? key : `${this.path}.${key}`;
  }

  complain(key: string, message: string, hint = ''): void {
    this.complaints.add(this.at(key), message, hint);
  }

  /** Takes a field as it is; undefined when absent. */
  raw(key: string): unknown {
    this.#read.add(key);
    return this.has(key) ? this.#value[key] : undefined;
  }

  #required(key: string, what: string): unknown {
    const value = this.raw(key);
    if (value === undefined) this.complain(key, `missing, expected ${what}`);
    return value;
  }

  /** An integer; `fallback` where the field is absent, without one it must be there. */
  int(key: string, range: Range = {}, fallback?: number): number {
    if (fallback !== undefined && !this.has(key)) {
      this.#read.add(key);
      return fallback;
    }
    const value = this.#required(key, rangeText(range));
    if (value === undefined) return range.min ?? 0;
    return this.#inRange(this.at(key), value, range);
  }

  #inRange(path: string, value: unknown, range: Range): number {
    const min = range.min ?? I32_MIN;
    const max = range.max ?? I32_MAX;
    if (typeof value === 'number' && Number.isInteger(value) && value >= min && value <= max) return value;
    this.complaints.add(path, `expected ${rangeText(range)}, got ${shown(value)}`);
    return min <= 0 && max >= 0 ? 0 : min;
  }

  text(key: string, fallback?: string): string {
    if (fallback !== undefined && !this.has(key)) {
      this.#read.add(key);
      return fallback;
    }
    const value = this.#required(key, 'a string');
    if (typeof value === 'string') return value;
    if (value !== undefined) this.complain(key, `expected a string, got ${shown(value)}`);
    return '';
  }

  /** A real number, not below `min`. */
  real(key: string, min = Number.NEGATIVE_INFINITY): number {
    const value = this.#required(key, 'a number');
    if (typeof value === 'number' && value >= min) return value;
    if (value !== undefined) {
      const what = Number.isFinite(min) ? `a number from ${min} on` : 'a number';
      this.complain(key, `expected ${what}, got ${shown(value)}`);
    }
    return 0;
  }

  /** A flat list of real numbers. */
  reals(key: string): number[] {
    const value = this.#required(key, 'a list of numbers');
    if (isNumbers(value)) return value;
    if (value !== undefined) this.complain(key, `expected a list of numbers, got ${shown(value)}`);
    return [];
  }

  /** Rows of real numbers. */
  realTable(key: string): number[][] {
    const value = this.#required(key, 'a table of numbers');
    if (Array.isArray(value) && value.every(isNumbers)) return value;
    if (value !== undefined) this.complain(key, `expected a table of numbers, got ${shown(value)}`);
    return [];
  }

  /** true/false, or 1/0. */
  flag(key: string, fallback: boolean): boolean {
    const value = this.raw(key);
    if (value === undefined) return fallback;
    if (value === true || value === 1) return true;
    if (value !== false && value !== 0) this.complain(key, `expected true or false, got ${shown(value)}`);
    return false;
  }

  /** A flat list of integers, plain or packed; of `length` when that is known. */
  ints(key: string, range: Range = {}, length?: number): Int32Array {
    const value = this.#required(key, 'a list of integers');
    const list = value === undefined ? new Int32Array(length ?? 0) : this.#flat(this.at(key), value, range);
    if (length !== undefined && list.length !== length) {
      this.complain(key, `expected ${length} values, got ${list.length}`);
      return new Int32Array(length);
    }
    return list;
  }

  #flat(path: string, value: unknown, range: Range): Int32Array {
    if (isPacked(value)) {
      const packed = this.#unpack(path, value);
      if (packed === null) return new Int32Array(0);
      if (packed.shape.length !== 1) {
        this.complaints.add(`${path}.shape`, `expected one dimension, got ${shown(packed.shape)}`);
      }
      return this.#checked(path, packed.values, range);
    }
    if (Array.isArray(value)) return this.#checked(path, value, range);
    this.complaints.add(path, `expected a list of integers, got ${shown(value)}`);
    return new Int32Array(0);
  }

  #unpack(path: string, value: unknown): { shape: readonly number[]; values: readonly number[] } | null {
    const packed = unpack(value);
    if (typeof packed !== 'string') return packed;
    this.complaints.add(path, packed);
    return null;
  }

  /** Complains of the first bad value and counts the others. */
  #checked(path: string, values: ArrayLike<unknown>, range: Range): Int32Array {
    const min = range.min ?? I32_MIN;
    const max = range.max ?? I32_MAX;
    const out = new Int32Array(values.length);
    let first = -1;
    let bad = 0;
    for (let i = 0; i < values.length; i++) {
      const value = values[i];
      if (typeof value === 'number' && Number.isInteger(value) && value >= min && value <= max)
        out[i] = value;
      else if (bad++ === 0) first = i;
    }
    if (bad > 0) {
      const others = bad === 1 ? '' : ` (and ${bad - 1} more values)`;
      const message = `expected ${rangeText(range)}, got ${shown(values[first])}${others}`;
      this.complaints.add(`${path}[${first}]`, message);
    }
    return out;
  }

  /** As `ints` without a range: any integer a double holds, since a peer may have no registers. */
  trace(key: string, length: number): Float64Array {
    const value = this.#required(key, 'a list of integers');
    const path = this.at(key);
    const list = isPacked(value) ? (this.#unpack(path, value)?.values ?? []) : value;
    if (!Array.isArray(list)) {
      if (value !== undefined) this.complain(key, `expected a list of integers, got ${shown(value)}`);
      return new Float64Array(length);
    }
    const odd = list.findIndex((x) => !Number.isSafeInteger(x));
    if (odd >= 0) this.complaints.add(`${path}[${odd}]`, `expected an integer, got ${shown(list[odd])}`);
    if (list.length === length) return Float64Array.from(list);
    this.complain(key, `expected ${length} values, got ${list.length}`);
    return new Float64Array(length);
  }

  /** `rows` lists of `columns` integers, plain or packed. A negative `rows` or `columns` means any. */
  table(key: string, rows: number, columns: number, range: Range = {}): Int32Array[] {
    const value = this.#required(key, 'a table of integers');
    const path = this.at(key);
    if (isPacked(value)) {
      const packed = this.#unpack(path, value);
      if (packed === null) return [];
      const [r = 0, c = 0] = packed.shape;
      if (packed.shape.length !== 2 || (rows >= 0 && r !== rows) || (columns >= 0 && c !== columns)) {
        const want = [rows, columns].map((k) => (k < 0 ? 'any' : k)).join(', ');
        this.complaints.add(`${path}.shape`, `expected [${want}], got ${shown(packed.shape)}`);
        return [];
      }
      const flat = this.#checked(path, packed.values, range);
      return Array.from({ length: r }, (_, i) => flat.subarray(i * c, (i + 1) * c));
    }
    if (!Array.isArray(value)) {
      if (value !== undefined) this.complain(key, `expected a table of integers, got ${shown(value)}`);
      return [];
    }
    if (rows >= 0 && value.length !== rows) {
      this.complain(key, `expected ${rows} rows, got ${value.length}`);
      return [];
    }
    const width = columns >= 0 ? columns : Array.isArray(value[0]) ? value[0].length : 0;
    return value.map((row: unknown, i) => {
      const list = this.#flat(`${path}[${i}]`, row, range);
      if (list.length === width) return list;
      this.complaints.add(`${path}[${i}]`, `expected ${width} values, got ${list.length}`);
      return new Int32Array(width);
    });
  }

  /** One integer for all of `n`, or one each (plain or packed list). */
  column(key: string, n: number, range: Range = {}, fallback?: number): number | Int32Array {
    const value = this.#value[key];
    return Array.isArray(value) || isPacked(value)
      ? this.ints(key, range, n)
      : this.int(key, range, fallback);
  }

  strings(key: string): string[] {
    const value = this.#required(key, 'a list of strings');
    if (Array.isArray(value) && value.every((s) => typeof s === 'string')) return value;
    if (value !== undefined) this.complain(key, `expected a list of strings, got ${shown(value)}`);
    return [];
  }

  child(key: string): Fields {
    return new Fields(this.complaints, this.at(key), this.#required(key, 'an object') ?? {});
  }

  /** A list of objects; an empty one is a fault, since it would pass without having checked anything. */
  children(key: string): Fields[] {
    const value = this.#required(key, 'a list of objects');
    if (value === undefined) return [];
    if (!Array.isArray(value)) this.complain(key, `expected a list of objects, got ${shown(value)}`);
    else if (value.length > 0) {
      return value.map((item, i) => new Fields(this.complaints, `${this.at(key)}[${i}]`, item));
    } else this.complain(key, 'is empty, there is nothing to replay');
    return [];
  }

  /**
   * Ends the reading. Strings nobody asked for are remarks of the file's author and become notes; any
   * other stranger is refused.
   */
  finish(): void {
    for (const [key, value] of Object.entries(this.#value)) {
      if (this.#read.has(key)) continue;
      if (typeof value === 'string') this.complaints.notes.push(`${this.at(key)}: ${value}`);
      else {
        this.complain(
          key,
          'is not a field of this kind of recording',
          'docs/recordings.md lists the fields of every kind',
        );
      }
    }
  }
}
