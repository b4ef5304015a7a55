/** Signals in files: `.npy`, or text with a row a sample and a column a channel. */
import { SeamountError } from '../../cores/index.js';
import { Violations } from '../compiler/violations.js';
import { readNpy } from '../io/npy.js';
import type { Signal } from './signal.js';

/** Complaints about a file before it is given up on. */
const MOST_FINDINGS = 20;

/**
 * The signal in a `.npy` file (1 or 2 dimensions, any of numpy's integers and floats) or in text: columns separated
 * by semicolons, tabs, commas or spaces, decimal points, at most one line of names above, `#` before a remark.
 * `name` is for messages.
 * @throws {SeamountError} `E_INPUT`, naming every line that is wrong, up to 20.
 */
export function readSignal(bytes: Uint8Array, name = 'signal'): Signal {
  if (bytes[0] === 0x93) return signalFromNpy(bytes, name);
  if (bytes.includes(0))
    throw new SeamountError(
      'E_INPUT',
      `${name}: is neither .npy nor text`,
      'save it with numpy.save, or as CSV',
    );
  return signalFromText(new TextDecoder().decode(bytes), name);
}

function signalFromNpy(bytes: Uint8Array, name: string): Signal {
  const { data, shape } = readNpy(bytes, name);
  if (shape.length !== 1 && shape.length !== 2)
    throw new SeamountError(
      'E_INPUT',
      `${name}: the array has shape (${shape.join(', ')})`,
      'save an array of shape (samples,) or (samples, channels)',
    );
  const values = Float64Array.from(data as ArrayLike<number | bigint>, Number);
  const bad = values.findIndex((value) => !Number.isFinite(value));
  const channels = shape[1] ?? 1;
  if (bad >= 0)
    throw new SeamountError(
      'E_INPUT',
      `${name}: sample ${Math.floor(bad / channels)} of channel ${bad % channels} is ${values[bad]}`,
      'fill or leave out what was not measured',
    );
  return { data: values, shape: [shape[0]!, channels] };
}

interface Line {
  readonly number: number;
  readonly cells: readonly string[];
}

function signalFromText(text: string, name: string): Signal {
  const lines = linesOf(text);
  const rows = lines.slice(lines[0] !== undefined && isHeader(lines[0]) ? 1 : 0);
  const first = rows[0];
  if (first === undefined)
    throw new SeamountError('E_INPUT', `${name}: there are no samples`, 'give a row of numbers for each');
  const channels = first.cells.length;
  const violations = new Violations();
  const data = new Float64Array(rows.length * channels);
  let findings = 0;
  const complain = (line: Line, message: string, hint = ''): void => {
    if (findings++ < MOST_FINDINGS) violations.add(`${name}:${line.number}`, message, hint);
  };
  for (const [r, line] of rows.entries()) {
    if (line.cells.length !== channels)
      complain(line, `has ${line.cells.length} columns, line ${first.number} has ${channels}`);
    for (const [c, cell] of line.cells.slice(0, channels).entries()) {
      const value = cell === '' ? Number.NaN : Number(cell);
      data[r * channels + c] = value;
      if (!Number.isFinite(value))
        complain(
          line,
          `column ${c + 1} ${cell === '' ? 'is empty' : `is ${JSON.stringify(cell)}, which is no number`}`,
          'write numbers with a decimal point, and fill or leave out what was not measured',
        );
    }
  }
  if (findings > MOST_FINDINGS) violations.add(name, `and ${findings - MOST_FINDINGS} more of the kind`);
  violations.throwIfAny('E_INPUT');
  return { data, shape: [rows.length, channels] };
}

/** Lines with something on them, cut at the file's separator. */
function linesOf(text: string): Line[] {
  const lines = text
    .replace(/^\uFEFF/, '')
    .split(/\r\n|\n|\r/)
    .map((line, i) => ({ number: i + 1, text: line.replace(/#.*/, '').trim() }))
    .filter((line) => line.text !== '');
  const separator = [';', '\t', ','].find((mark) => lines.some((line) => line.text.includes(mark))) ?? /\s+/;
  return lines.map((line) => ({
    number: line.number,
    cells: line.text.split(separator).map((cell) => cell.trim().replace(/^"(.*)"$/, '$1')),
  }));
}

/** Names only: a line with a number, a gap or a `nan` in it is a sample. */
const isHeader = ({ cells }: Line): boolean =>
  cells.every(
    (cell) => cell !== '' && Number.isNaN(Number(cell)) && !/^[+-]?(?:nan|inf(?:inity)?)$/i.test(cell),
  );
