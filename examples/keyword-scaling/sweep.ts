/** Runs the networks and counts; the energy of a copy is what one more of it adds. */
import type { CostProfile } from '../../src/energy/cost-profile.js';
import { EVENTS, type EventCounts, type EventName } from '../../src/energy/events.js';
import { breakdown, priceEvents } from '../../src/energy/price.js';
import { compile, costProfileNamed, simulate } from '../../src/index.js';
import { LAYERS, type Scaling, scaledNetwork, WIDTH } from './network.js';

export interface Counted extends Scaling {
  readonly steps: number;
  readonly cores: number;
  readonly neurons: number;
  readonly synapses: number;
  readonly spikes: number;
  readonly events: EventCounts;
}

/** Compiles one network for a Loihi 1, limits of its cores checked, and runs it. */
export async function count(scaling: Scaling, steps: number): Promise<Counted> {
  const { image, report } = compile(scaledNetwork(scaling), { profile: 'loihi1' });
  // counts are the same under any prices
  const { accounts } = await simulate(image, {
    steps,
    account: { costs: costProfileNamed('loihi1-sanafe') },
  });
  const { total } = accounts!.ledger;
  const { neurons, synapses } = report.totals;
  return {
    ...scaling,
    steps,
    cores: image.cores.length,
    neurons,
    synapses,
    spikes: total.spike,
    events: total,
  };
}

/** What the copies of `large` add to `small`, of one step and one copy. */
export interface PerCopy {
  readonly neurons: number;
  readonly synapses: number;
  /** Counted: share of its neurons that spikes in a step. */
  readonly activity: number;
  readonly steps: number;
  readonly events: EventCounts;
}

/** `small` has no copies, `large` one. */
export function copyOf(small: Counted, large: Counted): PerCopy {
  const neurons = LAYERS * WIDTH;
  return {
    neurons: large.neurons - small.neurons,
    synapses: large.synapses - small.synapses,
    activity: (large.spikes - small.spikes) / (neurons * large.steps),
    steps: large.steps,
    events: Object.fromEntries(
      EVENTS.map(({ name }) => [name, large.events[name] - small.events[name]]),
    ) as EventCounts,
  };
}

/** Energy of one step, in J. */
export interface StepEnergy {
  readonly total: number;
  readonly synapse: number;
  readonly soma: number;
  readonly network: number;
  /** Events that happened and have no price. */
  readonly unpriced: readonly EventName[];
}

export function energyOf(
  { events, steps }: { readonly events: EventCounts; readonly steps: number },
  profile: CostProfile,
): StepEnergy {
  const priced = priceEvents(events, profile);
  const { groups, terms } = breakdown(priced);
  return {
    total: terms.reduce((sum, { joules }) => sum + joules, 0) / steps,
    synapse: groups.synapse / steps,
    soma: groups.soma / steps,
    network: groups.network / steps,
    unpriced: priced.unpriced.map(({ event }) => event),
  };
}
