/** The compiler: check -> quantise -> partition -> place -> route -> emit. */
import type { ChipProfile, OverflowBehaviour } from '../../cores/index.js';
import type { ChipImage } from '../../routing/index.js';
import type { Network } from '../api/network.js';
import type { CompileReport } from './report.js';

export interface CompileOptions {
  /** A profile or the name of a shipped one. Default `loihi1`. */
  readonly profile?: ChipProfile | string;
  /** Seed of chip noise. Default the network's. */
  readonly seed?: number;
  /** Compartments of a core at most, where less than the profile allows is wanted. */
  readonly coreSize?: number;
  /** Instead of the profile's: what a sum that leaves its register does. */
  readonly onOverflow?: OverflowBehaviour;
}

export interface Compiled {
  readonly image: ChipImage;
  readonly report: CompileReport;
}

/**
 * Compiles a network for a chip. Throws ViolationsError with everything that is wrong at once: E_INPUT for
 * bad values, E_CAPACITY when it does not fit; E_USAGE for an unknown profile.
 */
export function compile(network: Network, options: CompileOptions = {}): Compiled {
  throw new Error(`not yet ${network.label} ${options.coreSize}`);
}
