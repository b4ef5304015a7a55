/** What is wrong in a file, by where it is: collected over the whole file, given positions at the end. */

/** Keys and indices from the root of the file to a value. */
export type Path = readonly (string | number)[];

export interface Finding {
  readonly path: Path;
  /** Whether the key of the last step is meant, not its value. */
  readonly at: 'key' | 'value';
  readonly message: string;
  readonly hint: string;
}

/** Collects findings and knows which parts of the file are free of them. */
export class Findings {
  readonly list: Finding[] = [];
  readonly #dirty = new Set<string>();

  add(path: Path, message: string, hint = '', at: Finding['at'] = 'value'): void {
    this.list.push({ path, at, message, hint });
    for (let depth = 0; depth <= path.length; depth++) this.#dirty.add(JSON.stringify(path.slice(0, depth)));
  }

  /** True when nothing at or below `path` was found wrong. */
  isClean(path: Path): boolean {
    return !this.#dirty.has(JSON.stringify(path));
  }
}

/** `populations.exc.cell.du`, for messages without positions. */
export const pathText = (path: Path): string =>
  path.map((step, i) => (typeof step === 'number' ? `[${step}]` : i > 0 ? `.${step}` : step)).join('');
