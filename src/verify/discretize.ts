/**
 * Kind `discretize`: float parameter sets and the registers nengo-loihi made of them. Registers and weights
 * are compared exactly; scales, which are real numbers, to within rounding of a double.
 */
import { effectiveWeight, type Rules, SeamountError, storeMantissa } from '../../cores/index.js';
import type { Fields } from './fields.js';
import { type DiscretizedBlock, discretize, type FloatBlock } from './nengo-discretize.js';
import type { Recording } from './recording.js';
import { breathe, type ReplayContext, replayRules } from './replay-context.js';
import { type Mismatch, type RunReport, Tally } from './report.js';

/** Largest relative difference of two scales that count as equal. */
const TOLERANCE = 1e-12;

const INTEGERS = ['decayU', 'decayV', 'vth', 'refract', 'vmin', 'vmax', 'wExp', 'synExp', 'synExp2'] as const;
const REALS = ['wScale', 'vScale', 'bScale'] as const;

interface DiscretizeCase {
  readonly id: string;
  readonly block: FloatBlock;
  /** Null where the peer refused the parameters. */
  readonly out: DiscretizedBlock | null;
}

export function readDiscretize({ fields, complaints }: Recording): DiscretizeCase[] {
  const cases = fields.children('cases').map((c, i): DiscretizeCase => {
    const id = c.text('id', `cases[${i}]`);
    const block = readBlock(c.child('in'));
    const refused = c.has('error');
    if (refused) c.text('error');
    const out = refused ? null : readOut(c.child('out'), block);
    c.finish();
    return { id, block, out };
  });
  fields.finish();
  complaints.throwIfAny();
  return cases;
}

function readBlock(fields: Fields): FloatBlock {
  const kind = fields.text('kind');
  if (kind !== 'lif' && kind !== 'relu') fields.complain('kind', `expected lif or relu, got ${kind}`);
  const block: FloatBlock = {
    kind: kind === 'relu' ? 'relu' : 'lif',
    tauS: fields.real('tauS', 0),
    tauRc: fields.real('tauRc', 0),
    tauRef: fields.real('tauRef', 0),
    vth: fields.real('vth', 0),
    minVoltage: fields.real('minVoltage'),
    bias: fields.reals('bias'),
    weights: fields.realTable('weights'),
    weights2: fields.realTable('weights2'),
    wMax: fields.real('wMax', 0),
  };
  fields.finish();
  return block;
}

function readOut(fields: Fields, block: FloatBlock): DiscretizedBlock {
  const integer = (key: string): number => fields.int(key);
  const weights = (key: 'weights' | 'weights2'): number[][] =>
    fields.table(key, block[key].length, block[key][0]?.length ?? 0).map((row) => Array.from(row));
  const numbers = Object.fromEntries([
    ...INTEGERS.map((key) => [key, integer(key)]),
    ...REALS.map((key) => [key, fields.real(key)]),
  ]) as Record<(typeof INTEGERS | typeof REALS)[number], number>;
  const out: DiscretizedBlock = {
    ...numbers,
    bias: Array.from(fields.ints('bias', {}, block.bias.length)),
    weights: weights('weights'),
    weights2: weights('weights2'),
  };
  fields.finish();
  return out;
}

export async function replayDiscretize(
  cases: readonly DiscretizeCase[],
  context: ReplayContext,
): Promise<RunReport> {
  const rules = replayRules(context);
  const tally = new Tally();
  for (const [k, one] of cases.entries()) {
    if (k % 64 === 0) await breathe(context.signal);
    context.progress(k, cases.length);
    tally.add(compare(one, rules));
  }
  context.progress(cases.length, cases.length);
  return tally.report(context.profile);
}

function compare({ id, block, out }: DiscretizeCase, rules: Rules): Mismatch | null {
  const differs = (field: string, expected: number | string, found: number | string): Mismatch => ({
    case: id,
    step: null,
    neuron: null,
    field,
    expected,
    got: found,
  });
  let got: DiscretizedBlock | null;
  try {
    got = discretize(block, (mantissa, exp) => {
      const format = { signMode: 'mixed', bits: 8, exp } as const;
      return effectiveWeight(storeMantissa(mantissa, format, rules), format, rules);
    });
  } catch (error) {
    if (error instanceof SeamountError) return differs('weights', 'rounded', error.message);
    throw error;
  }
  if (out === null || got === null) {
    if (out === got) return null;
    return differs('error', out === null ? 'refused' : 'registers', got === null ? 'refused' : 'registers');
  }
  for (const key of INTEGERS) if (out[key] !== got[key]) return differs(key, out[key], got[key]);
  for (const key of REALS) {
    const error = Math.abs(out[key] - got[key]);
    if (error > TOLERANCE * Math.abs(out[key])) return differs(key, out[key], got[key]);
  }
  for (const key of ['bias', 'weights', 'weights2'] as const) {
    const expected = out[key].flat();
    const found = got[key].flat();
    const k = expected.findIndex((value, i) => value !== found[i]);
    if (k >= 0) return { ...differs(`${key}[${k}]`, expected[k]!, found[k]!) };
  }
  return null;
}
