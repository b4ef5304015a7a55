/** A signal through the chip: a code makes spikes of it, a neuron for each of the code's repeats them, and what they say is read back. */
import { Chip } from '../../../routing/index.js';
import { Account } from '../../account/account.js';
import { cells } from '../../api/cells.js';
import { connectors } from '../../api/connectors.js';
import { Network } from '../../api/network.js';
import { spikesByPopulation } from '../../api/results.js';
import { sources } from '../../api/sources.js';
import { synapses } from '../../api/synapses.js';
import { type SignalError, signalError } from '../../coding/signal.js';
import { compile } from '../../compiler/compile.js';
import type { CostProfile } from '../../energy/cost-profile.js';
import { priceEvents } from '../../energy/price.js';
import type { Code, CodeName } from './codes.js';

export interface Outcome {
  readonly name: CodeName;
  readonly neurons: number;
  /** Steps a sample is held for. */
  readonly window: number;
  /** Of the chip's neurons, by step, then neuron. */
  readonly steps: Uint32Array;
  readonly ids: Uint32Array;
  /** A value for each sample. */
  readonly decoded: Float64Array;
  /** At the samples. */
  readonly error: SignalError;
  /** Root of the mean square at every step, decoded values held for their window. */
  readonly heldRms: number;
  /** What `error.max` may be; null where nothing is promised. */
  readonly bound: number | null;
  /** Of operations, an estimate. */
  readonly joules: number;
}

/** @param values of every step, 0..1 */
export async function transmit(code: Code, values: Float64Array, costs: CostProfile): Promise<Outcome> {
  const { name, window } = code;
  const original = values.filter((_, t) => t % window === 0);
  const sent = code.encode(original);
  const network = new Network({ label: name });
  const input = network.population(sent.size, sources.spikeArray(sent), 'input');
  const relay = network.population(sent.size, cells.loihi({ vth: 0 }), 'relay');
  network.projection(input, relay, connectors.oneToOne(), synapses.static({ weight: 1 }));
  const { image } = compile(network);

  await using chip = await Chip.open(image);
  const account = new Account(image, { costs });
  account.begin(chip);
  const recording = await chip.run(sent.duration);
  account.add(recording);
  const { operations } = priceEvents(account.end(chip).ledger.total, costs);

  const spikes = spikesByPopulation(image, recording).get('relay')!;
  const { data } = code.decode({ ...spikes, size: sent.size, duration: sent.duration }, sent);
  const held = values.map((_, t) => data[Math.floor(t / window)]!);
  return {
    name,
    neurons: sent.size,
    window,
    steps: spikes.steps,
    ids: spikes.neurons,
    decoded: data,
    error: signalError(original, data),
    heldRms: signalError(values, held).rms,
    bound: code.bound(original),
    joules: 'joules' in operations ? operations.joules : 0,
  };
}
