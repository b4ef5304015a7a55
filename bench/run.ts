/**
 * npm run bench -- [NAME ...] [--json] [--time MS] [--list]
 *
 * NAME selects cases that begin with it: a file (`chip`) or one case (`chip/closed-loop`). Cases live in
 * `*.bench.ts`, each exporting `cases`. Progress goes to stderr, the result to stdout.
 */
import { readdirSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import process from 'node:process';
import { parseArgs } from 'node:util';
import { type Case, type Measurement, measure } from './frame.js';

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    json: { type: 'boolean', default: false },
    list: { type: 'boolean', default: false },
    time: { type: 'string', default: '1000' },
  },
});

const time = Number(values.time);
if (!(time > 0)) {
  process.stderr.write(`--time: expected milliseconds above 0, got '${values.time}'\n`);
  process.exit(2);
}

const files = readdirSync(new URL('.', import.meta.url)).filter((name) => name.endsWith('.bench.ts'));
const all: Case[] = [];
for (const name of files.sort()) {
  const { cases } = (await import(new URL(name, import.meta.url).href)) as { cases?: readonly Case[] };
  if (cases === undefined) throw new Error(`bench/${name} exports no cases`);
  all.push(...cases);
}
const chosen = all.filter(
  ({ name }) => positionals.length === 0 || positionals.some((p) => name.startsWith(p)),
);

if (values.list || chosen.length === 0) {
  const out = values.list ? process.stdout : process.stderr;
  out.write(`${all.map(({ name }) => name).join('\n')}\n`);
  process.exit(values.list ? 0 : 2);
}

const results: Measurement[] = [];
for (const item of chosen) {
  process.stderr.write(`${item.name} ...\n`);
  results.push(await measure(item, { time }));
}

const figure = (x: number): string =>
  x >= 1000 ? x.toLocaleString('en', { maximumFractionDigits: 0 }) : x.toPrecision(3);

if (values.json) {
  const report = {
    schema: 'seamount-bench/1',
    node: process.version,
    arch: process.arch,
    cores: availableParallelism(),
    results,
  };
  process.stdout.write(`${JSON.stringify(report, null, 2)}\n`);
} else {
  const rows = results.map(({ name, median, rate, unit, ratio }) => [
    name,
    `${figure(median)} ms`,
    `${figure(rate)} ${unit}/s`,
    figure(ratio),
  ]);
  const table = [['case', 'median of a call', 'rate', 'calibration ratio'], ...rows];
  const widths = [0, 1, 2, 3].map((i) => Math.max(...table.map((row) => row[i]?.length ?? 0)));
  for (const row of table) {
    process.stdout.write(
      `${row
        .map((cell, i) => cell.padEnd(widths[i] ?? 0))
        .join('  ')
        .trimEnd()}\n`,
    );
  }
}
