/** One core of an image: its place, what it uses, and every register, from the register table. */
import {
  COMPARTMENT_REGISTERS,
  CORE_REGISTERS,
  type CoreImage,
  type RegisterColumn,
  SeamountError,
} from '../../cores/index.js';
import type { ChipImage } from '../../routing/index.js';
import type { CoreReport, ImageReport } from '../compiler/report.js';
import { type Column, grouped, renderTable } from './table.js';
import { painter, type Terminal } from './terminal.js';

/** A register over all compartments: one value, or how far they spread. */
interface RegisterView {
  readonly register: string;
  readonly value: string;
  readonly min: number | string | boolean;
  readonly max: number | string | boolean;
  readonly distinct: number;
  readonly width: string;
  readonly unit: string;
  readonly meaning: string;
}

export interface CoreView {
  readonly report: CoreReport;
  readonly registers: readonly RegisterView[];
  readonly formats: readonly FormatView[];
  readonly inAxons: number;
  readonly outAxonEntries: number;
}

interface FormatView {
  readonly kind: string;
  readonly signMode: string;
  readonly weightBits: number;
  readonly delayBits: number;
  readonly indexBits: number;
  readonly weightExp: number;
  readonly segments: number;
  readonly synapses: number;
}

const LISTED = 6;

/** Hexadecimal as the chip holds it: two's complement in the register's width. */
const hex = (value: number, bits: number): string =>
  `0x${(value < 0 ? 2 ** bits + value : value).toString(16).padStart(Math.ceil(bits / 4), '0')}`;

function columnView(
  column: RegisterColumn,
  n: number,
  bits: number,
): Pick<RegisterView, 'value' | 'min' | 'max' | 'distinct'> {
  const values =
    typeof column === 'number' ? [column] : [...new Set(column.subarray(0, n))].sort((a, b) => a - b);
  const [min = 0, max = min] = [values[0], values.at(-1)];
  const value =
    values.length === 1
      ? `${min} ${hex(min, bits)}`
      : values.length <= LISTED
        ? values.join(' ')
        : `${min}..${max}, ${grouped(values.length)} values`;
  return { value, min, max, distinct: values.length };
}

/** @throws {SeamountError} `E_USAGE` when there is no such core */
export function coreView(image: ChipImage, report: ImageReport, index: number): CoreView {
  const core = image.cores[index];
  const coreReport = report.cores[index];
  if (core === undefined || coreReport === undefined) {
    const there = image.cores.length === 0 ? 'the image has none' : `cores are 0..${image.cores.length - 1}`;
    throw new SeamountError('E_USAGE', `there is no core ${index}: ${there}`);
  }
  const width = (bits: number, signed: boolean): string =>
    `${bits} ${bits === 1 ? 'bit' : 'bits'}${signed ? ' signed' : ''}`;
  const registers: RegisterView[] = [
    ...CORE_REGISTERS.map(({ name, bits, signed, unit, meaning }) => {
      const value = core.registers[name];
      const shown = typeof value === 'number' ? `${value} ${hex(value, bits)}` : String(value);
      return {
        register: name,
        value: shown,
        min: value,
        max: value,
        distinct: 1,
        width: width(bits, signed),
        unit,
        meaning,
      };
    }),
    ...COMPARTMENT_REGISTERS.map(({ name, bits, signed, reset, unit, meaning }) => ({
      register: name,
      ...columnView(core.compartments[name] ?? reset, core.n, bits + (signed ? 1 : 0)),
      width: width(bits, signed),
      unit,
      meaning,
    })),
  ];
  return {
    report: coreReport,
    registers,
    formats: formatsOf(core),
    inAxons: core.inAxons,
    outAxonEntries: core.outAxons.core.length,
  };
}

function formatsOf({ synapses: { formats, format, count } }: CoreImage): readonly FormatView[] {
  return formats.map(({ kind, signMode, weightBits, delayBits, indexBits, shift, sumShift }, f) => {
    const segments = [...format.keys()].filter((s) => format[s] === f);
    return {
      kind,
      signMode,
      weightBits,
      delayBits,
      indexBits,
      weightExp: shift - sumShift,
      segments: segments.length,
      synapses: segments.reduce((sum, s) => sum + count[s]!, 0),
    };
  });
}

/** The view as tables, without a trailing newline. */
export function renderCore(view: CoreView, terminal: Terminal): string {
  const paint = painter(terminal.colours.out);
  const dim = (text: string): string => paint('dim', text);
  const { report } = view;
  const { chipX, chipY, tileX, tileY, slot } = report;
  const populations = report.populations.map(({ label, from, to }) => `${label}[${from}:${to}]`).join(', ');
  const left = (title: string): Column => ({ title, align: 'left' });
  const right = (title: string): Column => ({ title, align: 'right' });
  const usage = report.usage.map(({ limit, used, available }) => [
    limit,
    grouped(used),
    available === null ? 'none' : grouped(available),
  ]);
  const registers = view.registers.map(({ register, value, width, unit, meaning }) => [
    register,
    value,
    width,
    unit,
    dim(meaning),
  ]);
  const formats = view.formats.map((f) => [
    f.kind,
    f.signMode,
    String(f.weightBits),
    String(f.weightExp),
    String(f.delayBits),
    String(f.indexBits),
    grouped(f.segments),
    grouped(f.synapses),
  ]);
  const sections = [
    `${paint('bold', `core ${report.core}`)}: chip ${chipX},${chipY}, tile ${tileX},${tileY}, slot ${slot}`,
    populations === '' ? 'no populations' : populations,
    '',
    renderTable([left('room'), right('used'), right('limit')], usage, dim),
    '',
    renderTable(
      [left('register'), left('value'), left('width'), left('unit'), left('meaning')],
      registers,
      dim,
    ),
  ];
  if (formats.length > 0) {
    const columns = [
      left('synapses'),
      left('signs'),
      right('weight bits'),
      right('weight exp'),
      right('delay bits'),
      right('index bits'),
      right('lists'),
      right('count'),
    ];
    sections.push('', renderTable(columns, formats, dim));
  }
  return sections.join('\n');
}
