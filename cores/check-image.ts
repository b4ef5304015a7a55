/**
 * Whether a core image can be placed at all: images come from files, and an index out of range would write
 * into another core. Limits of the chip are the compiler's business, not checked here.
 */
import { type Violation, ViolationsError } from './errors.js';
import type { CoreImage, RegisterColumn } from './image.js';
import type { Placement } from './layout.js';
import { hasAdaptation } from './narrow.js';
import { checkCompartmentRegister, checkCoreRegister } from './register-checks.js';
import { COMPARTMENT_REGISTERS, CORE_REGISTERS, STATE_REGISTERS } from './registers.js';
import { DELAY_MAX, DELAY_SHIFT, INDEX_MAX, MANTISSA_SHIFT } from './synapse.js';
import { eachSynapse } from './worst-sum.js';

const WEIGHT_SHIFT_MAX = 15;
/** Delay and index of a word lie below its mantissa. */
const ADDRESSES = 1 << MANTISSA_SHIFT;
const SUM_SHIFT_MAX = 31;

/** Throws a ViolationsError (E_INPUT) with everything that is wrong with `image`. */
export function checkImage(image: CoreImage, placement: Placement): void {
  const violations: Violation[] = [];
  const report = (message: string | null): void => {
    if (message !== null) violations.push({ subject: `core ${placement.coreId}`, message, hint: '' });
  };
  checkRegisters(image, placement, report);
  const sizesAreRight = checkSizes(image, report);
  if (sizesAreRight) checkSegments(image, report);
  if (violations.length > 0) throw new ViolationsError('E_INPUT', violations);
}

type Report = (message: string | null) => void;

function checkRegisters(image: CoreImage, { profile: { rules } }: Placement, report: Report): void {
  const ends = (name: string, column: RegisterColumn): readonly number[] => {
    if (typeof column === 'number') return [column];
    if (column.length === image.n) return extremes(column);
    report(`${name} has ${column.length} values for ${image.n} compartments`);
    return [];
  };
  for (const { name, reset } of COMPARTMENT_REGISTERS) {
    for (const value of ends(name, image.compartments[name] ?? reset)) {
      report(checkCompartmentRegister(name, value, rules));
    }
  }
  for (const { name } of CORE_REGISTERS) report(checkCoreRegister(name, image.registers[name], rules));
  for (const [name, column] of [
    ['u', image.u0],
    ['v', image.v0],
  ] as const) {
    const { min, max } = STATE_REGISTERS.find((r) => r.name === name)!.range(rules);
    for (const value of ends(`initial ${name}`, column)) {
      if (!(value >= min && value <= max)) report(`initial ${name} is ${value}; it must be ${min}..${max}`);
    }
  }
  if (image.registers.ternary && hasAdaptation(image)) {
    report('vthStep is not 0 on a core with ternary spikes, whose thresholds do not adapt');
  }
  if (image.registers.resetMode === 'value' && rules.voltage === 'registers') {
    const { vmin, vmax } = image.registers;
    for (const value of ends('vreset', image.compartments.vreset)) {
      if (value < vmin || value > vmax) report(`vreset is ${value}, outside vmin..vmax (${vmin}..${vmax})`);
    }
  }
}

function extremes(column: Int32Array): readonly number[] {
  let min = column[0]!;
  let max = min;
  for (const x of column) {
    if (x < min) min = x;
    if (x > max) max = x;
  }
  return min === max ? [min] : [min, max];
}

/** Whether the arrays of the image fit each other, so that segments can be looked at. */
function checkSizes(image: CoreImage, report: Report): boolean {
  const { axonStart, formats, ...columns } = image.synapses;
  if (axonStart.length !== image.inAxons + 1) {
    report(`axonStart has ${axonStart.length} entries for ${image.inAxons} in-axons`);
    return false;
  }
  for (let a = 0; a < image.inAxons; a++) {
    if (axonStart[a]! > axonStart[a + 1]!) {
      report(`segments of in-axon ${a} end before they start`);
      return false;
    }
  }
  const segments = axonStart[image.inAxons]!;
  let fits = true;
  for (const name of ['format', 'wide', 'offset', 'count', 'first', 'delay'] as const) {
    if (columns[name].length < segments) {
      report(`${name} has ${columns[name].length} entries for ${segments} segments`);
      fits = false;
    }
  }
  for (const [f, { shift, sumShift }] of formats.entries()) {
    if (!(shift >= 0 && shift <= WEIGHT_SHIFT_MAX && sumShift >= 0 && sumShift <= SUM_SHIFT_MAX)) {
      report(`synapse format ${f} shifts by ${shift} and ${sumShift}`);
      fits = false;
    }
  }
  return fits;
}

function checkSegments(image: CoreImage, report: Report): void {
  const { formats, axonStart, format, wide, offset, count, words, rows } = image.synapses;
  const delayOfConnection = new Map<number, number>();
  const mixed = new Set<number>();
  const segments = axonStart[image.inAxons]!;
  for (let s = 0; s < segments; s++) {
    const f = formats[format[s]!];
    if (f === undefined) {
      report(`segment ${s} has synapse format ${format[s]} of ${formats.length}`);
      continue;
    }
    const isWide = wide[s] === 1;
    const stored = f.kind === 'dense' ? rows.length : words.length;
    const span = isWide && f.kind !== 'dense' ? 2 * count[s]! : count[s]!;
    if (offset[s]! + span > stored || (isWide && f.kind !== 'sparse')) {
      report(`segment ${s} is not within the ${stored} stored synapses`);
      continue;
    }
    const { farthest, longest } = extent(image, s);
    if (f.sumShift > 0) {
      eachSynapse(image, s, (_compartment, delay) => {
        const known = delayOfConnection.get(f.connection) ?? delay;
        if (known !== delay) mixed.add(f.connection);
        delayOfConnection.set(f.connection, known);
      });
    }
    if (farthest >= image.n) report(`segment ${s} targets compartment ${farthest} of ${image.n}`);
    if (longest > Math.min(image.maxDelay, DELAY_MAX)) {
      report(`segment ${s} has delay ${longest}, beyond the core's ${image.maxDelay}`);
    }
  }
  for (const connection of mixed) {
    report(`connection ${connection} shifts its sum, so each of its delays needs its own connection number`);
  }
}

/** The last compartment and the longest delay of a segment. Without a call per synapse: images have tens of millions. */
function extent({ synapses }: CoreImage, s: number): { readonly farthest: number; readonly longest: number } {
  const { formats, format, wide, offset, count, first, delay, words } = synapses;
  const length = count[s]!;
  if (formats[format[s]!]!.kind === 'dense') {
    return length === 0
      ? { farthest: first[s]!, longest: 0 }
      : { farthest: first[s]! + length - 1, longest: delay[s]! };
  }
  const each = wide[s] === 1 ? 2 : 1;
  const end = offset[s]! + each * length;
  let index = 0;
  let longest = 0;
  for (let k = offset[s]!; k < end; k += each) {
    const target = words[k]! & (ADDRESSES - 1);
    if ((target & INDEX_MAX) > index) index = target & INDEX_MAX;
    if (target >>> DELAY_SHIFT > longest) longest = target >>> DELAY_SHIFT;
  }
  return { farthest: first[s]! + index, longest };
}
