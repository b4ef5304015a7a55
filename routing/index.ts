/** All that the host may import of the chip. */
export type { ActivityRecord } from './activity-log.js';
export type { BusyTime } from './busy.js';
export { Chip, type LegOptions, type RunOptions, type ShardBalance } from './chip.js';
export type { ChipCounters, CounterValues } from './chip-counters.js';
export { CHECKPOINT_VERSION, type Checkpoint } from './chip-state.js';
export { type AxonEvents, eventsOfAxons } from './deliveries.js';
export { type Keys, numberKeys } from './expansion.js';
export type { InputSpikes } from './host-input.js';
export {
  type ChipImage,
  IMAGE_VERSION,
  type PopulationImage,
  type ProbeImage,
  type ProbeVariable,
  type Senders,
  type Slice,
  type SourceSchedule,
} from './image.js';
export { type DestinationKind, type Position, type Route, routeOf } from './mesh.js';
export { type MessageTable, messageTable } from './message-table.js';
export type { Crew, Pool } from './pool.js';
export type { PoolChoice } from './pool-choice.js';
export { InlinePool } from './pool-inline.js';
export {
  type Activity,
  activityWords,
  joinRecordings,
  type Recording,
  type Spikes,
  type Trace,
} from './recording.js';
export { poissonSpikes } from './source-generator.js';
export { SpikeHash, spikeHash } from './spike-hash.js';
export type { ChipOptions } from './start-chip.js';
