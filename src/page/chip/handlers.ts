/** Answers of the chip panel's worker: it holds one network at a time. */
import { SeamountError } from '../../../cores/index.js';
import { explainImage } from '../../compiler/explain.js';
import { costProfileNamed } from '../../energy/cost-profiles.js';
import { decodeCheckpoint } from '../../io/checkpoint-file.js';
import { imageHash } from '../../io/content-hash.js';
import { meshGeometry } from '../../timing/geometry.js';
import type { Handlers } from '../protocol.js';
import type { ChipCalls, Given, Opened } from './calls.js';
import { type Runnable, readGiven } from './given-network.js';
import { ChipSession } from './session.js';

const now = (): number => performance.now();

let current: { readonly session: ChipSession; readonly what: Runnable } | null = null;

function session(): ChipSession {
  if (current === null) throw new SeamountError('E_USAGE', 'no network is open');
  return current.session;
}

/** What is open stays open until the new network runs: a broken file changes nothing. */
async function open(given: Given, costsName: string): Promise<Opened> {
  const costs = costProfileNamed(costsName);
  const read = await readGiven(given);
  if (read.kind !== 'checkpoint') {
    const { image, run } = read;
    const recorded = run === null ? null : { step: run.to, hash: run.stateHash };
    const opened = await ChipSession.open(image, { costs, now, recorded });
    await current?.session.close();
    current = { session: opened, what: read };
    return describe(read.kind, read.name, opened, read);
  }
  if (current === null)
    throw new SeamountError(
      'E_INPUT',
      `${read.name}: is a checkpoint, and no network is open that it could be of`,
      'open its network or image first',
    );
  const { what } = current;
  const first = await decodeCheckpoint(read.bytes, what.image, read.name);
  const opened = await ChipSession.open(what.image, { costs, now, first });
  await current.session.close();
  current = { session: opened, what: { ...what, run: null, text: null } };
  return describe('checkpoint', `${what.name} from step ${first.step}`, opened, current.what);
}

function describe(kind: Opened['kind'], name: string, opened: ChipSession, what: Runnable): Opened {
  const { image, names, notices, steps, text, run } = what;
  const { tilesX, tilesY } = image.profile.limits;
  return {
    kind,
    name,
    imageHash: imageHash(image),
    dt: image.dt,
    populations: image.populations.map(({ label, kind: of, size, firstId, slices }) => ({
      label,
      kind: of,
      size,
      firstId,
      slices,
      names: names.get(label) ?? [],
    })),
    report: explainImage(image),
    plane: { ...meshGeometry(image), tilesX, tilesY },
    threads: opened.chip.shards,
    notices,
    steps,
    text,
    run,
    status: opened.status(true),
  };
}

export const handlers: Handlers<ChipCalls> = {
  open: ({ given, costs }) => open(given, costs),
  advance: ({ steps, ...options }) => session().advance(steps, options),
  seek: ({ step }, context) => session().seek(step, context),
  price: ({ costs }, context) => session().price(costProfileNamed(costs), context),
  core: ({ core }) => session().core(core),
  neuron: (which) => session().neuron(which),
  trace: (which) => session().trace(which),
};
