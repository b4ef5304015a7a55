/**
 * The state of a panel in the fragment of the address, which no server ever sees: `#neuron` alone, or
 * `#neuron=1.<state>` with the state as JSON, deflated, in base64url. The number is the version of this form.
 */
import { deflateSync, inflateSync, strFromU8, strToU8 } from 'fflate';
import { PANEL_NAMES, type PanelName } from './protocol.js';

export interface SharedState {
  readonly panel: PanelName;
  /** As `JSON.parse` gives it, unchecked: the panel judges it. Undefined where there is none. */
  readonly state: unknown;
  /** Why the fragment could not be used as it is; null when it could. */
  readonly problem: string | null;
}

const VERSION = '1';

/** Text of a state that may not be longer, so that a hostile link cannot fill the memory. */
const MAX_STATE_BYTES = 4 << 20;

/** Fragment without `#`. A state of undefined gives the panel's name alone. */
export function fragmentOf(panel: PanelName, state: unknown): string {
  if (state === undefined) return panel;
  return `${panel}=${VERSION}.${toBase64Url(deflateSync(strToU8(JSON.stringify(state)), { level: 9 }))}`;
}

/** Reads a fragment, with or without `#`. Never throws: what cannot be read is said in `problem`. */
export function stateOf(fragment: string, fallback: PanelName = 'neuron'): SharedState {
  const text = fragment.replace(/^#/, '');
  if (text === '') return { panel: fallback, state: undefined, problem: null };
  const [name = '', ...rest] = text.split('=');
  const panel = PANEL_NAMES.find((p) => p === name);
  if (panel === undefined)
    return {
      panel: fallback,
      state: undefined,
      problem: `This address names a panel ${JSON.stringify(name.slice(0, 40))}, which this page does not have.`,
    };
  if (rest.length === 0) return { panel, state: undefined, problem: null };
  const bad = (why: string): SharedState => ({
    panel,
    state: undefined,
    problem: `The state in this address cannot be used: ${why}. You see the default instead.`,
  });
  const [version = '', code, ...more] = rest.join('=').split('.');
  if (code === undefined || more.length > 0) return bad('it is not of the form this page writes');
  if (version !== VERSION)
    return bad(`it has version ${version.slice(0, 10)}, this page reads version ${VERSION}`);
  try {
    const out = new Uint8Array(MAX_STATE_BYTES);
    return { panel, state: JSON.parse(strFromU8(inflateSync(fromBase64Url(code), { out }))), problem: null };
  } catch {
    return bad('it is damaged or cut short');
  }
}

function toBase64Url(bytes: Uint8Array): string {
  let text = '';
  for (const byte of bytes) text += String.fromCharCode(byte);
  return btoa(text).replaceAll('+', '-').replaceAll('/', '_').replace(/=+$/, '');
}

function fromBase64Url(text: string): Uint8Array {
  return Uint8Array.from(atob(text.replaceAll('-', '+').replaceAll('_', '/')), (c) => c.charCodeAt(0));
}
