/**
 * What a replay found. Plain data: the JSON report is `VerifyReport` itself, the text is `renderVerifyReport`.
 */
import type { ChipProfile, ErrorCode } from '../../cores/index.js';

export const VERIFY_SCHEMA = 'seamount/verify/1';

/** The first thing of a case that is not as recorded. */
export interface Mismatch {
  readonly case: string;
  /** 1-based timestep; null where time plays no part (weights, tables). */
  readonly step: number | null;
  /** Neuron of the recording; null where none is concerned. */
  readonly neuron: number | null;
  /** `u`, `v`, `spike`, `eff`, ... */
  readonly field: string;
  readonly expected: number | string;
  readonly got: number | string;
}

/** A case that was not compared for want of something in the recording. */
export interface NotCompared {
  readonly case: string;
  /** Files or fields, with commas. */
  readonly missing: string;
}

/** One recording replayed under one profile. */
export interface RunReport {
  readonly profile: string;
  readonly cases: number;
  readonly passed: number;
  readonly failed: number;
  readonly firstMismatch: Mismatch | null;
  /** The first mismatch of each failed case, at most `MISMATCHES_LISTED`. */
  readonly mismatches: readonly Mismatch[];
  /** What a reader must know of how it was run, e.g. that another placement had to be used. */
  readonly notes: readonly string[];
  /** Not counted among the cases. */
  readonly notCompared: readonly NotCompared[];
}

export interface FileReport {
  readonly file: string;
  /** Empty when the file could not be read. */
  readonly kind: string;
  readonly status: 'passed' | 'failed' | 'skipped' | 'error';
  /** Why it was skipped, or what is wrong with the file. */
  readonly reason: string;
  readonly code: ErrorCode | '';
  readonly notes: readonly string[];
  readonly runs: readonly RunReport[];
}

export interface VerifyReport {
  readonly schema: typeof VERIFY_SCHEMA;
  readonly kernels: 'wasm' | 'scalar';
  readonly workers: number;
  readonly files: readonly FileReport[];
  /** Sums over files and runs. */
  readonly cases: number;
  readonly passed: number;
  readonly failed: number;
  readonly skippedFiles: number;
  readonly errorFiles: number;
  readonly firstMismatch: (Mismatch & { readonly file: string; readonly profile: string }) | null;
}

const MISMATCHES_LISTED = 20;

/** Counts cases of one run. */
export class Tally {
  #cases = 0;
  #failed = 0;
  readonly #mismatches: Mismatch[] = [];

  /** Records a case by its first mismatch, or null when it is as recorded. */
  add(mismatch: Mismatch | null): void {
    this.#cases++;
    if (mismatch === null) return;
    this.#failed++;
    if (this.#mismatches.length < MISMATCHES_LISTED) this.#mismatches.push(mismatch);
  }

  report(
    profile: ChipProfile,
    notes: readonly string[] = [],
    notCompared: readonly NotCompared[] = [],
  ): RunReport {
    return {
      profile: profile.name,
      cases: this.#cases,
      passed: this.#cases - this.#failed,
      failed: this.#failed,
      firstMismatch: this.#mismatches[0] ?? null,
      mismatches: this.#mismatches,
      notes,
      notCompared,
    };
  }
}

/** One report of several files. */
export function summarise(
  files: readonly FileReport[],
  how: { readonly kernels: 'wasm' | 'scalar'; readonly workers: number },
): VerifyReport {
  const runs = files.flatMap((f) => f.runs.map((run) => ({ file: f.file, run })));
  const sum = (of: (run: RunReport) => number): number => runs.reduce((total, { run }) => total + of(run), 0);
  const bad = runs.find(({ run }) => run.firstMismatch !== null);
  return {
    schema: VERIFY_SCHEMA,
    kernels: how.kernels,
    workers: how.workers,
    files,
    cases: sum((r) => r.cases),
    passed: sum((r) => r.passed),
    failed: sum((r) => r.failed),
    skippedFiles: files.filter((f) => f.status === 'skipped').length,
    errorFiles: files.filter((f) => f.status === 'error').length,
    firstMismatch:
      bad?.run.firstMismatch == null
        ? null
        : { file: bad.file, profile: bad.run.profile, ...bad.run.firstMismatch },
  };
}

/** What the report stands for: `E_MISMATCH` after any mismatch, else the code of the first bad file, else null. */
export function outcomeOf(report: VerifyReport): ErrorCode | null {
  if (report.failed > 0) return 'E_MISMATCH';
  const bad = report.files.find((file) => file.status === 'error');
  return bad === undefined || bad.code === '' ? null : bad.code;
}

const mismatchText = (m: Mismatch): string => {
  const where = [
    `case ${m.case}`,
    ...(m.step === null ? [] : [`step ${m.step}`]),
    ...(m.neuron === null ? [] : [`neuron ${m.neuron}`]),
    m.field,
  ];
  return `${where.join(', ')}: expected ${m.expected}, got ${m.got}`;
};

const many = (count: number, noun: string): string => `${count} ${count === 1 ? noun : `${noun}s`}`;

/** The report for people, without a trailing newline. */
export function renderVerifyReport(report: VerifyReport): string {
  const width = Math.max(0, ...report.files.map((f) => f.file.length));
  const lines: string[] = [];
  for (const file of report.files) {
    const head = `${file.status.toUpperCase().padEnd(7)} ${file.file.padEnd(width)}  ${file.kind}`.trimEnd();
    if (file.runs.length === 0) lines.push(head);
    for (const run of file.runs) {
      lines.push(`${head}  ${run.profile}: ${run.passed} of ${many(run.cases, 'case')}`);
      lines.push(...run.mismatches.map((m) => `        ${mismatchText(m)}`));
      if (run.failed > run.mismatches.length) {
        lines.push(`        and ${many(run.failed - run.mismatches.length, 'failed case')} more`);
      }
      if (run.notCompared.length > 0) {
        const missing = run.notCompared.map((absent) => `${absent.case} (no ${absent.missing})`);
        lines.push(`        not compared: ${missing.join(', ')}`);
      }
      lines.push(...run.notes.map((note) => `        note: ${note}`));
    }
    if (file.reason !== '') lines.push(...file.reason.split('\n').map((line) => `        ${line}`));
    lines.push(...file.notes.map((note) => `        ${note}`));
  }
  const absent = report.files
    .flatMap(({ runs }) => runs)
    .reduce((sum, { notCompared }) => sum + notCompared.length, 0);
  const others = [
    ...(absent > 0 ? [`${absent} not compared`] : []),
    ...(report.skippedFiles > 0 ? [`${many(report.skippedFiles, 'file')} skipped`] : []),
    ...(report.errorFiles > 0 ? [`${many(report.errorFiles, 'file')} not usable`] : []),
  ];
  const how = `${report.kernels} kernels, ${many(report.workers, 'worker')}`;
  lines.push(
    [`${many(report.cases, 'case')}, ${report.passed} passed, ${report.failed} failed`, ...others].join(', '),
    how,
  );
  return lines.join('\n');
}
