/** Reports to look at: one of a real run, and one of as many spikes as wanted. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openRun } from '../../src/io/run-directory.js';
import { buildReport } from '../../src/report/build-report.js';
import type { ReportData } from '../../src/report/report-data.js';
import { sourceOfDirectory } from '../../src/report/report-source.js';
import { PROBED_NETWORK, seamount } from '../cli/harness.js';
import { manySpikes } from '../views/many-spikes.js';

/** The network of the CLI's tests, everything recorded, priced and timed as asked for. */
export async function reportOfRun(
  options: readonly string[] = ['--energy', 'loihi1-sanafe', '--timing', 'mesh'],
  network = `${PROBED_NETWORK}  - { population: exc, record: [u], neurons: [3] }\n  - { population: exc }\n`,
): Promise<ReportData> {
  const dir = mkdtempSync(join(tmpdir(), 'seamount-report-'));
  try {
    writeFileSync(join(dir, 'network.yaml'), network);
    const run = join(dir, 'run');
    const { code, err } = await seamount(['run', join(dir, 'network.yaml'), '--out', run, '-q', ...options]);
    if (code !== 0) throw new Error(err);
    return buildReport(await sourceOfDirectory(await openRun(run)));
  } finally {
    rmSync(dir, { recursive: true, force: true });
  }
}

/** `data` with other spikes: `steps` x `perStep` of them, of `neurons` neurons of one population. */
export function withSpikes(
  data: ReportData,
  { steps, neurons, perStep }: { readonly steps: number; readonly neurons: number; readonly perStep: number },
): ReportData {
  const field = manySpikes({ steps, rows: neurons, perStep });
  return {
    ...data,
    facts: {
      ...data.facts,
      steps: { from: 1, to: steps, asked: steps },
      populations: [{ label: 'all', kind: 'cells', size: neurons, spikes: steps * perStep }],
      spikesRecorded: steps * perStep,
    },
    steps: field.steps,
    rows: field.rows,
    binSteps: 1,
    counts: [new Uint32Array(steps).fill(perStep)],
    traces: [],
    series: null,
  };
}
