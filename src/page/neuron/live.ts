/** The neuron that runs while one looks: a chip that goes on step by step, and its ideal twin. */
import { decay, profileNamed } from '../../../cores/index.js';
import { Chip } from '../../../routing/index.js';
import { spikesByPopulation, tracesOf } from '../../api/results.js';
import { IdealNeuron } from './ideal.js';
import type { NeuronParameters } from './parameters.js';
import { HAND, INPUT, NEURON, type NeuronProgramme, programme, SEED } from './programme.js';

/** Samples of consecutive steps; voltages in mV. */
export interface LiveSamples {
  /** ms at the end of the step. */
  readonly times: Float64Array;
  readonly v: Float32Array;
  readonly ideal: Float32Array;
  /** With what spikes added to it, before the step's own spike. */
  readonly threshold: Float32Array;
  /** Whether the chip, the ideal neuron and the input spiked: bits 0, 1 and 2. */
  readonly spikes: Uint8Array;
}

/** A leg of a live neuron: two words of trace a step, and never many steps. */
const RECORDING_WORDS = 1 << 14;

/** Where what spikes add to a threshold ends (cores/descriptor.ts). */
const THETA_MAX = 2 ** 23 - 1;

export class LiveNeuron {
  readonly programme: NeuronProgramme;
  readonly #chip: Chip;
  readonly #ideal: IdealNeuron;
  readonly #parameters: NeuronParameters;
  /** ms of the first step's beginning. */
  readonly #origin: number;
  #theta = 0;
  /** The last step for which a spike was sent by hand. */
  #sent = 0;
  #v: number;
  #time: number;

  private constructor(
    parameters: NeuronParameters,
    programmed: NeuronProgramme,
    chip: Chip,
    { time, v }: { readonly time: number; readonly v: number },
  ) {
    this.#parameters = parameters;
    this.programme = programmed;
    this.#chip = chip;
    this.#origin = time;
    this.#time = time;
    this.#v = v;
    this.#ideal = new IdealNeuron(parameters, programmed, {
      rules: profileNamed(programmed.profile)!.rules,
      seed: SEED,
      core: 0,
      v,
    });
  }

  /** Opens a chip; goes on from the time and the voltage of the one before. */
  static async open(parameters: NeuronParameters, before: LiveNeuron | null): Promise<LiveNeuron> {
    const start = before === null ? parameters.v_rest : before.#v;
    const { image, neuron } = programme(parameters, { probe: true, takesSpikes: true, start });
    const chip = await Chip.open(image, { recordingWords: RECORDING_WORDS });
    return new LiveNeuron(parameters, neuron, chip, { time: before === null ? 0 : before.#time, v: start });
  }

  async advance(steps: number): Promise<LiveSamples> {
    const { dt, v_th } = this.#parameters;
    const { unitsPerMv, zeroMv, registers } = this.programme;
    const first = this.#chip.step + 1;
    const recording = await this.#chip.run(steps);
    const spikes = spikesByPopulation(this.#chip.image, recording);
    const trace = tracesOf(this.#chip.image, recording).find(({ variable }) => variable === 'v')!;
    const own = new Set(spikes.get(NEURON)!.steps);
    const input = new Set(spikes.get(INPUT)?.steps ?? []);
    const hand = new Set(spikes.get(HAND)?.steps ?? []);
    const samples = {
      times: new Float64Array(steps),
      v: new Float32Array(steps),
      ideal: new Float32Array(steps),
      threshold: new Float32Array(steps),
      spikes: new Uint8Array(steps),
    };
    const keepTheta = 4096 - (registers.dth ?? 0);
    for (let i = 0; i < steps; i++) {
      const t = first + i;
      const inputs = (input.has(t) ? 1 : 0) + (hand.has(t) ? 1 : 0);
      const idealFired = this.#ideal.step(t, inputs);
      this.#theta = decay(this.#theta, keepTheta);
      samples.times[i] = this.#origin + t * dt;
      samples.v[i] = trace.values[i]! / unitsPerMv + zeroMv;
      samples.ideal[i] = this.#ideal.v;
      samples.threshold[i] = v_th + this.#theta / unitsPerMv;
      samples.spikes[i] = (own.has(t) ? 1 : 0) | (idealFired ? 2 : 0) | (inputs > 0 ? 4 : 0);
      if (own.has(t) && registers.vthStep !== undefined)
        this.#theta = Math.min(THETA_MAX, this.#theta + registers.vthStep * 64);
    }
    if (steps > 0) {
      this.#v = samples.v[steps - 1]!;
      this.#time = samples.times[steps - 1]!;
    }
    return samples;
  }

  /** An input spike by hand, in the next step. Two before it are one. */
  sendSpike(): void {
    const hand = this.#chip.image.populations.find(({ label }) => label === HAND);
    const next = this.#chip.step + 1;
    if (hand === undefined || this.#sent === next) return;
    this.#sent = next;
    this.#chip.send({ sources: [hand.firstSource] });
  }

  /** What the chip itself holds, for tests of the above. */
  get state(): ReturnType<Chip['state']> {
    return this.#chip.state(0);
  }

  get theta(): number {
    return this.#theta;
  }

  close(): Promise<void> {
    return this.#chip.close();
  }
}
