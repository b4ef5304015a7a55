/**
 * Writes the generated tables of docs/ between their markers, so that documents cannot disagree with the code.
 *
 *   node --import tsx scripts/write-tables.ts      test/docs/tables.test.ts checks that it was run
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { argv } from 'node:process';
import { fileURLToPath } from 'node:url';
import { profileTable } from './profile-table.js';
import { compartmentTable, coreTable, counterTable, stateTable } from './register-tables.js';

const TABLES: Readonly<Record<string, () => string>> = {
  profiles: profileTable,
  'compartment registers': compartmentTable,
  'core registers': coreTable,
  'state registers': stateTable,
  counters: counterTable,
};

/** Documents with generated tables, from the root. */
export const DOCUMENTS = ['docs/semantics.md', 'docs/registers.md'] as const;

const MARKED = /<!-- table: ([a-z ]+), by scripts\/write-tables\.ts -->[\s\S]*?<!-- end of table -->/g;

/** A document's text with every marked table as the code has it. */
export function withTables(text: string): string {
  return text.replace(MARKED, (_all, name: string) => {
    const table = TABLES[name];
    if (table === undefined)
      throw new Error(`no table '${name}'; there are ${Object.keys(TABLES).join(', ')}`);
    return `<!-- table: ${name}, by scripts/write-tables.ts -->\n\n${table()}\n\n<!-- end of table -->`;
  });
}

if (argv[1] === fileURLToPath(import.meta.url)) {
  for (const name of DOCUMENTS) {
    const file = new URL(`../${name}`, import.meta.url);
    writeFileSync(file, withTables(readFileSync(file, 'utf8')));
  }
}
