/** Tables of events and cost profiles for docs/energy.md, from the data the code itself uses. */
import type { CostProfile, LatencyName, Price } from '../src/energy/cost-profile.js';
import { COST_PROFILES } from '../src/energy/cost-profiles.js';
import { EVENTS } from '../src/energy/events.js';
import { isFigure } from '../src/energy/figure.js';

const line = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;

export const eventTable = (): string =>
  [
    line(['event', 'group', 'what is counted']),
    line(['---', '---', '---']),
    ...EVENTS.map(({ name, group, meaning }) => line([`\`${name}\``, group, meaning])),
  ].join('\n');

export function costProfileTable(): string {
  return [
    line(['profile', 'what it is', 'basis', 'source', 'what it leaves out']),
    line(['---', '---', '---', '---', '---']),
    ...COST_PROFILES.map(({ name, title, basis, source, notice }) =>
      line([`\`${name}\``, title, basis, source, notice]),
    ),
  ].join('\n');
}

type Prices = Readonly<Partial<Record<LatencyName, Price>>>;

/** Footnotes in order of first use, each text once. */
class Notes {
  readonly #texts: string[] = [];

  mark(text: string | undefined): string {
    if (text === undefined) return '';
    let at = this.#texts.indexOf(text);
    if (at < 0) at = this.#texts.push(text) - 1;
    return ` <sup>${at + 1}</sup>`;
  }

  lines(): string[] {
    return this.#texts.map((text, i) => `${i + 1}. ${text}`);
  }
}

function priceTable(
  profiles: readonly CostProfile[],
  pricesOf: (profile: CostProfile) => Prices,
  unit: string,
  more: readonly (readonly [string, (profile: CostProfile, notes: Notes) => string])[],
): string {
  const notes = new Notes();
  const cell = (price: Price | undefined): string => {
    if (price === undefined) return '–';
    return `${isFigure(price) ? price.value : `in \`${price.includedIn}\``}${notes.mark(price.note)}`;
  };
  const rows = EVENTS.filter(({ name }) => profiles.some((profile) => pricesOf(profile)[name] !== undefined));
  return [
    line([unit, ...profiles.map(({ name }) => `\`${name}\``)]),
    line(['---', ...profiles.map(() => '---:')]),
    ...rows.map(({ name }) => line([`\`${name}\``, ...profiles.map((p) => cell(pricesOf(p)[name]))])),
    ...more.map(([title, show]) => line([title, ...profiles.map((profile) => show(profile, notes))])),
    '',
    ...notes.lines(),
  ].join('\n');
}

/** Energies in pJ, one column a profile; profiles without any have none. */
export const costEnergyTable = (): string =>
  priceTable(
    COST_PROFILES.filter(({ noEnergy }) => noEnergy === null),
    ({ energy }) => energy,
    'pJ',
    [
      [
        'static, mW a chip',
        ({ staticPower }, notes) =>
          staticPower === null ? '–' : `${staticPower.value}${notes.mark(staticPower.note)}`,
      ],
    ],
  );

/** Latencies in ns of the profiles that have some. */
export const costLatencyTable = (): string =>
  priceTable(
    COST_PROFILES.filter(({ latency }) => Object.keys(latency).length > 0),
    ({ latency }) => latency,
    'ns',
    [
      [
        'barrier, from so many tiles',
        ({ barrier }, notes) =>
          barrier.map(({ tiles, time }) => `${tiles}: ${time.value}${notes.mark(time.note)}`).join(', '),
      ],
      ['messages in a link buffer', ({ linkBuffer }) => (linkBuffer === null ? '–' : `${linkBuffer.value}`)],
    ],
  );
