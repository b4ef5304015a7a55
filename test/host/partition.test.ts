/** How populations are laid over cores: sequentially, split where a limit says so, or as the user places them. */
import { describe, expect, it } from 'vitest';
import {
  type ChipProfile,
  cells,
  compile,
  connectors,
  LOIHI1,
  Network,
  sources,
  synapses,
} from '../../src/index.js';
import { complaintsOf } from './violations-of.js';

const cell = cells.loihi({ vth: 100 });

const limited = (limits: Partial<ChipProfile['limits']>): ChipProfile => ({
  ...LOIHI1,
  name: 'limited',
  limits: { ...LOIHI1.limits, ...limits },
});

/** Populations on each core: `a[0:4] b[0:2]`. */
const layout = (network: Network, options: Parameters<typeof compile>[1] = {}): string[] =>
  compile(network, options).report.cores.map(({ populations }) =>
    populations.map(({ label, from, to }) => `${label}[${from}:${to}]`).join(' '),
  );

describe('sequential fill', () => {
  it('shares cores between populations and splits any of them', () => {
    const net = new Network();
    for (const [label, n] of [
      ['a', 600],
      ['b', 600],
      ['c', 1100],
    ] as const)
      net.population(n, cell, label);
    expect(layout(net)).toEqual(['a[0:600] b[0:424]', 'b[424:600] c[0:848]', 'c[848:1100]']);
    expect(compile(net).report.splits.map(({ message }) => message)).toEqual([
      'b is split at neuron 424: 1024 of 1024 compartments used, 1025 with it',
      'c is split at neuron 848: 1024 of 1024 compartments used, 1025 with it',
    ]);
  });

  it('takes a core size', () => {
    const net = new Network();
    net.population(10, cell, 'a');
    expect(layout(net, { coreSize: 4 })).toEqual(['a[0:4]', 'a[4:8]', 'a[8:10]']);
    expect(layout(net, { coreSize: 4, profile: 'lava' })).toHaveLength(3);
    expect(compile(net, { coreSize: 4 }).report.splits[0]!.reason).toBe('coreSize');
  });

  it('stops at the 4097th in-axon', () => {
    const net = new Network();
    const input = net.population(5000, sources.regular({ period: 9 }), 'in');
    const a = net.population(500, cell, 'a');
    net.projection(
      input,
      a,
      connectors.fromList(Array.from({ length: 5000 }, (_, i) => [i, i % 500])),
      synapses.static(),
    );
    // Ten sources for each neuron.
    expect(layout(net)).toEqual(['a[0:409]', 'a[409:500]']);
    const { report } = compile(net);
    expect(report.splits[0]).toMatchObject({ reason: 'inAxons', neuron: 409, core: 0 });
    expect(report.splits[0]!.message).toBe(
      'a is split at neuron 409: 4090 of 4096 in-axons used, 4100 with it',
    );
  });

  it('stops at 128 KiB of synapses', () => {
    const net = new Network();
    const input = net.population(1500, sources.regular({ period: 9 }), 'in');
    const a = net.population(1024, cell, 'a');
    net.projection(input, a, connectors.allToAll(), synapses.static({ weight: 3 }));
    const { image, report } = compile(net);
    expect(report.splits[0]!.reason).toBe('synapseBits');
    for (const { used } of image.cores) expect(used.synapseBits).toBeLessThanOrEqual(2 ** 20);
    expect(image.cores[0]!.used.synapseBits).toBeGreaterThan(0.85 * 2 ** 20);
  });

  it('stops where long delays have used up the accumulators', () => {
    const net = new Network();
    const input = net.population(1, sources.regular({ period: 9 }), 'in');
    const a = net.population(600, cell, 'a');
    const delay = (_: number, post: number) => (post < 300 ? 6 : 62);
    net.projection(input, a, connectors.allToAll(), synapses.static({ delay }));
    // 300 with 8 slots would be 2400; the first long delay makes 64 slots for all on the core.
    expect(layout(net)).toEqual(['a[0:300]', 'a[300:428]', 'a[428:556]', 'a[556:600]']);
    expect(compile(net).report.splits[0]!.reason).toBe('accumulators');
  });

  it('repeats itself until every core holds its out-axons', () => {
    const net = new Network({ seed: 1 });
    const a = net.population(5000, cell, 'a');
    net.projection(a, a, connectors.fixedNumberPost(20), synapses.static({ weight: 3 }));
    const { image, report } = compile(net);
    expect(image.cores.length).toBeGreaterThan(5);
    for (const { used } of image.cores) expect(used.outAxonSlots).toBeLessThanOrEqual(4096);
    expect(report.splits.some(({ reason }) => reason === 'outAxonSlots')).toBe(true);
  });

  it('refuses at once what needs more in-axons than there are, beside all else that is wrong', () => {
    const build = (senseless: boolean): Network => {
      const net = new Network();
      const a = net.population(20_000, cell, 'a');
      const b = net.population(20_000, cell, 'b');
      const c = net.population(10, cell, 'c');
      const far = net.population(4100, sources.regular({ period: 9 }), 'far');
      net.projection(a, a, connectors.allToAll(), synapses.static());
      net.projection(a, b.slice(5000), connectors.fixedNumberPre(5000), synapses.static());
      net.projection(b, b, connectors.allToAll({ allowSelf: false }), synapses.static());
      net.projection(far, c, connectors.allToAll(), synapses.static());
      if (senseless) net.projection(b, c, connectors.oneToOne(), synapses.static(), { label: 'x' });
      return net;
    };
    const started = process.cpuUsage().user;
    expect(complaintsOf(build(true)).lines).toEqual(['projection x: joins 20000 neurons one to one with 10']);
    const { code, lines } = complaintsOf(build(false));
    expect(code).toBe('E_CAPACITY');
    expect(lines).toEqual([
      'population a: neuron 0 needs 20000 in-axons, a core has 4096 (and 19999 more neurons)',
      'population b: neuron 0 needs at least 19999 in-axons, a core has 4096 (and 19999 more neurons)',
      'population c: neuron 0 needs 4100 in-axons, a core has 4096 (and 9 more neurons)',
    ]);
    expect(process.cpuUsage().user - started).toBeLessThan(2e6);
  });

  it('refuses what needs more in-axons than there are as soon as it is drawn', () => {
    const net = new Network();
    const a = net.population(6000, cell, 'a');
    const b = net.population(10, cell, 'b');
    net.projection(a, a.slice(3000), connectors.fixedProbability(0.8), synapses.static());
    net.projection(a, b, connectors.allToAll(), synapses.static());
    const { code, lines } = complaintsOf(net);
    expect(code).toBe('E_CAPACITY');
    expect(lines).toEqual([
      'population a: neuron 3000 needs 4845 in-axons, a core has 4096 (and 2999 more neurons)',
      'population b: neuron 0 needs 6000 in-axons, a core has 4096 (and 9 more neurons)',
    ]);
  });

  it('goes on to further chips', () => {
    const net = new Network();
    net.population(1000, cell, 'a');
    const { image, report } = compile(net, { coreSize: 5 });
    expect(report.chips).toBe(2);
    expect([image.chipsX, image.chipsY]).toEqual([2, 1]);
    expect(image.cores[127]).toMatchObject({ chipX: 0, chipY: 0, tileX: 7, tileY: 3, slot: 3 });
    expect(image.cores[128]).toMatchObject({ chipX: 1, chipY: 0, tileX: 0, tileY: 0, slot: 0 });
  });

  it('puts 128,000 compartments on one core without limits, and splits beyond what a word addresses', () => {
    const net = new Network();
    const a = net.population(128_000, cell, 'a');
    net.projection(a, a, connectors.fixedNumberPost(3), synapses.static({ weight: 3 }));
    const { image, report } = compile(net, { profile: 'unlimited' });
    expect(image.cores.map(({ n }) => n)).toEqual([128_000]);
    expect(report.notices).toEqual(['capacity limits are off: this network may not fit a real chip']);
    const larger = new Network();
    larger.population(140_000, cell, 'a');
    expect(compile(larger, { profile: 'unlimited' }).image.cores.map(({ n }) => n)).toEqual([131_072, 8_928]);
  });
});

