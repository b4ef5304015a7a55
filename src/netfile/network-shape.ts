/** The network file, whole: what may be in it, what it means, and so its JSON Schema (schema/network.json). */
import { PROFILES } from '../../cores/index.js';
import { cellShape, NEURON_RULES, neuronFields } from './cell-shapes.js';
import { list, mapOf, object, optional, required, tagged, tuple, variant } from './container-shapes.js';
import {
  boolean,
  choice,
  described,
  either,
  integer,
  type JsonSchema,
  named,
  number,
  type TypeOf,
  text,
} from './shape.js';

const definitions = new Map<string, JsonSchema>();

const index = integer({ min: 0 });
/** More compartments than a chip's 4 GiB of memory can hold. */
const size = integer({ min: 1, max: 2 ** 26 });
const delay = integer({ min: 0, max: 63 });
const anyNumber = number();

const cell = named('cell', described(cellShape, 'What the neurons of a population are.'), definitions);

const coreAddress = either(
  index,
  object('a place on the mesh', {
    chip: optional(object('a chip', { x: required(index), y: required(index) }), 'Default 0, 0.'),
    tile: required(object('a tile', { x: required(index), y: required(index) })),
    slot: required(index, 'Core in the tile, 0..3.'),
  }),
);

const placement = list(
  object('a placement', {
    core: required(coreAddress, 'Number of the core, or its place: chip, tile and slot.'),
    neurons: required(
      tuple('[from, to]', [index, index]),
      'From the first up to, not including, the second.',
      [[0, 512]],
    ),
  }),
  { min: 1 },
);

const populationFields = {
  size: required(size, 'Number of neurons.', [100]),
  cell: required(cell),
  placement: optional(placement, 'Which neurons go on which core. Default: the compiler decides.'),
};

const population = named('population', object('a population', populationFields), definitions);

const populations = either(
  mapOf(population, 'populations by label'),
  list(object('a population', { label: required(text(), 'Its name.'), ...populationFields })),
);

const selfField = {
  allowSelf: optional(boolean(), 'Whether a neuron may connect to itself. Default true.'),
};
const fixedNumber = variant({
  n: required(index, 'How many.', [10]),
  ...selfField,
  multapses: optional(boolean(), 'Draw with replacement: a pair may get several synapses. Default false.'),
});
const rows = list(list(anyNumber, { min: 1 }), { min: 1 });
const pairOrOne = (of: typeof index) => either(of, tuple('[y, x]', [of, of]));

const SIMPLE_CONNECTORS = ['allToAll', 'oneToOne'] as const;

const connector = named(
  'connector',
  described(
    either(
      choice(SIMPLE_CONNECTORS),
      tagged('a connector', {
        allToAll: variant(selfField),
        oneToOne: variant({}),
        fixedProbability: variant({
          probability: required(number({ min: 0, max: 1 }), 'Of each pair, independently.', [0.1]),
          ...selfField,
        }),
        fixedNumberPre: fixedNumber,
        fixedNumberPost: fixedNumber,
        fromList: variant({
          synapses: required(
            list(
              tuple(
                '[pre, post], [pre, post, weight] or [pre, post, weight, delay]',
                [index, index, anyNumber, delay],
                2,
              ),
            ),
            'Each synapse; all of one length.',
            [[[0, 1, 12, 0]]],
          ),
        }),
        array: variant({ mask: required(rows, 'A row per pre neuron: a synapse where not zero.') }),
        matrix: variant({ weights: required(rows, 'A row per pre neuron: weights, zero for no synapse.') }),
        conv2d: variant({
          inputShape: required(
            tuple('[channels, height, width]', [size, size, size]),
            'Shape of the pre population.',
          ),
          kernel: required(
            list(list(list(list(anyNumber, { min: 1 }), { min: 1 }), { min: 1 }), { min: 1 }),
            '[out][in][y][x].',
          ),
          stride: optional(pairOrOne(size), 'Default 1.'),
          padding: optional(pairOrOne(index), 'Default 0.'),
        }),
      }),
    ),
    'Which neurons are joined.',
  ),
  definitions,
);

const distributions = {
  uniform: optional(
    tuple('[low, high]', [anyNumber, anyNumber]),
    'Integers low..high for registers, low <= x < high for physical units.',
  ),
  normal: optional(
    object('a normal distribution', { mean: required(anyNumber), sd: required(number({ min: 0 })) }),
  ),
};
const distribution = object('a distribution', distributions, { exactlyOne: [['uniform', 'normal']] });

