/** How long a run would take on the chip, as plain data: an estimate like the energy, with the same sources. */
import type { ChipImage } from '../../routing/index.js';
import type { Basis, CostProfile } from '../energy/cost-profile.js';
import type { EventName } from '../energy/events.js';
import { placesOf } from '../energy/routes.js';
import { linkName } from '../timing/links.js';
import { BoundCounts } from '../timing/step-bounds.js';
import type { StepBound } from '../timing/step-messages.js';
import type { StepClock, TimingName } from './step-clock.js';

/** Divided by: 1e-12 is no double, and 2e7 * 1e-12 is 0.000019999999999999998. */
const PS_PER_SECOND = 1e12;

/** What bounded steps: something to move or to make faster. */
export interface ReportedBound {
  readonly kind: StepBound['kind'];
  /** Core, link or -1. */
  readonly index: number;
  readonly label: string;
  readonly steps: number;
}

export interface ReportedLink {
  readonly label: string;
  readonly messages: number;
  readonly busySeconds: number;
  /** Part of the run for which it carried a message. */
  readonly load: number;
  readonly waitedSeconds: number;
  readonly longestWaitSeconds: number;
  /** Most messages at once in the buffer behind it. */
  readonly fullest: number;
}

export interface TimeReport {
  readonly schema: 'seamount-timing/1';
  readonly estimate: string;
  readonly model: TimingName;
  readonly profile: {
    readonly name: string;
    readonly title: string;
    readonly basis: Basis;
    readonly source: string;
    readonly notice: string;
  };
  /** Events that take no time here because the profile has no figure. */
  readonly untimed: readonly EventName[];
  readonly steps: number;
  /** Sum over steps, barriers included. */
  readonly seconds: number;
  /** Barriers alone. */
  readonly barrierSeconds: number;
  readonly meanStepSeconds: number | null;
  readonly longestStep: { readonly step: number; readonly seconds: number } | null;
  /** Steps a second the chip would sustain; null for a run without any. */
  readonly stepsPerSecond: number | null;
  /** Time of the network divided by time of the chip; null where the network has no dt. Above 1: faster than real time. */
  readonly realTimeFactor: number | null;
  /** Joules of operations times seconds; null where there are no joules. */
  readonly energyDelay: number | null;
  readonly bounds: readonly ReportedBound[];
  /** `mesh` only: links that carried messages, most loaded first. */
  readonly links: readonly ReportedLink[] | null;
  /** `mesh` only: seconds that senders were held up by full buffers, all cores together. */
  readonly blockedSeconds: number | null;
}

export const TIME_ESTIMATE =
  'an estimate: events of an emulator times published latencies of a chip, not a measurement';

export interface TimeReportOptions {
  readonly image: ChipImage;
  readonly costs: CostProfile;
  readonly clock: StepClock;
  /** First step that was timed. */
  readonly from: number;
  /** Joules of operations, null where there are none. */
  readonly joules: number | null;
}

export function buildTimeReport({ image, costs, clock, from, joules }: TimeReportOptions): TimeReport {
  const { name, title, basis, source, notice } = costs;
  const { times, steps, mesh, geometry, model, untimed } = clock;
  let total = 0;
  let longest = -1;
  for (let i = 0; i < steps; i++) {
    total += times[i]!;
    if (longest < 0 || times[i]! > times[longest]!) longest = i;
  }
  const seconds = total / PS_PER_SECOND;
  const labels = placesOf(image).map(
    ({ chipX, chipY, tileX, tileY, slot }, core) =>
      `core ${core} (${image.chipsX * image.chipsY > 1 ? `chip ${chipX},${chipY} ` : ''}tile ${tileX},${tileY}.${slot})`,
  );
  const labelOf = ({ kind, index }: StepBound): string => {
    if (kind === 'barrier') return 'the barrier';
    return kind === 'link' ? linkName(geometry, index) : labels[index]!;
  };
  const links =
    mesh?.links().map(({ link, messages, busy, waited, longestWait, fullest }) => ({
      label: linkName(geometry, link),
      messages,
      busySeconds: busy / PS_PER_SECOND,
      load: total === 0 ? 0 : busy / total,
      waitedSeconds: waited / PS_PER_SECOND,
      longestWaitSeconds: longestWait / PS_PER_SECOND,
      fullest,
    })) ?? null;
  return {
    schema: 'seamount-timing/1',
    estimate: TIME_ESTIMATE,
    model,
    profile: { name, title, basis, source, notice },
    untimed,
    steps,
    seconds,
    barrierSeconds: (clock.barrier * steps) / PS_PER_SECOND,
    meanStepSeconds: steps > 0 ? seconds / steps : null,
    longestStep: longest < 0 ? null : { step: from + longest, seconds: times[longest]! / PS_PER_SECOND },
    stepsPerSecond: seconds > 0 ? steps / seconds : null,
    realTimeFactor: image.dt > 0 && seconds > 0 ? (steps * image.dt) / 1000 / seconds : null,
    energyDelay: joules === null ? null : joules * seconds,
    bounds: BoundCounts.of(clock.bounds)
      .list()
      .map(({ bound, steps: count }) => ({ ...bound, label: labelOf(bound), steps: count })),
    links: links === null ? null : links.sort((a, b) => b.load - a.load || b.messages - a.messages),
    blockedSeconds:
      mesh === null ? null : mesh.cores().reduce((sum, { blocked }) => sum + blocked, 0) / PS_PER_SECOND,
  };
}
