/** Seamount for Node: all of `browser.ts`, and what reads and writes files. */
export * from './browser.js';
export { openRun, type WriteRunOptions, writeRun } from './io/run-directory.js';
export type { FinishedRun } from './io/run-files.js';
export type { SavedRun } from './io/saved-run.js';
