/**
 * The scaling sweep of keyword spotting on Loihi: what a copy of ten layers adds to a step, modelled and measured.
 *
 *   node --import tsx examples/keyword-scaling/run.ts [--steps N] [--copies 0,1,2,4] [--out DIRECTORY]
 */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { costProfileNamed } from '../../src/energy/cost-profiles.js';
import { sweep } from './findings.js';
import { svgPlot } from './plot.js';
import { reportText } from './report.js';

const { values } = parseArgs({
  options: {
    steps: { type: 'string', default: '100' },
    copies: { type: 'string', default: '0,1,2,4' },
    out: { type: 'string', default: 'runs/keyword-scaling' },
  },
});

const findings = await sweep({
  copies: values.copies.split(',').map(Number),
  copiesActivity: 0.08,
  activities: [0.02, 0.04, 0.06, 0.08, 0.1, 0.12],
  steps: Number(values.steps),
  profiles: [costProfileNamed('loihi1-davies2018'), costProfileNamed('loihi1-sanafe')],
});
console.log(reportText(findings));
mkdirSync(values.out, { recursive: true });
const file = join(values.out, 'keyword-scaling.svg');
writeFileSync(file, svgPlot(findings));
console.log(`wrote ${file}`);
