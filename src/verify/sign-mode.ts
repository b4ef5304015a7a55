/** How recordings spell sign modes: the chip's numbers 1, 2, 3 or the names of Lava and Brian2Loihi. */
import type { SignMode } from '../../cores/index.js';
import type { Fields } from './fields.js';

const MODES: ReadonlyMap<unknown, SignMode> = new Map<unknown, SignMode>([
  [1, 'mixed'],
  [2, 'excitatory'],
  [3, 'inhibitory'],
  ['MIXED', 'mixed'],
  ['EXCITATORY', 'excitatory'],
  ['INHIBITORY', 'inhibitory'],
]);

export function readSignMode(fields: Fields, key: string): SignMode {
  const value = fields.raw(key);
  const mode = MODES.get(typeof value === 'string' ? value.toUpperCase() : value);
  if (mode !== undefined) return mode;
  fields.complain(
    key,
    `expected MIXED, EXCITATORY, INHIBITORY or 1, 2, 3, got ${JSON.stringify(value) ?? 'nothing'}`,
  );
  return 'mixed';
}
