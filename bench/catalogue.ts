/** All experiments. */
import { experiments as activity } from './activity.js';
import { experiments as balance } from './balance.js';
import { experiments as barrier } from './barrier.js';
import { experiments as beginnings } from './beginnings.js';
import { experiments as browser } from './browser.js';
import { experiments as cases } from './cases.js';
import { experiments as copies } from './copies.js';
import type { Experiment } from './experiment.js';
import { experiments as profile } from './profile.js';
import { experiments as timing } from './timing.js';
import { experiments as timingModels } from './timing-models.js';
import { experiments as model } from './worker-model.js';
import { experiments as workloads } from './workload.js';

export const CATALOGUE: readonly Experiment[] = [
  ...cases,
  ...workloads,
  ...activity,
  ...balance,
  ...barrier,
  ...browser,
  ...beginnings,
  ...copies,
  ...model,
  ...profile,
  ...timing,
  ...timingModels,
];
