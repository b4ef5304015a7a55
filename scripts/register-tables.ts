/** Tables of registers, state and counters for docs/, from the tables the code itself uses. */
import { COUNTERS } from '../cores/counters.js';
import type { Rules } from '../cores/profile.js';
import { LOIHI1, PROFILES } from '../cores/profiles.js';
import { COMPARTMENT_REGISTERS, CORE_REGISTERS, type Register, STATE_REGISTERS } from '../cores/registers.js';

const line = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;

type AnyRegister = Register<string, number | string | boolean>;

const bits = ({ bits, signed }: AnyRegister): string => `${bits}${signed ? ', signed' : ''}`;

/** The range under `loihi1`, then those of profiles which differ. */
function ranges({ range }: AnyRegister): string {
  const show = (rules: Rules): string => `${range(rules).min} to ${range(rules).max}`;
  const usual = show(LOIHI1.rules);
  const others = PROFILES.filter(({ rules }) => show(rules) !== usual);
  return [usual, ...others.map(({ name, rules }) => `${name}: ${show(rules)}`)].join('; ');
}

function availability({ extension }: AnyRegister): string {
  if (extension === undefined) return '';
  const names = PROFILES.filter(({ rules }) => extension.allowed(rules)).map(({ name }) => `\`${name}\``);
  return ` *Extension*, in ${names.join(', ')}.`;
}

function registerTable(registers: readonly AnyRegister[]): string {
  return [
    line(['register', 'bits', 'range', 'at reset', 'unit', 'meaning', 'source']),
    line(['---', '---', '---', '---', '---', '---', '---']),
    ...registers.map((register) =>
      line([
        `\`${register.name}\``,
        bits(register),
        ranges(register),
        `${register.reset}`,
        register.unit,
        `${register.meaning}.${availability(register)}`,
        register.source,
      ]),
    ),
  ].join('\n');
}

export const compartmentTable = (): string => registerTable(COMPARTMENT_REGISTERS);
export const coreTable = (): string => registerTable(CORE_REGISTERS);
export const stateTable = (): string => registerTable(STATE_REGISTERS);

const ORIGIN = {
  core: 'counted by the core',
  derived: 'from other counters',
  routing: 'from spikes and routes',
} as const;

export function counterTable(): string {
  return [
    line(['counter', 'unit', 'meaning', 'how']),
    line(['---', '---', '---', '---']),
    ...COUNTERS.map(({ name, unit, meaning, origin }) =>
      line([`\`${name}\``, unit, meaning, ORIGIN[origin]]),
    ),
  ].join('\n');
}
