/** Code blocks of the documents, and which of them promise to run. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

export const root = fileURLToPath(new URL('../..', import.meta.url));

/**
 * A fenced block whose info string says `run`: ```` ```ts run ```` is executed, ```` ```yaml run ```` goes through
 * `seamount run`. A following ```` ```text output ```` block is what it must print; a line `...` in it stands for any lines.
 */
export interface Runnable {
  /** `README.md:40` */
  readonly where: string;
  readonly language: string;
  readonly code: string;
  readonly output: string | null;
}

interface Block {
  readonly line: number;
  readonly info: readonly string[];
  readonly code: string;
}

function blocksOf(text: string): Block[] {
  const blocks: Block[] = [];
  const fence = /^( *)```([^\n`]*)\n([\s\S]*?)^\1```[ \t]*$/gm;
  for (const match of text.matchAll(fence)) {
    const line = text.slice(0, match.index).split('\n').length;
    blocks.push({ line, info: (match[2] ?? '').trim().split(/\s+/), code: match[3] ?? '' });
  }
  return blocks;
}

export function runnables(name: string, text: string): Runnable[] {
  const blocks = blocksOf(text);
  return blocks.flatMap(({ line, info, code }, i) => {
    if (!info.includes('run')) return [];
    const next = blocks[i + 1];
    const output = next?.info[0] === 'text' && next.info[1] === 'output' ? next.code : null;
    return [{ where: `${name}:${line}`, language: info[0] ?? '', code, output }];
  });
}

/** Markdown files of the repository, from the root. */
export function documents(): string[] {
  const below = (dir: string): string[] =>
    existsSync(root + dir)
      ? readdirSync(root + dir, { recursive: true, encoding: 'utf8' })
          .filter((name) => name.endsWith('.md') && !name.includes('node_modules'))
          .map((name) => `${dir}/${name.replaceAll('\\', '/')}`)
          .sort()
      : [];
  return ['README.md', 'CONTRIBUTING.md', ...below('docs'), ...below('examples')].filter((name) =>
    existsSync(root + name),
  );
}

export const read = (name: string): string => readFileSync(root + name, 'utf8');
