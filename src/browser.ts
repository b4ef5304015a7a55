/**
 * Seamount in a page: the same as in Node. Nothing here or below imports `node:`; where shards run is chosen
 * when a chip is opened (routing/pool-choice.ts).
 */
export * from './index.js';
