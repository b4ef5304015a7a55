/** What the host calls: both take the byte address of a core's descriptor and the timestep. */
export { deliver } from './delivery';
export { integrate } from './soma';
