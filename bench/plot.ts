/** Draws the figures of docs/performance.md from a saved report. */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { SeamountError } from '../src/index.js';
import { activityOf, svgActivity } from './activity-plot.js';
import { type Report, SCHEMA } from './report.js';
import { repository } from './repository.js';

/** Throws E_INPUT for what is no report of ours. */
export function readReport(file: string): Report {
  let report: Report;
  try {
    report = JSON.parse(readFileSync(file, 'utf8')) as Report;
  } catch (cause) {
    throw new SeamountError('E_INPUT', `${file}: ${cause instanceof Error ? cause.message : cause}`, '', {
      cause,
    });
  }
  if (report.schema === SCHEMA) return report;
  throw new SeamountError('E_INPUT', `${file}: expected a report with schema ${SCHEMA}`);
}

/** Returns the files written, from the root of the repository. */
export function plot(file: string): readonly string[] {
  const target = 'docs/images/cost-against-activity.svg';
  writeFileSync(join(repository, target), svgActivity(activityOf(readReport(file))));
  return [target];
}
