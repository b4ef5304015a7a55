/** SVG files taken apart, as far as tests of drawings need it. */

export interface SvgElement {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
  /** Text directly inside. */
  readonly text: string;
}

const TAG = /<(\/?)([a-zA-Z]+)((?:\s+[\w:-]+="[^"<]*")*)\s*(\/?)>/y;
const TEXT = /[^<]*/y;
const ENTITY = /&(?!(?:amp|lt|gt|quot);)/;

/** All elements in order. Throws where the file is not well-formed. */
export function svgElements(file: string): readonly SvgElement[] {
  const elements: { name: string; attributes: Record<string, string>; text: string }[] = [];
  const open: (typeof elements)[number][] = [];
  const bad = (at: number): Error => new Error(`not well-formed at ${at}: ${file.slice(at, at + 60)}`);
  for (let at = 0; at < file.length; ) {
    TEXT.lastIndex = at;
    const text = TEXT.exec(file)![0];
    if (ENTITY.test(text) || (open.length === 0 && text.trim() !== '')) throw bad(at);
    const inner = open.at(-1);
    if (inner !== undefined) inner.text += text;
    at += text.length;
    if (at === file.length) break;
    TAG.lastIndex = at;
    const match = TAG.exec(file);
    if (match === null) throw bad(at);
    const [all, closes, name, attributes, isEmpty] = match as unknown as string[];
    if (closes === '/') {
      if (open.pop()?.name !== name) throw bad(at);
    } else {
      if (ENTITY.test(attributes!)) throw bad(at);
      const pairs = [...attributes!.matchAll(/([\w:-]+)="([^"]*)"/g)].map(
        ([, key, value]) => [key!, value!] as const,
      );
      const element = { name: name!, attributes: Object.fromEntries(pairs), text: '' };
      if (new Set(pairs.map(([key]) => key)).size !== pairs.length) throw bad(at);
      elements.push(element);
      if (isEmpty !== '/') open.push(element);
    }
    at += all!.length;
  }
  if (open.length > 0) throw bad(file.length);
  return elements;
}

export const textsOf = (file: string): readonly string[] =>
  svgElements(file)
    .filter(({ name }) => name === 'text')
    .map(({ text }) => text);
