/**
 * Kind `noise`: neurons of one core without input, with the raw noise draws of every step recorded, which
 * are injected in place of the generator.
 */
import {
  type Cluster,
  type CompartmentRegisters,
  type CoreRegisters,
  DEFAULT_COMPARTMENT,
  DEFAULT_CORE,
  type Rules,
} from '../../cores/index.js';
import { type Bench, openBench, stepCore } from './core-bench.js';
import { coreImage } from './core-image.js';
import type { Fields } from './fields.js';
import { checkRegisters, readDecays } from './neuron.js';
import type { Recording } from './recording.js';
import { breathe, noteWidening, type ReplayContext, replayRules } from './replay-context.js';
import { type Mismatch, type RunReport, Tally } from './report.js';

interface NoiseCase {
  readonly id: string;
  readonly path: string;
  readonly n: number;
  readonly steps: number;
  readonly params: NoiseParams;
  /** [step - 1][neuron] */
  readonly raw: readonly Int32Array[];
  readonly u: readonly Int32Array[] | null;
  readonly v: readonly Int32Array[] | null;
  readonly spiked: readonly Int32Array[] | null;
}

interface NoiseParams {
  readonly du: number;
  readonly dv: number;
  readonly vthMant: number;
  readonly biasMant: number;
  readonly biasExp: number;
  readonly refract: number;
  readonly vmin: number;
  readonly vmax: number;
  readonly noiseExp: number;
  readonly noiseMantOffset: number;
  readonly noiseAtMembrane: boolean;
  readonly enable: Int32Array;
}

const V_LIMIT = 2 ** 23 - 1;
const MOST_NEURONS = 131_072;
const MOST_STEPS = 1_000_000;

export function readNoise({ fields, complaints }: Recording): NoiseCase[] {
  const cases = fields.children('cases').map((c, i) => readCase(c, i));
  fields.finish();
  complaints.throwIfAny();
  return cases;
}

function readCase(fields: Fields, index: number): NoiseCase {
  const n = fields.int('n', { min: 1, max: MOST_NEURONS });
  const steps = fields.int('steps', { min: 1, max: MOST_STEPS });
  const trace = (key: string): Int32Array[] | null => (fields.has(key) ? fields.table(key, steps, n) : null);
  const noise: NoiseCase = {
    id: fields.text('id', `cases[${index}]`),
    path: fields.path,
    n,
    steps,
    params: readParams(fields.child('params'), n),
    raw: fields.table('raw', steps, n, { min: -128, max: 127 }),
    u: trace('u'),
    v: trace('v'),
    spiked: fields.has('spiked') ? fields.table('spiked', steps, n, { min: 0, max: 1 }) : null,
  };
  if (noise.u === null && noise.v === null && noise.spiked === null) {
    fields.complain('spiked', 'missing, as are u and v');
  }
  fields.finish();
  return noise;
}

function readParams(fields: Fields, n: number): NoiseParams {
  const params: NoiseParams = {
    ...readDecays(fields),
    ...readThreshold(fields),
    ...readBias(fields),
    refract: fields.int('refract', { min: 0, max: 64 }, 1),
    vmin: fields.int('vmin', { max: 0 }, -V_LIMIT),
    vmax: fields.int('vmax', { min: 0 }, V_LIMIT),
    noiseExp: fields.int('noiseExp', { min: 0, max: 23 }),
    noiseMantOffset: fields.int('noiseMantOffset', { min: -64, max: 63 }),
    noiseAtMembrane: fields.flag('noiseAtMembrane', false),
    enable: fields.has('enable') ? fields.ints('enable', { min: 0, max: 1 }, n) : new Int32Array(n).fill(1),
  };
  fields.finish();
  return params;
}

/** `vthMant`, or `vth` in the unit of v. */
function readThreshold(fields: Fields): { vthMant: number } {
  if (fields.has('vthMant')) return { vthMant: fields.int('vthMant', { min: 0, max: 131_071 }) };
  const vth = fields.int('vth', { min: 0, max: 131_071 * 64 });
  if (vth % 64 !== 0)
    fields.complain('vth', `${vth} is not a multiple of 64, as every threshold on a chip is`);
  return { vthMant: Math.floor(vth / 64) };
}

