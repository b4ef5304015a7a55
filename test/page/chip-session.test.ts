/** A run that goes back and forth: the same bits wherever it comes from, and every spike told once. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Chip, spikeHash } from '../../routing/index.js';
import { COST_PROFILES, costProfileNamed } from '../../src/energy/cost-profiles.js';
import type { Advanced } from '../../src/page/chip/calls.js';
import { exampleNamed } from '../../src/page/chip/examples.js';
import { readGiven } from '../../src/page/chip/given-network.js';
import { ChipSession } from '../../src/page/chip/session.js';
import { meshGeometry } from '../../src/timing/geometry.js';

const costs = costProfileNamed('loihi1-davies2018');
const quiet = { report: () => undefined, breathe: async () => undefined };

async function imageOf(name: string) {
  const { text } = exampleNamed(name)!;
  const given = await readGiven({ kind: 'text', name, text });
  if (given.kind === 'checkpoint') throw new Error('an example is a network');
  return given.image;
}

const images = new Map(
  await Promise.all(
    ['jeffress', 'synfire', 'balanced'].map(async (name) => [name, await imageOf(name)] as const),
  ),
);

/** A clock that says as much time went by at every look: legs of all lengths. */
function clock(ms: number): () => number {
  let now = 0;
  return () => {
    now += ms;
    return now;
  };
}

/** All that was told, as one recording. */
function told(parts: readonly Advanced[]) {
  const steps = parts.flatMap(({ spikes }) => [...spikes.steps]);
  const ids = parts.flatMap(({ spikes }) => [...spikes.ids]);
  return { steps: Uint32Array.from(steps), ids: Uint32Array.from(ids), values: null };
}

const rest = { budgetMs: 5, report: true, rest: true, flights: false };

describe('a session', () => {
  it.each(['jeffress', 'synfire', 'balanced'])('%s: back and forth gives the same bits', async (name) => {
    const image = images.get(name)!;
    const hashes: string[] = [];
    await using reference = await Chip.open(image);
    for (let step = 0; step <= 160; step++) {
      hashes.push(reference.stateHash());
      if (step < 160) await reference.run(1);
    }
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.integer({ min: 0, max: 160 }), { minLength: 1, maxLength: 6 }),
        fc.constantFrom(0.1, 1, 6),
        async (steps, tick) => {
          const session = await ChipSession.open(image, { costs, now: clock(tick) });
          const parts: Advanced[] = [];
          for (const step of steps) {
            const part = await session.seek(step, quiet);
            parts.push(part);
            expect(part.status).toMatchObject({ step, hash: hashes[step] });
            expect(part.status!.again).not.toBe('differs');
          }
          await session.close();
          const most = Math.max(...steps);
          expect(parts.at(-1)!.known).toBe(most);
          await using chip = await Chip.open(image);
          expect(spikeHash(told(parts))).toBe(spikeHash((await chip.run(most)).spikes));
        },
      ),
      { numRuns: 6 },
    );
  });

  it('tells of a state that it was here before', async () => {
    const session = await ChipSession.open(images.get('synfire')!, { costs, now: clock(1) });
    expect((await session.seek(40, quiet)).status?.again).toBe('first');
    expect((await session.seek(12, quiet)).status?.again).toBe('first');
    expect((await session.seek(40, quiet)).status?.again).toBe('same');
    await session.close();
  });

  it('compares with what a run directory recorded', async () => {
    const image = images.get('synfire')!;
    await using chip = await Chip.open(image);
    await chip.run(60);
    const open = (hash: string) =>
      ChipSession.open(image, { costs, now: clock(1), recorded: { step: 60, hash } });
    const right = await open(chip.stateHash());
    const wrong = await open('0123456789abcdef');
    expect((await right.seek(60, quiet)).status?.again).toBe('same');
    expect((await wrong.seek(60, quiet)).status?.again).toBe('differs');
    await right.close();
    await wrong.close();
  });

  it('loses nothing when it is cancelled on the way', async () => {
    const image = images.get('balanced')!;
    const session = await ChipSession.open(image, { costs, now: clock(5) });
    let breaths = 0;
    const cancelled = session.seek(250, {
      report: () => undefined,
      breathe: async () => {
        if (++breaths > 3) throw new Error('cancelled');
      },
    });
    await expect(cancelled).rejects.toThrow('cancelled');
    expect(session.chip.step).toBeGreaterThan(0);
    expect(session.chip.step).toBeLessThan(250);
    const parts = [await session.seek(3, quiet), await session.seek(200, quiet)];
    await session.close();
    await using chip = await Chip.open(image);
    expect(spikeHash(told(parts))).toBe(spikeHash((await chip.run(parts[1]!.known)).spikes));
  });

  it('advances within its budget, and reports what happened since the report before', async () => {
    const session = await ChipSession.open(images.get('balanced')!, { costs, now: clock(1) });
    const first = await session.advance(40, { ...rest, budgetMs: 1e9, rest: false });
    expect(first.step).toBe(40);
    expect(first.status).toMatchObject({ hash: null, latest: { steps: 40 } });
    const part = await session.advance(1000, { ...rest, budgetMs: 3, rest: false });
    expect(part.step).toBeLessThan(1000);
    const { latest, soFar } = part.status!;
    expect(latest.steps).toBe(part.step - 40);
    const sum = (values: Float64Array): number => values.reduce((a, b) => a + b, 0);
    expect(sum(latest.spikes)).toBe(sum(soFar.spikes) - sum(first.status!.soFar.spikes));
    // to stand and to be priced is no step
    const standing = await session.advance(0, rest);
    expect(standing.status!.latest).toEqual(latest);
    expect((await session.price(costs, quiet)).latest).toEqual(latest);
    await session.close();
  });

  it('stops at a neuron that leaves its range, tells the spikes before it, and can go back', async () => {
    // u keeps all it gets, and leaves its 23 bits with the third spike
    const text = `populations:
  drive: { size: 1, cell: { type: regular, period: 10, phase: 10 } }
  a: { size: 1, cell: { type: loihi, vth: 131071, du: 0, dv: 0 } }
projections:
  - { pre: drive, post: a, connector: allToAll, synapse: { weight: 255, weightExp: 7 } }
`;
    const given = await readGiven({ kind: 'text', name: 'overflow.yaml', text });
    if (given.kind === 'checkpoint') throw new Error('a network');
    const image = {
      ...given.image,
      profile: {
        ...given.image.profile,
        rules: { ...given.image.profile.rules, onOverflow: 'error' as const },
      },
    };
    const session = await ChipSession.open(image, { costs, now: clock(1) });
    const part = await session.advance(1000, { ...rest, budgetMs: 1e9 });
    expect(part.fault?.message).toContain('its current u left its register at step 50');
    expect(part.step).toBe(part.known);
    expect(part.spikes.steps.at(-1)).toBe(50);
    expect((await session.seek(11, quiet)).status).toMatchObject({ step: 11, furthest: part.known });
    expect((await session.seek(90, quiet)).fault).toEqual(part.fault);
    await session.close();
  });
});

