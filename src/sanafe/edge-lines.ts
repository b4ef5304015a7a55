/**
 * Edges between two neurons that stand alone on their line, `- a.0 -> b.1: {weight: 3}`, read before the YAML
 * parser sees them, which takes a hundred times as long. Other ways to write an edge are left to it.
 */
import { ShortenedText } from './shortened-text.js';

export interface EdgeLine {
  readonly at: number;
  readonly pre: string;
  readonly preId: number;
  readonly post: string;
  readonly postId: number;
  readonly weight: number;
}

export interface ScannedEdges {
  /** Without the lines of `edges`. */
  readonly rest: ShortenedText;
  readonly edges: readonly EdgeLine[];
}

const LINE =
  /^[ ]*- ([^\s"'#{}[\],:&*!|>.]+)\.(\d+) -> ([^\s"'#{}[\],:&*!|>.]+)\.(\d+): [[{] *w(?:eight)?: ([-+]?\d+(?:\.\d*)?) *[\]}][ \r]*(?:\n|$)/gm;

/** Fewer are left to the parser. */
const MANY = 64;

export function scanEdgeLines(text: string): ScannedEdges {
  const edges: EdgeLine[] = [];
  const rest = new ShortenedText(text);
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
    rest.replace(match.index, match.index + line.length, '');
  }
  return edges.length < MANY ? { rest: new ShortenedText(text), edges: [] } : { rest, edges };
}
