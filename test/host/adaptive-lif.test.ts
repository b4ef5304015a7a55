/** An adapting neuron in physical units fires as its equations say, from the API and from a file. */
import { describe, expect, it } from 'vitest';
import { cells, type LifParameters, Network, networkFromText, simulate } from '../../src/index.js';

const NEURON = { tau_m: 20, R: 10, v_rest: -65, v_reset: -70, v_th: -50, I: 3, tau_refrac: 2 } as const;
/** dth = 13 is 157.3 ms: what rounding the time constant costs is another test's business. */
const ADAPTATION = { v_th_step: 3, tau_th: 157.3 } as const;
const STEPS = 2000;
const DT = 0.5;

async function stepsOf(network: Network): Promise<number[]> {
  const { spikes } = await simulate(network, { steps: STEPS, profile: 'unlimited' });
  return [...spikes.get('neuron')!.steps];
}

function networkOf(parameters: LifParameters): Network {
  const network = new Network({ dt: DT });
  network.population(1, cells.lif(parameters), 'neuron');
  return network;
}

/** The membrane equation solved exactly over each step, in floating point, spikes at whole steps. */
function ideal(): number[] {
  const { tau_m, R, v_rest, v_reset, v_th, I, tau_refrac } = NEURON;
  const { v_th_step, tau_th } = ADAPTATION;
  const [keep, keepTheta] = [Math.exp(-DT / tau_m), Math.exp(-DT / tau_th)];
  const spikes: number[] = [];
  let [v, theta, until]: [number, number, number] = [v_rest, 0, 0];
  for (let t = 1; t <= STEPS; t++) {
    theta *= keepTheta;
    if (t < until) continue;
    v = v_rest + R * I + (v - v_rest - R * I) * keep;
    if (v <= v_th + theta) continue;
    spikes.push(t);
    v = v_reset;
    theta += v_th_step;
    until = t + Math.round(tau_refrac / DT) + 1;
  }
  return spikes;
}

const intervals = (steps: readonly number[]): number[] => steps.slice(1).map((t, i) => t - steps[i]!);

describe('an adapting lif cell', () => {
  it('has the intervals of the ideal one, to a step or a hundredth', async () => {
    const expected = intervals(ideal());
    const got = intervals(await stepsOf(networkOf({ ...NEURON, ...ADAPTATION })));
    expect(Math.abs(got.length - expected.length)).toBeLessThanOrEqual(1);
    expected.slice(0, got.length).forEach((interval, k) => {
      expect(Math.abs(got[k]! - interval), `interval ${k}`).toBeLessThanOrEqual(Math.max(1, interval / 100));
    });
    expect(expected.at(-1)!).toBeGreaterThan(1.5 * expected[0]!);
  });

  it('does not adapt without a step', async () => {
    const got = intervals(await stepsOf(networkOf({ ...NEURON, v_th_step: 0, tau_th: 157.3 })));
    expect(got).toEqual(intervals(await stepsOf(networkOf(NEURON))));
    expect(new Set(got).size).toBe(1);
  });

  it('is the same from a file', async () => {
    const cell = JSON.stringify({ type: 'lif', ...NEURON, ...ADAPTATION });
    const text = `dt: ${DT}\npopulations:\n  neuron: { size: 1, cell: ${cell} }\n`;
    const { network } = networkFromText(text, 'net.yaml');
    expect(await stepsOf(network)).toEqual(await stepsOf(networkOf({ ...NEURON, ...ADAPTATION })));
  });
});
