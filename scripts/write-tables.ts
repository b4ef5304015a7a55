/**
 * Writes the generated tables of docs/ between their markers, so that documents cannot disagree with the code.
 *
 *   node --import tsx scripts/write-tables.ts [--check]      --check writes nothing and fails if it would
 */
import { readFileSync, writeFileSync } from 'node:fs';
import process from 'node:process';
import { costEnergyTable, costLatencyTable, costProfileTable, eventTable } from './cost-table.js';
import { profileTable } from './profile-table.js';
import { compartmentTable, coreTable, counterTable, stateTable } from './register-tables.js';

const TABLES: Readonly<Record<string, () => string>> = {
  profiles: profileTable,
  'compartment registers': compartmentTable,
  'core registers': coreTable,
  'state registers': stateTable,
  counters: counterTable,
  events: eventTable,
  'cost profiles': costProfileTable,
  energies: costEnergyTable,
  latencies: costLatencyTable,
};

const DOCUMENTS = ['docs/semantics.md', 'docs/registers.md', 'docs/energy.md'] as const;

const MARKED = /<!-- table: ([a-z ]+), by scripts\/write-tables\.ts -->[\s\S]*?<!-- end of table -->/g;

/** A document's text with every marked table as the code has it. */
function withTables(text: string): string {
  return text.replace(MARKED, (_all, name: string) => {
    const table = TABLES[name];
    if (table === undefined)
      throw new Error(`no table '${name}'; there are ${Object.keys(TABLES).join(', ')}`);
    return `<!-- table: ${name}, by scripts/write-tables.ts -->\n\n${table()}\n\n<!-- end of table -->`;
  });
}

const isCheck = process.argv.includes('--check');
for (const name of DOCUMENTS) {
  const file = new URL(`../${name}`, import.meta.url);
  const text = readFileSync(file, 'utf8');
  const written = withTables(text);
  if (text === written) continue;
  if (isCheck) {
    process.stderr.write(
      `${name} is not as the code has it: run node --import tsx scripts/write-tables.ts\n`,
    );
    process.exitCode = 1;
  } else {
    writeFileSync(file, written);
  }
}
