/** Writes schema/cost-profile.json from the tables of the reader: `npx tsx scripts/cost-profile-schema.ts`. */
import { writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { costProfileSchema } from '../src/energy/cost-profile-shape.js';

const file = fileURLToPath(new URL('../schema/cost-profile.json', import.meta.url));
writeFileSync(file, `${JSON.stringify(costProfileSchema(), undefined, 2)}\n`);
