/** What a run of the digits says: an object for programs, text for people. */

import { grouped, renderTable } from '../../src/cli/table.js';
import { painter, type Terminal } from '../../src/cli/terminal.js';
import type { CompileReport, LimitName } from '../../src/index.js';
import { imageHash } from '../../src/index.js';
import type { FinishedRun } from '../../src/io/run-files.js';
import { DIGIT_STEPS } from './model.js';
import { type Part, type Score, share } from './score.js';

/** Of the held-out digits, on the chip; less is a failure. */
export const TARGET = 0.96;

export interface DigitsRun {
  readonly run: FinishedRun;
  readonly compiled: CompileReport;
  readonly score: Score;
  /** Digits of `loadDigits` that are held out, shown or not. */
  readonly heldOut: number;
  readonly seconds: number;
  /** From the start of the process. */
  readonly secondsToFirstAnswer: number;
  readonly workers: number;
  readonly kernels: string;
  readonly saved: string;
}

/** Whether the target was reached; null before all held-out digits were shown. */
export const passed = ({ score, heldOut }: DigitsRun): boolean | null =>
  score.heldOut.digits < heldOut ? null : share(score.heldOut.right, score.heldOut.digits) >= TARGET;

interface Rates {
  readonly steps: number;
  /** The following are means per digit. */
  readonly pixelSpikes: number;
  readonly featureSpikes: number;
  readonly voteSpikes: number;
  readonly convEvents: number;
  readonly denseEvents: number;
  readonly sparseEvents: number;
  readonly updates: number;
  readonly messages: number;
  readonly hops: number;
}

function rates({ run, score }: DigitsRun): Rates {
  const digits = Math.max(1, score.all.digits);
  const { totals } = run.counters;
  const per = (count: bigint | number): number => Number(count) / digits;
  const spikesOf = (label: string): number =>
    per(run.populationSpikes[run.image.populations.findIndex((p) => p.label === label)] ?? 0);
  return {
    steps: DIGIT_STEPS,
    pixelSpikes: spikesOf('pixels'),
    featureSpikes: spikesOf('features'),
    voteSpikes: spikesOf('votes'),
    convEvents: per(totals.synapticEventsConv),
    denseEvents: per(totals.synapticEventsDense),
    sparseEvents: per(totals.synapticEventsSparse),
    updates: per(totals.updatesActive),
    messages: per(totals.messagesCore + totals.messagesTile + totals.messagesMesh + totals.messagesChip),
    hops: per(totals.hopsX + totals.hopsY),
  };
}

function overflows({ run }: DigitsRun): bigint {
  const { overflowInput, overflowCurrent, overflowBias, overflowVoltage } = run.counters.totals;
  return overflowInput + overflowCurrent + overflowBias + overflowVoltage;
}

const stepsPerSecond = ({ run, seconds }: DigitsRun): number =>
  (run.recording.to - run.recording.from + 1) / Math.max(seconds, 1e-9);

/** One documented object (README.md). */
export function reportObject(digits: DigitsRun): Record<string, unknown> {
  const { run, compiled, score } = digits;
  const part = (p: Part) => ({ ...p, chip: share(p.right, p.digits), float: share(p.floatRight, p.digits) });
  return {
    schema: 'seamount/digits/1',
    profile: run.image.profile.name,
    image: imageHash(run.image),
    interrupted: run.interrupted,
    accuracy: {
      heldOut: part(score.heldOut),
      training: part(score.training),
      all: part(score.all),
      target: TARGET,
      passed: passed(digits),
    },
    perDigit: rates(digits),
    overflows: Number(overflows(digits)),
    speed: {
      seconds: digits.seconds,
      secondsToFirstAnswer: digits.secondsToFirstAnswer,
      stepsPerSecond: stepsPerSecond(digits),
      digitsPerSecond: score.all.digits / Math.max(digits.seconds, 1e-9),
      workers: digits.workers,
      kernels: digits.kernels,
    },
    cores: compiled.cores,
    stateHash: run.stateHash,
    out: digits.saved,
  };
}

const percent = (right: number, digits: number): string =>
  digits === 0 ? '' : `${(100 * share(right, digits)).toFixed(2)} %`;

const LIMITS: readonly { readonly limit: LimitName; readonly title: string }[] = [
  { limit: 'compartments', title: 'neurons' },
  { limit: 'inAxons', title: 'in-axons' },
  { limit: 'outAxonSlots', title: 'out-axons' },
  { limit: 'synapseBits', title: 'synapses' },
];

