/** What looking costs the chip, and what one dense pass of the same network costs others. */
import { MEMORY_WARNING } from '../../energy/dense-comparison.js';
import { siText } from '../../energy/si-prefix.js';
import { numberText } from '../../views/scale.js';
import type { Theme } from '../../views/theme.js';
import { CHIP_PRICES } from '../chip-prices.js';
import { Drawing } from '../drawing.js';
import { type DenseRow, denseHeight, drawDense } from './dense-figure.js';
import type { Reading } from './reading.js';

export const denseRows = (reading: Reading | null): readonly DenseRow[] => {
  if (reading === null) return [];
  const { look, costs, dense } = reading;
  return [
    { label: `This look, on the chip (${costs.name})`, joules: look.joules, isOwn: true },
    ...dense.map(({ title, joules }) => ({ label: title, joules, isOwn: false })),
  ];
};

const timeText = (seconds: number | null): string => (seconds === null ? 'no figure' : siText(seconds, 's'));

export function CostCard(props: {
  readonly reading: Reading | null;
  readonly costs: string;
  readonly theme: Theme;
  readonly onCosts: (name: string) => void;
}) {
  const { reading, costs, theme, onCosts } = props;
  const chosen = CHIP_PRICES.find(({ name }) => name === costs)!;
  const rows = denseRows(reading);
  return (
    <section class="card cost" aria-label="Cost">
      <header>
        <h2>Energy and time</h2>
        <label class="choice">
          <span class="quiet">Prices</span>
          <select value={costs} onChange={(event) => onCosts(event.currentTarget.value)}>
            {CHIP_PRICES.map(({ name, title }) => (
              <option key={name} value={name}>
                {title}
              </option>
            ))}
          </select>
        </label>
      </header>
      <table class="numbers">
        <thead>
          <tr>
            <th scope="col">
              <span class="visually-hidden">what</span>
            </th>
            <th scope="col">energy</th>
            <th scope="col">chip time</th>
          </tr>
        </thead>
        <tbody>
          <tr>
            <th scope="row">This look, 16 timesteps</th>
            <td data-testid="look-energy">{reading === null ? '–' : siText(reading.look.joules, 'J')}</td>
            <td>{reading === null ? '–' : timeText(reading.look.seconds)}</td>
          </tr>
          <tr>
            <th scope="row">
              This drawing so far, {numberText(reading?.sum.looks ?? 0)}{' '}
              {reading?.sum.looks === 1 ? 'look' : 'looks'}
            </th>
            <td>{reading === null ? '–' : siText(reading.sum.joules, 'J')}</td>
            <td>{reading === null ? '–' : timeText(reading.sum.seconds)}</td>
          </tr>
        </tbody>
      </table>
      <p class="quiet note">Estimates: counted events times published figures. {chosen.notice}</p>
      <h3>The same network computed densely</h3>
      <p class="quiet note">
        {reading === null
          ? 'One pass over all weights, zero or not, by figures from the literature.'
          : `${numberText(reading.macs)} multiply-accumulates once, against ${numberText(reading.operations)} additions of spikes in this look.`}
      </p>
      {rows.length > 0 && (
        <Drawing
          label="Energy of one answer on the chip and on hardware that computes densely"
          height={denseHeight(rows)}
          theme={theme}
          paint={(surface, colours) => drawDense(surface, rows, { theme: colours })}
        />
      )}
      <details class="note">
        <summary>What these figures leave out</summary>
        <ul>
          <li>
            Energy of operations alone on all sides: no static power, host or sensors. No source gives a time
            for the others.
          </li>
          <li>{sentence(MEMORY_WARNING)}</li>
          {reading?.dense.map(({ name, title, hides, source }) => (
            <li key={name}>
              <b>{title}</b>: {hides} ({source})
            </li>
          ))}
        </ul>
      </details>
    </section>
  );
}

const sentence = (text: string): string => `${text.charAt(0).toUpperCase()}${text.slice(1)}.`;
