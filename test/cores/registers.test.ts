import { describe, expect, it } from 'vitest';
import {
  BRIAN2LOIHI,
  COMPARTMENT_REGISTERS,
  CORE_REGISTERS,
  checkCompartmentRegister,
  checkCoreRegister,
  DEFAULT_COMPARTMENT,
  DEFAULT_CORE,
  LAVA,
  LOIHI1,
  PROFILES,
  UNLIMITED,
} from '../../cores/index.js';

describe('registers', () => {
  it('defaults are legal in every profile', () => {
    for (const { rules } of PROFILES) {
      for (const { name } of COMPARTMENT_REGISTERS) {
        expect(checkCompartmentRegister(name, DEFAULT_COMPARTMENT[name], rules)).toBeNull();
      }
      const core = DEFAULT_CORE(rules);
      for (const { name } of CORE_REGISTERS) expect(checkCoreRegister(name, core[name], rules)).toBeNull();
    }
  });

  it('ranges end where the profile says', () => {
    expect(checkCompartmentRegister('du', 4096, LOIHI1.rules)).toBe(
      'du is 4096; it must be an integer 0..4095',
    );
    expect(checkCompartmentRegister('du', 4096, BRIAN2LOIHI.rules)).toBeNull();
    expect(checkCompartmentRegister('dv', 1.5, LOIHI1.rules)).toContain('integer');
    expect(checkCompartmentRegister('biasExp', -1, LAVA.rules)).toBeNull();
    expect(checkCompartmentRegister('biasExp', -1, LOIHI1.rules)).toContain('0..7');
    expect(checkCompartmentRegister('refract', 2, LAVA.rules)).toContain('0..1');
    expect(checkCompartmentRegister('vthMant', Number.NaN, LOIHI1.rules)).toContain('0..131071');
  });

  it('an extension is refused with the profiles that have it', () => {
    expect(checkCompartmentRegister('vreset', -5, LOIHI1.rules)).toBe(
      'vreset is -5, but this profile resets v to 0 only; profiles that reset to a value: unlimited',
    );
    expect(checkCompartmentRegister('vreset', -5, UNLIMITED.rules)).toBeNull();
    expect(checkCompartmentRegister('vthLoMant', -5, LOIHI1.rules)).toContain(
      'profiles that have: lava, unlimited',
    );
    expect(checkCoreRegister('ternary', true, LOIHI1.rules)).toContain('profiles that have: lava, unlimited');
    expect(checkCoreRegister('resetMode', 'subtract', LOIHI1.rules)).toBe(
      'resetMode is subtract, but this profile resets v to 0 only; profiles that can: unlimited',
    );
    expect(checkCoreRegister('resetMode', 'soft', UNLIMITED.rules)).toContain('zero, value or subtract');
    expect(checkCoreRegister('resetInterval', 10, LOIHI1.rules)).toContain('periodic reset');
  });

  it('vmin and vmax are powers of two', () => {
    const bad = (name: 'vmin' | 'vmax', values: number[]) =>
      values.filter((value) => checkCoreRegister(name, value, LOIHI1.rules) !== null);
    expect(bad('vmin', [0, -1, -3, -7, -8_388_607])).toEqual([]);
    expect(bad('vmin', [1, -2, -8_388_608, -16_777_215])).toEqual([1, -2, -8_388_608, -16_777_215]);
    expect(bad('vmax', [511, 2047, 8191, 8_388_607])).toEqual([]);
    expect(bad('vmax', [0, 255, 1023, 33_554_431])).toEqual([0, 255, 1023, 33_554_431]);
  });
});
