/** Whether the parameters of a spike source make sense. */
import type { Column } from '../api/column.js';
import type { Population } from '../api/population.js';
import type { SourceCell, SpikeArraySource } from '../api/sources.js';
import type { Violations } from './violations.js';

type Complain = (message: string, hint?: string) => void;

/** Last step a schedule can name. */
const STEP_MAX = 2 ** 31 - 2;
/** ms; at any sensible dt far beyond the last step. */
const TIME_MAX = 2 ** 31;

export function checkSource(population: Population, cell: SourceCell, violations: Violations): void {
  const complain: Complain = (message, hint = '') =>
    violations.add(`population ${population.label}`, message, hint);
  const { size } = population;
  switch (cell.kind) {
    case 'spikeArray':
      for (const problem of spikeProblems(cell, size)) complain(problem);
      return;
    case 'poisson': {
      const { dt } = population.network;
      const perStep = cell.unit === 'Hz' ? dt / 1000 : 1;
      checkColumn(cell.unit === 'Hz' ? 'rate' : 'probability', cell.level, size, complain, (level) => {
        if (level >= 0 && level * perStep <= 1) return null;
        return cell.unit === 'Hz'
          ? `${level} Hz is not 0..${1000 / dt} Hz, one spike a step of ${dt} ms`
          : `${level} is not 0..1`;
      });
      if (!isStep(cell.start)) complain(`start is ${cell.start}; steps are 1..${STEP_MAX}`);
      if (cell.stop !== 0 && !(isStep(cell.stop) && cell.stop >= cell.start))
        complain(`stop is ${cell.stop}; it must be 0 (no end) or a step from ${cell.start} on`);
      return;
    }
    case 'regular':
      checkColumn('period', cell.period, size, complain, (period) =>
        Number.isInteger(period) && period >= 0 && period <= STEP_MAX
          ? null
          : `${period} is not a whole number of steps`,
      );
      checkColumn('phase', cell.phase, size, complain, (phase) =>
        isStep(phase) ? null : `${phase} is not a step 1..${STEP_MAX}`,
      );
      if (cell.stop !== 0 && !isStep(cell.stop)) complain(`stop is ${cell.stop}; it must be 0 or a step`);
      return;
  }
}

const isStep = (step: number): boolean => Number.isInteger(step) && step >= 1 && step <= STEP_MAX;

function checkColumn(
  name: string,
  column: Column,
  size: number,
  complain: Complain,
  problem: (value: number) => string | null,
): void {
  const values = typeof column === 'number' ? [column] : column;
  if (typeof column !== 'number' && column.length !== size)
    complain(`${name} has ${column.length} values for ${size} neurons`, 'give one value, or one per neuron');
  for (let i = 0; i < values.length; i++) {
    const message = problem(values[i]!);
    if (message === null) continue;
    complain(typeof column === 'number' ? `${name} ${message}` : `${name} of neuron ${i}: ${message}`);
    return;
  }
}

/** What is wrong with given spikes: at most one problem of a kind. */
function* spikeProblems({ trains, events, unit }: SpikeArraySource, size: number): Generator<string> {
  const isTime = (time: number): boolean =>
    unit === 'ms' ? time >= 0 && Number.isFinite(time) && time <= TIME_MAX : isStep(time);
  const timeText = (time: number): string =>
    unit === 'ms' ? `spike time ${time} ms` : `spike step ${time}; steps are 1..${STEP_MAX}`;
  if (events) {
    const { neurons, times } = events;
    if (neurons.length !== times.length)
      yield `has ${neurons.length} neurons and ${times.length} steps of spikes`;
    const stranger = Array.from(neurons).findIndex((i) => !(Number.isInteger(i) && i >= 0 && i < size));
    if (stranger >= 0) yield `spike ${stranger} is of neuron ${neurons[stranger]}, there are ${size}`;
    const wrong = Array.from(times).findIndex((time) => !isTime(time));
    if (wrong >= 0) yield `spike ${wrong}: ${timeText(times[wrong]!)}`;
  }
  if (!trains) return;
  if (trains.length !== size)
    yield `has ${trains.length} spike trains for ${size} neurons: give one per neuron`;
  for (const [i, train] of trains.entries()) {
    const wrong = Array.from(train).find((time) => !isTime(time));
    if (wrong === undefined) continue;
    yield `neuron ${i}: ${timeText(wrong)}`;
    return;
  }
}
