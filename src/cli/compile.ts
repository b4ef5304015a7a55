/** `seamount compile`: a network to an image, and what that takes. */
import { SeamountError } from '../../cores/index.js';
import { renderReport } from '../compiler/explain.js';
import { encodeImage } from '../io/codec.js';
import { imageHash } from '../io/content-hash.js';
import { writeFileWhole } from '../io/write-file.js';
import { renderCapacity } from './capacity.js';
import { compileFile } from './compile-file.js';
import { loadTarget } from './load.js';
import { sayNotices } from './notices.js';
import type { Terminal } from './terminal.js';

export interface CompileCommandOptions {
  readonly out?: string;
  readonly profile?: string;
  readonly seed?: number;
  readonly explain?: boolean;
  readonly json?: boolean;
  readonly quiet?: boolean;
}

const KINDS = { image: 'an image', checkpoint: 'a checkpoint', run: 'a run directory' } as const;

export async function compileCommand(
  path: string,
  options: CompileCommandOptions,
  terminal: Terminal,
): Promise<number> {
  const { out, profile, seed } = options;
  const target = await loadTarget(path, terminal, seed === undefined ? {} : { seed });
  if (target.kind !== 'network')
    throw new SeamountError(
      'E_INPUT',
      `${target.name}: is ${KINDS[target.kind]}, expected a network to compile`,
    );
  const { image, report } = compileFile(target.file, profile === undefined ? {} : { profile });
  const bytes = encodeImage(image);
  if (out !== undefined) await writeFileWhole(out, bytes);
  if (options.json) {
    const object = {
      schema: 'seamount/compile/1',
      name: target.file.network.label,
      image: imageHash(image),
      bytes: bytes.length,
      out: out ?? null,
      report,
    };
    terminal.out(`${JSON.stringify(object, undefined, 2)}\n`);
    return 0;
  }
  sayNotices(report.notices, terminal, options);
  if (options.explain) terminal.out(`${renderReport(report).trimEnd()}\n`);
  else terminal.out(`${renderCapacity(target.file.network.label, image, report, terminal)}\n`);
  if (out !== undefined && !options.quiet)
    terminal.err(`saved ${out}, ${bytes.length} bytes, image ${imageHash(image)}\n`);
  return 0;
}
