/** Sentences of the partitioner. */
import type { Violation } from '../../cores/index.js';
import type { Population } from '../api/population.js';
import type { Refusal } from './core-fill.js';
import type { QuantisedCells } from './quantised-cells.js';
import type { LimitName } from './report.js';

const NOUN: Readonly<Record<LimitName, string>> = {
  compartments: 'compartments',
  inAxons: 'in-axons',
  outAxonSlots: 'out-axon slots',
  synapseBits: 'bits of synaptic memory',
  accumulators: 'dendritic accumulators',
};

const WAY_OUT: Readonly<Record<LimitName, string>> = {
  compartments: 'use a larger coreSize',
  inAxons: 'lower its fan-in, or collect inputs with relay neurons',
  outAxonSlots: 'lower its fan-out, or keep its targets on fewer cores',
  synapseBits: 'lower its fan-in or weightBits, or use one delay',
  accumulators: 'use shorter delays',
};

export const limitText = (limit: LimitName, needed: number | string, available: number): string =>
  `needs ${needed} ${NOUN[limit]}, a core has ${available}`;

/** Why a core was closed before a neuron. */
export function refusalText({ population }: QuantisedCells, neuron: number, refusal: Refusal): string {
  const { reason, used, needed, available } = refusal;
  const what =
    neuron === 0
      ? `${population.label} starts a new core`
      : `${population.label} is split at neuron ${neuron}`;
  if (reason === 'coreRegisters') return `${what}: it needs other per-core registers`;
  if (reason === 'coreSize') return `${what}: a core takes ${available} compartments here`;
  return `${what}: ${used} of ${available} ${NOUN[reason]} used, ${needed} with it`;
}

/** A neuron that fits no core even alone; `count` neurons are like it. `atLeast`: it may need yet more. */
export function cannotFit(
  { label }: Population,
  neuron: number,
  { reason, needed, available }: Refusal,
  count: number,
  atLeast = false,
): [subject: string, message: string, hint: string] {
  const others = count > 1 ? ` (and ${count - 1} more neurons)` : '';
  if (reason === 'coreRegisters' || reason === 'coreSize')
    return [`population ${label}`, `neuron ${neuron} fits no core${others}`, ''];
  return [
    `population ${label}`,
    `neuron ${neuron} ${limitText(reason, atLeast ? `at least ${needed}` : needed, available)}${others}`,
    WAY_OUT[reason],
  ];
}

/** A placed core that is over a limit. */
export const placedOver = (core: number, limit: LimitName, needed: number, available: number): Violation => ({
  subject: `core ${core}`,
  message: limitText(limit, needed, available),
  hint: 'place fewer neurons there, or leave placement to the compiler',
});