/** Synaptic memory is told in KiB. */
const amount = (limit: LimitName, value: number): string =>
  limit === 'synapseBits' ? `${(value / 8192).toFixed(1)} KiB` : grouped(value);

/** A row per core, and a last one with what a core has. */
function coreTable({ cores }: CompileReport, dim: (text: string) => string): string {
  const rows = cores.map(({ core, populations, usage }) => [
    String(core),
    populations.map(({ label, from, to }) => `${label} ${from}..${to - 1}`).join(', '),
    ...LIMITS.map(({ limit }) => amount(limit, usage.find((u) => u.limit === limit)?.used ?? 0)),
  ]);
  const available = LIMITS.map(({ limit }) => {
    const value = cores[0]?.usage.find((u) => u.limit === limit)?.available;
    return value === null || value === undefined ? 'no limit' : amount(limit, value);
  });
  const columns = [
    { title: 'core', align: 'right' },
    { title: 'holds', align: 'left' },
    ...LIMITS.map(({ title }) => ({ title, align: 'right' as const })),
  ] as const;
  return renderTable(columns, [...rows, ['', dim('a core has'), ...available.map(dim)]], dim);
}

/** The report, without a trailing newline; at most 80 columns. */
export function renderDigits(digits: DigitsRun, terminal: Terminal): string {
  const { run, compiled, score } = digits;
  const paint = painter(terminal.colours.out);
  const dim = (text: string): string => paint('dim', text);
  const row = (name: string, part: Part, note: string): string[] => [
    name,
    grouped(part.digits),
    paint('bold', percent(part.right, part.digits)),
    percent(part.floatRight, part.digits),
    dim(note),
  ];
  const parts = [
    row('held out', score.heldOut, 'never used in training'),
    ...(score.training.digits > 0 ? [row('training', score.training, ''), row('all', score.all, '')] : []),
  ];
  const accuracy = renderTable(
    [
      { title: '', align: 'left' },
      { title: 'digits', align: 'right' },
      { title: 'on chip', align: 'right' },
      { title: 'in float', align: 'right' },
      { title: '', align: 'left' },
    ],
    parts,
    dim,
  );

  const rate = rates(digits);
  const n = (value: number): string => grouped(Math.round(value));
  const events = [
    ...(rate.convEvents > 0 ? [`${n(rate.convEvents)} conv`] : []),
    ...(rate.denseEvents > 0 ? [`${n(rate.denseEvents)} dense`] : []),
    ...(rate.sparseEvents > 0 ? [`${n(rate.sparseEvents)} sparse`] : []),
  ].join(' + ');
  const facts: [string, string][] = [
    ['a digit', `${rate.steps} steps; then u and v are reset`],
    [
      'spikes',
      `${n(rate.pixelSpikes)} of pixels, ${n(rate.featureSpikes)} of features, ${n(rate.voteSpikes)} votes, a digit`,
    ],
    ['synaptic events', `${events}, a digit`],
    ['updates', `${n(rate.updates)} of compartments, a digit`],
    ['messages', `${n(rate.messages)} between cores, ${n(rate.hops)} hops between tiles, a digit`],
    ['overflows', grouped(overflows(digits))],
    [
      'chip and float',
      `differ in ${grouped(score.all.different)} answers; ${grouped(score.all.ties)} ties went to the smaller digit`,
    ],
    ['first answer', `after ${digits.secondsToFirstAnswer.toFixed(1)} s`],
    [
      'speed',
      `${n(stepsPerSecond(digits))} steps/s, ${n(score.all.digits / Math.max(digits.seconds, 1e-9))} digits/s, ${digits.seconds.toFixed(1)} s; ${digits.workers === 1 ? '1 worker' : `${digits.workers} workers`}, ${digits.kernels}`,
    ],
    ['image', imageHash(run.image)],
    ['saved', paint('green', digits.saved)],
  ];
  const width = Math.max(...facts.map(([name]) => name.length));
  const lines = [
    accuracy,
    '',
    coreTable(compiled, dim),
    '',
    ...facts.map(([name, value]) => `${dim(name.padEnd(width))}  ${value}`),
  ];
  const reached = passed(digits);
  if (run.interrupted) lines.push('', paint('yellow', `stopped after ${grouped(score.all.digits)} digits`));
  if (reached !== null) {
    const verdict = `${percent(score.heldOut.right, score.heldOut.digits)} of the held-out digits on chip, at least ${100 * TARGET} % asked for`;
    lines.push(
      '',
      reached ? paint(['green', 'bold'], `ok: ${verdict}`) : paint(['red', 'bold'], `failed: ${verdict}`),
    );
  }
  return lines.join('\n');
}
