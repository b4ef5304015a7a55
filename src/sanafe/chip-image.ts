/**
 * A mapped network as a chip image: cores and compartments exactly as mapped, in the order of mapping. Input neurons
 * become host sources placed on their core (`Senders`), whose synapses have delay 1, for their spike of step t is there
 * at t while that of a compartment is at t + 1.
 */
import { type ChipProfile, type CoreImage, DEFAULT_CORE, type OutAxons } from '../../cores/index.js';
import { type ChipImage, IMAGE_VERSION, type Position, type SourceSchedule } from '../../routing/index.js';
import type { SanafeArchitecture } from './architecture.js';
import { CorePlan } from './core-plan.js';
import type { SynapseClass } from './cost-profile.js';
import { firstCores, type MappedNetwork } from './mapped-network.js';
import type { SanafeNetwork } from './network.js';
import type { InputParameters } from './neuron-parameters.js';
import { populationsOf } from './populations.js';
import { runOf } from './run-of.js';
import { scalesOf } from './scale.js';
import { SynapseWriter } from './synapse-writer.js';

export interface SanafeChip {
  readonly network: SanafeNetwork;
  readonly mapped: MappedNetwork;
  readonly architecture: SanafeArchitecture;
  readonly profile: ChipProfile;
  /** Class of the events at a neuron. */
  readonly classOf: (id: number) => SynapseClass;
}

/** A regular source never stops. */
const FOREVER = 2 ** 31 - 2;

/**
 * @throws {ViolationsError} `E_INPUT` with every value that no integers of ours equal
 */
export function chipImageOf(chip: SanafeChip): {
  readonly image: ChipImage;
  readonly notices: readonly string[];
} {
  const { network, mapped, architecture, profile, classOf } = chip;
  const scales = scalesOf(network, mapped);
  network.problems.throwIfAny();
  const plan = new CorePlan(network, mapped, scales);
  network.problems.throwIfAny();
  const isInput = (id: number): boolean => mapped.parameters[id]!.kind === 'input';
  const count = network.neurons.length;
  const writer = new SynapseWriter({ edges: network.edges, plan, scales, classOf, isInput, count });
  const position = positionOf(architecture);
  const { places, sources } = plan;
  const senders = {
    core: Uint32Array.from(sources, ({ core }) => core),
    visit: Uint32Array.from(sources, ({ visit }) => visit),
    places: places.map(position),
  };
  const ids = sources.map(({ id }) => id);
  const image: ChipImage = {
    kind: 'seamount-chip-image',
    version: IMAGE_VERSION,
    profile,
    seed: 0,
    dt: 0,
    chipsX: 1,
    chipsY: 1,
    cores: plan.cores.map(({ number }, index) => coreImage(index, position(number), plan, writer, profile)),
    populations: populationsOf(network, mapped, plan),
    sources: {
      count: sources.length,
      ...(sources.length === 0 ? {} : { senders }),
      ...outAxonsOf(ids, writer),
    },
    schedules: schedulesOf(plan, mapped),
    probes: [],
  };
  return { image, notices: [...leakNotices(network, mapped), ...scales.notices] };
}

function coreImage(
  index: number,
  position: Position,
  plan: CorePlan,
  writer: SynapseWriter,
  { rules }: ChipProfile,
): CoreImage {
  const { neurons } = plan.cores[index]!;
  const memory = writer.memory(index);
  const outAxons = outAxonsOf(neurons, writer);
  return {
    ...position,
    n: neurons.length,
    compartments: plan.compartments(index),
    registers: { ...DEFAULT_CORE(rules), resetMode: plan.resetMode(index) },
    u0: 0,
    v0: 0,
    inAxons: memory.inAxons,
    synapses: memory.memory(),
    outAxons,
    maxDelay: memory.maxDelay,
    used: {
      compartments: neurons.length,
      inAxons: memory.inAxons,
      outAxonSlots: outAxons.core.length,
      // The format has no synaptic memory to fill.
      synapseBits: 0,
      accumulators: neurons.length,
      synapses: memory.synapses,
    },
  };
}

/** By core number. Tile t is at x = t div height, y = t mod height. */
function positionOf(architecture: SanafeArchitecture): (number: number) => Position {
  const first = firstCores(architecture);
  const { height } = architecture;
  return (number) => {
    const t = runOf(first, number);
    const slot = number - first[t]!;
    return { chipX: 0, chipY: 0, tileX: Math.floor(t / height), tileY: t % height, slot };
  };
}

function outAxonsOf(ids: readonly number[], writer: SynapseWriter): OutAxons {
  const start = new Uint32Array(ids.length + 1);
  const core: number[] = [];
  const axon: number[] = [];
  ids.forEach((id, i) => {
    for (const target of writer.targets(id)) {
      core.push(target.core);
      axon.push(target.axon);
    }
    start[i + 1] = core.length;
  });
  return { start, core: Uint32Array.from(core), axon: Uint32Array.from(axon) };
}

/** Spike lists as one schedule in order of steps; a source with a rate has one of its own kind. */
function schedulesOf({ sources }: CorePlan, { parameters }: MappedNetwork): SourceSchedule[] {
  const inputs = sources.map(({ id }) => parameters[id] as InputParameters);
  const spikes = inputs.flatMap(({ spikes }, source) => Array.from(spikes, (step) => ({ step, source })));
  spikes.sort((a, b) => a.step - b.step || a.source - b.source);
  const schedules: SourceSchedule[] = [];
  if (spikes.length > 0) {
    schedules.push({
      kind: 'array',
      steps: Uint32Array.from(spikes, ({ step }) => step),
      sources: Uint32Array.from(spikes, ({ source }) => source),
    });
  }
  // A longer one than any run is never, and would wrap in 32 bits.
  const periods = Uint32Array.from(inputs, ({ period }) => Math.min(period, FOREVER + 1));
  if (periods.some((period) => period > 0)) {
    schedules.push({ kind: 'regular', first: 0, periods, phases: periods, to: FOREVER });
  }
  return schedules;
}

/**
 * Leaks that are no 4096ths, by value. One that is off by 1e-11 still matters: where v times it is whole, the peer cuts to
 * the next 64th below.
 */
function leakNotices({ neurons }: SanafeNetwork, { parameters }: MappedNetwork): string[] {
  const count = new Map<string, number>();
  parameters.forEach((own, id) => {
    if (own.kind === 'input' || own.leakError === 0) return;
    const node = neurons[id]!.attributes.get('leak_decay');
    const leak = node?.kind === 'word' ? node.text : '';
    const by = `${Math.abs(own.leakError).toExponential(2)} ${own.leakError < 0 ? 'more' : 'less'}`;
    const text = `leak_decay ${leak} is taken for ${4096 - own.dv}/4096, which is ${by}: spikes may differ`;
    count.set(text, (count.get(text) ?? 0) + 1);
  });
  return [...count].map(([text, n]) => `${text} (${n} of ${neurons.length} neurons)`);
}
