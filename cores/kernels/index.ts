/** What the host calls: all take the byte address of a cluster. Of packs and fixed rows see there. */
export { deliver, deliverSpikes } from './delivery';
export { markRows, touchRows, walk16, walk21, walk23, walk32 } from './fixed-rows';
export { emit } from './outbox';
export { integrate } from './soma';
