/**
 * A text in YAML 1.2, of which JSON is a part, as a plain value and a way back from any part of it to its
 * line and column.
 */
import {
  type Document,
  isAlias,
  isMap,
  isScalar,
  isSeq,
  LineCounter,
  type Node,
  parseDocument,
  visit,
} from 'yaml';
import type { Violation } from '../../cores/index.js';
import { ViolationsError } from '../../cores/index.js';
import type { Finding, Findings, Path } from './findings.js';
import { type JsonPositions, jsonPositions } from './json-positions.js';

/** Both from 1. */
export interface Place {
  readonly line: number;
  readonly column: number;
}

export interface TextDocument {
  readonly value: unknown;
  /** Where the value (or key) at a path is, or its nearest parent. */
  locate(path: Path, at: Finding['at']): Place;
}

const MESSAGES: Readonly<Record<string, string>> = {
  MULTIPLE_DOCS: 'more than one document in the file: expected one network',
  DUPLICATE_KEY: 'this key was already given in the same map',
  NON_STRING_KEY: 'expected a plain word as key',
  UNEXPECTED_TOKEN: 'this does not belong here: a comma, colon or quote may be missing before it',
};

/** Problems that do not confuse the parser. */
const INDEPENDENT: ReadonlySet<string> = new Set([
  'DUPLICATE_KEY',
  'NON_STRING_KEY',
  'TAG_RESOLVE_FAILED',
  'BAD_DQ_ESCAPE',
]);

