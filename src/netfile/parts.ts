/** Parts of a network document as parts of a network: cells, connectors, synapses. */
import { cells } from '../api/cells.js';
import { type Connector, connectors } from '../api/connectors.js';
import type { Cell } from '../api/population.js';
import { sources } from '../api/sources.js';
import { type Distribution, type StaticSynapse, type SynapseValue, synapses } from '../api/synapses.js';
import type { Findings, Path } from './findings.js';
import type {
  CellDocument,
  ConnectorDocument,
  DistributionDocument,
  SynapseDocument,
} from './network-shape.js';
import { kindOf } from './shape.js';

/** Lists of a cell have a value per neuron, and spikes are of neurons there are. */
export function checkLengths(cell: CellDocument, size: number, path: Path, findings: Findings): void {
  const perNeuron = (value: unknown, at: Path): void => {
    if (Array.isArray(value) && value.length !== size)
      findings.add(at, `expected ${size} values, one per neuron, got ${value.length}`);
    else if (kindOf(value) === 'object')
      for (const [key, inner] of Object.entries(value as object)) perNeuron(inner, [...at, key]);
  };
  if (cell.type === 'spikeArray' && cell.events !== undefined) {
    const { neurons, steps } = cell.events;
    if (neurons.length !== steps.length)
      findings.add(
        [...path, 'events'],
        `expected as many steps as neurons, got ${steps.length} and ${neurons.length}`,
      );
    neurons.forEach((neuron, i) => {
      if (neuron >= size)
        findings.add([...path, 'events', 'neurons', i], `no neuron ${neuron}: there are ${size}, from 0`);
    });
    return;
  }
  for (const [key, value] of Object.entries(cell)) perNeuron(value, [...path, key]);
}

/** The API's cell of a clean document. */
export function cellOf(cell: CellDocument): Cell {
  switch (cell.type) {
    case 'loihi': {
      const { type: _, ...parameters } = cell;
      return cells.loihi(parameters);
    }
    case 'lif': {
      const { type: _, ...parameters } = cell;
      return cells.lif(parameters);
    }
    case 'spikeArray': {
      const { steps = [], times, events, stamps = 'arrival' } = cell;
      if (events !== undefined) return sources.spikeArray({ ...events, stamps });
      return times !== undefined
        ? sources.spikeArray({ times, stamps })
        : sources.spikeArray({ steps, stamps });
    }
    case 'poisson': {
      const { type: _, rate, probability = 0, ...window } = cell;
      return sources.poisson(rate !== undefined ? { rate, ...window } : { probability, ...window });
    }
    case 'regular': {
      const { type: _, ...parameters } = cell;
      return sources.regular(parameters);
    }
  }
}

/** The API's connector of a clean document; throws what its shapes forbid. */
export function connectorOf(connector: ConnectorDocument): Connector {
  if (typeof connector === 'string') return connectors[connector]();
  switch (connector.type) {
    case 'allToAll':
      return connectors.allToAll(connector);
    case 'oneToOne':
      return connectors.oneToOne();
    case 'fixedProbability':
      return connectors.fixedProbability(connector.probability, connector);
    case 'fixedNumberPre':
      return connectors.fixedNumberPre(connector.n, connector);
    case 'fixedNumberPost':
      return connectors.fixedNumberPost(connector.n, connector);
    case 'fromList':
      return connectors.fromList(connector.synapses);
    case 'array':
      return connectors.array(connector.mask);
    case 'matrix':
      return connectors.matrix(connector.weights);
    case 'conv2d':
      return connectors.conv2d(connector);
  }
}

/** The API's synapse of a clean document. */
export function synapseOf(synapse: SynapseDocument = {}): StaticSynapse {
  const { weight, delay, ...stored } = synapse;
  return synapses.static({
    ...stored,
    ...(weight === undefined ? {} : { weight: synapseValue(weight) }),
    ...(delay === undefined ? {} : { delay: synapseValue(delay) }),
  });
}

const synapseValue = (value: number | readonly number[] | DistributionDocument): SynapseValue =>
  typeof value === 'object' && !('length' in value) ? distributionOf(value) : value;

/** Exactly one of the two is given: the shape says so. */
const distributionOf = ({ uniform, normal }: DistributionDocument): Distribution =>
  normal !== undefined ? { normal } : { uniform: uniform ?? [0, 0] };