describe('what does not fit', () => {
  it('is told with the need, the limit and a way out, all at once', () => {
    const net = new Network();
    const input = net.population(20, sources.regular({ period: 9 }), 'in');
    const wide = net.population(3, cell, 'wide');
    const far = net.population(2, cell, 'far');
    net.projection(input, wide, connectors.allToAll(), synapses.static());
    net.projection(input, far, connectors.fromList([[0, 1]]), synapses.static({ delay: 62 }));
    const profile = limited({ inAxonsPerCore: 16, accumulatorsPerCore: 32 });
    const { code, lines, hints } = complaintsOf(net, { profile });
    expect(code).toBe('E_CAPACITY');
    expect(lines).toEqual([
      'population wide: neuron 0 needs 20 in-axons, a core has 16 (and 2 more neurons)',
      'population far: neuron 1 needs 64 dendritic accumulators, a core has 32',
    ]);
    expect(hints).toEqual(['lower its fan-in, or collect inputs with relay neurons', 'use shorter delays']);
  });

  it('is told when splitting cannot help against out-axons', () => {
    const net = new Network();
    const a = net.population(40, cell, 'a');
    net.projection(a, a, connectors.allToAll(), synapses.static());
    const { code, lines } = complaintsOf(net, {
      profile: limited({ compartmentsPerCore: 4, outAxonSlotsPerCore: 20 }),
    });
    expect(code).toBe('E_CAPACITY');
    expect(lines.join()).toMatch(/population a: .*out-axon slots/);
  });

  it('is told when there are not enough chips', () => {
    const net = new Network();
    net.population(300, cell, 'a');
    const { lines } = complaintsOf(net, { profile: limited({ chips: 1, compartmentsPerCore: 2 }) });
    expect(lines).toEqual(['network: needs 2 chips (150 cores), limited has 1']);
  });

  it('is told when the inputs of a neuron could leave the accumulators', () => {
    const net = new Network();
    const a = net.population(70_000, cell, 'a');
    const b = net.population(1, cell, 'b');
    net.projection(a, b, connectors.allToAll(), synapses.static({ weight: 254, weightExp: 7 }));
    const { code, lines } = complaintsOf(net, { profile: 'unlimited' });
    expect(code).toBe('E_CAPACITY');
    expect(lines[0]).toContain('population b: the inputs of neuron 0 can sum to');
  });
});

