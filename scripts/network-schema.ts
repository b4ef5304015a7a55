/** Writes schema/network.json from the tables of the reader: `npx tsx scripts/network-schema.ts`. */
import { writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { networkSchema } from '../src/netfile/network-shape.js';

const file = fileURLToPath(new URL('../schema/network.json', import.meta.url));
writeFileSync(file, `${JSON.stringify(networkSchema(), undefined, 2)}\n`);
