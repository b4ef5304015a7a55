/** Codes through the chip: what goes in by a source comes out of relays, and decodes to the same signal. */
import { describe, expect, it } from 'vitest';
import {
  decodeLatency,
  decodeOnOff,
  decodePopulation,
  encodeLatency,
  encodePopulation,
  encodeSignal,
  encodeStepForward,
  type SpikeCode,
} from '../../src/coding/index.js';
import { cells, connectors, Network, type SourceCell, simulate, sources, synapses } from '../../src/index.js';
import { sine } from './signals.js';

/** The code as a population of neurons on the chip repeats it. */
async function relayed<C extends SpikeCode>(
  code: C,
  cell: SourceCell = sources.spikeArray(code),
): Promise<C> {
  const net = new Network();
  const input = net.population(code.size, cell, 'input');
  const relay = net.population(code.size, cells.loihi({ vth: 0 }), 'relay');
  net.projection(input, relay, connectors.oneToOne(), synapses.static({ weight: 1 }));
  const { spikes } = await simulate(net, { steps: code.duration });
  return { ...code, ...spikes.get('relay')! };
}

const columns = ({ steps, neurons }: SpikeCode) => ({ steps, neurons });

describe('on the chip', () => {
  it('a latency code arrives as it was sent', async () => {
    const code = encodeLatency(sine(20), { window: 16 });
    const back = await relayed(code);
    expect(columns(back)).toEqual(columns(code));
    expect(decodeLatency(back, { window: 16 })).toEqual(decodeLatency(code, { window: 16 }));
  });
  it('so does a population code', async () => {
    const options = { window: 50 };
    const code = encodePopulation(sine(6), options);
    expect(decodePopulation(await relayed(code), options)).toEqual(decodePopulation(code, options));
  });
  it('and a code of change, whose decoder takes the rest from the encoder', async () => {
    const code = encodeStepForward(sine(100), { threshold: 0.05 });
    expect(decodeOnOff(await relayed(code))).toEqual(decodeOnOff(code));
  });
  it('and what encodeSignal makes is a cell', async () => {
    const { sources: cell, steps, code } = encodeSignal(sine(30), { code: 'burst' });
    const back = await relayed(code, cell);
    expect(back.steps).toEqual(code.steps);
    expect(steps).toBe(30 * 13);
  });
});
