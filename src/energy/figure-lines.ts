/** Whose figures an estimate is made of: in a word for its header, and source by source. */
import type { Basis } from './cost-profile.js';
import type { EnergyReport } from './energy-report.js';

export const share = (part: number, whole: number): string => {
  if (whole === 0) return '';
  const percent = (100 * part) / whole;
  // what rounds to nothing or to all is neither
  if (percent > 0 && percent < 0.05) return '< 0.1 %';
  if (percent < 100 && percent >= 99.95) return '> 99.9 %';
  return `${percent.toFixed(1)} %`;
};

/** Of a sum that is 0 every figure that was used has as much of it as any other. */
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

/** Each basis with its share and a source; the profile's where nothing was priced. */
export function sourcesOf(
  report: EnergyReport,
): readonly { readonly basis: string; readonly source: string }[] {
  const { figures, profile } = report;
  if (figures.length === 0) return [profile];
  if (figures.length === 1) return figures;
  const whole = figures.reduce((sum, { joules }) => sum + joules, 0);
  return figures.map(({ basis, source, joules }) => ({
    basis: `${basis} ${share(joules, whole)}`.trimEnd(),
    source,
  }));
}
