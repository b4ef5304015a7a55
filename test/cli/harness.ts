/** Runs command lines inside the test's process, and looks at what they leave behind. */
import { createHash } from 'node:crypto';
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll } from 'vitest';
import { main } from '../../src/cli/program.js';

export const root = fileURLToPath(new URL('../..', import.meta.url));

/** Arguments of node that run the command line from sources. */
export const SOURCES: readonly string[] = ['--import', 'tsx', join(root, 'src/cli/main.ts')];

export interface Outcome {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

export interface World {
  readonly input?: Uint8Array | string;
  readonly signal?: AbortSignal;
  readonly colours?: boolean;
  readonly drawsProgress?: boolean;
  readonly columns?: number;
  /** Told of everything on stderr as it comes. */
  readonly onErr?: (text: string) => void;
}

/** One command line, as `main.ts` would run it. */
export async function seamount(argv: readonly string[], world: World = {}): Promise<Outcome> {
  let [out, err] = ['', ''];
  const { input = '', signal = new AbortController().signal, colours = false, drawsProgress = false } = world;
  const code = await main(argv, {
    out: (text) => {
      out += text;
    },
    err: (text) => {
      err += text;
      world.onErr?.(text);
    },
    readInput: async () => (typeof input === 'string' ? new TextEncoder().encode(input) : input),
    drawsProgress,
    columns: world.columns ?? 100,
    colours: { out: colours, err: colours },
    interruptSignal: () => signal,
    now: () => performance.now() / 1000,
  });
  return { code, out, err };
}

/** A directory of this test file's own, gone when it is done. */
export function scratch(): string {
  const dir = mkdtempSync(join(tmpdir(), 'seamount-cli-'));
  afterAll(() => {
    rmSync(dir, { recursive: true, force: true });
  });
  return dir;
}

/** Every file below a directory with the hash of its content: equal before and after means nothing was touched. */
export function snapshot(dir: string): Readonly<Record<string, string>> {
  const names = readdirSync(dir, { recursive: true, encoding: 'utf8' }).sort();
  return Object.fromEntries(
    names.map((name) => {
      const path = join(dir, name);
      if (statSync(path).isDirectory()) return [name, 'directory'];
      return [name, createHash('sha256').update(readFileSync(path)).digest('hex')];
    }),
  );
}

/** A recurrent network of 60 neurons, with probes, over two cores. */
export const NETWORK = `label: recurrent
seed: 5
populations:
  noise: { size: 20, cell: { type: poisson, rate: 60 } }
  exc:
    size: 60
    cell: { type: loihi, du: 1024, dv: 256, vth: 120, refract: 3 }
    placement: [{ core: 0, neurons: [0, 30] }, { core: 5, neurons: [30, 60] }]
projections:
  - { pre: noise, post: exc, connector: { type: fixedProbability, probability: 0.3 }, synapse: { weight: 60, delay: 2 } }
  - { pre: exc, post: exc, connector: { type: fixedNumberPre, n: 6, allowSelf: false }, synapse: { weight: { uniform: [20, 60] }, delay: { uniform: [0, 5] } } }
  - { pre: exc, post: exc, connector: { type: fixedNumberPre, n: 3 }, label: inhibition, synapse: { weight: { uniform: [-90, -30] } } }
run: { steps: 200 }
`;

/** The same, recording some of it. */
export const PROBED_NETWORK = `${NETWORK}probes:
  - { population: exc, record: [spikes, v], neurons: [0, 31], from: 11, to: 150, every: 2 }
  - { population: noise }
`;

export function writeText(dir: string, name: string, text: string): string {
  const path = join(dir, name);
  writeFileSync(path, text);
  return path;
}

export const json = (text: string): Record<string, unknown> => JSON.parse(text) as Record<string, unknown>;
