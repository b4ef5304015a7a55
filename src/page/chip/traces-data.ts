/** Membranes to be drawn: of the selected neuron, else of the neurons that the network's probes name. */
import type { TraceLine, TracesData } from '../../views/traces.js';
import type { NeuronView, Opened, TracePart } from './calls.js';
import { neuronName, type Selection } from './selection.js';
import type { SpikeHistory } from './spike-history.js';

/** More lines cannot be told apart. */
const MOST_LINES = 4;

export function tracesData(from: {
  readonly opened: Opened;
  readonly history: SpikeHistory;
  readonly selection: Selection | null;
  readonly trace: TracePart | null;
  readonly neuron: NeuronView | null;
}): TracesData | null {
  const { opened, history, selection, trace, neuron } = from;
  if (selection?.kind === 'neuron') {
    if (trace === null || trace.steps.length === 0) return null;
    if (trace.population !== selection.population || trace.neurons[0] !== selection.neuron) return null;
    const row = opened.populations[selection.population]!.firstId + selection.neuron;
    const threshold = neuron?.registers.find(({ name }) => name === 'vthMant')?.value;
    return {
      quantity: 'v',
      lines: [
        {
          label: neuronName(opened, selection.population, selection.neuron),
          steps: trace.steps,
          values: trace.samples,
          spikes: history.spikesOf(row, trace.steps[0]!, trace.steps.at(-1)!),
        },
      ],
      ...(typeof threshold === 'number' ? { threshold: threshold * 64 } : {}),
    };
  }
  return probed(opened, history);
}

function probed(opened: Opened, { traces }: SpikeHistory): TracesData | null {
  const [first] = traces;
  if (first === undefined) return null;
  const { variable } = first;
  const lines: TraceLine[] = [];
  for (const { population, variable: of, neurons, parts } of traces) {
    if (of !== variable) continue;
    for (let column = 0; column < neurons.length && lines.length < MOST_LINES; column++) {
      const length = parts.reduce((sum, { steps }) => sum + steps.length, 0);
      const [steps, values] = [new Uint32Array(length), new Int32Array(length)];
      let at = 0;
      for (const part of parts) {
        steps.set(part.steps, at);
        for (let i = 0; i < part.steps.length; i++)
          values[at + i] = part.samples[i * neurons.length + column]!;
        at += part.steps.length;
      }
      lines.push({ label: neuronName(opened, population, neurons[column]!), steps, values });
    }
  }
  return { quantity: variable, lines };
}
