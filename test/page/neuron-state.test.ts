/** Constants and view of the neuron in a link. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { hardRange, PARAMETERS } from '../../src/page/neuron/parameters.js';
import { PRESETS, presetOf, presetParameters } from '../../src/page/neuron/presets.js';
import { INITIAL, SPEEDS, sharedOf, stateFrom, WINDOWS } from '../../src/page/neuron/state.js';

const PROFILES = ['loihi1-sanafe', 'loihi2'];

const constants = fc.record(
  Object.fromEntries(
    PARAMETERS.map((row) => {
      const [min, max] = hardRange(row);
      return [row.name, fc.double({ min, max, noNaN: true })];
    }),
  ),
  { requiredKeys: [] },
);

describe('state of the neuron panel', () => {
  it('survives a link', () => {
    fc.assert(
      fc.property(
        constants,
        fc.constantFrom(...SPEEDS),
        fc.constantFrom(...WINDOWS),
        fc.boolean(),
        fc.constantFrom(...PROFILES),
        (changes, { value: speed }, window, showsIdeal, prices) => {
          const given = JSON.parse(JSON.stringify({ constants: changes, speed, window, showsIdeal, prices }));
          const state = stateFrom(given, PROFILES);
          const shared = sharedOf(state);
          const again = shared === undefined ? undefined : JSON.parse(JSON.stringify(shared));
          expect(stateFrom(again, PROFILES)).toEqual(state);
        },
      ),
    );
  });

  it('is nothing at the start', () => {
    expect(sharedOf(INITIAL)).toBeUndefined();
    expect(stateFrom(undefined, PROFILES)).toBe(INITIAL);
  });

  it.each([
    [[], 'not an object'],
    ['x', 'not an object'],
    [{ speed: 7 }, 'speed 7 is not one of'],
    [{ prices: 'free' }, 'prices "free"'],
    [{ constants: [] }, 'not an object'],
    [
      { constants: { I: '2', tau_m: -1, mass: 3 } },
      'there is no constant "mass"; I is no number; tau_m is -1 ms',
    ],
  ])('refuses %j', (shared, message) => {
    expect(() => stateFrom(shared, PROFILES)).toThrow(message);
  });

  it('knows its presets, all different and within the sliders', () => {
    for (const preset of PRESETS) {
      expect(presetOf(presetParameters(preset))).toBe(preset);
      const parameters = presetParameters(preset);
      for (const { name, min, max } of PARAMETERS) {
        expect(parameters[name]).toBeGreaterThanOrEqual(min);
        expect(parameters[name]).toBeLessThanOrEqual(max);
      }
    }
  });
});
