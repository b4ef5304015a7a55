/** What the sweep finds, as data: how straight the line over copies is, and where a profile meets the measurement. */
import type { CostProfile } from '../../src/energy/cost-profile.js';
import { type Line, lineThrough, type Point, reaches } from './line.js';
import { BAND, dynamicEnergy, type MeasuredRow, WITH_COPIES } from './measured.js';
import { type Counted, copyOf, count, energyOf, type PerCopy, type StepEnergy } from './sweep.js';

/** µJ a step that one more copy adds, by the slope of measured dynamic power over copies. */
export const measuredLine = (): Line =>
  lineThrough(WITH_COPIES.map((row) => ({ x: row.copies, y: dynamicEnergy(row) })));

/** Share of the slope of running power on the rail of the core logic. */
export function coreRailShare(): number {
  const slope = (power: (row: MeasuredRow) => number): number =>
    lineThrough(WITH_COPIES.map((row) => ({ x: row.copies, y: power(row) }))).slope;
  return slope(({ vdd }) => vdd) / slope(({ vdd, vddm }) => vdd + vddm);
}

/** One copy at one activity, priced. */
export interface Priced extends PerCopy {
  readonly energy: readonly StepEnergy[];
}

export interface Meeting {
  /** Activity at which a copy costs what was measured; null outside the activities of the sweep. */
  readonly activity: number | null;
  readonly inBand: boolean;
}

export interface Findings {
  readonly profiles: readonly CostProfile[];
  /** At one activity. */
  readonly overCopies: readonly Counted[];
  /** By number of copies and profile: µJ of a step. */
  readonly totals: readonly (readonly number[])[];
  /** By profile, through `totals` over copies. */
  readonly lines: readonly Line[];
  /** Ten layers alone, and with synapses to the output layer. */
  readonly alone: readonly Priced[];
  readonly joined: readonly Priced[];
  /** By profile. */
  readonly meetsAlone: readonly Meeting[];
  readonly meetsJoined: readonly Meeting[];
}

export interface SweepOptions {
  readonly copies: readonly number[];
  readonly copiesActivity: number;
  readonly activities: readonly number[];
  readonly steps: number;
  readonly profiles: readonly CostProfile[];
}

export async function sweep(options: SweepOptions): Promise<Findings> {
  const { profiles, steps, activities, copies, copiesActivity } = options;
  const overCopies: Counted[] = [];
  for (const n of copies)
    overCopies.push(await count({ copies: n, activity: copiesActivity, joined: false }, steps));
  const priced = async (joined: boolean): Promise<Priced[]> => {
    const rows: Priced[] = [];
    for (const activity of activities) {
      const none = await count({ copies: 0, activity, joined }, steps);
      const one = copyOf(none, await count({ copies: 1, activity, joined }, steps));
      rows.push({ ...one, energy: profiles.map((profile) => energyOf(one, profile)) });
    }
    return rows;
  };
  const alone = await priced(false);
  const joined = await priced(true);
  const totals = overCopies.map((one) => profiles.map((profile) => energyOf(one, profile).total * 1e6));
  return {
    profiles,
    overCopies,
    totals,
    lines: profiles.map((_, p) =>
      lineThrough(overCopies.map(({ copies: x }, i) => ({ x, y: totals[i]?.[p] ?? 0 }))),
    ),
    alone,
    joined,
    meetsAlone: profiles.map((_, p) => meeting(alone, p)),
    meetsJoined: profiles.map((_, p) => meeting(joined, p)),
  };
}

/** µJ a step and copy over activity. */
export const curve = (rows: readonly Priced[], profile: number): Point[] =>
  rows.map(({ activity, energy }) => ({ x: activity, y: (energy[profile]?.total ?? 0) * 1e6 }));

function meeting(rows: readonly Priced[], profile: number): Meeting {
  const activity = reaches(curve(rows, profile), measuredLine().slope);
  const [low, high] = BAND;
  return { activity, inBand: activity !== null && activity >= low && activity <= high };
}
