/** `--input FILE --code CODE`: a signal becomes the spikes of a source population of a compiled network. */
import { SeamountError } from '../../cores/index.js';
import type { ChipImage, SourceSchedule } from '../../routing/index.js';
import type { EncodedSignal } from '../coding/encode-signal.js';
import { arraySchedule } from '../compiler/schedules.js';
import { readBytes } from '../io/read-file.js';

export interface InputOptions {
  readonly input?: string;
  readonly code?: string;
  readonly into?: string;
}

const usage = (message: string, hint: string): SeamountError => new SeamountError('E_USAGE', message, hint);

/**
 * The image with the signal in place of what its source population would have sent; as it is without `--input`.
 * @throws {SeamountError} E_USAGE for options or sizes that do not fit, E_INPUT for a bad file
 */
export async function withInput(
  image: ChipImage,
  { input, code, into }: InputOptions,
): Promise<{ readonly image: ChipImage; readonly steps: number | undefined }> {
  if (input === undefined) {
    if (code !== undefined || into !== undefined)
      throw usage('--code and --into are about a signal', 'add --input FILE (CSV or .npy)');
    return { image, steps: undefined };
  }
  if (code === undefined)
    throw usage(
      'how the signal becomes spikes is not said',
      'add --code, e.g. --code latency:window=20,min=0,max=1',
    );
  const { encodeSignal } = await import('../coding/encode-signal.js');
  const { readSignal } = await import('../coding/signal-file.js');
  const population = populationFor(image, into);
  const encoded = encodeSignal(readSignal(await readBytes(input), input), { code, seed: image.seed });
  checkSize(population, encoded, input);
  const sources = image.populations.filter(({ kind }) => kind === 'source');
  const schedule: SourceSchedule = arraySchedule(
    encoded.sources,
    population.firstSource,
    population.size,
    image.profile.rules.hostInputLatency,
  );
  // a schedule each, in order of populations, as the compiler makes them
  const schedules = image.schedules.map((own, i) => (sources[i] === population ? schedule : own));
  return { image: { ...image, schedules }, steps: encoded.steps };
}

type SourcePopulation = ChipImage['populations'][number];

function populationFor({ populations, schedules }: ChipImage, into: string | undefined): SourcePopulation {
  const sources = populations.filter(({ kind }) => kind === 'source');
  const names = sources.map(({ label }) => label).join(', ');
  if (schedules.length !== sources.length || sources.length === 0)
    throw usage(
      'there is no source population that could take the signal',
      'give the network one of type spikeArray',
    );
  if (into === undefined) {
    if (sources.length === 1) return sources[0]!;
    throw usage('which source population takes the signal is not said', `add --into, one of ${names}`);
  }
  const found = sources.find(({ label }) => label === into);
  if (found === undefined)
    throw usage(`--into ${into}: there is no such source population`, `one of ${names}`);
  return found;
}

function checkSize({ label, size }: SourcePopulation, encoded: EncodedSignal, input: string): void {
  if (encoded.size === size) return;
  throw usage(
    `${input} as ${encoded.name} needs ${encoded.size} source neurons, population ${label} has ${size}`,
    `give ${label} a size of ${encoded.size}, or another code or signal`,
  );
}
