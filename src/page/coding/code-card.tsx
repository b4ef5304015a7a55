/** One code: the signal before and after, and the spikes between. */
import { siText } from '../../energy/si-prefix.js';
import { numberText } from '../../views/scale.js';
import { categoryInk, type Theme } from '../../views/theme.js';
import { Drawing } from '../drawing.js';
import { codeHeight, drawCode } from './code-figure.js';
import type { CodeText } from './texts.js';
import type { Outcome } from './transmit.js';

export function CodeCard(props: {
  readonly values: Float64Array;
  readonly outcome: Outcome;
  readonly category: number;
  readonly text: CodeText;
  readonly theme: Theme;
}) {
  const { values, outcome, category, text, theme } = props;
  const { neurons, steps, joules, heldRms, name } = outcome;
  return (
    <section class="card code" aria-labelledby={`code-${name}`}>
      <header>
        <h2 id={`code-${name}`} style={{ color: categoryInk(theme, category) }}>
          {text.title}
        </h2>
        <p class="code-numbers">
          {numberText(steps.length)} {steps.length === 1 ? 'spike' : 'spikes'} · {siText(joules, 'J')} · rms{' '}
          {heldRms.toFixed(3)}
        </p>
      </header>
      <p class="quiet how">{text.how}</p>
      <Drawing
        key={neurons}
        label={`${text.title}: the signal, decoded values and spikes over time`}
        height={codeHeight(neurons)}
        theme={theme}
        paint={(surface, colours) => drawCode(surface, { values, outcome, category }, { theme: colours })}
      />
      <p class="deal">
        <span>
          <b>Buys</b> {text.buys}
        </span>
        <span>
          <b>Costs</b> {text.costs}
        </span>
      </p>
    </section>
  );
}
