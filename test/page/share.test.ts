/** State in the fragment of the address: what is written is read, and what cannot be read is said, never thrown. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { PANEL_NAMES } from '../../src/page/protocol.js';
import { fragmentOf, stateOf } from '../../src/page/share.js';

describe('share', () => {
  it('gives back every state', () => {
    fc.assert(
      fc.property(fc.constantFrom(...PANEL_NAMES), fc.jsonValue(), (panel, value) => {
        const state = JSON.parse(JSON.stringify(value)); // -0 becomes 0
        const fragment = fragmentOf(panel, state);
        expect(fragment).toMatch(/^[a-z]+=1\.[\w-]*$/);
        expect(stateOf(`#${fragment}`)).toEqual({ panel, state, problem: null });
      }),
    );
  });

  it('is only the name of the panel where there is no state', () => {
    expect(fragmentOf('coding', undefined)).toBe('coding');
    expect(stateOf('#coding')).toEqual({ panel: 'coding', state: undefined, problem: null });
  });

  it('takes the default of an empty fragment', () => {
    expect(stateOf('')).toEqual({ panel: 'neuron', state: undefined, problem: null });
    expect(stateOf('#', 'digits').panel).toBe('digits');
  });

  it.each([
    ['#neurons', /names a panel "neurons"/],
    ['#neuron=2.abc', /has version 2, this page reads version 1/],
    ['#neuron=abc', /not of the form/],
    ['#neuron=1.abc.def', /not of the form/],
    ['#neuron=1.%%%', /damaged or cut short/],
    ['#neuron=1.', /damaged or cut short/],
  ])('says what is wrong with %s and shows the default', (fragment, problem) => {
    const read = stateOf(fragment);
    expect(read.state).toBeUndefined();
    expect(read.problem).toMatch(problem);
  });

  it('never throws, and knows a link that was cut', () => {
    const fragment = fragmentOf('neuron', { constants: { I: 2, tau_m: 5 }, speed: 1000 });
    for (let end = 'neuron=1.'.length; end < fragment.length; end++)
      expect(stateOf(fragment.slice(0, end)).problem).toMatch(/damaged/);
    fc.assert(fc.property(fc.string(), (text) => void stateOf(text)));
  });

  it('does not unfold a link without end', () => {
    const bomb = fragmentOf('neuron', 'a'.repeat(8 << 20));
    expect(bomb.length).toBeLessThan(20_000);
    expect(stateOf(bomb).problem).toMatch(/damaged/);
  });
});
