/** A code and its options as text: `latency:window=20,min=0,max=1`. */
import type { Violation } from '../../cores/index.js';

/** What was written, not yet checked against the code it names. */
export interface CodeText {
  readonly name: string;
  /** Numbers where the text is one, else the words themselves. */
  readonly options: ReadonlyMap<string, number | string>;
  /** What is no `name=value`, or given twice. */
  readonly problems: readonly Violation[];
}

const NUMBER = /^[+-]?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?$/i;

/** Splits the text; nothing is thrown. */
export function codeFromText(text: string): CodeText {
  const colon = text.indexOf(':');
  const name = (colon < 0 ? text : text.slice(0, colon)).trim();
  const subject = `--code ${name}`;
  const options = new Map<string, number | string>();
  const problems: Violation[] = [];
  const parts = colon < 0 ? [] : text.slice(colon + 1).split(',');
  for (const part of parts.map((word) => word.trim()).filter(Boolean)) {
    const equals = part.indexOf('=');
    const key = part.slice(0, equals).trim();
    const value = part.slice(equals + 1).trim();
    if (equals < 1 || value === '')
      problems.push({
        subject,
        message: `${JSON.stringify(part)} is no option`,
        hint: 'write options as name=value, with commas between',
      });
    else if (options.has(key)) problems.push({ subject, message: `${key} is given twice`, hint: '' });
    else options.set(key, NUMBER.test(value) ? Number(value) : value);
  }
  return { name, options, problems };
}
