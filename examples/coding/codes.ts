/** Five ways to make spikes of a signal, each sent through neurons of the chip and read back. */
import {
  decodeBurst,
  decodeLatency,
  decodeOnOff,
  decodePopulation,
  decodeRate,
  encodeBurst,
  encodeLatency,
  encodePopulation,
  encodeRegular,
  encodeStepForward,
  type Signal,
  type SignalError,
  type SpikeCode,
  signalError,
} from '../../src/coding/index.js';
import { cells, connectors, Network, simulate, sources, synapses } from '../../src/index.js';
import { type Course, sampled } from './signals.js';

/** Steps a sample is held for, but for the step-forward code, which looks at every step. */
const WINDOW = 20;

interface Coding {
  readonly name: string;
  readonly window: number;
  readonly encode: (signal: Float64Array) => SpikeCode;
  /** Of the spikes of the chip; `sent` is what the encoder gave. */
  readonly decode: (spikes: SpikeCode, sent: SpikeCode) => Signal;
}

function coding<C extends SpikeCode>(
  name: string,
  window: number,
  encode: (signal: Float64Array) => C,
  decode: (code: C) => Signal,
): Coding {
  return { name, window, encode, decode: (spikes, sent) => decode({ ...(sent as C), ...spikes }) };
}

const rate = { window: WINDOW };
const latency = { window: WINDOW };
const burst = { window: WINDOW, maxSpikes: 5, minInterval: 2, maxInterval: 8 };
const population = { window: WINDOW, neurons: 10, peak: 0.25 };

export const CODINGS: readonly Coding[] = [
  coding(
    'rate',
    WINDOW,
    (x) => encodeRegular(x, rate),
    (code) => decodeRate(code, rate),
  ),
  coding(
    'latency',
    WINDOW,
    (x) => encodeLatency(x, latency),
    (code) => decodeLatency(code, latency),
  ),
  coding(
    'burst',
    WINDOW,
    (x) => encodeBurst(x, burst),
    (code) => decodeBurst(code, burst),
  ),
  coding(
    'population',
    WINDOW,
    (x) => encodePopulation(x, population),
    (code) => decodePopulation(code, population),
  ),
  coding('step-forward', 1, (x) => encodeStepForward(x, { threshold: 0.05 }), decodeOnOff),
];

export interface Outcome {
  readonly name: string;
  readonly neurons: number;
  /** Spikes of the chip's neurons. */
  readonly spikes: number;
  readonly error: SignalError;
  readonly original: Float64Array;
  readonly decoded: Float64Array;
}

/** Encodes a course, lets a neuron of the chip repeat every neuron of the code, and decodes what these say. */
export async function send({ name, window, encode, decode }: Coding, course: Course): Promise<Outcome> {
  const original = sampled(course, window);
  const code = encode(original);
  const network = new Network({ label: name });
  const input = network.population(code.size, sources.spikeArray(code), 'input');
  const relay = network.population(code.size, cells.loihi({ vth: 0 }), 'relay');
  network.projection(input, relay, connectors.oneToOne(), synapses.static({ weight: 1 }));
  const simulation = await simulate(network, { steps: code.duration });

  const spikes = simulation.spikes.get('relay');
  if (spikes === undefined) throw new Error('the relays were not recorded');
  const { data } = decode({ ...spikes, size: code.size, duration: code.duration }, code);
  return {
    name,
    neurons: code.size,
    spikes: spikes.steps.length,
    error: signalError(original, data),
    original,
    decoded: data,
  };
}
