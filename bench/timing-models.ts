/** What the three timing models say of the same runs: the recordings of SANA-FE, and random networks over a whole chip. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { Chip, type ChipImage } from '../routing/index.js';
import { Account, type AccountOptions } from '../src/account/account.js';
import type { TimingName } from '../src/account/step-clock.js';
import { compile, costProfileNamed } from '../src/index.js';
import { chipnetArchitecture, readChipnet } from '../src/sanafe/chipnet.js';
import { placeSanafe } from '../src/sanafe/load.js';
import type { Experiment } from './experiment.js';
import { PEER_NETWORKS } from './peer-networks.js';
import { duration, type Finding } from './report.js';
import { repository } from './repository.js';

const RECORDINGS = join(repository, '..', 'shared', 'vectors', 'sanafe');
const MODELS = ['simple', 'detailed', 'mesh'] as const satisfies readonly TimingName[];
/** Of the random networks. */
const STEPS = 100;

interface Subject {
  readonly name: string;
  readonly steps: number;
  readonly updates: NonNullable<AccountOptions['updates']>;
  image(): ChipImage;
}

function recordings(): Subject[] {
  if (!existsSync(RECORDINGS)) return [];
  const names = readdirSync(RECORDINGS).filter((name) => existsSync(join(RECORDINGS, name, 'net.json.gz')));
  return names.sort().map((name) => {
    const net = gunzipSync(readFileSync(join(RECORDINGS, name, 'net.json.gz'))).toString('utf8');
    const chipnet = readChipnet(JSON.parse(net) as unknown, name);
    const image = (): ChipImage => placeSanafe(chipnet.network, chipnetArchitecture(chipnet)).image;
    return { name, steps: chipnet.steps, updates: 'arrivals', image };
  });
}

const networks = (): Subject[] =>
  PEER_NETWORKS.map(({ name, coreSize, build }) => ({
    name,
    steps: STEPS,
    updates: 'state',
    image: () => compile(build(), { profile: 'unlimited', coreSize }).image,
  }));

/** Seconds on the chip by one model. */
async function timed(image: ChipImage, { steps, updates }: Subject, timing: TimingName): Promise<number> {
  const options: AccountOptions = { costs: costProfileNamed('loihi1-sanafe'), timing, updates };
  const account = new Account(image, options);
  await using chip = await Chip.open(image, { activity: Account.needs(options).activity });
  account.begin(chip);
  for await (const part of chip.legs(steps)) account.add(part);
  const { clock } = account.end(chip);
  return clock!.times.reduce((sum, time) => sum + time, 0) * 1e-12;
}

async function compared(subject: Subject): Promise<Finding> {
  const image = subject.image();
  const seconds: Partial<Record<TimingName, number>> = {};
  for (const model of MODELS) seconds[model] = await timed(image, subject, model);
  const { simple, detailed, mesh } = seconds as Record<TimingName, number>;
  return {
    kind: 'models',
    name: subject.name,
    data: { steps: subject.steps, cores: image.cores.length, seconds, meshToDetailed: mesh / detailed },
    row: {
      run: subject.name,
      steps: String(subject.steps),
      cores: String(image.cores.length),
      simple: duration(simple),
      detailed: duration(detailed),
      mesh: duration(mesh),
      'detailed / simple': (detailed / simple).toFixed(3),
      'mesh / detailed': (mesh / detailed).toFixed(3),
    },
  };
}

export const experiments: readonly Experiment[] = [
  {
    name: 'models',
    title: 'time on the chip by simple, detailed and mesh',
    quick: false,
    run: async ({ say }) => {
      const findings: Finding[] = [];
      for (const subject of [...recordings(), ...networks()]) {
        say(subject.name);
        findings.push(await compared(subject));
      }
      return findings;
    },
  },
];
