/** `npm run bench`: command-line.ts says what can be asked. */
import process from 'node:process';
import { SeamountError } from '../src/index.js';
import { againstC } from './against-c.js';
import { CATALOGUE } from './catalogue.js';
import { type CommandLine, readCommandLine, USAGE } from './command-line.js';
import type { Experiment, Settings } from './experiment.js';
import { fail } from './failure.js';
import { checkGuard, guard } from './guard.js';
import { plot } from './plot.js';
import { type Finding, reporting, reportText } from './report.js';
import { WORKLOADS, workloadNamed } from './workloads.js';

const say = (text: string): void => void process.stderr.write(`${text}\n`);

/** A load average above this is somebody else's work. */
const BUSY = 0.5;

/** Throws E_USAGE for a name that begins nothing. */
function chosen(names: readonly string[]): readonly Experiment[] {
  if (names.length === 0) return CATALOGUE.filter(({ quick }) => quick);
  const unknown = names.find((name) => !CATALOGUE.some((each) => each.name.startsWith(name)));
  if (unknown !== undefined)
    throw new SeamountError('E_USAGE', `nothing begins with '${unknown}'`, 'npm run bench -- --list');
  return CATALOGUE.filter((each) => names.some((name) => each.name.startsWith(name)));
}

async function findings({ mode, names, settings }: CommandLine): Promise<readonly Finding[]> {
  const all: Settings = { ...settings, say };
  if (mode === 'against-c') return againstC(names.length > 0 ? names.map(workloadNamed) : WORKLOADS, all);
  if (mode === 'guard' || mode === 'update') return guard(mode === 'update', say);
  const found: Finding[] = [];
  for (const experiment of chosen(names)) found.push(...(await experiment.run(all)));
  return found;
}

async function main(args: readonly string[]): Promise<void> {
  const line = readCommandLine(args);
  if (line.mode === 'help') process.stdout.write(USAGE);
  else if (line.mode === 'list')
    for (const { name, title } of CATALOGUE) process.stdout.write(`${name.padEnd(32)}${title}\n`);
  else if (line.mode === 'plot') process.stdout.write(`${plot(line.report).join('\n')}\n`);
  else {
    const report = reporting(args);
    const { load } = report([]).machine;
    if (load > BUSY)
      say(`note: load average ${load.toFixed(2)}, so something else is running; figures will suffer`);
    const found = await findings(line);
    process.stdout.write(line.json ? `${JSON.stringify(report(found), null, 2)}\n` : reportText(found));
    if (line.mode === 'guard') checkGuard(found);
  }
}

try {
  await main(process.argv.slice(2));
} catch (cause) {
  process.exitCode = fail(cause);
}
