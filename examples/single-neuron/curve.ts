/** One neuron, many currents: a population in which every neuron gets its own, measured in a single run. */
import {
  cells,
  interSpikeInterval,
  type MembraneParameters,
  Network,
  rheobase,
  type Simulation,
  simulate,
} from '../../src/index.js';

/** ms, mV, MOhm: the textbook neuron. With 1.5 nA it fires every 26 ms. */
export const NEURON = { tau_m: 20, R: 15, v_rest: -65, v_reset: -70, v_th: -50 } as const;

export interface Point {
  /** nA */
  readonly current: number;
  /** Whole steps between spikes, mean of those measured; Infinity for a silent neuron. */
  readonly interval: number;
  /** From the closed form, in ms; Infinity below rheobase. */
  readonly analytic: number;
}

export interface Curve {
  /** nA above which the neuron fires */
  readonly rheobase: number;
  /** ms */
  readonly dt: number;
  readonly points: readonly Point[];
  readonly simulation: Simulation;
}

/** Mean interval between a neuron's spikes, in steps; Infinity with fewer than two. */
function meanInterval(steps: readonly number[]): number {
  const first = steps[0];
  const last = steps.at(-1);
  if (first === undefined || last === undefined || steps.length < 2) return Infinity;
  return (last - first) / (steps.length - 1);
}

/** Injects each current (nA) into its own copy of the neuron for `steps` steps of `dt` ms. */
export async function measureCurve(currents: readonly number[], dt: number, steps: number): Promise<Curve> {
  const network = new Network({ label: 'f-I', dt });
  network.population(currents.length, cells.lif({ ...NEURON, I: currents }), 'neurons');
  const simulation = await simulate(network, { steps });

  const times = currents.map((): number[] => []);
  const spikes = simulation.spikes.get('neurons');
  spikes?.neurons.forEach((neuron, i) => {
    times[neuron]?.push(spikes.steps[i] ?? 0);
  });
  const points = currents.map((current, i) => {
    const membrane: MembraneParameters = { ...NEURON, I: current };
    return { current, interval: meanInterval(times[i] ?? []), analytic: interSpikeInterval(membrane) };
  });
  return { rheobase: rheobase(NEURON), dt, points, simulation };
}
