/** Counts of a made-up run on two cores, for tests of reports. */
import { type EventCounts, type EventName, noEvents } from '../../src/energy/events.js';

export const counted = (counts: Partial<Record<EventName, number>>): EventCounts => ({
  ...noEvents(),
  ...counts,
});

export const CORE_0 = counted({
  synapseDense: 100,
  visit: 40,
  updateActive: 10,
  updateIdle: 30,
  spike: 4,
  axonOut: 4,
  hopEast: 4,
});
export const CORE_1 = counted({ synapseDense: 900, visit: 40, updateActive: 40, axonIn: 4 });
/** Both cores, and the barriers of 10 steps. */
export const RUN = counted({
  synapseDense: 1000,
  visit: 80,
  updateActive: 50,
  updateIdle: 30,
  spike: 4,
  axonOut: 4,
  axonIn: 4,
  hopEast: 4,
  barrier: 10,
});
