/** The f-I curve: neurons side by side on one chip, a current each, beside the closed form. */
import { Chip } from '../../../routing/index.js';
import { firingRate, rheobase } from '../../api/analytic.js';
import { spikesByPopulation } from '../../api/results.js';
import type { CallContext } from '../protocol.js';
import type { NeuronParameters } from './parameters.js';
import { NEURON, programme } from './programme.js';

export interface RateCurve {
  /** nA, ascending */
  readonly currents: Float64Array;
  /** Hz, measured on the chip: spikes after the first over the time between first and last. */
  readonly measured: Float64Array;
  /** A finer grid for the closed form, which knows neither noise nor input spikes nor adaptation. */
  readonly fine: Float64Array;
  /** Null for a reset above the threshold. */
  readonly analytic: Float64Array | null;
  /** nA */
  readonly rheobase: number;
}

const POINTS = 41;
const FINE = 400;
const CURVE_MS = 2_000;
const CURVE_STEPS = 8_000;
const CHUNK = 500;

/** Where the curve ends: a round number beyond both the current and twice the rheobase. */
export function curveEnd({
  I,
  R,
  v_rest,
  v_th,
}: Pick<NeuronParameters, 'I' | 'R' | 'v_rest' | 'v_th'>): number {
  const wanted = Math.max(1.25 * Math.abs(I), 2.5 * Math.max(0, rheobase({ v_th, v_rest, R })), 0.1);
  const unit = 10 ** Math.floor(Math.log10(wanted));
  const step = [1, 2, 3, 4, 5, 6, 8, 10].find((factor) => factor * unit >= wanted * (1 - 1e-9))!;
  return Number((step * unit).toPrecision(6));
}

export async function rateCurve(
  parameters: NeuronParameters,
  context: Pick<CallContext, 'breathe'>,
): Promise<RateCurve> {
  const { dt } = parameters;
  const end = curveEnd(parameters);
  const currents = Float64Array.from({ length: POINTS }, (_, i) => (end * i) / (POINTS - 1));
  const { image } = programme(parameters, { currents: Array.from(currents) });
  const steps = Math.min(CURVE_STEPS, Math.ceil(CURVE_MS / dt));
  const first = new Float64Array(POINTS);
  const last = new Float64Array(POINTS);
  const spikes = new Float64Array(POINTS);
  await using chip = await Chip.open(image, { recordingWords: CHUNK * (POINTS + 1) });
  for (let done = 0; done < steps; done += CHUNK) {
    const recording = await chip.run(Math.min(CHUNK, steps - done));
    const { steps: at, neurons } = spikesByPopulation(image, recording).get(NEURON)!;
    for (let k = 0; k < at.length; k++) {
      const i = neurons[k]!;
      if (spikes[i]!++ === 0) first[i] = at[k]!;
      last[i] = at[k]!;
    }
    await context.breathe();
  }
  const fine = Float64Array.from({ length: FINE }, (_, i) => (end * i) / (FINE - 1));
  return {
    currents,
    measured: spikes.map((count, i) =>
      count > 1 ? (1000 * (count - 1)) / ((last[i]! - first[i]!) * dt) : 0,
    ),
    fine,
    analytic: parameters.v_reset < parameters.v_th ? fine.map((I) => firingRate({ ...parameters, I })) : null,
    rheobase: rheobase(parameters),
  };
}
