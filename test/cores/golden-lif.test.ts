/** Single neurons recorded from nengo-loihi, Lava and Brian2Loihi: u, v and spikes of every step. */
import { expect, it } from 'vitest';
import {
  type BackendKind,
  BRIAN2LOIHI,
  type ChipProfile,
  type CompartmentRegisters,
  type CoreRegisters,
  LAVA,
  NENGO_LOIHI,
  type SignMode,
  storeMantissa,
  storeWeight,
} from '../../cores/index.js';
import { describeWithShared } from '../shared.js';
import { BACKENDS, readVectors, runCore, testImage } from './core-fixture.js';

interface Case {
  readonly id: string;
  readonly steps: number;
  readonly params: Readonly<Record<string, number>>;
  readonly axons: readonly {
    readonly mant: number;
    readonly exp: number;
    readonly eff: number;
    readonly bits?: number;
    readonly signMode?: number;
    readonly delay?: number;
  }[];
  readonly events: readonly (readonly [step: number, axon: number])[];
  readonly u: readonly number[];
  readonly v: readonly number[];
  readonly spikes: readonly number[];
  readonly spikeValues?: readonly number[];
}

const SIGN_MODES: readonly SignMode[] = ['mixed', 'mixed', 'excitatory', 'inhibitory'];

function registersOf(p: Case['params']): {
  compartments: Partial<CompartmentRegisters>;
  registers: Partial<CoreRegisters>;
} {
  const compartments: Record<string, number> = {};
  const registers: Record<string, number | boolean> = {};
  for (const [name, value] of Object.entries(p)) {
    if (name === 'decayI') compartments.du = value;
    else if (name === 'decayV') compartments.dv = value;
    else if (name === 'vthHiMant') compartments.vthMant = value;
    else if (['vmin', 'vmax', 'resetInterval', 'resetOffset'].includes(name)) registers[name] = value;
    else compartments[name] = value;
  }
  if ('vthLoMant' in p) registers.ternary = true;
  return { compartments, registers };
}

/** Lava's recordings have effective weights of mantissas as they are, without a format; the others round to theirs. */
async function replay(
  profile: ChipProfile,
  rounds: boolean,
  recorded: Case,
  kernels: BackendKind,
): Promise<void> {
  const { rules } = profile;
  const axons = recorded.axons.map((axon) => {
    const format = { signMode: SIGN_MODES[axon.signMode ?? 1]!, bits: axon.bits ?? 8, exp: axon.exp };
    const mantissa = rounds ? storeMantissa(axon.mant, format, rules) : axon.mant;
    const weight = storeWeight(mantissa, format, rules);
    return [{ target: 3, delay: axon.delay ?? 0, weight }];
  });
  expect(axons.map(([synapse]) => synapse!.weight.effective)).toEqual(recorded.axons.map((a) => a.eff));
  const { compartments, registers } = registersOf(recorded.params);
  const image = testImage(profile, { n: 20, compartments, registers, axons });
  const { core, step } = await runCore(profile, image, { eventsPerAxon: 16, kernels });

  const u: number[] = [];
  const v: number[] = [];
  const spikes: number[] = [];
  const values: number[] = [];
  for (let t = 1; t <= recorded.steps; t++) {
    const arriving = recorded.events.filter(([at, a]) => at - (recorded.axons[a]!.delay ?? 0) === t);
    const fired = step(
      t,
      arriving.map(([, axon]) => axon),
    );
    u.push(core.u[3]!);
    v.push(core.v[3]!);
    for (const i of fired) {
      if (i !== 3 && i !== ~3) continue;
      spikes.push(t);
      values.push(i < 0 ? -1 : 1);
    }
  }
  expect({ u, v, spikes }).toEqual({ u: recorded.u, v: recorded.v, spikes: recorded.spikes });
  if (recorded.spikeValues) expect(values).toEqual(recorded.spikeValues);
}

describeWithShared('single neurons agree with the peers, step by step', (dir) => {
  for (const [file, profile, rounds] of [
    ['nengo-lif', NENGO_LOIHI, true],
    ['lava-lif', LAVA, false],
    ['lava-lif-variants', LAVA, false],
    ['brian2loihi-lif', BRIAN2LOIHI, true],
  ] as const) {
    for (const recorded of readVectors<{ cases: Case[] }>(dir, file).cases) {
      it.each(BACKENDS)(`${file} ${recorded.id} (%s)`, (kernels) =>
        replay(profile, rounds, recorded, kernels),
      );
    }
  }
});
