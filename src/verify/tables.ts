/**
 * Kind `tables`: arithmetic without a core. Decay and overflow rows, weights of every format, memory of
 * synapse lists, Lava's choice of weight widths. One row or one list of weights is one case.
 */
import {
  decay,
  effectiveWeight,
  type Rules,
  SeamountError,
  type SignMode,
  storeMantissa,
  synapseListBits,
  wrapTwos,
} from '../../cores/index.js';
import type { Fields } from './fields.js';
import { optimizeWeightBits } from './optimize-weight-bits.js';
import type { Recording } from './recording.js';
import { breathe, type ReplayContext, replayRules } from './replay-context.js';
import { type Mismatch, type RunReport, Tally } from './report.js';
import { readSignMode } from './sign-mode.js';

/** Compares one row under these rules; null when it is as recorded. */
type Check = (rules: Rules) => Mismatch | null;

const SECTIONS = ['decay', 'overflow', 'weights', 'synapseBits', 'optimizeWeightBits'] as const;

export function readTables({ fields, complaints }: Recording): Check[] {
  const checks = [
    ...(fields.has('decay') ? readDecay(fields.child('decay')) : []),
    ...(fields.has('overflow') ? readOverflow(fields.child('overflow')) : []),
    ...(fields.has('weights') ? fields.children('weights').map(readWeights) : []),
    ...(fields.has('synapseBits') ? fields.children('synapseBits').map(readSynapseBits) : []),
    ...(fields.has('optimizeWeightBits') ? fields.children('optimizeWeightBits').map(readOptimize) : []),
  ];
  if (!SECTIONS.some((section) => fields.has(section))) {
    fields.complain('', `has none of the tables ${SECTIONS.join(', ')}`);
  }
  fields.finish();
  complaints.throwIfAny();
  return checks;
}

export async function replayTables(checks: readonly Check[], context: ReplayContext): Promise<RunReport> {
  const rules = replayRules(context);
  const tally = new Tally();
  for (const [k, check] of checks.entries()) {
    if (k % 256 === 0) {
      await breathe(context.signal);
      context.progress(k, checks.length);
    }
    tally.add(check(rules));
  }
  context.progress(checks.length, checks.length);
  return tally.report(context.profile);
}

const mismatch = (at: string, field: string, expected: number, got: number | string): Mismatch | null =>
  expected === got ? null : { case: at, step: null, neuron: null, field, expected, got };

/** Rows of named columns, each row an object of numbers. */
function readRows(
  fields: Fields,
  columns: readonly string[],
): { path: string; row: Record<string, number> }[] {
  const names = fields.strings('columns');
  const table = fields.table('rows', -1, names.length);
  const odd = [...names.filter((n) => !columns.includes(n)), ...columns.filter((n) => !names.includes(n))];
  if (names.length > 0 && odd.length > 0) {
    fields.complain('columns', `expected ${columns.join(', ')}; differs by ${odd.join(', ')}`);
  }
  fields.finish();
  return table.map((values, i) => ({
    path: `${fields.path}.rows[${i}]`,
    row: Object.fromEntries(names.map((name, k) => [name, values[k] ?? 0])),
  }));
}

function readDecay(fields: Fields): Check[] {
  return readRows(fields, ['x', 'decay', 'offset', 'result']).map(({ path, row }) => () => {
    const keep = 4096 - row.decay! - row.offset!;
    return mismatch(path, 'result', row.result!, decay(row.x!, keep));
  });
}

function readOverflow(fields: Fields): Check[] {
  return readRows(fields, ['x', 'bits', 'result', 'overflowed']).map(({ path, row }) => () => {
    const got = wrapTwos(row.x!, row.bits!);
    return (
      mismatch(path, 'result', row.result!, got) ??
      mismatch(path, 'overflowed', row.overflowed!, got === row.x! ? 0 : 1)
    );
  });
}

