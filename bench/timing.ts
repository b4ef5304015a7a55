/**
 * What energy and time cost on the host: a run with an account against the same run without, and the speed of each
 * timing model against what was recorded of SANA-FE (in user time of one thread on a machine of this kind; its
 * networks, sizes and rates are recreated in peer-networks.ts).
 */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { CoProcess } from './co-process.js';
import type { Experiment, Settings } from './experiment.js';
import { PEER_NETWORKS } from './peer-networks.js';
import { duration, type Finding, figure, mebibytes, rate } from './report.js';
import { repository } from './repository.js';
import { median } from './statistics.js';
import {
  type TimingAnswer,
  type TimingReady,
  type TimingRun,
  UNTIMED,
  WAYS,
  type Way,
} from './timing-ways.js';

interface TimedSubject {
  readonly name: string;
  readonly title: string;
  /** Of the process: a network by name, or a directory. */
  readonly argument: string;
  /** Steps a second that SANA-FE ran with `detailed`; null where none was recorded. */
  readonly peerSteps: number | null;
}

const GOLDEN = 'vectors/sanafe/g08_dense_256_256_128';

function subjects(): TimedSubject[] {
  const golden = join(repository, '..', 'shared', GOLDEN);
  return [
    ...PEER_NETWORKS.map(({ name, title, peerSteps }) => ({ name, title, argument: name, peerSteps })),
    ...(existsSync(golden)
      ? [
          {
            name: 'g08',
            title: 'dense 256-256-128, a recording of SANA-FE',
            argument: golden,
            peerSteps: null,
          },
        ]
      : []),
    ...['W1', 'W2'].map((name) => ({ name, title: `workload ${name}`, argument: name, peerSteps: null })),
  ];
}

const midOf = (answers: readonly TimingAnswer[], way: Way, of: (run: TimingRun) => number): number =>
  median(answers.flatMap(({ runs }) => runs[way].map(of)));

/** How much longer a run takes than the one alone beside it: pairs, so that what else the machine does falls on both. */
const overheadOf = (answers: readonly TimingAnswer[], way: Way): number =>
  median(answers.flatMap(({ runs }) => runs[way].map(({ wall }, i) => wall / runs.plain[i]!.wall))) - 1;

async function measure(
  { name, argument, peerSteps }: TimedSubject,
  { reps, say }: Settings,
): Promise<Finding[]> {
  say(`timing ${name}`);
  await using child = await CoProcess.startModule<TimingReady, TimingAnswer>(
    `timing of ${name}`,
    './timing-process.js',
    [argument],
  );
  const { steps, cores } = child.ready;
  // the first runs are slower: code that has not run before
  await child.ask();
  const answers: TimingAnswer[] = [];
  for (let i = 0; i < Math.max(1, reps); i++) answers.push(await child.ask());
  const plain = midOf(answers, 'plain', (run) => run.user);
  const { events, messages } = answers[0]!.runs.counted[0]!;
  const peak = answers.at(-1)!.peakBytes;
  return WAYS.map((way) => {
    const user = midOf(answers, way, (run) => run.user);
    const wall = midOf(answers, way, (run) => run.wall);
    const reading = midOf(answers, way, (run) => run.reading);
    const overhead = overheadOf(answers, way);
    const perMessage = messages === 0 ? 0 : (user - plain) / messages;
    const peer = peerSteps === null || UNTIMED.has(way) ? null : steps / user / peerSteps;
    const chip = answers[0]!.runs[way][0]!.chip;
    return {
      kind: 'timing',
      name: `${name}/${way}`,
      data: {
        network: name,
        way,
        cores,
        steps,
        events,
        messages,
        seconds: { user, wall, reading },
        overhead,
        perSecond: { steps: steps / user, events: events / user },
        nanosecondsPerMessage: perMessage * 1e9,
        peerSteps,
        peerRatio: peer,
        chipSeconds: chip,
        peakBytes: peak,
      },
      row: {
        network: name,
        way,
        user: duration(user),
        wall: duration(wall),
        'over plain': way === 'plain' ? '' : `${(100 * overhead).toFixed(1)} %`,
        'reading it': way === 'plain' ? '' : duration(reading),
        'steps/s': rate(steps / user),
        'events/s': rate(events / user),
        'ns a message': UNTIMED.has(way) ? '' : figure(perMessage * 1e9),
        'x SANA-FE detailed': peer === null ? '' : figure(peer),
        'on the chip': chip === 0 ? '' : duration(chip),
        'peak memory': mebibytes(peak),
      },
    };
  });
}

export const experiments: readonly Experiment[] = subjects().map((own) => ({
  name: `timing/${own.name}`,
  title: `energy and time of: ${own.title}`,
  quick: false,
  run: (settings) => measure(own, settings),
}));
