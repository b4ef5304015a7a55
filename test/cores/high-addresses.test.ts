/**
 * A memory may have 4 GiB, and addresses beyond 2 GiB are negative where they are kept as i32: a cluster at
 * the very end computes what it computes anywhere.
 */
import { expect, it } from 'vitest';
import * as C from '../../cores/cluster-words.js';
import { type ClusterSpec, LOIHI1, UNLIMITED } from '../../cores/index.js';
import { between, drawFrom } from './kernels-case.js';
import { ListBuilder } from './list-builder.js';
import { clusterOf, messagesFor } from './random-cluster.js';
import { Twins } from './twin-clusters.js';

const PAGES = 65_536;
const GIB_2 = 2 ** 31;
const PROFILE = { ...UNLIMITED, rules: { ...UNLIMITED.rules, onOverflow: 'wrap' as const } };

it.each([1, 2, 3, 4, 5, 6])('with every kind of list and rule: seed %i', async (seed) => {
  const core = { axons: 6, maxDelay: 5, fan: 30, noise: 'current', extreme: false } as const;
  const spec = {
    seed,
    profile: PROFILE,
    payloads: seed % 2 === 0,
    rows: 20,
    cores: [
      { ...core, seed, n: 40, bias: false, layer: false },
      { ...core, seed: seed + 10, n: 33, bias: true, layer: true },
    ],
  };
  const twins = await Twins.place(clusterOf(spec), { pages: PAGES, shared: seed > 3 });
  expect(twins.scalar.address).toBeGreaterThan(GIB_2);
  const draw = drawFrom(seed);
  for (let t = 1; t <= 30; t++) {
    twins.step(t, messagesFor(draw, spec, 100));
    expect(twins.difference(t), `after step ${t}`).toBeNull();
  }
  expect(twins.differenceApart(30)).toBeNull();
});

it.each([0, 3])('with an active set, delays up to %i', async (longest) => {
  const draw = drawFrom(7 + longest);
  const n = 4096;
  const rows = 20;
  const builder = new ListBuilder();
  for (let axon = 0; axon < rows; axon++) {
    const targets = Array.from({ length: 5 }, () => ({
      target: draw(n),
      delay: draw(longest + 1),
      weight: between(draw, -90, 120),
    }));
    if (axon % 3 === 0) builder.sparse(targets.map((synapse) => ({ ...synapse, weight: 70 })));
    else if (axon % 3 === 1) builder.wide(targets);
    else builder.sparse(targets);
    builder.endAxon();
  }
  const core = builder.core(LOIHI1, n, { compartments: { du: 1000, dv: 300, vthMant: 90, refract: 3 } });
  const start = Uint32Array.from({ length: rows + 1 }, (_, row) => row);
  const spec: ClusterSpec = {
    cores: [core],
    placements: [{ profile: LOIHI1, coreId: 0, seed: 1 }],
    rows: { start, entries: start.slice(0, rows), axonBits: 31 },
    payloads: false,
    inboxCapacity: rows,
  };
  const twins = await Twins.place(spec, { pages: PAGES });
  let condensed = 0;
  let spikes = 0;
  for (let t = 1; t <= 60; t++) {
    const messages = Array.from({ length: rows }, (_, row) => ({ row, payload: 1, pushed: row % 2 === 0 }));
    twins.step(
      t,
      messages.filter(() => draw(6) === 0),
    );
    expect(twins.difference(t), `after step ${t}`).toBeNull();
    condensed += twins.wasm.words[C.ACTIVE_SET]!;
    spikes += twins.wasm.firedCount;
  }
  expect(condensed).toBeGreaterThan(30);
  expect(spikes).toBeGreaterThan(5);
});
