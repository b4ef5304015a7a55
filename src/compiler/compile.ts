/** The compiler: check -> quantise -> partition -> place -> route -> emit. */
import {
  type ChipProfile,
  type OverflowBehaviour,
  PROFILES,
  profileNamed,
  SeamountError,
} from '../../cores/index.js';
import type { ChipImage } from '../../routing/index.js';
import type { Network } from '../api/network.js';
import { check } from './check.js';
import { checkDrawnFanIn, checkFanIn } from './check-fan-in.js';
import { checkSums } from './check-sums.js';
import { emit } from './emit.js';
import { explainImage } from './explain.js';
import { partition } from './partition.js';
import { place } from './place.js';
import { quantise } from './quantise.js';
import type { CompileReport } from './report.js';
import { route } from './route.js';
import { schedulesOf } from './schedules.js';
import { indexStrands } from './strand-index.js';
import { Violations } from './violations.js';

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

/** A chip lives in one memory of 4 GiB and a compartment takes some 60 bytes of it: more cannot fit, however placed. */
const MOST_NEURONS = 2 ** 26;

function checkSize(network: Network): void {
  const neurons = network.populations.reduce((sum, { size }) => sum + size, 0);
  if (neurons > MOST_NEURONS)
    throw new SeamountError(
      'E_CAPACITY',
      `network ${network.label}: has ${neurons} neurons, an emulated chip has room for ${MOST_NEURONS} at most`,
      'simulate a part of it',
    );
}

/**
 * Compiles a network for a chip. Throws ViolationsError with everything that is wrong at once: E_INPUT for
 * bad values, E_CAPACITY when it does not fit; E_USAGE for bad options.
 */
export function compile(network: Network, options: CompileOptions = {}): Compiled {
  const profile = profileOf(options);
  const { coreSize = null, seed = network.seed } = options;
  if (coreSize !== null && !(Number.isInteger(coreSize) && coreSize >= 1))
    throw new SeamountError('E_USAGE', `coreSize ${coreSize} must be a positive whole number`);

  checkSize(network);
  const wrong = new Violations();
  const broken = check(network, profile, wrong);
  const tooMuch = new Violations();
  const hopeless = checkFanIn(network, profile, broken, tooMuch);
  const passedOver = new Set([...broken, ...hopeless]);
  const {
    cells: quantised,
    strands: drawn,
    conversions,
    weights,
    notices,
  } = quantise(network, profile, passedOver, wrong);
  wrong.throwIfAny('E_INPUT');

  const crowded = checkDrawnFanIn(network, profile, drawn, tooMuch);
  const cells = quantised.map((one) => (one && crowded.has(one.population) ? null : one));
  const strands = drawn.filter(({ projection }) => !crowded.has(projection.post.population));
  checkSums(network, strands, tooMuch);
  const index = indexStrands(network, strands);
  const { cores: contents, splits } = partition({ network, profile, cells, index, coreSize }, tooMuch);
  const placed = place(contents, profile, tooMuch);
  tooMuch.throwIfAny('E_CAPACITY');

  const routes = route(placed.cores, index);
  const schedules = schedulesOf(network, profile.rules.hostInputLatency);
  const image = emit({ network, profile, seed, cells, index, placed, routes, schedules }, tooMuch);
  tooMuch.throwIfAny('E_CAPACITY');
  const report: CompileReport = {
    ...explainImage(image),
    splits,
    conversions,
    weights,
    notices: [profile.notice, ...notices, ...schedules.notices].filter((notice) => notice !== ''),
  };
  return { image, report };
}

function profileOf({ profile = 'loihi1', onOverflow }: CompileOptions): ChipProfile {
  const found = typeof profile === 'string' ? profileNamed(profile) : profile;
  if (!found)
    throw new SeamountError(
      'E_USAGE',
      `there is no profile ${String(profile)}`,
      `profiles: ${PROFILES.map(({ name }) => name).join(', ')}`,
    );
  return onOverflow === undefined ? found : { ...found, rules: { ...found.rules, onOverflow } };
}
