/** Random small networks for properties: what is given to the compiler, and the same for `simulateDirectly`. */
import fc from 'fast-check';
import { type ChipProfile, storeMantissa } from '../../cores/index.js';
import { cells, connectors, Network, type Population, sources, synapses } from '../../src/index.js';
import type { DirectNeuron, DirectSynapse } from './direct-simulation.js';

export interface RandomNetwork {
  readonly network: Network;
  readonly profile: ChipProfile;
  readonly neurons: readonly DirectNeuron[];
  readonly synapses: readonly DirectSynapse[];
  readonly arrivals: readonly (readonly number[])[];
}

const STEPS = 40;

const neuron = (profile: ChipProfile): fc.Arbitrary<DirectNeuron> => {
  const { bias, refractMax, duMax } = profile.rules;
  return fc.record({
    du: fc.integer({ min: 0, max: duMax }),
    dv: fc.integer({ min: 0, max: 4095 }),
    vthMant: fc.integer({ min: 1, max: 400 }),
    biasMant: fc.integer({ min: Math.max(bias.mantMin, -50), max: Math.min(bias.mantMax, 200) }),
    biasExp: fc.integer({ min: Math.max(bias.expMin, -2), max: Math.min(bias.expMax, 4) }),
    refract: fc.integer({ min: 0, max: Math.min(refractMax, 5) }),
  });
};

const projectionShape = fc.record({
  pre: fc.nat(),
  post: fc.nat(),
  exp: fc.integer({ min: -3, max: 4 }),
  bits: fc.constantFrom(8, 8, 8, 6, 4),
  delays: fc.constantFrom(0, 0, 3, 9),
  format: fc.constantFrom('auto' as const, 'auto' as const, 'sparse' as const),
  density: fc.constantFrom(0.1, 0.4, 1),
  seed: fc.integer(),
});

/** Mixed-mode mantissas every rounding rule stores as they are. */
const storable = (draw: number, bits: number): number => {
  const step = 2 ** (9 - bits);
  const count = Math.floor(254 / step);
  return ((draw % (2 * count + 1)) - count) * step;
};

export const randomNetwork = (profile: ChipProfile): fc.Arbitrary<RandomNetwork> =>
  fc
    .record({
      sizes: fc.array(fc.integer({ min: 1, max: 14 }), { minLength: 1, maxLength: 4 }),
      sourceSizes: fc.array(fc.integer({ min: 1, max: 8 }), { minLength: 1, maxLength: 2 }),
      shapes: fc.array(projectionShape, { minLength: 1, maxLength: 6 }),
      rate: fc.constantFrom(0.05, 0.3),
      seed: fc.integer(),
    })
    .chain((plan) => {
      const total = plan.sizes.reduce((a, b) => a + b, 0);
      return fc
        .array(neuron(profile), { minLength: total, maxLength: total })
        .map((neurons) => build(profile, plan, neurons));
    });

interface Plan {
  readonly sizes: readonly number[];
  readonly sourceSizes: readonly number[];
  readonly shapes: readonly {
    pre: number;
    post: number;
    exp: number;
    bits: number;
    delays: number;
    format: 'auto' | 'sparse';
    density: number;
    seed: number;
  }[];
  readonly rate: number;
  readonly seed: number;
}

/** A generator of its own, so that the test does not share the compiler's. */
function lcg(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return Math.imul(state ^ (state >>> 15), 0x2c1b3c6d) >>> 0;
  };
}

function build(profile: ChipProfile, plan: Plan, neurons: readonly DirectNeuron[]): RandomNetwork {
  const network = new Network({ seed: plan.seed >>> 0 });
  const draw = lcg(plan.seed);
  const first = new Map<Population, number>();
  const populations: Population[] = [];
  let id = 0;
  for (const size of plan.sizes) {
    const mine = neurons.slice(id, id + size);
    const column = (name: keyof DirectNeuron) => mine.map((each) => each[name]);
    const population = network.population(
      size,
      cells.loihi({
        du: column('du'),
        dv: column('dv'),
        vthMant: column('vthMant'),
        biasMant: column('biasMant'),
        biasExp: column('biasExp'),
        refract: column('refract'),
      }),
    );
    network.probe(population, ['spikes', 'u', 'v']);
    first.set(population, id);
    populations.push(population);
    id += size;
  }
  const arrivals: number[][] = Array.from({ length: STEPS + 1 }, () => []);
  let source = 0;
  for (const size of plan.sourceSizes) {
    const trains = Array.from({ length: size }, (_, i) => {
      const steps: number[] = [];
      for (let t = 1; t <= STEPS; t++) {
        if (draw() / 2 ** 32 >= plan.rate) continue;
        steps.push(t);
        arrivals[t]!.push(source + i);
      }
      return steps;
    });
    const population = network.population(size, sources.spikeArray({ steps: trains }));
    first.set(population, id + source);
    populations.push(population);
    source += size;
  }
  const list: DirectSynapse[] = [];
  for (const [projection, shape] of plan.shapes.entries()) {
    const pre = populations[shape.pre % populations.length]!;
    const post = populations[shape.post % plan.sizes.length]!;
    const random = lcg(shape.seed);
    const entries: [number, number, number, number][] = [];
    const exp = Math.max(shape.exp, profile.rules.weights.expMin);
    for (let i = 0; i < pre.size; i++) {
      for (let j = 0; j < post.size; j++) {
        if (random() / 2 ** 32 >= shape.density) continue;
        const mantissa = storable(random(), shape.bits);
        const delay = random() % (shape.delays + 1);
        entries.push([i, j, mantissa, delay]);
        list.push({
          pre: first.get(pre)! + i,
          post: first.get(post)! + j,
          mantissa: storeMantissa(mantissa, { signMode: 'mixed', bits: shape.bits }, profile.rules),
          exp,
          delay,
          projection,
        });
      }
    }
    if (entries.length === 0) continue;
    const { format, bits } = shape;
    network.projection(
      pre,
      post,
      connectors.fromList(entries),
      synapses.static({ weightExp: exp, weightBits: bits, signMode: 'mixed', format }),
      { label: `projection ${projection}` },
    );
  }
  return { network, profile, neurons, synapses: list, arrivals };
}

export { STEPS };
