/** Chips of unlike cores with every format and rule, wired at random, from a seed. */
import fc from 'fast-check';
import {
  type ChipProfile,
  type CoreImage,
  LAVA,
  LOIHI1,
  type OutAxons,
  UNLIMITED,
} from '../../cores/index.js';
import type { ChipImage, PopulationImage, ProbeImage, Slice, SourceSchedule } from '../../routing/index.js';
import { type Draw, drawFrom, imageOf, type KernelCase, withReset } from '../cores/kernels-case.js';

export interface ChipCase {
  readonly seed: number;
  readonly profile: ChipProfile;
  readonly cores: readonly Omit<KernelCase, 'profile' | 'payloads'>[];
  readonly sources: number;
  /** Out-axon slots of a compartment, at most. */
  readonly fanOut: number;
}

/** Profiles under which a sum that leaves its register wraps, and v of a held compartment reads its countdown. */
const wrapping = (profile: ChipProfile): ChipProfile => ({
  ...profile,
  rules: { ...profile.rules, onOverflow: 'wrap', refractoryReadout: 'countdown' },
});

const core = fc.record({
  seed: fc.nat(),
  n: fc.oneof(fc.constantFrom(1, 16, 17), fc.integer({ min: 1, max: 60 })),
  axons: fc.integer({ min: 4, max: 40 }),
  maxDelay: fc.oneof(fc.constant(0), fc.nat({ max: 6 }), fc.nat({ max: 62 })),
  fan: fc.nat({ max: 12 }),
  bias: fc.boolean(),
  noise: fc.constantFrom('off' as const, 'off' as const, 'current' as const, 'voltage' as const),
  layer: fc.integer({ min: 0, max: 4 }).map((k) => k === 4),
  extreme: fc.constant(false),
});

export const chipCase: fc.Arbitrary<ChipCase> = fc.record({
  seed: fc.nat(),
  profile: fc.constantFrom(LOIHI1, LAVA, UNLIMITED).map(wrapping),
  cores: fc.oneof(
    fc.array(core, { minLength: 1, maxLength: 9 }),
    fc.array(
      core.map((c) => ({ ...c, maxDelay: 0 })),
      { minLength: 2, maxLength: 9 },
    ),
  ),
  sources: fc.integer({ min: 3, max: 12 }),
  fanOut: fc.integer({ min: 0, max: 5 }),
});

export function chipOf(spec: ChipCase): ChipImage {
  const draw = drawFrom(spec.seed + 6);
  const { profile, sources } = spec;
  const specs = spec.cores.map((own): KernelCase => ({ ...own, profile, payloads: false }));
  const images = specs.map((own) => {
    const { resets } = profile.rules;
    return withReset(imageOf(own), resets[draw(resets.length)]!, own.seed);
  });
  const cores = images.map((image, c): CoreImage => {
    const place = { chipX: c & 1, chipY: 0, tileX: (c >> 1) & 3, tileY: c & 3, slot: c % 4 };
    return { ...image, ...place, outAxons: outAxonsOf(draw, image.n, spec.fanOut, images) };
  });
  const n = cores.reduce((sum, image) => sum + image.n, 0);
  return {
    kind: 'seamount-chip-image',
    version: 1,
    profile,
    seed: spec.seed,
    dt: 0,
    chipsX: 2,
    chipsY: 1,
    cores,
    populations: populationsOf(cores, sources),
    sources: { count: sources, ...outAxonsOf(draw, sources, 6, cores) },
    schedules: schedulesOf(sources, spec.seed),
    probes: probesOf(draw, n),
  };
}

/** Lists in order of cores, as the compiler writes them: some empty, some with several axons of one core. */
function outAxonsOf(draw: Draw, count: number, most: number, cores: readonly CoreImage[]): OutAxons {
  const lists = Array.from({ length: count }, () =>
    Array.from({ length: draw(most + 1) }, () => {
      const to = draw(cores.length);
      return { to, axon: draw(cores[to]!.inAxons) };
    }).sort((a, b) => a.to - b.to),
  );
  const start = [0];
  for (const list of lists) start.push(start.at(-1)! + list.length);
  return {
    start: Uint32Array.from(start),
    core: Uint32Array.from(lists.flat(), ({ to }) => to),
    axon: Uint32Array.from(lists.flat(), ({ axon }) => axon),
  };
}

/** Neurons are numbered from the last core to the first, so that ids do not follow keys; then the sources. */
function populationsOf(cores: readonly CoreImage[], sources: number): PopulationImage[] {
  let size = 0;
  const slices: Slice[] = [];
  for (let core = cores.length - 1; core >= 0; core--) {
    slices.push({ core, compartment: 0, neuron: size, count: cores[core]!.n });
    size += cores[core]!.n;
  }
  return [
    { label: 'cells', size, firstId: 0, kind: 'cells', slices, firstSource: 0 },
    { label: 'inputs', size: sources, firstId: size, kind: 'source', slices: [], firstSource: 0 },
  ];
}

/** The first source spikes at random, the second in turns, the third as listed; the others are the host's. */
const schedulesOf = (sources: number, seed: number): SourceSchedule[] =>
  sources < 3
    ? []
    : [
        { kind: 'poisson', first: 0, thresholds: Uint32Array.of(2 ** 30), seed, from: 1, to: 1000 },
        { kind: 'regular', first: 1, periods: Uint32Array.of(3), phases: Uint32Array.of(2), to: 1000 },
        { kind: 'array', steps: Uint32Array.of(1, 4, 5, 30), sources: Uint32Array.of(2, 2, 2, 2) },
      ];

function probesOf(draw: Draw, n: number): ProbeImage[] {
  const neurons = Uint32Array.from(new Set(Array.from({ length: 12 }, () => draw(n)))).sort();
  const window = { population: 0, neurons, to: 0 };
  return [
    { ...window, variables: ['u', 'v'], from: 1, every: 1 },
    { ...window, variables: ['v'], from: 7, every: 5 },
  ];
}