describe('what it measures', () => {
  it('load of links is what the mesh model carried', async () => {
    const image = images.get('balanced')!;
    const session = await ChipSession.open(image, { costs, now: clock(1) });
    const { status } = await session.seek(120, quiet);
    const { Account } = await import('../../src/account/account.js');
    const account = new Account(image, { costs, timing: 'mesh' });
    await using chip = await Chip.open(image, { activity: 'compartments' });
    account.begin(chip);
    account.add(await chip.run(120));
    const { ledger, clock: timed } = account.end(chip);
    const carried = new Float64Array(status!.soFar.links.length);
    for (const { link, messages } of timed!.mesh!.links()) carried[link] = messages;
    expect(status!.soFar.links).toEqual(carried);
    expect(status!.energy.counts).toEqual(ledger.total);
    const ps = timed!.times.reduce((sum, time) => sum + time, 0);
    expect(status!.time).toEqual({ seconds: ps / 1e12, model: 'mesh' });
    const cores = meshGeometry(image).cores;
    expect(status!.soFar.energy).toHaveLength(cores);
    await session.close();
  });

  it.each(COST_PROFILES.map(({ name }) => name))(
    '%s prices a run, and times it or says that it cannot',
    async (name) => {
      const session = await ChipSession.open(images.get('synfire')!, { costs, now: clock(1) });
      const before = (await session.seek(80, quiet)).status!;
      const priced = await session.price(costProfileNamed(name), quiet);
      expect(priced).toMatchObject({ step: 80, hash: before.hash });
      expect(priced.again).not.toBe('differs');
      expect(priced.energy.profile.name).toBe(name);
      expect(priced.energy.counts).toEqual(before.energy.counts);
      if (priced.time !== null) expect(priced.time.seconds).toBeGreaterThan(0);
      expect(priced.time === null).toBe(Object.keys(costProfileNamed(name).latency).length === 0);
      await session.close();
    },
  );

  it('times a network of many messages by sums', async () => {
    const text = `populations:
  a: { size: 2400, cell: { type: loihi, vth: 900, bias: 3000, dv: 100 } }
projections:
  - { pre: a, post: a, connector: { type: fixedNumberPre, n: 150 }, synapse: { weight: 1 } }
`;
    // cut into as many cores as makes messages many
    const { compile } = await import('../../src/compiler/compile.js');
    const { networkFromText } = await import('../../src/netfile/network-from-text.js');
    const { image } = compile(networkFromText(text, 'many.yaml').network, { coreSize: 8 });
    const session = await ChipSession.open(image, { costs, now: clock(1) });
    await session.advance(7, { ...rest, budgetMs: 1e9, rest: false });
    const { status } = await session.seek(12, quiet);
    const { Account } = await import('../../src/account/account.js');
    const account = new Account(image, { costs, timing: 'simple' });
    await using chip = await Chip.open(image, { activity: 'counts' });
    account.begin(chip);
    account.add(await chip.run(12));
    const ps = account.end(chip).clock!.times.reduce((sum, time) => sum + time, 0);
    expect(status!.time).toEqual({ seconds: ps / 1e12, model: 'simple' });
    await session.close();
  });

  it('shows the messages of a step with where and when', async () => {
    const session = await ChipSession.open(images.get('synfire')!, { costs, now: clock(1) });
    const first = await session.advance(1, { ...rest, flights: true });
    expect(first.flights!.step).toBe(1);
    expect([...first.flights!.from].filter((from) => from < 0)).toHaveLength(32);
    await session.seek(2, quiet);
    const { flights, status } = await session.advance(1, { ...rest, flights: true });
    const hops = status!.latest.links.reduce((sum, messages) => sum + messages, 0);
    expect(flights!.messages).toBe(hops);
    for (let i = 0; i < flights!.to.length; i++) {
      expect(flights!.sent[i]).toBeLessThanOrEqual(flights!.arrived[i]!);
      expect(flights!.arrived[i]).toBeLessThanOrEqual(1);
    }
    await session.close();
  });

  it('runs a membrane again that is what a probe records', async () => {
    const image = images.get('balanced')!;
    const session = await ChipSession.open(image, { costs, now: clock(1) });
    await session.seek(220, quiet);
    const trace = await session.trace({ population: 0, neuron: 1, from: 100, to: 220 });
    await using chip = await Chip.open(image);
    const { traces } = await chip.run(220);
    const probe = traces.find(({ neurons }) => neurons.includes(1))!;
    expect([...trace.steps]).toEqual(Array.from({ length: 121 }, (_, i) => 100 + i));
    expect([...trace.samples]).toEqual(
      [...trace.steps].map((step) => probe.samples[(step - 1) * probe.neurons.length + 1]),
    );
    await session.close();
  });

  it('runs no membrane again of steps that a run recorded far from where the chip is', async () => {
    const recorded = { step: 10_000_000, hash: '0123456789abcdef' };
    const session = await ChipSession.open(images.get('synfire')!, { costs, now: clock(1), recorded });
    const trace = (to: number) => session.trace({ population: 0, neuron: 1, from: to - 2000, to });
    expect((await trace(recorded.step)).steps).toHaveLength(0);
    expect((await trace(300)).steps).toHaveLength(300);
    await session.close();
  });

  it('tells state, registers and targets of a neuron', async () => {
    const image = images.get('synfire')!;
    const session = await ChipSession.open(image, { costs, now: clock(1) });
    await session.seek(3, quiet);
    const view = await session.neuron({ population: 0, neuron: 0 });
    const value = (rows: typeof view.state, of: string) => rows.find(({ name }) => name === of)?.value;
    expect(value(view.state, 'v')).toBe(session.chip.state(0).v[0]);
    expect(value(view.registers, 'vthMant')).toBe(150);
    expect(view.targets.length).toBeGreaterThan(0);
    expect(view.targets.every(({ hops }) => hops === 1)).toBe(true);
    const source = image.populations.findIndex(({ label }) => label === 'start');
    expect((await session.neuron({ population: source, neuron: 3 })).targets).toMatchObject([{ hops: null }]);
    await expect(session.neuron({ population: 9, neuron: 0 })).rejects.toThrow('there is no neuron');
    await session.close();
  });
});