const synapse = named(
  'synapse',
  object('a synapse', {
    weight: optional(
      either(anyNumber, list(anyNumber), distribution),
      "For all synapses, for each (in the connector's order), or drawn. Default: the connector's own, else 1.",
      [12],
    ),
    unit: optional(
      choice(['mantissa', 'nA', 'mV']),
      'Of the weights. Default mantissa for loihi cells, nA for lif cells.',
    ),
    delay: optional(
      either(delay, list(delay), distribution),
      'A spike of step t arrives at t + 1 + delay. Default 0.',
    ),
    weightExp: optional(
      either(integer({ min: -8, max: 7 }), list(integer({ min: -8, max: 7 }))),
      'Effective weight = mantissa * 2^(6 + weightExp).',
    ),
    weightBits: optional(integer({ min: 1, max: 8 }), 'Bits of a stored weight. Default 8.'),
    signMode: optional(choice(['auto', 'mixed', 'excitatory', 'inhibitory']), 'Default auto.'),
    format: optional(
      choice(['auto', 'sparse', 'dense']),
      'Default auto: whichever takes less synaptic memory.',
    ),
  }),
  definitions,
);

const reference = described(
  text(),
  'Label of a population, some of its neurons `exc[0:100]`, or the name of an explicit neuron.',
  ['exc', 'exc[0:100]'],
);

const projection = named(
  'projection',
  object('a projection', {
    label: optional(text(), 'Default `pre -> post`.'),
    pre: required(reference),
    post: required(reference),
    connector: required(connector),
    synapse: optional(synapse, 'How strong, how late, how stored.'),
  }),
  definitions,
);

const step = integer({ min: 1, max: 2 ** 31 - 1 });

const probe = named(
  'probe',
  object('a probe', {
    population: required(reference),
    record: optional(list(choice(['spikes', 'u', 'v']), { min: 1 }), 'Default spikes.', [['spikes', 'v']]),
    neurons: optional(list(index, { min: 1 }), 'Which neurons. Default all.'),
    from: optional(step, 'First step. Default 1.'),
    to: optional(integer({ min: 0, max: 2 ** 31 - 1 }), 'Last step; 0 = to the end. Default 0.'),
    every: optional(step, 'Record u and v every so many steps. Default 1.'),
  }),
  definitions,
);

const neuronReference = either(index, text());
const explicitSynapse = named(
  'explicitSynapse',
  described(
    either(
      tuple(
        '[pre, post, weight] or [pre, post, weight, delay]',
        [neuronReference, neuronReference, anyNumber, delay],
        3,
      ),
      object('a synapse', {
        pre: required(neuronReference),
        post: required(neuronReference),
        weight: required(integer({ min: -256, max: 255 }), 'Mantissa.'),
        delay: optional(delay, 'Default 0.'),
        weightExp: optional(integer({ min: -8, max: 7 }), 'Default 0.'),
      }),
    ),
    'From one explicit neuron to another, by name or by number in the list of neurons.',
    [['a', 'b', 64, 2]],
  ),
  definitions,
);
const neuron = named(
  'neuron',
  object(
    'a neuron',
    { name: optional(text(), 'To refer to it; default its number.'), ...neuronFields },
    NEURON_RULES,
  ),
  definitions,
);

export const networkShape = object('a network', {
  $schema: optional(text(), 'For editors.'),
  schema: optional(choice(['seamount/network/1']), 'Version of this format.'),
  label: optional(text(), 'Name of the network.'),
  description: optional(text(), 'For people.'),
  dt: optional(number({ above: 0 }), 'Milliseconds per step. Default 1.'),
  seed: optional(
    integer({ min: 0, max: 2 ** 32 - 1 }),
    'Of connectors, random weights, Poisson sources and chip noise. Default 1.',
  ),
  profile: optional(choice(PROFILES.map((p) => p.name)), 'The chip. Default loihi1.'),
  populations: optional(populations, 'By label, or as a list.'),
  projections: optional(list(projection), 'Synapses between populations.'),
  neurons: optional(
    list(neuron, { min: 1 }),
    'An explicit network: every neuron by itself. They form the populations `neurons` and `inputs`.',
  ),
  synapses: optional(list(explicitSynapse), 'An explicit network: every synapse by itself.'),
  probes: optional(list(probe), 'What to record. All spikes where no probe is of spikes.'),
  run: optional(
    object('run options', { steps: optional(step, 'How many steps. Overridden by --steps.', [1000]) }),
    'How to run it.',
  ),
});

export type NetworkDocument = TypeOf<typeof networkShape>;
export type PopulationDocument = TypeOf<typeof population>;
export type CellDocument = TypeOf<typeof cell>;
export type ConnectorDocument = TypeOf<typeof connector>;
export type SynapseDocument = TypeOf<typeof synapse>;
export type DistributionDocument = TypeOf<typeof distribution>;
export type ProjectionDocument = TypeOf<typeof projection>;
export type ProbeDocument = TypeOf<typeof probe>;
export type NeuronDocument = TypeOf<typeof neuron>;
export type ExplicitSynapseDocument = TypeOf<typeof explicitSynapse>;

/** The published schema. */
export const networkSchema = (): JsonSchema => ({
  $schema: 'https://json-schema.org/draft/2020-12/schema',
  $id: 'urn:seamount:network:1',
  title: 'Seamount network',
  description: 'A spiking network for Seamount, in YAML or JSON. Checked by the same tables as the reader.',
  ...networkShape.schema,
  $defs: Object.fromEntries(definitions),
});
