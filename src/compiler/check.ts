/**
 * Stage one: whether the network makes sense, whatever the chip. Values of registers and weights are judged
 * by quantising. All that is wrong is collected; what cannot be worked with further is returned as broken.
 */
import type { ChipProfile } from '../../cores/index.js';
import type { Network } from '../api/network.js';
import { isSource, type Population } from '../api/population.js';
import type { Probe } from '../api/probe.js';
import type { Projection } from '../api/projection.js';
import { checkConnector } from './check-connector.js';
import { checkPlacement } from './check-placement.js';
import { checkSource } from './check-source.js';
import { unitOf } from './draw-synapses.js';
import { distributionProblem, isPerSynapse } from './synapse-values.js';
import type { Violations } from './violations.js';

export function check(
  network: Network,
  profile: ChipProfile,
  violations: Violations,
): ReadonlySet<Population | Projection> {
  const broken = new Set<Population | Projection>();
  const { populations, projections, probes } = network;
  if (populations.every(({ cell }) => isSource(cell)))
    violations.add(`network ${network.label}`, 'has no neurons for a chip', 'add a population of cells');
  const labels = new Map<string, number>();
  for (const { label } of populations) labels.set(label, (labels.get(label) ?? 0) + 1);
  for (const [label, times] of labels) {
    if (label === '') violations.add('network', 'a population has an empty label', 'results go by label');
    if (times > 1)
      violations.add(`population ${label}`, `${times} populations have this label`, 'results go by label');
  }
  const marking = (part: Population | Projection, judge: () => void): void => {
    const before = violations.count;
    judge();
    if (violations.count > before) broken.add(part);
  };
  for (const population of populations) {
    const { cell } = population;
    if (isSource(cell)) marking(population, () => checkSource(population, cell, violations));
    checkPlacement(population, profile, violations);
  }
  for (const projection of projections)
    marking(projection, () => checkProjection(projection, profile, violations));
  for (const probe of probes) checkProbe(probe, violations);
  return broken;
}

function checkProjection(projection: Projection, profile: ChipProfile, violations: Violations): void {
  const { connector, synapse, post, label } = projection;
  const { weights: rules } = profile.rules;
  const complain = (message: string, hint = '') => violations.add(`projection ${label}`, message, hint);
  if (isSource(post.population.cell))
    complain(`ends at ${post.population.label}, which is a spike source`, 'spike sources take no input');
  checkConnector(projection, complain);
  const unit = unitOf(projection);
  if (unit !== 'mantissa' && post.population.cell.kind !== 'lif')
    complain(
      `has weights in ${unit}, but ${post.population.label} is given in registers`,
      'give mantissas, or a lif population',
    );
  for (const [name, value, whole] of [
    ['weight', synapse.weight, unit === 'mantissa'],
    ['delay', synapse.delay, true],
  ] as const) {
    const problem = value === undefined ? null : distributionProblem(value, whole);
    if (problem !== null) complain(`${name}: ${problem}`);
  }
  const { weightBits = 8, weightExp = unit === 'mantissa' ? 0 : undefined } = synapse;
  if (!rules.bits.includes(weightBits))
    complain(`weightBits is ${weightBits}; profile ${profile.name} stores ${rules.bits.join(', ')}`);
  const fits = (exp: number) => Number.isInteger(exp) && exp >= rules.expMin && exp <= rules.expMax;
  const exponents = weightExp === undefined ? [] : isPerSynapse(weightExp) ? weightExp : [weightExp];
  const bad = Array.from(exponents).find((exp) => !fits(exp));
  if (bad !== undefined)
    complain(`weightExp is ${bad}; it must be an integer ${rules.expMin}..${rules.expMax}`);
  if (connector.kind === 'conv2d' && synapse.format !== undefined && synapse.format !== 'auto')
    complain(`format ${synapse.format} does not go with conv2d, whose kernels are shared`);
}

function checkProbe(probe: Probe, violations: Violations): void {
  const { population, variables, neurons, from, to, every } = probe;
  const complain = (message: string) => violations.add(`probe of ${population.label}`, message);
  if (variables.length === 0) complain('names no variable: spikes, u, v');
  const unknown = variables.filter((variable) => !['spikes', 'u', 'v'].includes(variable));
  if (unknown.length > 0) complain(`there is no variable ${unknown.join(', ')}; there are spikes, u, v`);
  if (isSource(population.cell) && variables.some((variable) => variable !== 'spikes'))
    complain('a spike source has no u and v, only spikes');
  const stranger = Array.from(neurons).find((i) => !(Number.isInteger(i) && i >= 0 && i < population.size));
  if (stranger !== undefined) complain(`neuron ${stranger} is not one of its ${population.size}`);
  if (!(Number.isInteger(from) && from >= 1)) complain(`from is ${from}; the first step is 1`);
  if (!(Number.isInteger(to) && (to === 0 || to >= from)))
    complain(`to is ${to}; it must be 0 (to the end) or a step from ${from} on`);
  if (!(Number.isInteger(every) && every >= 1)) complain(`every is ${every}; it must be 1 or more steps`);
}
