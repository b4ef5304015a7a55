/**
 * Keeps what is fast from becoming slow unnoticed: each case's best time as a ratio to the best time of its
 * calibration, against the ratio in baseline.json. Noise only ever adds time, so the best of several rounds is
 * the steadiest figure there is; a case that looks slow is measured again before anyone is told.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import process from 'node:process';
import { SeamountError } from '../src/index.js';
import { calibration } from './calibration.js';
import type { Subject } from './frame.js';
import { GUARD_CASES, type GuardCase } from './guard-cases.js';
import { duration, type Finding } from './report.js';
import { repository } from './repository.js';

const SCHEMA = 'seamount-bench-baseline/1';
const FILE = join(repository, 'bench/baseline.json');

/** A case fails when its speed has fallen by a third: the same work takes one and a half times as long. */
export const ALLOWED = 1.5;
/** Rounds of a first look, and of each further one for a case that fails: a neighbour may be busy for a second or two. */
const ROUNDS = 5;
const ATTEMPTS = 5;
const ROUND_MS = 60;
const CALIBRATION_MS = 15;

export interface Baseline {
  readonly schema: typeof SCHEMA;
  /** Where it was recorded. A ratio carries over to other processors only roughly, so the guard says so. */
  readonly machine: { readonly cpu: string; readonly node: string };
  /** Time of one unit of a case, in iterations of its calibration loop. */
  readonly ratios: Readonly<Record<string, number>>;
}

interface Best {
  /** Least time of a call, ms. */
  readonly call: number;
  /** Least time of an iteration of the calibration loop, ms. */
  readonly iteration: number;
}

async function least(call: () => unknown, ms: number, before = Number.POSITIVE_INFINITY): Promise<number> {
  const end = performance.now() + ms;
  let best = before;
  do {
    const started = performance.now();
    await call();
    best = Math.min(best, performance.now() - started);
  } while (performance.now() < end);
  return best;
}

async function measure(
  { calibration: kind }: GuardCase,
  subject: Subject,
  before: Best = { call: Number.POSITIVE_INFINITY, iteration: Number.POSITIVE_INFINITY },
): Promise<Best> {
  const loop = calibration(kind);
  let { call, iteration } = before;
  for (let round = 0; round < ROUNDS; round++) {
    iteration = Math.min(iteration, (await least(loop.call, CALIBRATION_MS)) / loop.iterations);
    call = await least(subject.call, ROUND_MS, call);
  }
  return { call, iteration };
}

/** Whether the ratio is so bad that it must be looked at again, or be reported. */
export const fails = (ratio: number, baseline: number | undefined): boolean =>
  baseline === undefined || ratio > baseline * ALLOWED;

async function guarded(item: GuardCase, baseline: number | undefined, updating: boolean): Promise<Finding> {
  const subject = await item.open();
  try {
    await least(subject.call, ROUND_MS); // until compiled; not counted
    await least(calibration(item.calibration).call, CALIBRATION_MS);
    let best = await measure(item, subject);
    const ratioOf = ({ call, iteration }: Best): number => call / item.perCall / iteration;
    for (let attempt = 1; attempt < ATTEMPTS && !updating && fails(ratioOf(best), baseline); attempt++)
      best = await measure(item, subject, best);
    const ratio = ratioOf(best);
    const failed = !updating && fails(ratio, baseline);
    const part = baseline === undefined ? null : ratio / baseline;
    return {
      kind: 'guard',
      name: item.name,
      data: {
        calibration: item.calibration,
        seconds: best.call / 1000,
        ratio,
        baseline: baseline ?? null,
        failed,
      },
      row: {
        case: item.name,
        'least time': duration(best.call / 1000),
        calibration: item.calibration,
        ratio: ratio.toPrecision(4),
        baseline: baseline?.toPrecision(4) ?? 'none',
        'of it': part?.toFixed(2) ?? '',
        '': failed ? 'FAILED' : part !== null && part < 1 / ALLOWED ? 'faster: --guard --update' : '',
      },
    };
  } finally {
    await subject.close?.();
  }
}

/** Throws E_INPUT for a baseline that is none. */
function readBaseline(): Baseline {
  const found = JSON.parse(readFileSync(FILE, 'utf8')) as Baseline;
  if (found.schema === SCHEMA) return found;
  throw new SeamountError(
    'E_INPUT',
    `${FILE}: expected schema ${SCHEMA}`,
    'npm run bench -- --guard --update',
  );
}

/** Measures all cases; with `update`, writes what it finds as the new baseline. */
export async function guard(update: boolean, say: (text: string) => void): Promise<readonly Finding[]> {
  const baseline = update ? null : readBaseline();
  const cpu = os.cpus()[0]?.model ?? 'unknown';
  if (baseline !== null && baseline.machine.cpu !== cpu)
    say(`note: the baseline is of another processor, ${baseline.machine.cpu}; this is ${cpu}`);
  const findings: Finding[] = [];
  for (const item of GUARD_CASES) {
    say(item.name);
    findings.push(await guarded(item, baseline?.ratios[item.name], update));
  }
  if (update) {
    const found: Baseline = {
      schema: SCHEMA,
      machine: { cpu, node: process.version },
      ratios: Object.fromEntries(
        findings.map(({ name, data }) => [name, Number((data.ratio as number).toPrecision(4))]),
      ),
    };
    writeFileSync(FILE, `${JSON.stringify(found, null, 2)}\n`);
  }
  return findings;
}

/** Throws E_MISMATCH naming every case that has become slow. */
export function checkGuard(findings: readonly Finding[]): void {
  const failed = findings.filter(({ data }) => data.failed === true);
  if (failed.length === 0) return;
  const each = failed.map(({ name, row }) => `${name} (${row.ratio} against ${row.baseline})`);
  throw new SeamountError(
    'E_MISMATCH',
    `slower by more than a third than bench/baseline.json: ${each.join(', ')}`,
    'if it is meant to be: npm run bench -- --guard --update, and say why in the commit',
  );
}
