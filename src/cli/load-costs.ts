/** A cost profile named on the command line: one of ours, or a file. */
import { SeamountError } from '../../cores/index.js';
import type { CostProfile } from '../energy/cost-profile.js';
import { costProfileFromText } from '../energy/cost-profile-file.js';
import { COST_PROFILES, costProfileNamed } from '../energy/cost-profiles.js';
import { readBytes } from '../io/read-file.js';

/** Prices and times a run when no profile is named: the one with a figure for every latency. */
export const DEFAULT_PROFILE = 'loihi1-sanafe';

const FILE = /[./\\]/;

/**
 * The shipped profile of that name; what has a dot or a slash in it is a file.
 * @throws {SeamountError} E_USAGE for an unknown name, E_INPUT for a bad file, E_IO for one that cannot be read
 */
export async function loadCosts(word: string): Promise<CostProfile> {
  if (COST_PROFILES.some(({ name }) => name === word) || !FILE.test(word)) return costProfileNamed(word);
  return costProfileFromText(new TextDecoder().decode(await readBytes(word)), word);
}

/** Several, with commas. */
export function loadSeveralCosts(words: string): Promise<CostProfile[]> {
  const names = words.split(',').map((word) => word.trim());
  if (names.includes(''))
    throw new SeamountError(
      'E_USAGE',
      `${JSON.stringify(words)}: expected names of cost profiles with commas`,
    );
  return Promise.all(names.map(loadCosts));
}
