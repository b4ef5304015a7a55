/** A long list read in pieces is the list read at once: parts, places and complaints. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readTree, type TreeNode } from '../../src/sanafe/document.js';
import { scanItems } from '../../src/sanafe/item-runs.js';
import { Problems } from '../../src/sanafe/problems.js';

/** A comment with an anchor's sign keeps lists whole. */
const WHOLE = '\n# &\n';

function read(text: string): { readonly tree: TreeNode | null; readonly problems: readonly string[] } {
  const problems = new Problems('a.yaml', text);
  const tree = readTree(text, problems);
  return { tree, problems: problems.violations().map(({ subject, message }) => `${subject}: ${message}`) };
}

const item = fc.constantFrom(
  (i: number) => `- n.${i}: {core: 0.${i}, soma: "unit[${i}]"}`,
  (i: number) => `- {${i}: {bias: ${i}}}`,
  (i: number) => `- word${i}`,
  (i: number) => `- [${i}, {a: 'b'}]`,
  (i: number) => `- ${i}..${i + 1}   # a remark`,
  (i: number) => `- n.${i}: [weight: -1.5]`,
);
/** What ends a run, or must not be torn apart. */
const breaker = fc.constantFrom(
  '\n',
  '# remark\n',
  '- a:\n    b: 1\n',
  '- [1,\n    2]\n',
  '- {a: "x",\n  b: 2}\n',
  '- a:\n  - x\n  - y\n',
);

const list = fc
  .tuple(
    fc.array(fc.tuple(item, fc.integer({ min: 400, max: 900 }), breaker), { minLength: 1, maxLength: 3 }),
    fc.constantFrom('', '  ', '      '),
  )
  .map(([runs, indent]) =>
    runs
      .flatMap(([make, count, last]) => [
        ...Array.from({ length: count }, (_, i) => `${indent}${make(i)}\n`),
        last.replace(/^(?=.)/gm, indent),
      ])
      .join(''),
  );

describe('long lists', () => {
  it('are the same in pieces', () => {
    fc.assert(
      fc.property(list, list, (first, second) => {
        const text = `a: 1\nfirst:\n${first}second:\n${second}last: [1, 2]`;
        const inPieces = read(text);
        expect(inPieces.problems).toEqual([]);
        expect(inPieces.tree).toEqual(read(text + WHOLE).tree);
      }),
      { numRuns: 25 },
    );
  });

  it('are taken out of the text', () => {
    const text = `a:\n${Array.from({ length: 1000 }, (_, i) => `  - n.${i}: {core: 0.1}`).join('\n')}\nb: 2\n`;
    const scanned = scanItems(text, 'items');
    expect(scanned.rest.toString()).toBe('a:\n  - items0\n  - n.999: {core: 0.1}\nb: 2\n');
    expect(
      scanned
        .piecesOf('items0')!
        .map(({ text: lines }) => lines)
        .join(''),
    ).toBe(text.slice(3, text.indexOf('  - n.999')));
    expect(scanItems(text + WHOLE, 'items').rest.toString()).toBe(text + WHOLE);
  });

  it('complain where they are', () => {
    const lines = Array.from({ length: 1000 }, (_, i) => `  - n.${i}: {core: 0.1}`);
    lines[700] = '  - n.700: {core: 0.1, core: 0.2}';
    const text = `a:\n${lines.join('\n')}\nb: 2\n`;
    const { problems } = read(text);
    expect(problems).toEqual(read(text + WHOLE).problems);
    expect(problems[0]).toMatch(/^a\.yaml:702:24: is not YAML: Map keys must be unique/);
  });
});
