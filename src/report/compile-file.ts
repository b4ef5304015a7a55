/** Name of the file of a run directory that has what the compiler decided. Apart, because every run needs it. */
export const COMPILE_FILE = 'compile.json';
