/** Sources of a recording's spikes: its network ids as keys of the message table. */
import { SeamountError } from '../../cores/index.js';

/** No key, or no id: what belongs to no population. */
export const NO_SOURCE = 0xffff_ffff;

/** Key of each network id, the inverse of `MessageTable.idOfKey`; `NO_SOURCE` where there is none. */
export function keysOfIds(idOfKey: Uint32Array): Uint32Array {
  let ids = 0;
  for (let key = 0; key < idOfKey.length; key++)
    if (idOfKey[key] !== NO_SOURCE && idOfKey[key]! >= ids) ids = idOfKey[key]! + 1;
  const keys = new Uint32Array(ids).fill(NO_SOURCE);
  for (let key = 0; key < idOfKey.length; key++) if (idOfKey[key] !== NO_SOURCE) keys[idOfKey[key]!] = key;
  return keys;
}

export const unknownNeuron = (id: number): SeamountError =>
  new SeamountError(
    'E_INPUT',
    `the recording has a spike of neuron ${id}, which the image does not have`,
    'use the image that was run',
  );
