/** Small networks in the peer's YAML. */
import type { SeamountError } from '../../cores/index.js';
import { type LoadedSanafe, loadSanafe } from '../../src/sanafe/load.js';
import { ARCHITECTURE, LOIHI_YAML } from './golden.js';

export const PAIR = `network:
  name: pair
  groups:
    - name: in
      attributes: [log_spikes: true]
      neurons:
        - 0: [spikes: [1, 0, 1]]
        - 1: {rate: 0.25}
    - name: out
      attributes: {threshold: 3, soma: {bias: 1}}
      neurons:
        - 0..1
        - 2: {bias: 2, leak_decay: 0.5}
  edges:
    - in.0 -> out.0: [weight: 2]
    - in.1 -> out.2: {w: 5}
    - out -> out: {type: dense, weight: [0, 1, 2, 3, 4, 5, 6, 7, 8]}
mappings:
  - in.0: {core: 0.0, soma: 'loihi_inputs[0]'}
  - in.1: {core: 0.0, soma: 'loihi_inputs[1]'}
  - out: [core: 0.1, soma: loihi_lif]
`;

export const load = (text: string, architecture = LOIHI_YAML): LoadedSanafe =>
  loadSanafe({ architecture: { ...ARCHITECTURE, text: architecture }, network: { name: 'net.yaml', text } });

/** What loading complains of, '' where it does not. */
export function complaints(text: string, architecture = LOIHI_YAML): string {
  try {
    load(text, architecture);
    return '';
  } catch (error) {
    const { code, message } = error as SeamountError;
    if (code !== 'E_INPUT') throw error;
    return message;
  }
}
