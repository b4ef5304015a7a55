/** Where the sources are: benches run from bench/out, their compiled form, and read files that are not compiled. */
import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

function upToPackage(from: string): string {
  if (existsSync(join(from, 'package.json'))) return from;
  if (dirname(from) === from) throw new Error('no package.json above the benches');
  return upToPackage(dirname(from));
}

export const repository = upToPackage(dirname(fileURLToPath(import.meta.url)));
