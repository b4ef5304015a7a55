/**
 * Edges between two neurons that stand alone on their line, `- a.0 -> b.1: {weight: 3}`, read before the YAML
 * parser sees them, which takes 30 us a line. Their lines become comments; other ways to write an edge are left to it.
 */

export interface EdgeLine {
  readonly at: number;
  readonly pre: string;
  readonly preId: number;
  readonly post: string;
  readonly postId: number;
  readonly weight: number;
}

export interface ScannedEdges {
  /** As long as the text that was scanned. */
  readonly text: string;
  readonly edges: readonly EdgeLine[];
}

const LINE =
  /^[ ]*- ([^\s"'#{}[\],:&*!|>.]+)\.(\d+) -> ([^\s"'#{}[\],:&*!|>.]+)\.(\d+): [[{] *w(?:eight)?: ([-+]?\d+(?:\.\d*)?) *[\]}][ \r]*$/gm;

/** Fewer are left to the parser. */
const MANY = 64;

export function scanEdgeLines(text: string): ScannedEdges {
  const edges: EdgeLine[] = [];
  const parts: string[] = [];
  let copied = 0;
  for (const match of text.matchAll(LINE)) {
    const [line, pre, preId, post, postId, weight] = match;
    edges.push({
      at: match.index + line.indexOf('- ') + 2,
      pre: pre!,
      preId: Number(preId),
      post: post!,
      postId: Number(postId),
      weight: Number(weight),
    });
    parts.push(text.slice(copied, match.index), '#', ' '.repeat(line.length - 1));
    copied = match.index + line.length;
  }
  if (edges.length < MANY) return { text, edges: [] };
  parts.push(text.slice(copied));
  return { text: parts.join(''), edges };
}
