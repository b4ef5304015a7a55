/** What the host calls: all take the byte address of a cluster and the timestep. */
export { deliver, deliverSpikes } from './delivery';
export { integrate } from './soma';
