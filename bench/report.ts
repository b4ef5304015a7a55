/** What the benches say: a JSON object for programs, tables for people. */
import os from 'node:os';
import process from 'node:process';
import { renderTable } from '../src/cli/table.js';
import { VERSION } from '../src/version.js';

export const SCHEMA = 'seamount-bench/2';

/** One thing found. Findings of a kind share a table. */
export interface Finding {
  /** `workload`, `case`, `against-c`, ... */
  readonly kind: string;
  readonly name: string;
  /** As in the JSON: seconds, bytes and plain counts. */
  readonly data: Readonly<Record<string, unknown>>;
  /** Title to text, in order of columns. */
  readonly row: Readonly<Record<string, string>>;
}

/** What the figures depend on besides the code. `load` above 0.3 means that something else was running at the start. */
const machine = () => ({
  node: process.version,
  arch: process.arch,
  cpu: os.cpus()[0]?.model ?? 'unknown',
  cores: os.availableParallelism(),
  memory: os.totalmem(),
  load: os.loadavg()[0] ?? 0,
});

export type Machine = ReturnType<typeof machine>;

export interface Report {
  readonly schema: typeof SCHEMA;
  readonly version: string;
  readonly command: readonly string[];
  readonly machine: Machine;
  readonly results: readonly Readonly<Record<string, unknown>>[];
}

/** Called before anything runs, so that the load is that of others. */
export const reporting = (command: readonly string[]): ((findings: readonly Finding[]) => Report) => {
  const found = machine();
  return (findings) => ({
    schema: SCHEMA,
    version: VERSION,
    command,
    machine: found,
    results: findings.map(({ kind, name, data }) => ({ kind, name, ...data })),
  });
};

/** A table for every kind, in order of appearance, with the columns of its first row. */
export function reportText(findings: readonly Finding[]): string {
  const kinds = [...new Set(findings.map(({ kind }) => kind))];
  const tables = kinds.map((kind) => {
    const rows = findings.filter((finding) => finding.kind === kind).map(({ row }) => row);
    const titles = Object.keys(rows[0] ?? {});
    return renderTable(
      titles.map((title, i) => ({ title, align: i === 0 ? 'left' : 'right' })),
      rows.map((row) => titles.map((title) => row[title] ?? '')),
      (text) => text,
    );
  });
  return `${tables.join('\n\n')}\n`;
}

/** Three digits, in groups when there are more. */
export const figure = (x: number): string =>
  x >= 1000 ? Math.round(x).toLocaleString('en') : x === 0 ? '0' : x.toPrecision(3);

/** A duration with the unit that suits it. */
export function duration(seconds: number): string {
  if (seconds >= 1) return `${figure(seconds)} s`;
  if (seconds >= 1e-3) return `${figure(seconds * 1e3)} ms`;
  return seconds >= 1e-6 ? `${figure(seconds * 1e6)} us` : `${figure(seconds * 1e9)} ns`;
}

/** `1.23 G` events a second. */
export function rate(perSecond: number): string {
  if (perSecond >= 1e9) return `${figure(perSecond / 1e9)} G`;
  if (perSecond >= 1e6) return `${figure(perSecond / 1e6)} M`;
  return figure(perSecond);
}

export const mebibytes = (bytes: number): string => `${(bytes / 2 ** 20).toFixed(0)} MiB`;
