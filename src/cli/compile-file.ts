/** Compiles a network read from a file; what is wrong is told with the file's lines. */
import { SeamountError, ViolationsError } from '../../cores/index.js';
import { type Compiled, type CompileOptions, compile } from '../compiler/compile.js';
import type { NetworkFile } from '../netfile/network-from-text.js';

/**
 * As `compile`, under the file's own profile unless `options` names one.
 * @throws {ViolationsError} `E_INPUT` or `E_CAPACITY`; subjects lead with `file:line:column` where the file says them.
 */
export function compileFile(file: NetworkFile, options: CompileOptions): Compiled {
  const profile = options.profile ?? file.profile;
  try {
    return compile(file.network, { ...options, ...(profile === undefined ? {} : { profile }) });
  } catch (cause) {
    if (!(cause instanceof ViolationsError)) throw cause;
    const violations = cause.violations.map((violation) => {
      const place = file.locate(violation.subject);
      return place === undefined ? violation : { ...violation, subject: `${place}: ${violation.subject}` };
    });
    throw new ViolationsError(cause.code, violations);
  }
}

/** The steps of a run: the user's, else the file's. */
export function stepsOf(asked: number | undefined, file: NetworkFile | undefined): number {
  const steps = asked ?? file?.steps;
  if (steps !== undefined) return steps;
  const where = file === undefined ? '' : ', or run: { steps: ... } to the file';
  throw new SeamountError('E_USAGE', 'how many steps to run is not said', `add --steps N${where}`);
}
