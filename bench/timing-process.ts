/**
 * A network with its energy and time, in a process of its own:
 *
 *   node --expose-gc timing-process.js 1k     or the directory of a recording of SANA-FE
 *
 * Prints a line of JSON about the network, then for every line of standard input takes a turn of runs in each way, a line
 * of JSON each; ends with the input. Garbage is collected between turns only: V8 forgets code with it.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import process from 'node:process';
import { createInterface } from 'node:readline';
import { setTimeout } from 'node:timers/promises';
import { gunzipSync } from 'node:zlib';
import { Chip, type ChipImage } from '../routing/index.js';
import { Account, type AccountOptions } from '../src/account/account.js';
import { reportsOf } from '../src/account/account-reports.js';
import { LegPace } from '../src/api/leg-pace.js';
import { compile, costProfileNamed } from '../src/index.js';
import { NeurobenchMeter } from '../src/neurobench/meter.js';
import { chipnetArchitecture, readChipnet } from '../src/sanafe/chipnet.js';
import { placeSanafe } from '../src/sanafe/load.js';
import { fail } from './failure.js';
import { peakBytes } from './peak-bytes.js';
import { PEER_NETWORKS } from './peer-networks.js';
import { CHEAP_WAYS, type TimingAnswer, type TimingReady, type TimingRun, type Way } from './timing-ways.js';
import { workloadNamed } from './workloads.js';

const SETTLE_MS = 20;
/** How often cheap ways run in a turn: for so long, within bounds. */
const CHEAP_MS = 50;
const FEWEST = 3;
const MOST = 15;

interface Subject {
  readonly image: ChipImage;
  readonly steps: number;
  readonly updates: NonNullable<AccountOptions['updates']>;
}

function subject(name: string): Subject {
  if (name.includes('/')) {
    const net = JSON.parse(gunzipSync(readFileSync(join(name, 'net.json.gz'))).toString('utf8')) as unknown;
    const chipnet = readChipnet(net, name);
    const { image } = placeSanafe(chipnet.network, chipnetArchitecture(chipnet));
    return { image, steps: chipnet.steps, updates: 'arrivals' };
  }
  const peer = PEER_NETWORKS.find((network) => network.name === name);
  const { steps, coreSize, build } = peer ?? workloadNamed(name);
  const profile = peer === undefined ? workloadNamed(name).profile : 'unlimited';
  const { image } = compile(build(), { profile, ...(coreSize === null ? {} : { coreSize }) });
  return { image, steps, updates: 'state' };
}

async function runOnce({ image, steps, updates }: Subject, way: Way): Promise<TimingRun> {
  const costs = costProfileNamed('loihi1-sanafe');
  const options: AccountOptions = {
    costs,
    updates,
    timing: way === 'simple' || way === 'detailed' || way === 'mesh' ? way : 'off',
  };
  const needs = Account.needs(options);
  const meter = way === 'neurobench' ? new NeurobenchMeter(image, { sampleSteps: steps }) : null;
  const account = way === 'plain' || meter !== null ? null : new Account(image, options);
  await using chip = await Chip.open(image, {
    ...(account === null ? {} : { activity: needs.activity }),
    ...(meter === null ? {} : NeurobenchMeter.needs({ sampleSteps: steps })),
  });
  await setTimeout(SETTLE_MS);
  const cpu = process.cpuUsage();
  const from = performance.now();
  account?.begin(chip);
  const pace = new LegPace();
  for await (const part of chip.legs(steps, { every: () => pace.next() })) {
    if (needs.allSpikes) account?.add(part);
    meter?.add(part);
  }
  account?.settle();
  const done = performance.now();
  const wall = (done - from) / 1000;
  const user = process.cpuUsage(cpu).user / 1e6;
  const accounts = account?.end(chip);
  meter?.report(chip.counters());
  const reports = accounts === undefined ? null : reportsOf(image, accounts, { costs, from: 1 });
  const reading = (performance.now() - done) / 1000;
  const total = accounts?.ledger.total;
  return {
    wall,
    user,
    reading,
    events: total === undefined ? 0 : total.synapseSparse + total.synapseDense + total.synapseConv,
    messages: total?.axonOut ?? 0,
    spikes: total?.spike ?? 0,
    chip: reports?.time?.seconds ?? 0,
  };
}

async function serve(name: string): Promise<void> {
  const own = subject(name);
  const say = (line: object): void => void process.stdout.write(`${JSON.stringify(line)}\n`);
  say({ cores: own.image.cores.length, steps: own.steps } satisfies TimingReady);
  for await (const _ of createInterface({ input: process.stdin })) {
    globalThis.gc?.();
    const runs: Record<Way, TimingRun[]> = {
      plain: [],
      counted: [],
      simple: [],
      detailed: [],
      mesh: [],
      neurobench: [],
    };
    const rounds = (): number => Math.ceil(CHEAP_MS / (1000 * runs.plain[0]!.wall));
    for (let i = 0; i < FEWEST || i < Math.min(MOST, rounds()); i++)
      // in turn: what comes first in a round is up to a tenth faster or slower
      for (let k = 0; k < CHEAP_WAYS.length; k++) {
        const way = CHEAP_WAYS[(i + k) % CHEAP_WAYS.length]!;
        runs[way].push(await runOnce(own, way));
      }
    for (const way of ['detailed', 'mesh', 'neurobench'] as const) runs[way].push(await runOnce(own, way));
    say({ runs, peakBytes: peakBytes() } satisfies TimingAnswer);
  }
}

try {
  await serve(process.argv[2] ?? '');
} catch (cause) {
  process.exitCode = fail(cause);
}
