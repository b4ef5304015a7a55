/**
 * What can be charged for, once: every event a cost profile may price, with unit and meaning. All are whole
 * numbers that follow from the chip's counters (cores/counters.ts) and from nothing else.
 */

/** Where a report puts an event. `host` and `barrier` have no energy figure in any public source. */
export type EventGroup = 'synapse' | 'soma' | 'network' | 'barrier' | 'host';

export interface EventRow {
  readonly name: string;
  readonly group: EventGroup;
  readonly meaning: string;
}

const row = <const Name extends string>(name: Name, group: EventGroup, meaning: string) =>
  ({ name, group, meaning }) as const;

export const EVENTS = [
  row('synapseSparse', 'synapse', 'synaptic events of sparse lists'),
  row('synapseDense', 'synapse', 'synaptic events of dense rows, zero weights included'),
  row('synapseConv', 'synapse', 'synaptic events of shared convolution kernels'),
  row('visit', 'soma', 'compartments visited: compartments x steps'),
  row('updateActive', 'soma', 'compartment updates that had work'),
  row('updateIdle', 'soma', 'compartment updates without work: visit - updateActive'),
  row('spike', 'soma', 'spikes of compartments'),
  row(
    'axonOut',
    'network',
    'messages made: one for each spike and destination in-axon, those of the host not included',
  ),
  row('axonIn', 'network', 'messages received, those of the host included'),
  row('withinTile', 'network', 'messages whose destination is on the tile of their sender'),
  row('hopEast', 'network', 'hops to a tile of larger x'),
  row('hopWest', 'network', 'hops to a tile of smaller x'),
  row('hopNorth', 'network', 'hops to a tile of larger y'),
  row('hopSouth', 'network', 'hops to a tile of smaller y'),
  row('chipCrossing', 'network', 'hops over the edge of a chip; each is one of the hops above, too'),
  row('barrier', 'barrier', 'timesteps: all cores meet once in each'),
  row('hostMessage', 'host', 'messages of spikes that the host sent into the chip'),
] as const satisfies readonly EventRow[];

export type EventName = (typeof EVENTS)[number]['name'];

/** How often each event happened: whole numbers below 2^53. */
export type EventCounts = Readonly<Record<EventName, number>>;

const NO_EVENTS = Object.fromEntries(EVENTS.map(({ name }) => [name, 0])) as Record<EventName, number>;

export const noEvents = (): Record<EventName, number> => ({ ...NO_EVENTS });
