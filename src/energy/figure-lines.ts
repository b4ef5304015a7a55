/** Whose figures an estimate is made of: in a word for its header, and source by source. */
import type { Basis } from './cost-profile.js';
import type { EnergyReport } from './energy-report.js';
import { labelled } from './labelled-lines.js';

export const share = (part: number, whole: number): string => {
  if (whole === 0) return '';
  const percent = (100 * part) / whole;
  // what rounds to nothing or to all is neither
  if (percent > 0 && percent < 0.05) return '< 0.1 %';
  if (percent < 100 && percent >= 99.95) return '> 99.9 %';
  return `${percent.toFixed(1)} %`;
};

/** Figures that have a part in the sum; all that were used where it is 0. */
const used = ({ figures }: EnergyReport): EnergyReport['figures'] => {
  const priced = figures.filter(({ joules }) => joules > 0);
  return priced.length > 0 ? priced : figures;
};

/** `fitted`, or `fitted 60.0 %, measured 40.0 %`: what of the energy is by figures of which basis. */
export function basesText(report: EnergyReport): string {
  const bases = new Map<Basis, number>();
  for (const { basis, joules } of used(report)) bases.set(basis, (bases.get(basis) ?? 0) + joules);
  if (bases.size === 0) return report.profile.basis;
  const whole = [...bases.values()].reduce((sum, joules) => sum + joules, 0);
  return bases.size === 1
    ? [...bases.keys()].join('')
    : [...bases].map(([basis, joules]) => `${basis} ${share(joules, whole)}`.trimEnd()).join(', ');
}

/** A profile's name, whose figures it used, and what it is of. */
export const profileTitle = (report: EnergyReport): string =>
  `${report.profile.name} (${basesText(report)}): ${report.profile.title}`;

/** Each basis with its share and a source; the profile's where nothing was priced. */
function sourcesOf(report: EnergyReport): readonly { readonly basis: string; readonly source: string }[] {
  const { figures, profile } = report;
  if (figures.length === 0) return [profile];
  if (figures.length === 1) return figures;
  const whole = figures.reduce((sum, { joules }) => sum + joules, 0);
  return figures.map(({ basis, source, joules }) => ({
    basis: `${basis} ${share(joules, whole)}`.trimEnd(),
    source,
  }));
}

/** Where the figures that were used are from, and what is to be known of them. */
export function figureLines(report: EnergyReport, width: number): string[] {
  const { events, profile } = report;
  const noted = 'refused' in events ? [] : events.filter(({ count, note }) => count > 0 && note !== '');
  return [
    ...sourcesOf(report).map(({ basis, source }) => labelled('figures', `${basis}: ${source}`, width)),
    ...[...byText(noted, ({ note }) => note)].map(([note, of]) =>
      labelled('note', `${of.map(({ event }) => event).join(', ')}: ${note}`, width),
    ),
    ...[...byText(profile.vendorRatios, ({ source }) => source)].map(([source, ratios]) =>
      labelled(
        'vendor',
        `${ratios.map(({ what, ratio }) => `${ratio} x ${what}`).join('; ')} (${source})`,
        width,
      ),
    ),
  ];
}

/** Items with the same text together, in order of first appearance. */
export function byText<T>(
  items: readonly T[],
  textOf: (item: T) => string,
): ReadonlyMap<string, readonly T[]> {
  const groups = new Map<string, T[]>();
  for (const item of items) {
    const text = textOf(item);
    const group = groups.get(text);
    if (group === undefined) groups.set(text, [item]);
    else group.push(item);
  }
  return groups;
}