describe('explicit placement', () => {
  const place = { chip: { x: 0, y: 0 }, tile: { x: 3, y: 2 }, slot: 1 };

  it('is honoured; the rest is placed around it', () => {
    const net = new Network();
    const a = net.population(10, cell, 'a').place([
      { core: place, neurons: [6, 10] },
      { core: 1, neurons: [0, 6] },
    ]);
    net.population(5, cell, 'b');
    net.projection(a, a, connectors.allToAll(), synapses.static());
    const { image } = compile(net, { coreSize: 6 });
    const where = image.cores.map(({ tileX, tileY, slot, n }) => [tileX, tileY, slot, n]);
    expect(where).toEqual([
      [0, 0, 0, 5],
      [0, 0, 1, 6],
      [3, 2, 1, 4],
    ]);
    expect(image.populations[0]!.slices).toEqual([
      { core: 1, compartment: 0, neuron: 0, count: 6 },
      { core: 2, compartment: 0, neuron: 6, count: 4 },
    ]);
  });

  it('may put several populations, or pieces of one, on a core', () => {
    const net = new Network();
    const a = net.population(6, cell, 'a').place([
      { core: 0, neurons: [0, 2] },
      { core: 1, neurons: [2, 4] },
      { core: 0, neurons: [4, 6] },
    ]);
    const b = net.population(2, cell, 'b').place([{ core: 0, neurons: [0, 2] }]);
    net.projection(b, a, connectors.allToAll(), synapses.static({ weight: 3 }));
    expect(layout(net)).toEqual(['a[0:2] a[4:6] b[0:2]', 'a[2:4]']);
  });

  it('is checked: everything at once', () => {
    const net = new Network();
    net.population(10, cell, 'a').place([
      { core: 0, neurons: [0, 4] },
      { core: 99_999_999, neurons: [3, 6] },
      { core: { tile: { x: 9, y: 0 }, slot: 0 }, neurons: [6, 7] },
      { core: { tile: { x: 0, y: 0 }, slot: 4 }, neurons: [8, 11] },
    ]);
    net.population(1, sources.regular({ period: 1 }), 's').place([{ core: 0, neurons: [0, 1] }]);
    expect(complaintsOf(net).lines).toEqual([
      'population a: there is no core 99999999; cores are 0..2097151',
      'population a: there is no core (chip 0,0 tile 9,0 slot 0): a chip has 8 x 4 tiles',
      'population a: placement [8, 11) is not a range of its 10 neurons',
      'population a: there is no core (chip 0,0 tile 0,0 slot 4): a tile has 4 cores',
      'population a: neurons [3, 4) are placed twice',
      'population a: neurons [7, 8) are on no core',
      'population s: is a spike source and cannot be placed on cores',
    ]);
  });

  it('obeys every limit of the core', () => {
    const net = new Network();
    const input = net.population(20, sources.regular({ period: 9 }), 'in');
    const a = net.population(6, cells.loihi({ vth: 1, vmin: [0, 0, 0, 0, 0, -1] }), 'a');
    a.place([{ core: 3, neurons: [0, 6] }]);
    net.projection(input, a, connectors.allToAll(), synapses.static({ delay: 7 }));
    net.projection(a, a, connectors.allToAll(), synapses.static());
    const { code, lines } = complaintsOf(net, {
      profile: limited({
        compartmentsPerCore: 5,
        inAxonsPerCore: 16,
        synapseBitsPerCore: 640,
        accumulatorsPerCore: 64,
        outAxonSlotsPerCore: 5,
      }),
    });
    expect(code).toBe('E_CAPACITY');
    expect(lines).toEqual([
      'core 3: neuron 5 of a needs other per-core registers than those before it: vmin',
      'core 3: needs 6 compartments, a core has 5',
      'core 3: needs 26 in-axons, a core has 16',
      'core 3: needs 2944 bits of synaptic memory, a core has 640',
      'core 3: needs 96 dendritic accumulators, a core has 64',
      'core 3: needs 6 out-axon slots, a core has 5',
    ]);
  });
});
