/** The state of the panel as a link holds it: which network, which step, and what is looked at. */
import { SeamountError } from '../../../cores/index.js';
import { EXAMPLES, exampleNamed } from './examples.js';
import { MESH_QUANTITIES, type MeshQuantity } from './mesh-figure.js';
import type { Selection } from './selection.js';

export interface SharedChip {
  /** A network of ours by name, or its text. */
  readonly source:
    | { readonly kind: 'example'; readonly name: string }
    | { readonly kind: 'text'; readonly name: string; readonly text: string };
  readonly step: number;
  readonly quantity: MeshQuantity;
  readonly isLatest: boolean;
  readonly selection: Selection | null;
}

export const FIRST: SharedChip = {
  source: { kind: 'example', name: EXAMPLES[0]!.name },
  step: 0,
  quantity: 'spikes',
  isLatest: false,
  selection: null,
};

/** More steps than this a link does not run by itself. */
const MOST_STEPS = 100_000;

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const isIndex = (value: unknown): value is number => Number.isSafeInteger(value) && (value as number) >= 0;

/** @throws {SeamountError} `E_INPUT` for what this page did not write */
export function chipFrom(shared: unknown): SharedChip {
  if (shared === undefined) return FIRST;
  const refuse = (what: string): never => {
    throw new SeamountError('E_INPUT', what);
  };
  if (!isRecord(shared)) return refuse('it is no state of this panel');
  const { example, name, text, step = 0, quantity = 'spikes', latest = false } = shared;
  if (!isIndex(step) || step > MOST_STEPS) return refuse(`step ${String(step)} is not one a link may run to`);
  const known = MESH_QUANTITIES.find((each) => each === quantity);
  if (known === undefined) return refuse(`there is nothing called ${String(quantity).slice(0, 40)} to show`);
  const rest = { step, quantity: known, isLatest: latest === true, selection: selectionFrom(shared) };
  if (typeof text === 'string')
    return {
      source: { kind: 'text', name: typeof name === 'string' ? name.slice(0, 200) : 'network', text },
      ...rest,
    };
  if (example !== undefined && exampleNamed(example) === undefined)
    return refuse(`there is no example ${String(example).slice(0, 40)}`);
  return {
    source: { kind: 'example', name: exampleNamed(example)?.name ?? EXAMPLES[0]!.name },
    ...rest,
  };
}

function selectionFrom({ core, neuron }: Readonly<Record<string, unknown>>): Selection | null {
  if (isIndex(core)) return { kind: 'core', core };
  if (Array.isArray(neuron) && isIndex(neuron[0]) && isIndex(neuron[1]))
    return { kind: 'neuron', population: neuron[0], neuron: neuron[1] };
  return null;
}

/** JSON for a link; undefined for the first state, and for networks too large to be in one. */
export function sharedOf({ source, step, quantity, isLatest, selection }: SharedChip): unknown {
  const state = {
    ...(source.kind === 'text'
      ? { name: source.name, text: source.text }
      : source.name === EXAMPLES[0]!.name
        ? {}
        : { example: source.name }),
    ...(step === 0 ? {} : { step: Math.min(step, MOST_STEPS) }),
    ...(quantity === 'spikes' ? {} : { quantity }),
    ...(isLatest ? { latest: true } : {}),
    ...(selection?.kind === 'core' ? { core: selection.core } : {}),
    ...(selection?.kind === 'neuron' ? { neuron: [selection.population, selection.neuron] } : {}),
  };
  return Object.keys(state).length === 0 ? undefined : state;
}
