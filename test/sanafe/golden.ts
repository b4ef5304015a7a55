/** The shared runs of the peer, and the architecture of ours they ran on. */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gunzipSync } from 'node:zlib';

export const CASES = [
  'g01_chain10',
  'g03_mesh_cross64',
  'g04_dense_64_32_10',
  'g06_ei500',
  'g08_dense_256_256_128',
] as const;

export const textIn = (dir: string, name: string): string =>
  existsSync(join(dir, name))
    ? readFileSync(join(dir, name), 'utf8')
    : gunzipSync(readFileSync(join(dir, `${name}.gz`))).toString();

export const LOIHI_YAML = readFileSync(
  fileURLToPath(new URL('../../examples/sana-fe/loihi.yaml', import.meta.url)),
  'utf8',
);

export const ARCHITECTURE = { name: 'loihi.yaml', text: LOIHI_YAML };
