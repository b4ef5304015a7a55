/** Compile and run in one call: spikes by population, traces by probe, pieces, and how runs end. */
import { describe, expect, it } from 'vitest';
import {
  cells,
  compile,
  connectors,
  Network,
  SeamountError,
  simulate,
  sources,
  stream,
  synapses,
} from '../../src/index.js';

function ring(n = 12): Network {
  const net = new Network({ seed: 4 });
  const input = net.population(2, sources.regular({ period: 5 }), 'input');
  const exc = net.population(n, cells.loihi({ vth: 20, du: 2000, dv: 200 }), 'exc');
  const inh = net.population(3, cells.loihi({ vth: 20, du: 2000, dv: 100 }), 'inh');
  net.projection(input, exc, connectors.allToAll(), synapses.static({ weight: 6 }));
  net.projection(exc, inh, connectors.fixedProbability(0.5), synapses.static({ weight: 3, delay: 2 }));
  net.projection(inh, exc, connectors.allToAll(), synapses.static({ weight: -8 }));
  return net;
}

describe('results', () => {
  it('have every population, by label', async () => {
    const { spikes, report, steps, counters } = await simulate(ring(), { steps: 200 });
    expect([...spikes.keys()]).toEqual(['input', 'exc', 'inh']);
    expect(steps).toBe(200);
    expect(report!.totals).toMatchObject({ neurons: 15, sources: 2 });
    const { steps: at, neurons } = spikes.get('exc')!;
    expect(at.length).toBeGreaterThan(50);
    expect(Math.max(...neurons)).toBeLessThan(12);
    expect([...at]).toEqual([...at].sort((a, b) => a - b));
    const counted = counters.totals.spikes;
    expect(Number(counted)).toBe(at.length + spikes.get('inh')!.steps.length);
  });

  it('are the same from an image, for any workers and kernels', async () => {
    const { image } = compile(ring(), { coreSize: 4 });
    const reference = await simulate(image, { steps: 120 });
    expect(reference.report).toBeNull();
    for (const options of [
      { workers: 3 },
      { kernels: 'scalar' as const },
      { workers: 2, pool: 'inline' as const },
    ]) {
      const other = await simulate(image, { steps: 120, ...options });
      expect(other.spikes).toEqual(reference.spikes);
      expect(other.stateHash).toBe(reference.stateHash);
    }
  });

  it('hold what probes ask for, in their windows', async () => {
    const net = ring();
    const [, exc, inh] = net.populations;
    net.probe(exc!, ['v', 'u'], { neurons: [5, 2], from: 3, to: 20, every: 4 });
    const all = await simulate(net, { steps: 100 });
    net.probe(exc!.slice(4, 8), ['spikes'], { from: 50, to: 80 });
    net.probe(inh!, ['spikes']);
    const some = await simulate(net, { steps: 100 });
    const chosen = (population: string, keep: (neuron: number, step: number) => boolean) => {
      const { steps, neurons } = all.spikes.get(population)!;
      return [...steps].flatMap((step, k) => (keep(neurons[k]!, step) ? [[step, neurons[k]!]] : []));
    };
    const { steps, neurons } = some.spikes.get('exc')!;
    expect([...steps].map((step, k) => [step, neurons[k]!])).toEqual(
      chosen('exc', (neuron, step) => neuron >= 4 && neuron < 8 && step >= 50 && step <= 80),
    );
    expect(some.spikes.get('inh')).toEqual(all.spikes.get('inh'));
    expect(some.spikes.get('input')!.steps).toHaveLength(0);
    expect(some.traces.map(({ variable, population }) => `${population} ${variable}`)).toEqual([
      'exc v',
      'exc u',
    ]);
    const [v] = some.traces;
    expect([...v!.steps]).toEqual([3, 7, 11, 15, 19]);
    expect([...v!.neurons]).toEqual([2, 5]);
    expect(v!.values).toHaveLength(10);
  });

  it('have the sign of ternary spikes', async () => {
    const net = new Network();
    const input = net.population(2, sources.regular({ period: 3 }), 'in');
    const p = net.population(2, cells.loihi({ vth: 2, ternary: { vthLoMant: -2 } }), 'p');
    net.projection(
      input,
      p,
      connectors.fromList([
        [0, 0, 4],
        [1, 1, -4],
      ]),
      synapses.static(),
    );
    const { spikes } = await simulate(net, { steps: 10, profile: 'unlimited' });
    const { neurons, values } = spikes.get('p')!;
    expect(
      [...neurons].map((neuron, k) => (neuron === 0 ? values![k] === 1 : values![k] === -1)),
    ).not.toContain(false);
    expect(neurons.length).toBeGreaterThan(4);
  });
});

describe('stream', () => {
  it('gives the same spikes in pieces', async () => {
    const whole = await simulate(ring(), { steps: 100 });
    const windows: [number, number][] = [];
    let spikes = 0;
    for await (const {
      from,
      to,
      spikes: { ids },
    } of stream(ring(), { steps: 100, every: 30 })) {
      windows.push([from, to]);
      spikes += ids.length;
    }
    expect(windows).toEqual([
      [1, 30],
      [31, 60],
      [61, 90],
      [91, 100],
    ]);
    expect(spikes).toBe([...whole.spikes.values()].reduce((sum, { steps }) => sum + steps.length, 0));
  });
  it('may be left early', async () => {
    let last = 0;
    for await (const { to } of stream(ring(), { steps: 1000, every: 10 })) {
      last = to;
      if (to >= 30) break;
    }
    expect(last).toBe(30);
  });
});

describe('endings', () => {
  it('stops when told', async () => {
    const controller = new AbortController();
    const run = simulate(ring(2000), {
      steps: 5_000_000,
      workers: 2,
      coreSize: 500,
      profile: 'unlimited',
      signal: controller.signal,
      onProgress: () => controller.abort(new Error('enough')),
    });
    await expect(run).rejects.toMatchObject({ code: 'E_ABORTED' });
  });
  it('names what overflowed when overflow is an error', async () => {
    const net = new Network();
    const p = net.population(1, cells.loihi({ vth: 131_071, bias: 524_160, dv: 0, du: 0 }), 'p');
    const input = net.population(20, sources.regular({ period: 1 }), 'in');
    net.projection(input, p, connectors.allToAll(), synapses.static({ weight: 254, weightExp: 7 }));
    const run = simulate(net, { steps: 100, onOverflow: 'error' });
    await expect(run).rejects.toBeInstanceOf(SeamountError);
    await expect(run).rejects.toMatchObject({ code: 'E_OVERFLOW', message: expect.stringContaining('p') });
    const { counters } = await simulate(net, { steps: 100, onOverflow: 'wrap' });
    expect(Number(counters.totals.overflowInput)).toBeGreaterThan(0);
  });
});
