/**
 * The devices of KerasSpiking's `ModelEnergy` (commit 1384ec3, model_energy.py): one figure for a synaptic
 * operation, one for a neuron and step. For comparison with numbers made by that tool.
 */
import type { CostProfile } from '../cost-profile.js';
import { figuresOf } from '../figure.js';
import { twoFigures } from './two-figures.js';

const TOOL = 'KerasSpiking 1384ec3, model_energy.py';

const NOT_SPIKING =
  'KerasSpiking charges this device for every connection in every step, spike or not: give it the counts of ' +
  'a dense run. Memory traffic, which often decides, is left out.';

/** A processor that takes a multiply-accumulate for either operation. */
function processor(device: string, title: string, picojoules: number): CostProfile {
  const source = `${TOOL}, from Degnan et al., IEEE TVLSI 24(1):58-66 (2015)`;
  const mac = figuresOf('stated', source).pJ(picojoules, 'of one multiply-accumulate');
  return twoFigures({
    name: `keras-spiking-${device}`,
    title: `${title}, as KerasSpiking has it`,
    basis: 'stated',
    source,
    notice: NOT_SPIKING,
    synapse: mac,
    neuron: mac,
  });
}

const loihiSource = `${TOOL}, from Davies et al., IEEE Micro 38(1):82-99 (2018)`;
const loihi = figuresOf('simulated', loihiSource);

export const KERAS_SPIKING_LOIHI: CostProfile = twoFigures({
  name: 'keras-spiking-loihi',
  title: 'Loihi 1, as KerasSpiking has it',
  basis: 'simulated',
  source: loihiSource,
  notice:
    'For comparison with KerasSpiking only; loihi1-davies2018 has the same table in full. Every neuron pays the price ' +
    'of an active update in every step; mapping and messages are left out.',
  synapse: loihi.pJ(
    27.1,
    '23.6 + 3.5; the 3.5 is not explained there: it is the time in ns of a synaptic operation, and the mean of the two hops in pJ',
  ),
  neuron: loihi.pJ(81, 'active update'),
});

export const KERAS_SPIKING_CPU = processor('cpu', 'CPU (Intel i7-4960X)', 8600);
export const KERAS_SPIKING_GPU = processor('gpu', 'GPU (Nvidia GTX Titan Black)', 300);
export const KERAS_SPIKING_ARM = processor('arm', 'ARM Cortex-A', 900);
