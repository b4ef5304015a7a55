/** All experiments. */
import { experiments as cases } from './cases.js';
import type { Experiment } from './experiment.js';
import { experiments as workloads } from './workload.js';

export const CATALOGUE: readonly Experiment[] = [...cases, ...workloads];
