/** What a step costs: of a small core, of a closed loop from JavaScript, of a network over several cores. */
import { balancedNetwork } from '../examples/balanced-random/network.js';
import { Chip, type ChipOptions } from '../routing/index.js';
import { cells, compile, connectors, Network, sources, synapses } from '../src/index.js';
import type { Case, Subject } from './frame.js';

const STEPS = 1000;

/** Opens a chip whose calls each run some more steps of it. */
async function running(network: Network, steps: number, options: ChipOptions = {}): Promise<Subject> {
  const chip = await Chip.open(compile(network).image, options);
  return { call: () => chip.run(steps), close: () => chip.close() };
}

/** A hundred neurons on one core, a tenth of pairs joined, every neuron firing now and then by its bias. */
function smallNetwork(): Network {
  const network = new Network({ label: 'a hundred' });
  const bias = Int32Array.from({ length: 100 }, (_, i) => 300 + 5 * i);
  const neurons = network.population(100, cells.loihi({ du: 741, dv: 100, vth: 200, bias }), 'neurons');
  network.projection(neurons, neurons, connectors.fixedProbability(0.1), synapses.static({ weight: 2 }));
  return network;
}

/** The closed loop: four inputs set, one step, the answer read. */
async function closedLoop(): Promise<Subject> {
  const network = new Network({ label: 'loop' });
  const inputs = network.population(16, sources.spikeArray({ neurons: [], steps: [] }), 'inputs');
  const neurons = network.population(100, cells.loihi({ du: 741, dv: 100, vth: 100 }), 'neurons');
  network.projection(inputs, neurons, connectors.allToAll(), synapses.static({ weight: 20 }));
  const chip = await Chip.open(compile(network).image);
  let turn = 0;
  const call = (): number => {
    let answers = 0;
    for (let i = 0; i < STEPS; i++) {
      const first = (turn++ % 4) * 4;
      chip.send({ sources: [first, first + 1, first + 2, first + 3] });
      answers += chip.stepSync().spikes.ids.length;
    }
    return answers;
  };
  return { call, close: () => chip.close() };
}

export const cases: readonly Case[] = [
  {
    name: 'chip/100-neurons',
    unit: 'steps',
    perCall: STEPS,
    open: () => running(smallNetwork(), STEPS),
  },
  {
    name: 'chip/100-neurons-scalar',
    unit: 'steps',
    perCall: STEPS,
    open: () => running(smallNetwork(), STEPS, { kernels: 'scalar' }),
  },
  { name: 'chip/closed-loop', unit: 'steps', perCall: STEPS, open: closedLoop },
  { name: 'chip/balanced', unit: 'steps', perCall: 100, open: () => running(balancedNetwork(1), 100) },
  {
    name: 'chip/balanced-2-workers',
    unit: 'steps',
    perCall: 100,
    open: () => running(balancedNetwork(1), 100, { workers: 2 }),
  },
];
