import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { compile } from '../../src/compiler/compile.js';
import { networkFromText } from '../../src/netfile/network-from-text.js';

const guide = readFileSync(fileURLToPath(new URL('../../docs/network-file.md', import.meta.url)), 'utf8');
const networks = [...guide.matchAll(/```yaml\n([\s\S]*?)```/g)].map((match) => match[1]!);

it('docs/network-file.md has a generated and an explicit network', () => {
  expect(networks).toHaveLength(2);
});

it.each(networks.map((text, i) => [i, text] as const))(
  'network %i of docs/network-file.md compiles',
  (_, text) => {
    const { network, steps } = networkFromText(text, 'network-file.md');
    expect(steps).toBeGreaterThan(0);
    expect(compile(network).image.cores.length).toBeGreaterThan(0);
  },
);
