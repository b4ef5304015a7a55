/** Random networks spike here as by the peer's rules in doubles: leaks, biases, resets, refractoriness, fractions. */
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { Chip } from '../../routing/index.js';
import { loadSanafe } from '../../src/sanafe/load.js';
import { ACTIVITY, SanafeSteps } from '../../src/sanafe/step-rows.js';
import { ARCHITECTURE } from './golden.js';
import { type PeerEdge, type PeerNeuron, peerRun } from './peer-lif.js';

const STEPS = 40;

/** Whole numbers and a leak, or 64ths and none. */
const lif = fc.oneof(
  fc.record({
    threshold: fc.integer({ min: 0, max: 60 }),
    reset: fc.constant(0),
    soft: fc.constant(false),
    leak: fc.integer({ min: 0, max: 4096 }).map((keep) => keep / 4096),
    bias: fc.integer({ min: -320, max: 640 }).map((x) => x / 64),
    refract: fc.integer({ min: 0, max: 4 }),
    input: fc.constant(null),
  }),
  fc.record({
    threshold: fc.integer({ min: 0, max: 1000 }).map((x) => x / 64),
    reset: fc.integer({ min: -200, max: 200 }).map((x) => x / 64),
    soft: fc.constant(false),
    leak: fc.constant(1),
    bias: fc.integer({ min: -64, max: 200 }).map((x) => x / 64),
    refract: fc.integer({ min: 0, max: 4 }),
    input: fc.constant(null),
  }),
  fc.record({
    threshold: fc.integer({ min: 1, max: 40 }),
    reset: fc.constant(0),
    soft: fc.constant(true),
    leak: fc.integer({ min: 0, max: 4096 }).map((keep) => keep / 4096),
    bias: fc.integer({ min: -2, max: 6 }),
    refract: fc.constant(1),
    input: fc.constant(null),
  }),
);
const input = fc.uniqueArray(fc.integer({ min: 1, max: STEPS }), { maxLength: 12 }).map(
  (steps): PeerNeuron => ({
    threshold: 0,
    reset: 0,
    soft: false,
    leak: 1,
    bias: 0,
    refract: 0,
    input: steps.sort((a, b) => a - b),
  }),
);

const net = fc
  .record({
    neurons: fc.array(fc.oneof({ weight: 3, arbitrary: lif }, { weight: 1, arbitrary: input }), {
      minLength: 1,
      maxLength: 24,
    }),
    edges: fc.array(
      fc.tuple(fc.nat(1000), fc.nat(1000), fc.integer({ min: -1500, max: 2000 }), fc.constantFrom(0, 1, 2)),
      {
        maxLength: 120,
      },
    ),
    cores: fc.integer({ min: 1, max: 5 }),
    shuffle: fc.boolean(),
  })
  .filter(({ neurons }) => neurons.some((own) => own.input === null))
  .map(({ neurons, edges, cores, shuffle }) => ({
    neurons: neurons as readonly PeerNeuron[],
    cores,
    shuffle,
    edges: edges.flatMap(([a, b, weight, digits]): PeerEdge[] => {
      const post = b % neurons.length;
      if (neurons[post]!.input !== null) return [];
      return [
        [
          a % neurons.length,
          post,
          neurons[post]!.leak === 1 ? weight / 16 / 2 ** digits : Math.trunc(weight / 16),
        ],
      ];
    }),
  }));

const tileOf = ({ soft }: PeerNeuron, i: number, cores: number): number => (i % cores) + (soft ? 10 : 0);

/** Soft resets have cores of their own, as a core has one way to reset. */
function yamlOf(
  neurons: readonly PeerNeuron[],
  edges: readonly PeerEdge[],
  cores: number,
  shuffle: boolean,
): string {
  const order = neurons.map((_, i) => (shuffle ? (i * 7919 + 3) % neurons.length : i));
  const ids = new Set(order).size === neurons.length ? order : neurons.map((_, i) => i);
  const lines = neurons.map(({ input: steps, ...own }, i) => {
    if (steps !== null) {
      const flags = Array.from({ length: STEPS }, (_, k) => (steps.includes(k + 1) ? 1 : 0));
      return `      - ${i}: {spikes: [${flags}]}`;
    }
    const { threshold, reset, soft, leak, bias, refract } = own;
    return `      - ${i}: {threshold: ${threshold}, reset: ${reset}, reset_mode: ${soft ? 'soft' : 'hard'}, leak_decay: ${leak}, bias: ${bias}, refractory_delay: ${refract}}`;
  });
  const inputs = new Map<number, number>();
  const mappings = ids.map((i) => {
    const { input: steps } = neurons[i]!;
    const tile = tileOf(neurons[i]!, i, cores);
    const nth = inputs.get(tile) ?? 0;
    inputs.set(tile, nth + 1);
    const soma = steps === null ? 'loihi_lif' : `loihi_inputs[${nth}]`;
    return `  - n.${i}: {core: ${tile}.${i % 2}, soma: "${soma}", synapse: ${i % 3 === 0 ? 'loihi_dense_synapse' : 'loihi_sparse_synapse'}}`;
  });
  return [
    'network:',
    '  groups:',
    '    - name: n',
    '      neurons:',
    ...lines,
    '  edges:',
    ...edges.map(([pre, post, weight]) => `    - n.${pre} -> n.${post}: {weight: ${weight}}`),
    'mappings:',
    ...mappings,
  ].join('\n');
}

it('spikes and counts as by the rules', async () => {
  await fc.assert(
    fc.asyncProperty(net, async ({ neurons, edges, cores, shuffle }) => {
      const text = yamlOf(neurons, edges, cores, shuffle);
      const { image, costs, neuronNames } = loadSanafe({
        architecture: ARCHITECTURE,
        network: { name: 'net.yaml', text },
      });
      const coreOf = (i: number): string => `${tileOf(neurons[i]!, i, cores)}.${i % 2}`;
      const peer = peerRun(neurons, edges, coreOf, STEPS);
      for (const kernels of ['scalar', 'wasm'] as const) {
        await using chip = await Chip.open(image, {
          kernels,
          workers: 2,
          pool: 'inline',
          activity: ACTIVITY,
        });
        const rows = new SanafeSteps(image, costs, { names: neuronNames, messages: true });
        const recording = await chip.run(STEPS);
        const { spikes } = recording;
        const ours = Array.from(spikes.ids, (id, i) => `${spikes.steps[i]},${id}`);
        expect(ours.sort()).toEqual([...peer.spikes].sort());
        const made = [...rows.rows(recording)];
        expect(
          made.map(({ perf: { fired, updated, packets, spikes: events } }) => ({
            fired,
            updated,
            packets,
            spikes: events,
          })),
        ).toEqual(peer.steps);
        for (const { perf, messages } of made) {
          const sent = messages.filter(({ mid }) => mid >= 0);
          expect(sent).toHaveLength(perf.packets);
          expect(sent.reduce((sum, { hops }) => sum + hops, 0)).toBe(perf.hops);
        }
      }
    }),
    { numRuns: 150 },
  );
});
