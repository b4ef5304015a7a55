/** Picks the pool for a chip. Threads are loaded only when wanted: piscina takes longer to load than we do. */
import { SeamountError } from '../cores/index.js';
import type { Pool } from './pool.js';
import { InlinePool } from './pool-inline.js';

export type PoolChoice =
  /** all shards in the calling thread */
  | 'inline'
  /** a thread per shard, also for one */
  | 'threads'
  | Pool;

export const isNode = (): boolean => typeof process !== 'undefined' && process.versions?.node !== undefined;

/** The pool asked for; without a wish, threads for more than one shard where the platform has them. */
export async function choosePool(choice: PoolChoice | undefined, shards: number): Promise<Pool> {
  if (typeof choice === 'object') return choice;
  const wanted = choice ?? (shards > 1 ? 'threads' : 'inline');
  if (wanted === 'inline') return new InlinePool();
  if (isNode()) return new (await import('./pool-piscina.js')).PiscinaPool();
  if (globalThis.crossOriginIsolated) return new (await import('./pool-web.js')).WebPool();
  if (choice === undefined) return new InlinePool();
  throw new SeamountError(
    'E_USAGE',
    'this page has no shared memory, so no threads',
    'serve it with Cross-Origin-Opener-Policy: same-origin and Cross-Origin-Embedder-Policy: require-corp',
  );
}