const UNQUOTED_RANGE = /\{.*[^\s"'[,:]\[\d*:\d*\]/;

/** `file:line:column`, as editors and compilers write it. */
export const subjectAt = (name: string, { line, column }: Place): string => `${name}:${line}:${column}`;

/** More findings than this are counted, not listed. */
const LISTED = 200;

/** `E_INPUT` with everything found wrong in a document, in order of place. */
export function findingsError({ list }: Findings, document: TextDocument, name: string): ViolationsError {
  const placed = list.map((finding) => ({ ...finding, place: document.locate(finding.path, finding.at) }));
  placed.sort((a, b) => a.place.line - b.place.line || a.place.column - b.place.column);
  const violations: Violation[] = placed
    .slice(0, LISTED)
    .map(({ place, message, hint }) => ({ subject: subjectAt(name, place), message, hint }));
  if (list.length > LISTED)
    violations.push({ subject: name, message: `and ${list.length - LISTED} more`, hint: '' });
  return inputError(violations);
}

const inputError = (violations: readonly Violation[]): ViolationsError =>
  new ViolationsError('E_INPUT', violations);

/** Line starts are found once, positions by bisection. */
export function placesIn(text: string): (offset: number) => Place {
  const counter = new LineCounter();
  counter.addNewLine(0);
  for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) counter.addNewLine(at + 1);
  return (offset) => {
    const { line, col } = counter.linePos(offset);
    return { line, column: col };
  };
}

/**
 * Reads a text; `name` is the file's, for messages.
 * @throws {ViolationsError} `E_INPUT` with every syntax error and its position.
 */
export function readDocument(text: string, name: string): TextDocument {
  if (depthOf(text) > MAX_DEPTH)
    throw inputError([{ subject: name, message: `is nested more than ${MAX_DEPTH} deep`, hint: '' }]);
  const json = parseJson(text);
  return json === undefined ? readYaml(text, name) : readJson(json, text, name);
}

/** No network needs more; the YAML parser recurses and would end the process, not throw, at some thousands. */
const MAX_DEPTH = 500;

/** An upper bound on nesting, from brackets and from `- - -` runs, without knowing what is quoted. */
export function depthOf(text: string): number {
  let deepest = 0;
  let depth = 0;
  let dashes = 0;
  for (let i = 0; i < text.length; i++) {
    const c = text.charCodeAt(i);
    if (c === 0x5b || c === 0x7b) deepest = Math.max(deepest, ++depth);
    else if (c === 0x5d || c === 0x7d) depth--;
    if ((c === 0x2d || c === 0x3f) && text.charCodeAt(i + 1) === 0x20) deepest = Math.max(deepest, ++dashes);
    else if (c !== 0x20) dashes = 0;
  }
  return deepest;
}

function parseJson(text: string): { readonly value: unknown } | undefined {
  try {
    return { value: JSON.parse(text) };
  } catch {
    return undefined;
  }
}

function readJson({ value }: { readonly value: unknown }, text: string, name: string): TextDocument {
  const positions: JsonPositions = jsonPositions(text);
  const place = placesIn(text);
  if (positions.duplicates.length > 0)
    throw inputError(
      positions.duplicates.map(({ key, offset }) => ({
        subject: subjectAt(name, place(offset)),
        message: `the key ${JSON.stringify(key)} was already given in the same map`,
        hint: '',
      })),
    );
  return { value, locate: (path, at) => place(positions.locate(path, at)) };
}

function readYaml(text: string, name: string): TextDocument {
  const place = placesIn(text);
  const document = parseDocument(text, { prettyErrors: false, stringKeys: true, version: '1.2' });
  const problems = [...document.errors, ...document.warnings].sort((a, b) => a.pos[0] - b.pos[0]);
  if (problems.length > 0) {
    // What follows a slip of syntax is the parser's confusion, not the user's mistakes.
    const slip = problems.findIndex(({ code }) => !INDEPENDENT.has(code));
    throw inputError(
      problems.slice(0, slip < 0 ? problems.length : slip + 1).map(({ code, message, pos }) => {
        const offset = Math.min(pos[0], text.length);
        const line = text.slice(text.lastIndexOf('\n', offset - 1) + 1, offset + 20);
        const hint = UNQUOTED_RANGE.test(line) ? 'inside braces, put "exc[0:100]" in quotes' : '';
        return { subject: subjectAt(name, place(offset)), message: MESSAGES[code] ?? message, hint };
      }),
    );
  }
  if (document.directives.yaml.version !== '1.2')
    throw inputError([
      {
        subject: `${name}:1:1`,
        message: `is YAML ${document.directives.yaml.version}, expected 1.2`,
        hint: '',
      },
    ]);
  let value: unknown;
  try {
    value = document.toJS({ maxAliasCount: MAX_ALIASES });
  } catch (cause) {
    if (!(cause instanceof ReferenceError)) throw cause;
    throw inputError(aliasProblems(document, name, place));
  }
  return { value, locate: (path, at) => place(yamlOffset(document, path, at)) };
}

/** Aliases times what each stands for; a few lines of nested aliases can mean billions of values. */
const MAX_ALIASES = 100_000;

function aliasProblems(
  document: Document.Parsed,
  name: string,
  place: (offset: number) => Place,
): readonly Violation[] {
  const problems: Violation[] = [];
  visit(document, {
    Alias(_, alias) {
      if (alias.resolve(document) !== undefined) return;
      const message = `no anchor &${alias.source} before this alias`;
      problems.push({ subject: subjectAt(name, place(startOf(alias, 0))), message, hint: '' });
    },
  });
  if (problems.length > 0) return problems;
  return [
    {
      subject: name,
      message: `its aliases stand for more than ${MAX_ALIASES} parts`,
      hint: 'write the parts out',
    },
  ];
}

function yamlOffset(document: Document.Parsed, path: Path, at: Finding['at']): number {
  let value: unknown = document.contents;
  let valueAt = startOf(value, 0);
  let keyAt = valueAt;
  for (const step of path) {
    const node = isAlias(value) ? value.resolve(document) : value;
    if (isMap(node)) {
      const pair = node.items.find(({ key }) => (isScalar(key) ? String(key.value) : String(key)) === step);
      if (pair === undefined) break;
      keyAt = startOf(pair.key, valueAt);
      valueAt = startOf(pair.value, keyAt);
      value = pair.value;
    } else if (isSeq(node) && typeof step === 'number' && step < node.items.length) {
      value = node.items[step];
      valueAt = startOf(value, valueAt);
      keyAt = valueAt;
    } else break;
  }
  return at === 'key' ? keyAt : valueAt;
}

const startOf = (node: unknown, otherwise: number): number => (node as Node | null)?.range?.[0] ?? otherwise;
