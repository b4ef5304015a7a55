/** Networks to begin with: each shows something else of the chip, and is small enough for a link. */

export interface Example {
  readonly name: string;
  readonly title: string;
  readonly text: string;
}

/** examples/yaml-network/network.yaml, without its comments on the editor. */
const JEFFRESS = `# Where does the sound come from? Jeffress' delay lines (1948), written by hand.
# A sound reaches one ear a few steps before the other. Every detector hears both ears, each through its own
# delay, and fires only when both arrive in the same step: the detector whose delays make up for the difference.
schema: seamount/network/1
label: jeffress

neurons:
  # A sound that moves from the right to the left: the right ear first, at last the left.
  - { name: left ear, spikes: [14, 32, 50, 68, 86] }
  - { name: right ear, spikes: [10, 30, 50, 70, 90] }
  # dv 4095 forgets at once, so that v is just this step's input: one ear gives 40 * 64, two give 80 * 64.
  - { name: far right, vth: 60, dv: 4095 }
  - { name: right, vth: 60, dv: 4095 }
  - { name: ahead, vth: 60, dv: 4095 }
  - { name: left, vth: 60, dv: 4095 }
  - { name: far left, vth: 60, dv: 4095 }

# from, to, weight, delay
synapses:
  - [left ear, far right, 40, 0]
  - [left ear, right, 40, 1]
  - [left ear, ahead, 40, 2]
  - [left ear, left, 40, 3]
  - [left ear, far left, 40, 4]
  - [right ear, far right, 40, 4]
  - [right ear, right, 40, 3]
  - [right ear, ahead, 40, 2]
  - [right ear, left, 40, 1]
  - [right ear, far left, 40, 0]

run:
  steps: 100
`;

type Tile = readonly [x: number, y: number];

/** The neurons of a population on `slots` cores of each tile, `neurons` on a tile. */
const spread = (tiles: readonly Tile[], neurons: number, slots: number): string =>
  tiles
    .flatMap(([x, y], tile) =>
      Array.from({ length: slots }, (_, slot) => {
        const from = tile * neurons + (slot * neurons) / slots;
        return `      - { core: { tile: { x: ${x}, y: ${y} }, slot: ${slot} }, neurons: [${from}, ${from + neurons / slots}] }`;
      }),
    )
    .join('\n');

const block = (x0: number, width: number, height: number): Tile[] =>
  Array.from({ length: width * height }, (_, i) => [x0 + (i % width), Math.floor(i / width)]);

const BALANCED = `# The balanced network of Vogels and Abbott (2005), 1024 neurons of it: irregular firing that keeps itself up.
# Excitation is spread over 24 tiles, inhibition over 8, so that most spikes travel.
schema: seamount/network/1
label: balanced
dt: 1
seed: 7

populations:
  excitatory:
    size: 768
    cell: &cell { type: lif, tau_m: 20, tau_syn: 5, v_rest: -49, v_reset: -60, v_th: -50, tau_refrac: 5, v0: -60 }
    placement:
${spread(block(0, 6, 4), 32, 2)}
  inhibitory:
    size: 256
    cell: *cell
    placement:
${spread(block(6, 2, 4), 32, 2)}
  kick:
    size: 40
    cell: { type: poisson, rate: 60, stop: 40 }

projections:
  - { pre: kick, post: excitatory, connector: { type: fixedProbability, probability: 0.1 }, synapse: { weight: 6, unit: mV } }
  - { pre: excitatory, post: excitatory, connector: { type: fixedProbability, probability: 0.04, allowSelf: false }, synapse: { weight: 1.62, unit: mV, delay: 1 } }
  - { pre: excitatory, post: inhibitory, connector: { type: fixedProbability, probability: 0.04 }, synapse: { weight: 1.62, unit: mV, delay: 1 } }
  - { pre: inhibitory, post: excitatory, connector: { type: fixedProbability, probability: 0.08 }, synapse: { weight: -18, unit: mV } }
  - { pre: inhibitory, post: inhibitory, connector: { type: fixedProbability, probability: 0.08, allowSelf: false }, synapse: { weight: -18, unit: mV } }

probes:
  - { population: excitatory, record: [spikes] }
  - { population: inhibitory, record: [spikes] }
  - { population: "excitatory[0:2]", record: [v] }

run:
  steps: 1000
`;

/** The tiles of the edge of an 8 x 4 chip, anticlockwise. */
const RING: readonly Tile[] = [
  ...Array.from({ length: 8 }, (_, x): Tile => [x, 0]),
  [7, 1],
  [7, 2],
  ...Array.from({ length: 8 }, (_, x): Tile => [7 - x, 3]),
  [0, 2],
  [0, 1],
];

/** On each tile, over its four cores. */
const VOLLEY = 32;

const ringProjections = (): string =>
  RING.map((_, i) => {
    const next = ((i + 1) % RING.length) * VOLLEY;
    const [pre, post] = [i * VOLLEY, next].map((from) => `"ring[${from}:${from + VOLLEY}]"`);
    return `  - { pre: ${pre}, post: ${post}, connector: { type: fixedProbability, probability: 0.5 }, synapse: { weight: 20, delay: 1 } }`;
  }).join('\n');

const SYNFIRE = `# A synfire chain (Abeles, 1982) closed to a ring around the edge of the chip: a volley of spikes that
# runs from tile to tile for ever. Slow it down to see the messages travel.
schema: seamount/network/1
label: synfire ring
dt: 1
seed: 3

populations:
  ring:
    size: ${RING.length * VOLLEY}
    cell: { type: loihi, vth: 150, du: 4095, dv: 512, refract: 5 }
    placement:
${spread(RING, VOLLEY, 4)}
  start:
    size: ${VOLLEY}
    cell: { type: spikeArray, steps: [${Array.from({ length: VOLLEY }, () => '[1]').join(', ')}] }

projections:
  - { pre: start, post: "ring[0:${VOLLEY}]", connector: oneToOne, synapse: { weight: 200 } }
${ringProjections()}

run:
  steps: 400
`;

export const EXAMPLES: readonly Example[] = [
  { name: 'synfire', title: 'Synfire ring', text: SYNFIRE },
  { name: 'balanced', title: 'Balanced network', text: BALANCED },
  { name: 'jeffress', title: 'Jeffress: where is the sound?', text: JEFFRESS },
];

export const exampleNamed = (name: unknown): Example | undefined =>
  EXAMPLES.find((example) => example.name === name);
