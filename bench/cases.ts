/** The cases of `*.bench.ts`, each as an experiment. */
import { cases as chip } from './chip.bench.js';
import type { Experiment } from './experiment.js';
import { type Case, measure } from './frame.js';
import { cases as kernels } from './kernels.bench.js';
import { figure } from './report.js';

const experimentOf = (item: Case): Experiment => ({
  name: item.name,
  title: `${item.unit} per second`,
  quick: true,
  run: async ({ time, say }) => {
    say(item.name);
    const { name, ...data } = await measure(item, { time });
    return [
      {
        kind: 'case',
        name,
        data,
        row: {
          case: name,
          'median of a call': `${figure(data.median)} ms`,
          rate: `${figure(data.rate)} ${data.unit}/s`,
          'calibration ratio': figure(data.ratio),
        },
      },
    ];
  },
});

export const experiments: readonly Experiment[] = [...kernels, ...chip].map(experimentOf);
