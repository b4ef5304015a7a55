/** Whether a register may hold a value under a profile, and if not, what to tell the user. */
import type { ChipProfile, Rules } from './profile.js';
import { PROFILES } from './profiles.js';
import {
  COMPARTMENT_REGISTERS,
  CORE_REGISTERS,
  type CompartmentRegisterName,
  type CoreRegisterName,
  type Range,
  type Register,
} from './registers.js';

const able = (allowed: (rules: Rules) => boolean): string =>
  PROFILES.filter((profile: ChipProfile) => allowed(profile.rules))
    .map((profile) => profile.name)
    .join(', ');

/**
 * Null when compartment register `name` may hold `value` under `rules`, else what is wrong: the range, or
 * that this profile lacks the extension and which shipped profiles have it.
 */
export function checkCompartmentRegister(
  name: CompartmentRegisterName,
  value: number,
  rules: Rules,
): string | null {
  const register: Register<CompartmentRegisterName> = COMPARTMENT_REGISTERS.find((r) => r.name === name)!;
  if (register.extension && !register.extension.allowed(rules) && value !== register.reset) {
    if (name === 'vreset') {
      return `vreset is ${value}, but this profile resets v to 0 only; profiles that reset to a value: ${able(register.extension.allowed)}`;
    }
    return `${name} is ${value}, but this profile has no ${register.extension.name}; profiles that have: ${able(register.extension.allowed)}`;
  }
  return checkRange(name, value, register.range(rules));
}

/** As `checkCompartmentRegister`, for a core register. */
export function checkCoreRegister(
  name: CoreRegisterName,
  value: number | string | boolean,
  rules: Rules,
): string | null {
  const register: Register<CoreRegisterName, number | string | boolean> = CORE_REGISTERS.find(
    (r) => r.name === name,
  )!;
  if (name === 'resetMode') return checkResetMode(value, rules);
  if (register.extension && !register.extension.allowed(rules) && value !== register.reset) {
    return `${name} is ${value}, but this profile has no ${register.extension.name}; profiles that have: ${able(register.extension.allowed)}`;
  }
  if (name === 'noiseTarget') {
    return value === 'off' || value === 'current' || value === 'voltage'
      ? null
      : `noiseTarget is ${value}; it must be off, current or voltage`;
  }
  if (name === 'ternary') {
    return typeof value === 'boolean' ? null : `ternary is ${value}; it must be true or false`;
  }
  if (name === 'vmin' && !isPower(1 - Number(value), 0, 23, 1)) {
    return `vmin is ${value}; it must be -(2^k) + 1 with k = 0..23, that is 0, -1, -3, ... -8388607`;
  }
  if (name === 'vmax' && !isPower(Number(value) + 1, 9, 23, 2)) {
    return `vmax is ${value}; it must be 2^(9 + 2m) - 1 with m = 0..7, that is 511, 2047, ... 8388607`;
  }
  return checkRange(name, Number(value), register.range(rules));
}

function checkResetMode(value: number | string | boolean, rules: Rules): string | null {
  if (value !== 'zero' && value !== 'value' && value !== 'subtract') {
    return `resetMode is ${value}; it must be zero, value or subtract`;
  }
  if (rules.resets.includes(value)) return null;
  const only = rules.resets.map((mode) => (mode === 'zero' ? 'to 0' : mode)).join(', ');
  return `resetMode is ${value}, but this profile resets v ${only} only; profiles that can: ${able((r) => r.resets.includes(value))}`;
}

function checkRange(name: string, value: number, { min, max }: Range): string | null {
  if (Number.isInteger(value) && value >= min && value <= max) return null;
  return `${name} is ${value}; it must be an integer ${min}..${max}`;
}

function isPower(x: number, min: number, max: number, step: number): boolean {
  const k = Math.log2(x);
  return Number.isInteger(k) && k >= min && k <= max && (k - min) % step === 0;
}
