/**
 * When a cheaper update is exact. While |u| and |v| are below 2^19 a decay is one 32-bit product, and if the
 * core's weights and biases are small enough, no sum of such a step can leave its register, so nothing
 * needs to be checked. Nearly all networks live there; cores that leave it are updated the long way.
 */
import type { CoreImage, RegisterColumn } from './image.js';
import type { Rules, SumRule } from './profile.js';

/** u and v below 2^NARROW_BITS in magnitude are narrow: times 4096 they still fit 31 bits. */
export const NARROW_BITS = 19;

const CURRENT_BITS = 23;
const INPUT_BITS = 21;
const hasBits = (rule: SumRule, bits: number): boolean =>
  rule.kind === 'twosComplement' && rule.bits === bits;

/** Whether some compartment has noise. */
export const hasNoise = ({ registers, compartments }: CoreImage): boolean => {
  const enable = compartments.noiseEnable;
  const some = typeof enable === 'number' ? enable !== 0 : enable.some((x) => x !== 0);
  return registers.noiseTarget !== 'off' && some;
};

/** Whether spikes of some compartment raise its threshold. Without a step the offset stays 0 for ever. */
export const hasAdaptation = ({ compartments: { vthStep = 0 } }: CoreImage): boolean =>
  typeof vthStep === 'number' ? vthStep !== 0 : vthStep.some((x) => x !== 0);

/** Whether the core has the rules that the plain kernels have compiled in (kernels/soma-plain.ts). */
export function isPlain(core: CoreImage, rules: Rules): boolean {
  const { registers, synapses } = core;
  return (
    hasBits(rules.inputSum, INPUT_BITS) &&
    hasBits(rules.current, CURRENT_BITS) &&
    hasBits(rules.biasSum, CURRENT_BITS) &&
    rules.voltage !== 'none' &&
    registers.resetMode === 'zero' &&
    !registers.ternary &&
    registers.resetInterval === 0 &&
    !hasNoise(core) &&
    !hasAdaptation(core) &&
    synapses.formats.every(({ sumShift }) => sumShift === 0)
  );
}

/** Whether no sum can leave its register, nor v its range, in a step that begins with narrow u and v. */
export function staysInside(core: CoreImage, rules: Rules, worstSum: number, worstBias: number): boolean {
  const narrow = 2 ** NARROW_BITS;
  const input = 64 * worstSum;
  const drive = narrow + input + worstBias;
  const { vmin, vmax } = core.registers;
  const top = rules.voltage === 'registers' ? Math.min(-vmin, vmax) : 2 ** 23 - 1;
  return (
    isPlain(core, rules) && input < 2 ** INPUT_BITS && drive < 2 ** CURRENT_BITS && narrow + drive <= top
  );
}

/** Largest |value| of a column. */
export function largest(column: RegisterColumn): number {
  if (typeof column === 'number') return Math.abs(column);
  let most = 0;
  for (const x of column) most = Math.max(most, Math.abs(x));
  return most;
}
