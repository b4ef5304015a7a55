/** One leaky integrate-and-fire neuron per current, run on the chip and compared with the closed form. */
import { type BackendKind, SeamountError, ViolationsError } from '../../cores/index.js';
import type { ChipImage } from '../../routing/index.js';
import { interSpikeInterval, type MembraneParameters, predictedSteps } from '../api/analytic.js';
import { cells } from '../api/cells.js';
import { Network } from '../api/network.js';
import type { PopulationSpikes } from '../api/results.js';
import { simulate } from '../api/simulate.js';
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

const labelOf = (index: number): string => `neuron ${index}`;

/**
 * Runs the neurons, all on one chip.
 * @throws {SeamountError} `E_USAGE` for parameters that make no neuron, or that the registers cannot hold.
 */
export async function measureNeuron(settings: NeuronSettings): Promise<NeuronMeasurement> {
  const { membrane, currents, dt, steps, profile, kernels } = settings;
  const network = new Network({ label: 'neuron', dt });
  // A population each: the scale of v is chosen for one current, as it is for a neuron alone.
  currents.forEach((current, i) => {
    const population = network.population(1, cells.lif({ ...membrane, I: current }), labelOf(i));
    network.probe(population, i === 0 ? ['spikes', 'v'] : ['spikes']);
  });
  const { image, report, spikes, traces } = await simulate(network, {
    steps,
    ...(profile === undefined ? {} : { profile }),
    ...(kernels === undefined ? {} : { kernels }),
  }).catch(asUsage);
  const conversion = report!.conversions[0]!;
  const firing = (interval: number): Firing => ({ interval, rate: rateOf(interval, dt) });
  const points = currents.map((current, i): NeuronPoint => {
    const registers = registersOf(image, i);
    const analytic = interSpikeInterval({ ...membrane, I: current }) / dt;
    const predicted = predictedSteps({
      dv: registers.dv!,
      dmOffset: image.cores[0]!.registers.dmOffset,
      bias: biasOf(registers.biasMant!, registers.biasExp!),
      vthMant: registers.vthMant!,
      refract: registers.refract!,
    });
    const intervals = intervalsOf(spikes.get(labelOf(i))!);
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
    registers: registersOf(image, 0),
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

function intervalsOf({ steps }: PopulationSpikes): {
  readonly spikes: number;
  readonly gaps: readonly number[];
} {
  return { spikes: steps.length, gaps: Array.from(steps.subarray(1), (step, i) => step - steps[i]!) };
}

/** What the one neuron of population `index` was programmed with. */
function registersOf(image: ChipImage, index: number): { readonly [name: string]: number } {
  const { core, compartment } = image.populations[index]!.slices[0]!;
  const { du, dv, vthMant, biasMant, biasExp, refract } = image.cores[core]!.compartments;
  return Object.fromEntries(
    Object.entries({ du, dv, vthMant, biasMant, biasExp, refract }).map(([name, column]) => [
      name,
      typeof column === 'number' ? column : column[compartment]!,
    ]),
  );
}

/** The parameters came from the command line: what the compiler calls bad input is bad usage here. */
function asUsage(cause: unknown): never {
  if (cause instanceof ViolationsError && cause.code === 'E_INPUT')
    throw new SeamountError('E_USAGE', cause.violations.map((v) => v.message).join('\n'), cause.hint, {
      cause,
    });
  throw cause;
}
