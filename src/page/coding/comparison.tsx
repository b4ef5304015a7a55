/** The codes side by side: what each buys, and what it costs. */
import { siText } from '../../energy/si-prefix.js';
import { numberText } from '../../views/scale.js';
import { categoryColour, type Theme } from '../../views/theme.js';
import type { CodeText } from './texts.js';
import type { Outcome } from './transmit.js';

const COLUMNS: readonly {
  readonly title: string;
  readonly hint: string;
  readonly value: (outcome: Outcome) => number | null;
  readonly text: (value: number) => string;
  /** Whether the least of a column stands out. */
  readonly isRated: boolean;
}[] = [
  {
    title: 'neurons',
    hint: 'on the chip',
    value: (o) => o.neurons,
    text: (x) => numberText(x),
    isRated: true,
  },
  {
    title: 'spikes',
    hint: 'of the chip, in 1,280 steps',
    value: (o) => o.steps.length,
    text: (x) => numberText(x),
    isRated: true,
  },
  {
    title: 'energy',
    hint: 'of operations, an estimate',
    value: (o) => o.joules,
    text: (x) => siText(x, 'J'),
    isRated: true,
  },
  {
    title: 'rms error',
    hint: 'at every step, decoded values held for their window',
    value: (o) => o.heldRms,
    text: (x) => x.toFixed(3),
    isRated: true,
  },
  {
    title: 'at samples',
    hint: 'rms error at the samples alone',
    value: (o) => o.error.rms,
    text: (x) => x.toFixed(3),
    isRated: true,
  },
  {
    title: 'largest',
    hint: 'error at a sample',
    value: (o) => o.error.max,
    text: (x) => x.toFixed(3),
    isRated: true,
  },
  {
    title: 'promised',
    hint: 'what the largest error may be; none where a code promises nothing for this signal',
    value: (o) => o.bound,
    text: (x) => x.toFixed(3),
    isRated: false,
  },
];

export function Comparison(props: {
  readonly outcomes: readonly Outcome[];
  readonly texts: readonly CodeText[];
  readonly theme: Theme;
}) {
  const { outcomes, texts, theme } = props;
  const least = COLUMNS.map(({ value }) => Math.min(...outcomes.map((o) => value(o) ?? Infinity)));
  return (
    <section
      class="table-scroll"
      aria-label="Comparison of codes"
      // biome-ignore lint/a11y/noNoninteractiveTabindex: on a narrow page it scrolls, by keys as well
      tabIndex={0}
    >
      <table class="numbers comparison">
        <thead>
          <tr>
            <th scope="col">code</th>
            {COLUMNS.map(({ title, hint }) => (
              <th key={title} scope="col" title={hint}>
                {title}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {outcomes.map((outcome, i) => (
            <tr key={outcome.name} data-code={outcome.name}>
              <th scope="row">
                <span class="dot" style={{ background: categoryColour(theme, i) }} />
                {texts[i]!.title}
              </th>
              {COLUMNS.map(({ title, value, text, isRated }, c) => {
                const amount = value(outcome);
                return (
                  <td
                    key={title}
                    class={isRated && amount === least[c] ? 'least' : undefined}
                    data-column={title}
                  >
                    {amount === null ? <span class="quiet">none</span> : text(amount)}
                  </td>
                );
              })}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}
