/** The findings in words. */
import { coreRailShare, type Findings, type Meeting, measuredLine, type Priced } from './findings.js';
import { BAND, STEP_TIME, WITH_COPIES } from './measured.js';

const micro = (joules: number): string => (joules * 1e6).toFixed(2);
const percent = (share: number, digits = 1): string => `${(100 * share).toFixed(digits)} %`;

function met({ activity, inBand }: Meeting): string {
  if (activity === null) return 'not reached in this sweep';
  return `at ${percent(activity)} activity, ${inBand ? 'inside' : 'OUTSIDE'} ${percent(BAND[0], 0)} to ${percent(BAND[1], 0)}`;
}

function table(rows: readonly (readonly string[])[]): string[] {
  const widths = (rows[0] ?? []).map((_, c) => Math.max(...rows.map((row) => row[c]?.length ?? 0)));
  return rows.map((row) => `  ${row.map((cell, c) => cell.padStart(widths[c] ?? 0)).join('  ')}`);
}

/** µJ a step of each group of events, at the activity nearest the middle of the band. */
function shares(rows: readonly Priced[], profile: number): string {
  const middle = (BAND[0] + BAND[1]) / 2;
  const near = [...rows].sort((a, b) => Math.abs(a.activity - middle) - Math.abs(b.activity - middle))[0];
  const energy = near?.energy[profile];
  if (near === undefined || energy === undefined) return '';
  const { total, synapse, soma, network } = energy;
  return `at ${percent(near.activity)}: synapses ${percent(synapse / total, 0)}, neurons ${percent(soma / total, 0)}, messages ${percent(network / total, 0)}`;
}

/** A point of the list in lines of 110 characters. */
function wrapped(text: string): string[] {
  const lines: string[] = [];
  let line = '  -';
  for (const word of text.split(' ')) {
    if (line.length + 1 + word.length > 110) {
      lines.push(line);
      line = '   ';
    }
    line += ` ${word}`;
  }
  return [...lines, line];
}

export function reportText(findings: Findings): string {
  const { profiles, overCopies, lines, alone, joined, meetsAlone, meetsJoined } = findings;
  const measured = measuredLine();
  const [first] = alone;
  const perCopy = first?.neurons ?? 0;
  const text = [
    `measured (${WITH_COPIES.length} networks, 1 to 10 copies): ${measured.slope.toFixed(2)} µJ a step and copy, ${((measured.slope * 1e6) / perCopy).toFixed(0)} pJ a neuron and step;`,
    `  ${percent(coreRailShare(), 0)} of it on the rail of the core logic; a step takes ${STEP_TIME} µs with any copies`,
    '',
    `over copies, modelled, at ${percent(overCopies[0]?.activity ?? 0, 0)} activity, µJ a step (estimate):`,
    ...table([
      ['copies', 'cores', 'neurons', 'synapses', ...profiles.map(({ name }) => name)],
      ...overCopies.map((one, i) => [
        String(one.copies),
        String(one.cores),
        String(one.neurons),
        String(one.synapses),
        ...(findings.totals[i] ?? []).map((total) => total.toFixed(3)),
      ]),
    ]),
    ...profiles.map(
      ({ name }, p) =>
        `  ${name}: ${(lines[p]?.slope ?? 0).toFixed(3)} µJ a copy; no point is farther from the line than ${percent(lines[p]?.deviation ?? 0, 2)} of that`,
    ),
    '',
    `one copy (${perCopy} neurons, ${first?.synapses ?? 0} synapses) over activity, µJ a step (pJ a neuron and step):`,
    ...table([
      ['activity', ...profiles.map(({ name }) => name)],
      ...alone.map(({ activity, energy }) => [
        percent(activity),
        ...energy.map(({ total }) => `${micro(total)} (${((total * 1e12) / perCopy).toFixed(0)})`),
      ]),
    ]),
    '',
    `the measured ${measured.slope.toFixed(2)} µJ are reached`,
    ...profiles.flatMap(({ name }, p) => {
      const [own, with_] = [meetsAlone[p], meetsJoined[p]];
      return own === undefined || with_ === undefined
        ? []
        : [
            `  ${name}: ${met(own)}; ${shares(alone, p)}`,
            `    with synapses of each copy to the output layer (${joined[0]?.synapses ?? 0} a copy): ${met(with_)}`,
          ];
    }),
    '',
    'What this shows and what it does not:',
    '  - Rates were not logged and weights were random. 6 to 10 % comes from the measurement divided by figures like these:',
    '    that the energy is reached there says that model and chip can both be right at a likely rate. It is no test.',
    '  - The program for Loihi is not public. That each copy has 655,360 synapses is how the sweep is described; the',
    '    TensorFlow twin in the repository also joins every copy to the output layer: then the lines marked so hold.',
    '  - Neurons here are all at work in every step (their bias makes them fire), which costs more than idle ones.',
    '  - A step takes as long with one copy as with ten: inputs and outputs set its time, not the cores. 78 mW above',
    '    idle are there without any copy, 95 with ten; only what copies add is modelled here.',
    ...profiles.flatMap(({ name, basis, notice }) => wrapped(`${name} (${basis}): ${notice}`)),
    ...profiles.flatMap(({ name }, p) => {
      const unpriced = first?.energy[p]?.unpriced ?? [];
      return unpriced.length === 0 ? [] : [`  - ${name} has no price for ${unpriced.join(', ')}`];
    }),
  ];
  return `${text.join('\n')}\n`;
}
