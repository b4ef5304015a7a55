/** A comparison with a dense network for a terminal: the ratios, and everything they hide. */
import { type Column, grouped, renderTable } from '../cli/table.js';
import type { BreakEven, DenseComparison } from './dense-comparison.js';
import { siText } from './si-prefix.js';

const percent = (x: number): string => `${(100 * x).toPrecision(3)} %`;

function breakEvenText(found: BreakEven): string {
  switch (found.kind) {
    case 'activity':
      return percent(found.activity);
    case 'never':
      return 'never: neuron updates alone cost more';
    case 'always':
      return 'above 100 %';
    case 'unknown':
      return 'not known: nothing that grows was spent';
    case 'refused':
      return '-';
  }
}

function ratioText(ratio: number | null): string {
  if (ratio === null) return '-';
  if (ratio < 0.01) return `${ratio.toPrecision(2)}x`;
  return `${ratio >= 100 ? Math.round(ratio) : ratio.toPrecision(3)}x`;
}

/** As plain text, without colours. */
export function renderDenseComparison(comparison: DenseComparison): string {
  const { network, spiking, activity, operationsRatio, arithmetic, warning, sampleWarning } = comparison;
  const { scaling } = spiking;
  const steps = network.timesteps === 1 ? '1 timestep' : `${network.timesteps} timesteps`;
  const whole = `spiking (${spiking.profile}): ${siText(spiking.joules, 'J')} a sample of ${steps} at ${percent(activity)} activity`;
  const isDivided = typeof scaling === 'number';
  return `${[
    `${network.label} as a dense ANN: one pass of ${grouped(network.dense)} MACs a sample (estimate)`,
    isDivided ? `${whole}, ${siText(scaling, 'J')} of it growing with activity` : whole,
    `the spiking network does ${operationsRatio.toPrecision(3)} synaptic operations for each MAC of the dense pass`,
    '',
    denseTable(comparison),
    ...(sampleWarning === null ? [] : [`warning: ${sampleWarning}`]),
    ...(isDivided
      ? []
      : [`at which activity they are equal is not known, nor which part grows with it: ${scaling.refused}`]),
    '',
    `in the same 45 nm arithmetic, without memory: ${siText(arithmetic.macs, 'J')} of MACs, ${siText(arithmetic.acs, 'J')} of ACs`,
    `warning: ${warning}`,
    'What the rows hide:',
    ...comparison.rows.map(
      ({ hardware }) => `  ${hardware.title}: ${hardware.hides} (${hardware.mac.source})`,
    ),
    isDivided
      ? "  spiking: energy of operations alone; static power, host, input and output are not in it, and the chip's node is another"
      : "  spiking: one figure for all of a chip, at one operating point; at others it is another, and so is the chip's node",
  ].join('\n')}\n`;
}

/** Without activities where it is not known what grows with them. */
function denseTable({ rows, spiking }: DenseComparison): string {
  const columns: Column[] = [
    { title: 'dense ANN on', align: 'left' },
    { title: 'a sample', align: 'right' },
    { title: 'of spiking', align: 'right' },
    { title: 'equal at activity', align: 'left' },
  ];
  const shown = typeof spiking.scaling === 'number' ? columns : columns.slice(0, -1);
  const lines = rows.map(({ hardware, joules, ratio, breakEven: equal }) =>
    [hardware.title, siText(joules, 'J'), ratioText(ratio), breakEvenText(equal)].slice(0, shown.length),
  );
  return renderTable(shown, lines, (titles) => titles);
}
