/** A time report for a terminal: how fast, and what to move to make it faster. */
import { grouped, renderTable } from '../cli/table.js';
import { labelled } from '../energy/labelled-lines.js';
import { siText } from '../energy/si-prefix.js';
import type { ReportedBound, ReportedLink, TimeReport } from './time-report.js';

export interface TimeTextOptions {
  /** Columns of the terminal; 100 by default. */
  readonly width?: number;
  /** Links shown; 5 by default. */
  readonly top?: number;
  /** Paints titles; none by default. */
  readonly dim?: (text: string) => string;
}

const DOING: Readonly<Record<ReportedBound['kind'], string>> = {
  sender: 'updates and sending',
  receiver: 'receiving',
  link: 'waiting for a link',
  barrier: 'the barrier',
};

/** Of the links shown, so many because they bound steps. */
const BOUNDING = 2;

const percent = (part: number): string => `${(100 * part).toFixed(1)} %`;

/** Lines without a trailing newline. */
export function renderTime(report: TimeReport, options: TimeTextOptions = {}): string {
  const { width = 100, top = 5, dim = (text: string) => text } = options;
  const { model, profile, steps, seconds, untimed, links } = report;
  const blocks = [
    `time, an estimate by ${profile.name} (${profile.basis}), model ${model}`,
    [
      labelled('chip', summary(report), width),
      ...(report.longestStep === null
        ? []
        : [
            labelled(
              'longest',
              `step ${grouped(report.longestStep.step)}: ${siText(report.longestStep.seconds, 's')}`,
              width,
            ),
          ]),
      ...boundLines(report, width),
      ...(untimed.length === 0
        ? []
        : [labelled('untimed', `${untimed.join(', ')}: no figure, so no time`, width)]),
    ].join('\n'),
  ];
  if (links !== null && links.length > 0) {
    blocks.push(
      renderTable(
        [
          { title: 'link', align: 'left' },
          { title: 'messages', align: 'right' },
          { title: 'load', align: 'right' },
          { title: 'sum of waits', align: 'right' },
          { title: 'longest wait', align: 'right' },
          { title: 'fullest buffer', align: 'right' },
        ],
        shownLinks(report, links, top).map(
          ({ label, messages, load, waitedSeconds, longestWaitSeconds, fullest }) => [
            label,
            grouped(messages),
            percent(load),
            waitText(waitedSeconds),
            waitText(longestWaitSeconds),
            grouped(fullest),
          ],
        ),
        dim,
      ),
    );
    if (links.length > top) blocks.push(`${grouped(links.length - top)} other links carried messages`);
  }
  if (steps === 0 || seconds === 0) blocks.push('no step took any time');
  return blocks.join('\n\n');
}

const waitText = (seconds: number): string => (seconds === 0 ? '-' : siText(seconds, 's'));

/** The `top` links to look at, in order of load: those that bound most steps, that were waited for longest, and that were loaded most. */
function shownLinks({ bounds }: TimeReport, links: readonly ReportedLink[], top: number): ReportedLink[] {
  const bounding = bounds.filter(({ kind }) => kind === 'link').map(({ label }) => label);
  const byWait = [...links]
    .filter(({ waitedSeconds }) => waitedSeconds > 0)
    .sort((a, b) => b.waitedSeconds - a.waitedSeconds);
  const shown = new Set(links.filter(({ label }) => bounding.slice(0, BOUNDING).includes(label)));
  for (let i = 0; shown.size < top && i < links.length; i++)
    for (const link of [byWait[i], links[i]!]) if (link !== undefined && shown.size < top) shown.add(link);
  return [...shown].sort((a, b) => b.load - a.load || b.messages - a.messages);
}

function summary(report: TimeReport): string {
  const { steps, seconds, meanStepSeconds, stepsPerSecond, realTimeFactor, energyDelay, barrierSeconds } =
    report;
  const parts = [
    `${siText(seconds, 's')} for ${grouped(steps)} steps`,
    ...(meanStepSeconds === null ? [] : [`${siText(meanStepSeconds, 's')} a step`]),
    ...(stepsPerSecond === null ? [] : [`${grouped(Math.round(stepsPerSecond))} steps/s sustained`]),
    ...(realTimeFactor === null ? [] : [`${factor(realTimeFactor)} real time`]),
    ...(seconds === 0 ? [] : [`barriers ${percent(barrierSeconds / seconds)}`]),
    ...(energyDelay === null ? [] : [`energy x delay ${energyDelay.toExponential(3)} J s`]),
  ];
  return parts.join(', ');
}

const factor = (value: number): string =>
  value >= 10 ? `${grouped(Math.round(value))} x` : `${value.toPrecision(3)} x`;

/** Parts of a sentence a bound has room for. */
const NAMED = 3;

/** What bounded the steps, by kind, and of each kind those that did most often. */
function boundLines({ bounds, steps }: TimeReport, width: number): string[] {
  const kinds = (Object.keys(DOING) as ReportedBound['kind'][])
    .map((kind) => {
      const of = bounds.filter((bound) => bound.kind === kind);
      return { kind, of, total: of.reduce((sum, { steps: count }) => sum + count, 0) };
    })
    .filter(({ total }) => total > 0)
    .sort((a, b) => b.total - a.total);
  return kinds.map(({ kind, of, total }, i) => {
    const named = of.slice(0, NAMED).map(({ label, steps: count }) => `${label} ${percent(count / steps)}`);
    const rest = of.length > NAMED ? [`${grouped(of.length - NAMED)} others`] : [];
    const who = kind === 'barrier' ? '' : `: ${[...named, ...rest].join(', ')}`;
    return labelled(
      i === 0 ? 'bound by' : '',
      `${DOING[kind]} in ${percent(total / steps)} of steps${who}`,
      width,
    );
  });
}