/**
 * Mantissas and what a format stores of them (`stored`) or adds for them (`eff`). nengo-loihi's
 * `fanoutType` 2 is a format of one sign that takes either.
 */
function readWeights(fields: Fields): Check {
  const isOneSign = fields.has('fanoutType') && fields.int('fanoutType', { min: 1, max: 2 }) === 2;
  const signMode: SignMode = fields.has('signMode') ? readSignMode(fields, 'signMode') : 'mixed';
  const bits = fields.int(fields.has('weightBits') ? 'weightBits' : 'numWeightBits', { min: 1, max: 8 });
  const exp = fields.int('exp', { min: -16, max: 15 }, 0);
  const mant = fields.ints('mant', { min: -1024, max: 1024 });
  const eff = fields.has('eff') ? fields.ints('eff', {}, mant.length) : null;
  const stored = fields.has('stored') ? fields.ints('stored', {}, mant.length) : null;
  if (eff === null && stored === null) fields.complain('eff', 'missing, as is stored');
  fields.finish();
  return (rules) => {
    for (const [k, value] of mant.entries()) {
      const mode = isOneSign ? (value < 0 ? 'inhibitory' : 'excitatory') : signMode;
      const format = { signMode: mode, bits, exp };
      const got = weigh(value, format, rules);
      const found =
        (stored === null
          ? null
          : mismatch(fields.path, `stored of mantissa ${value}`, stored[k]!, got.stored)) ??
        (eff === null ? null : mismatch(fields.path, `eff of mantissa ${value}`, eff[k]!, got.eff));
      if (found !== null) return found;
    }
    return null;
  };
}

/** The stored mantissa and its effective weight, or why the profile stores none. */
function weigh(
  value: number,
  format: { readonly signMode: SignMode; readonly bits: number; readonly exp: number },
  rules: Rules,
): { stored: number | string; eff: number | string } {
  try {
    const stored = storeMantissa(value, format, rules);
    return { stored, eff: effectiveWeight(stored, format, rules) };
  } catch (error) {
    if (error instanceof SeamountError) return { stored: error.message, eff: error.message };
    throw error;
  }
}

function readSynapseBits(fields: Fields): Check {
  const compression = fields.text('compression');
  if (compression !== 'sparse' && compression !== 'dense' && compression !== '') {
    fields.complain('compression', `expected sparse or dense, got ${JSON.stringify(compression)}`);
  }
  const width = { min: 0, max: 32 };
  const format = {
    weightBits: fields.int('weightBits', width),
    delayBits: fields.int('delayBits', width),
    tagBits: fields.int('tagBits', width),
    indexBits: fields.int('idxBits', width) * (compression === 'sparse' ? 1 : 0),
  };
  const perBlock = fields.int('synPerBlock', { min: 1, max: 64 });
  const count = fields.int('nWeights', { min: 0 });
  const bits = fields.int('bits', { min: 0 });
  fields.finish();
  return () => mismatch(fields.path, 'bits', bits, synapseListBits(format, count, perBlock));
}

function readOptimize(fields: Fields): Check {
  const signMode = readSignMode(fields, 'signMode');
  const weights = fields.table('weights', -1, -1, { min: -256, max: 255 });
  const numWeightBits = fields.int('numWeightBits');
  const weightExp = fields.int('weightExp');
  const stored = fields.has('stored')
    ? fields.table('stored', weights.length, weights[0]?.length ?? 0)
    : null;
  fields.finish();
  return () => {
    const got = optimizeWeightBits(weights, signMode);
    const found =
      mismatch(fields.path, 'weightExp', weightExp, got.weightExp) ??
      mismatch(fields.path, 'numWeightBits', numWeightBits, got.numWeightBits);
    if (found !== null || stored === null) return found;
    for (const [r, row] of stored.entries()) {
      for (const [c, want] of row.entries()) {
        const odd = mismatch(fields.path, `stored[${r}][${c}]`, want, got.stored[r]![c]!);
        if (odd !== null) return odd;
      }
    }
    return null;
  };
}
