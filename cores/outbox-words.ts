/**
 * Where the spikes of a shard go: words of an i32 array that the host lays out and both backends read.
 * Words that end in `_AT` are byte addresses, in the sense of descriptor.ts.
 */

/** Where the next word of the spike log goes; 0 when nothing is logged. Moves on as words are added. */
export const LOG_AT = 0;
/** u8 by own key (key - OUT_FIRST_KEY): 1 = log its spikes; 0 when all are logged */
export const RECORDED_AT = 1;
/** Key of the shard's first neuron. */
export const OUT_FIRST_KEY = 2;
/** u32[REACH_WORDS] by own key: bit t = the source has targets in shard t */
export const REACH_AT = 3;
export const REACH_WORDS = 4;
/** u32 by shard: where the next word for it goes. Moves on as words are added. */
export const BOXES_AT = 5;

export const OUTBOX_WORDS = 6;
