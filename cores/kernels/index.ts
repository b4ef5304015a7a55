/** What the host calls: all take the byte address of a cluster. */
export { deliver, deliverSpikes } from './delivery';
export { emit } from './outbox';
export { integrate } from './soma';
