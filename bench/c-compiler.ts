/** The C reference, compiled for this machine into a directory that goes away with it. */
import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import { join } from 'node:path';
import process from 'node:process';
import { promisify } from 'node:util';
import { SeamountError } from '../src/index.js';
import { repository } from './repository.js';

const run = promisify(execFile);
/** Compilers for some processors know no -march=native; the reference then does without what it would have chosen. */
const FLAGS = [['-O3', '-march=native'], ['-O3', '-mcpu=native'], ['-O3']];

export interface Reference extends Disposable {
  readonly program: string;
  /** As it names itself. */
  readonly compiler: string;
  readonly flags: readonly string[];
}

/** null when this machine has no C compiler. Throws E_WORKER when it has one that cannot do it. */
export async function compileReference(): Promise<Reference | null> {
  for (const cc of process.env.CC ? [process.env.CC] : ['cc', 'gcc', 'clang']) {
    const version = await run(cc, ['--version']).catch(() => null);
    if (version === null) continue;
    const directory = mkdtempSync(join(os.tmpdir(), 'seamount-reference-'));
    const program = join(directory, 'reference');
    const remove = (): void => rmSync(directory, { recursive: true, force: true });
    let complaint: unknown;
    for (const flags of FLAGS) {
      try {
        await run(cc, [...flags, '-o', program, join(repository, 'bench/reference.c')]);
      } catch (cause) {
        complaint ??= cause;
        continue;
      }
      const compiler = version.stdout.split('\n', 1)[0] ?? cc;
      return { program, compiler, flags, [Symbol.dispose]: remove };
    }
    remove();
    throw new SeamountError('E_WORKER', `${cc} could not compile bench/reference.c: ${complaint}`);
  }
  return null;
}
