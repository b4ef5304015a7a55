/** The file of a run directory that has what the compiler decided. Apart, because every run needs its name. */
import type { CompileReport } from '../compiler/report.js';

export const COMPILE_FILE = 'compile.json';
export const COMPILE_SCHEMA = 'seamount/compiled/1';

export interface CompiledFile {
  readonly schema: typeof COMPILE_SCHEMA;
  /** Of the network. */
  readonly name: string;
  readonly report: CompileReport;
}
