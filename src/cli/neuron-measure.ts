/** One leaky integrate-and-fire neuron per current, run on the chip and compared with the closed form. */
import { type BackendKind, type RegisterColumn, SeamountError, ViolationsError } from '../../cores/index.js';
import type { ChipImage } from '../../routing/index.js';
import { interSpikeInterval, type MembraneParameters, predictedSteps } from '../api/analytic.js';
import { cells } from '../api/cells.js';
import type { LifParameters } from '../api/lif-cell.js';
import { Network } from '../api/network.js';
import { type PopulationSpikes, simulate } from '../api/simulate.js';
import type { ConversionReport } from '../compiler/report.js';

export interface NeuronSettings {
  /** All but the current. */
  readonly membrane: Omit<Required<MembraneParameters>, 'I'> & { readonly tau_syn: number };
  /** nA */
  readonly currents: readonly number[];
  /** ms */
  readonly dt: number;
  readonly steps: number;
  readonly profile?: string;
  readonly kernels?: BackendKind;
}

/** Steps between spikes, and what they are as a rate. */
export interface Firing {
  /** Steps between spikes: Infinity when it never fires, NaN when it fired only once. */
  readonly interval: number;
  /** Hz, of the mean interval. */
  readonly rate: number;
}

export interface NeuronPoint {
  /** nA */
  readonly current: number;
  readonly analytic: Firing;
  /** The same formula with the rounded registers, to the next whole step. */
  readonly predicted: Firing;
  readonly measured: Firing & {
    readonly spikes: number;
    readonly shortest: number;
    readonly longest: number;
  };
  /** The largest difference of a measured interval from the analytic one, in steps; 0 when both are silent. */
  readonly errorSteps: number;
}

export interface NeuronMeasurement {
  readonly settings: NeuronSettings;
  readonly conversion: ConversionReport;
  readonly registers: { readonly [name: string]: number };
  readonly points: readonly NeuronPoint[];
  /** Of the first current: v in mV after each step. */
  readonly trace: { readonly steps: readonly number[]; readonly v: readonly number[] };
  readonly image: ChipImage;
}

const LABEL = 'neuron';

/**
 * Runs the neurons, all on one chip.
 * @throws {SeamountError} `E_USAGE` for parameters that make no neuron, or that the registers cannot hold.
 */
export async function measureNeuron(settings: NeuronSettings): Promise<NeuronMeasurement> {
  const { membrane, currents, dt, steps, profile, kernels } = settings;
  const network = new Network({ label: LABEL, dt });
  const parameters: LifParameters = { ...membrane, I: currents.length === 1 ? currents[0]! : currents };
  const population = network.population(currents.length, cells.lif(parameters), LABEL);
  network.probe(population);
  network.probe(population, ['v'], { neurons: [0] });
  const { image, report, spikes, traces } = await simulate(network, {
    steps,
    ...(profile === undefined ? {} : { profile }),
    ...(kernels === undefined ? {} : { kernels }),
  }).catch(asUsage);
  const conversion = report!.conversions[0]!;
  const core = image.cores[0]!;
  const register = (column: RegisterColumn, i: number): number =>
    typeof column === 'number' ? column : column[i]!;
  const { du, dv, vthMant, biasMant, biasExp, refract } = core.compartments;
  const firing = (interval: number): Firing => ({ interval, rate: rateOf(interval, dt) });
  const points = currents.map((current, i): NeuronPoint => {
    const analytic = interSpikeInterval({ ...membrane, I: current }) / dt;
    const predicted = predictedSteps({
      dv: register(dv, i),
      dmOffset: core.registers.dmOffset,
      bias: biasOf(register(biasMant, i), register(biasExp, i)),
      vthMant: register(vthMant, i),
      refract: register(refract, i),
    });
    const intervals = intervalsOf(spikes.get(LABEL)!, i);
    const mean = intervals.gaps.reduce((sum, gap) => sum + gap, 0) / intervals.gaps.length;
    const interval = intervals.spikes === 0 ? Infinity : mean;
    const shortest = Math.min(...intervals.gaps);
    const longest = Math.max(...intervals.gaps, Number.NEGATIVE_INFINITY);
    return {
      current,
      analytic: firing(analytic),
      predicted: firing(Math.ceil(predicted)),
      measured: { ...firing(interval), spikes: intervals.spikes, shortest, longest },
      errorSteps:
        intervals.gaps.length > 0
          ? Math.max(Math.abs(shortest - analytic), Math.abs(longest - analytic))
          : Number.isFinite(analytic)
            ? Number.NaN
            : 0,
    };
  });
  const { samples, at } = { samples: traces[0]!.values, at: traces[0]!.steps };
  return {
    settings,
    conversion,
    registers: Object.fromEntries(
      Object.entries({ du, dv, vthMant, biasMant, biasExp, refract }).map(([name, column]) => [
        name,
        register(column, 0),
      ]),
    ),
    points,
    trace: {
      steps: Array.from(at),
      v: Array.from(samples, (v) => v / conversion.unitsPerMv + membrane.v_reset),
    },
    image,
  };
}

const biasOf = (mant: number, exp: number): number => (exp < 0 ? mant >> -exp : mant * 2 ** exp);

/** 0 Hz where it never fires. */
const rateOf = (interval: number, dt: number): number => 1000 / (interval * dt);

function intervalsOf(
  { steps, neurons }: PopulationSpikes,
  neuron: number,
): { readonly spikes: number; readonly gaps: readonly number[] } {
  const fired = steps.filter((_, i) => neurons[i] === neuron);
  return { spikes: fired.length, gaps: Array.from(fired.subarray(1), (step, i) => step - fired[i]!) };
}

/** The parameters came from the command line: what the compiler calls bad input is bad usage here. */
function asUsage(cause: unknown): never {
  if (cause instanceof ViolationsError && cause.code === 'E_INPUT')
    throw new SeamountError('E_USAGE', cause.violations.map((v) => v.message).join('\n'), cause.hint, {
      cause,
    });
  throw cause;
}
