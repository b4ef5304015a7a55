/**
 * The same neuron in double precision: the step of the chip with constants that are not rounded and registers that
 * have no width. What differs from the chip's trace is what rounding did; noise draws and input spikes are the same.
 */
import { noiseDraw, noiseKey, type Rules } from '../../../cores/index.js';
import type { NeuronParameters } from './parameters.js';
import type { NeuronProgramme } from './programme.js';

export class IdealNeuron {
  readonly #p: NeuronParameters;
  readonly #keepV: number;
  readonly #keepU: number;
  readonly #keepTheta: number;
  /** mV that an input spike adds to u. */
  readonly #weight: number;
  readonly #hold: number;
  /** mV of one raw draw; 0 without noise. */
  readonly #noise: number;
  readonly #onCurrent: boolean;
  readonly #draws: {
    readonly min: number;
    readonly span: number;
    readonly seed: number;
    readonly core: number;
  };
  /** mV */
  #v: number;
  /** mV a step */
  #u = 0;
  /** mV that spikes have added to the threshold. */
  #theta = 0;
  /** Steps it is still held. */
  #held = 0;

  constructor(
    parameters: NeuronParameters,
    { noise, unitsPerMv }: Pick<NeuronProgramme, 'noise' | 'unitsPerMv'>,
    {
      rules,
      seed,
      core,
      v,
    }: { readonly rules: Rules; readonly seed: number; readonly core: number; readonly v: number },
  ) {
    const { dt, tau_m, tau_syn, tau_th, tau_refrac, R, input_weight } = parameters;
    this.#p = parameters;
    this.#keepV = Math.exp(-dt / tau_m);
    this.#keepU = tau_syn === 0 ? 0 : Math.exp(-dt / tau_syn);
    this.#keepTheta = Math.exp(-dt / tau_th);
    // The mean of the decaying current over its first step, so that its charge is right (quantise-lif.ts).
    const mean = tau_syn === 0 ? 1 : ((1 - this.#keepU) * tau_syn) / dt;
    this.#weight = input_weight * R * (1 - this.#keepV) * mean;
    this.#hold = Math.round(tau_refrac / dt);
    this.#noise = noise === null ? 0 : 2 ** (noise.exp - 7) / unitsPerMv;
    this.#onCurrent = noise?.target === 'current';
    const { min, max } = rules.noise;
    this.#draws = { min, span: max - min + 1, seed, core };
    this.#v = v;
  }

  get v(): number {
    return this.#v;
  }

  /** Step t of the chip, in which so many input spikes arrive. Returns whether it fires. */
  step(t: number, inputs: number): boolean {
    const { v_rest, R, I, v_th, v_reset, v_th_step } = this.#p;
    const { seed, core, min, span } = this.#draws;
    const noise = this.#noise === 0 ? 0 : noiseDraw(noiseKey(seed, core, t), 0, min, span) * this.#noise;
    this.#u = this.#u * this.#keepU + inputs * this.#weight + (this.#onCurrent ? noise : 0);
    this.#theta *= this.#keepTheta;
    if (this.#held > 0) {
      this.#held--;
      return false;
    }
    const settled = v_rest + R * I;
    this.#v = settled + (this.#v - settled) * this.#keepV + this.#u + (this.#onCurrent ? 0 : noise);
    if (this.#v <= v_th + this.#theta) return false;
    this.#v = v_reset;
    this.#theta += v_th_step;
    this.#held = this.#hold;
    return true;
  }
}
