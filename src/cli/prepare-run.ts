/** From what the command line names to an image: a network, an image, a run, or two files of SANA-FE. */
import { SeamountError } from '../../cores/index.js';
import type { ChipImage } from '../../routing/index.js';
import type { CompileReport } from '../compiler/report.js';
import { readBytes } from '../io/read-file.js';
import type { NetworkFile } from '../netfile/network-from-text.js';
import type { LoadedSanafe } from '../sanafe/load.js';
import { compileFile } from './compile-file.js';
import { loadTarget } from './load.js';
import type { AskedTiming, SanafeCsv } from './sanafe-csv.js';
import type { Terminal } from './terminal.js';

const usage = (message: string, hint = ''): SeamountError => new SeamountError('E_USAGE', message, hint);

export interface PrepareOptions {
  readonly profile?: string;
  readonly seed?: number;
}

/** What is run. */
export interface Prepared {
  readonly image: ChipImage;
  /** Only where something was compiled. */
  readonly report: CompileReport | undefined;
  readonly file: NetworkFile | undefined;
  /** Only where an architecture of SANA-FE came with its network. */
  readonly sanafe: LoadedSanafe | undefined;
}

/**
 * Reads and compiles what the command line names; with `networkPath`, an architecture and a network of SANA-FE.
 * @throws {SeamountError} E_USAGE for options that do not go with it, E_INPUT and E_CAPACITY for what is in it
 */
export async function prepare(
  path: string,
  networkPath: string | undefined,
  options: PrepareOptions,
  terminal: Terminal,
): Promise<Prepared> {
  const { profile, seed } = options;
  if (networkPath !== undefined) {
    const sanafe = await loadPair(path, networkPath, options);
    return { image: sanafe.image, report: undefined, file: undefined, sanafe };
  }
  const target = await loadTarget(path, terminal, seed === undefined ? {} : { seed });
  if (target.kind === 'network') {
    const compiled = compileFile(target.file, profile === undefined ? {} : { profile });
    return { ...compiled, file: target.file, sanafe: undefined };
  }
  if (target.kind === 'checkpoint')
    throw usage(
      `${target.name}: is a checkpoint, not a network`,
      `run its network with --resume ${target.name}`,
    );
  const fixed = { '--profile': profile, '--seed': seed };
  for (const [option, value] of Object.entries(fixed))
    if (value !== undefined)
      throw usage(
        `${option} cannot change ${target.name}, which is compiled already`,
        'run the network file, or compile it again',
      );
  return {
    image: target.kind === 'image' ? target.image : await target.run.image(),
    report: undefined,
    file: undefined,
    sanafe: undefined,
  };
}

/** An architecture and a network of SANA-FE. */
async function loadPair(
  path: string,
  networkPath: string,
  { profile, seed }: PrepareOptions,
): Promise<LoadedSanafe> {
  for (const [option, value] of Object.entries({ '--profile': profile, '--seed': seed }))
    if (value !== undefined)
      throw usage(`${option} does not go with an architecture file`, 'the architecture is the chip');
  const { isSanafeArchitecture } = await import('../sanafe/part-of-pair.js');
  const { loadSanafe } = await import('../sanafe/load.js');
  const [architecture, network] = await Promise.all(
    [path, networkPath].map(async (name) => ({
      name,
      text: new TextDecoder().decode(await readBytes(name)),
    })),
  );
  if (!isSanafeArchitecture(architecture!.text))
    throw usage(
      `two files are an architecture and a network of SANA-FE, and ${path} is no architecture`,
      'name the architecture first; a network of ours is one file',
    );
  return loadSanafe({ architecture: architecture!, network: network! });
}

/** Where `--sana-fe-csv` writes; nothing without it. */
export async function openSanafeCsv(
  { sanaFeCsv: directory, timing }: { readonly sanaFeCsv?: string; readonly timing?: AskedTiming },
  sanafe: LoadedSanafe | undefined,
): Promise<SanafeCsv | undefined> {
  if (directory === undefined) return undefined;
  if (sanafe === undefined)
    throw usage(
      '--sana-fe-csv is for an architecture and a network of SANA-FE',
      'seamount run ARCHITECTURE NETWORK',
    );
  const { SanafeCsv } = await import('./sanafe-csv.js');
  return SanafeCsv.open(directory, sanafe, timing);
}