/** `biasMant` and `biasExp`, or `bias` in the unit of v, which a mantissa and an exponent must hold exactly. */
function readBias(fields: Fields): { biasMant: number; biasExp: number } {
  if (fields.has('biasMant')) {
    return {
      biasMant: fields.int('biasMant', { min: -4096, max: 4095 }),
      biasExp: fields.int('biasExp', { min: -31, max: 7 }, 0),
    };
  }
  const bias = fields.int('bias', {}, 0);
  let biasMant = bias;
  let biasExp = 0;
  while ((biasMant > 4095 || biasMant < -4096) && biasMant % 2 === 0) {
    biasMant /= 2;
    biasExp++;
  }
  if (biasMant > 4095 || biasMant < -4096) fields.complain('bias', `no mantissa and exponent give ${bias}`);
  return { biasMant, biasExp };
}

export async function replayNoise(cases: readonly NoiseCase[], context: ReplayContext): Promise<RunReport> {
  const rules = replayRules(context);
  const tally = new Tally();
  const images = cases.map((c) => imageOf(c, rules, context));
  context.complaints.throwIfAny();
  const bench = await openBench(
    images.map((image) => ({ image, payloads: false, inboxCapacity: 1, eventsPerAxon: 1 })),
    { ...context.profile, rules },
    context.kernels,
  );
  for (const [k, noise] of cases.entries()) {
    if (k % 16 === 0) await breathe(context.signal);
    context.progress(k, cases.length);
    tally.add(replayCase(noise, bench, bench.clusters[k]!));
  }
  context.progress(cases.length, cases.length);
  return tally.report(context.profile, [...context.notes]);
}

function imageOf({ n, params, path, raw }: NoiseCase, rules: Rules, context: ReplayContext) {
  const compartments: CompartmentRegisters = {
    ...DEFAULT_COMPARTMENT,
    du: params.du + 1 - rules.dsOffset,
    dv: params.dv - rules.dmOffset,
    vthMant: params.vthMant,
    biasMant: params.biasMant,
    biasExp: params.biasExp,
    refract: params.refract,
    noiseEnable: params.enable,
  };
  const registers: CoreRegisters = {
    ...DEFAULT_CORE(rules),
    vmin: params.vmin,
    vmax: params.vmax,
    noiseTarget: params.noiseAtMembrane ? 'voltage' : 'current',
    noiseExp: params.noiseExp,
    noiseMantOffset: params.noiseMantOffset,
  };
  checkRegisters(compartments, registers, rules, `${path}.params`, context.complaints);
  const { min, max } = rules.noise;
  raw.forEach((draws, k) => {
    const odd = draws.findIndex((draw) => draw < min || draw > max);
    if (odd < 0) return;
    context.complaints.add(`${path}.raw[${k}][${odd}]`, `${draws[odd]} is not a draw of ${min}..${max}`);
  });
  noteWidening(context, compartments);
  return coreImage(n, compartments, registers, []);
}

function replayCase(noise: NoiseCase, bench: Bench, cluster: Cluster): Mismatch | null {
  const core = cluster.cores[0]!;
  const hasNoise = noise.params.enable.some((enabled) => enabled === 1);
  for (let t = 1; t <= noise.steps; t++) {
    if (hasNoise) core.injectNoise(noise.raw[t - 1]!);
    const fired = stepCore(bench, cluster, t, []);
    const spiked = new Set(cluster.fired.subarray(0, fired));
    for (let i = 0; i < noise.n; i++) {
      const differs = (field: string, expected: number | undefined, got: number): Mismatch | null =>
        expected === undefined || expected === got
          ? null
          : { case: noise.id, step: t, neuron: i, field, expected, got };
      const mismatch =
        differs('u', noise.u?.[t - 1]?.[i], core.u[i]!) ??
        differs('v', noise.v?.[t - 1]?.[i], core.v[i]!) ??
        differs('spike', noise.spiked?.[t - 1]?.[i], spiked.has(i) ? 1 : 0);
      if (mismatch !== null) return mismatch;
    }
  }
  return null;
}
