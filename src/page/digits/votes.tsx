/** Spikes for each class, and the answer. */
import { answerOf, CLASSES, VOTES, votesFor } from '../../../examples/digits/model.js';
import { countsUntil, type Reading } from './reading.js';

/** Bars are no longer than this many spikes make them, so that few look few. */
const LEAST_SCALE = 30;

export function VotesCard({ reading, step }: { readonly reading: Reading | null; readonly step: number }) {
  const counts = reading === null ? new Uint8Array(VOTES) : countsUntil(reading.layers.votes, step, VOTES);
  const sums = Array.from({ length: CLASSES }, (_, digit) => votesFor(counts, digit));
  const total = sums.reduce((sum, votes) => sum + votes, 0);
  const most = Math.max(...sums);
  const best = total === 0 ? -1 : answerOf(counts);
  const scale = Math.max(LEAST_SCALE, most);
  return (
    <section class="card votes" aria-label="Answer">
      <div class="answer">
        <output class={best < 0 ? 'answer-digit none' : 'answer-digit'} data-testid="answer">
          {best < 0 ? '?' : best}
        </output>
        <p class="quiet">{best < 0 ? 'no votes' : `${most} of ${total} votes`}</p>
      </div>
      <table class="ballot">
        <caption class="visually-hidden">Spikes for each class</caption>
        <tbody>
          {sums.map((votes, digit) => (
            <tr key={digit} class={digit === best ? 'best' : undefined}>
              <th scope="row">{digit}</th>
              <td class="ballot-bar">
                <span style={{ width: `${(100 * votes) / scale}%` }} />
              </td>
              <td>{votes}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}
