/** What the panel says of its codes. */
import type { CodeName } from './codes.js';
import type { CodeOptions } from './settings.js';

export interface CodeText {
  readonly title: string;
  readonly how: string;
  readonly buys: string;
  readonly costs: string;
}

export function textOf(name: CodeName, { rate, neurons, change, threshold }: CodeOptions): CodeText {
  switch (name) {
    case 'rate':
      return rate === 'regular'
        ? {
            title: 'Rate',
            how: 'The number of spikes in a window is the value.',
            buys: 'a lost spike hardly matters',
            costs: 'many spikes',
          }
        : {
            title: 'Rate, Poisson',
            how: 'Every step spikes by chance, with the value as its probability.',
            buys: 'what neurons of the cortex look like',
            costs: 'noise: precise only on average',
          };
    case 'latency':
      return {
        title: 'Latency',
        how: 'One spike in a window: the earlier, the greater the value.',
        buys: 'one spike a sample',
        costs: 'a lost or late spike is a wrong value',
      };
    case 'burst':
      return {
        title: 'Burst',
        how: 'The greater the value, the more spikes and the closer together.',
        buys: 'few spikes, that a synapse hears well',
        costs: 'a few levels only',
      };
    case 'population':
      return {
        title: 'Population',
        how: `${neurons} neurons, each tuned to a value; the centre of their activity is the signal.`,
        buys: 'safety in numbers, and a place for each value',
        costs: 'the most neurons and spikes',
      };
    case 'change':
      return change === 'step-forward'
        ? {
            title: 'Step-forward',
            how: `A spike up or down for each ${threshold} that the signal has left its track, one a step.`,
            buys: 'silence while nothing changes, an answer in one step',
            costs: 'late after a jump',
          }
        : {
            title: 'Delta',
            how: `A spike up or down when the signal has moved by ${threshold} since the last.`,
            buys: 'silence while nothing changes, as event cameras have it',
            costs: 'what a jump exceeds the threshold by is forgotten',
          };
  }
}
