/** Sources of a recording's spikes: its network ids as keys of the message table. */
import { SeamountError } from '../../cores/index.js';

/** No key, or no id: what belongs to no population. */
export const NO_SOURCE = 0xffff_ffff;

/** Key of each network id, the inverse of `MessageTable.idOfKey`; `NO_SOURCE` where there is none. */
export function keysOfIds(idOfKey: Uint32Array): Uint32Array {
  const ids = idOfKey.reduce((end, id) => (id !== NO_SOURCE && id >= end ? id + 1 : end), 0);
  const keys = new Uint32Array(ids).fill(NO_SOURCE);
  idOfKey.forEach((id, key) => {
    if (id !== NO_SOURCE) keys[id] = key;
  });
  return keys;
}

export const unknownNeuron = (id: number): SeamountError =>
  new SeamountError(
    'E_INPUT',
    `the recording has a spike of neuron ${id}, which the image does not have`,
    'use the image that was run',
  );
