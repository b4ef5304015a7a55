/** Which neurons may share a core as far as its registers go. Noise that is off goes with any noise. */
import type { CoreRegisters } from '../../cores/index.js';
import type { QuantisedCells } from './quantised-cells.js';

/** Registers a neuron asks of its core. */
export const registersOf = (
  { coreRegisters, coreRegisterOf }: QuantisedCells,
  neuron: number,
): CoreRegisters => coreRegisters[coreRegisterOf ? coreRegisterOf[neuron]! : 0]!;

const NOISE = ['noiseTarget', 'noiseExp', 'noiseMantOffset'] as const;

/** Registers that serve both, or null. */
export function joinRegisters(a: CoreRegisters, b: CoreRegisters): CoreRegisters | null {
  if (a === b) return a;
  const [quiet, other] = a.noiseTarget === 'off' ? [a, b] : [b, a];
  const joined =
    quiet.noiseTarget === 'off'
      ? {
          ...quiet,
          noiseTarget: other.noiseTarget,
          noiseExp: other.noiseExp,
          noiseMantOffset: other.noiseMantOffset,
        }
      : quiet;
  const names = Object.keys(joined) as (keyof CoreRegisters)[];
  return names.every((name) => joined[name] === other[name]) ? joined : null;
}

/** Names of registers in which two settings differ, for messages. */
export const differing = (a: CoreRegisters, b: CoreRegisters): string =>
  (Object.keys(a) as (keyof CoreRegisters)[])
    .filter((name) => a[name] !== b[name] && !(isNoise(name) && (isQuiet(a) || isQuiet(b))))
    .join(', ');

const isNoise = (name: string): boolean => (NOISE as readonly string[]).includes(name);
const isQuiet = ({ noiseTarget }: CoreRegisters): boolean => noiseTarget === 'off';
