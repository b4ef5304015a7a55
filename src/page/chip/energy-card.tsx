/** What the run cost so far under a chosen cost profile: an estimate of energy, and the chip's time by a model. */

import { COST_PROFILES, costProfileNamed } from '../../energy/cost-profiles.js';
import type { EventGroup } from '../../energy/events.js';
import { siText } from '../../energy/si-prefix.js';
import { EVENT_NAMES } from '../../report/report-views.js';
import { numberText } from '../../views/scale.js';
import type { Status } from './calls.js';

const GROUP_TEXT: Readonly<Record<EventGroup, string>> = {
  synapse: 'synapses',
  soma: 'somas',
  network: 'network',
  barrier: 'barrier',
  host: 'host',
};

export function EnergyCard(props: {
  readonly status: Status;
  readonly costs: string;
  readonly dt: number;
  readonly onCosts: (costs: string) => void;
}) {
  const { status, costs, dt, onCosts } = props;
  const { energy, time, step } = status;
  const { operations, groups, profile, unpriced } = energy;
  const hasTimes = Object.keys(costProfileNamed(costs).latency).length > 0;
  const joules = 'refused' in operations ? null : operations.joules;
  const shares = 'refused' in groups ? [] : Object.entries(groups).filter(([, value]) => value > 0);
  const most = Math.max(...shares.map(([, value]) => value));
  return (
    <section class="card chip-energy" aria-labelledby="chip-energy-title">
      <header>
        <h2 id="chip-energy-title">Energy so far, an estimate</h2>
        <p>
          <label class="visually-hidden" for="chip-costs">
            Cost profile
          </label>
          <select id="chip-costs" value={costs} onChange={(e) => onCosts(e.currentTarget.value)}>
            {COST_PROFILES.map(({ name }) => (
              <option key={name} value={name}>
                {name}
              </option>
            ))}
          </select>
        </p>
      </header>
      <dl class="facts">
        <div>
          <dt>energy of operations</dt>
          <dd>{joules === null ? 'not given' : siText(joules, 'J')}</dd>
        </div>
        <div>
          <dt>a step</dt>
          <dd>{joules === null || step === 0 ? '–' : siText(joules / step, 'J')}</dd>
        </div>
        <div>
          <dt>time on the chip{time === null ? '' : ` (${time.model})`}</dt>
          <dd title={time === null && hasTimes ? 'not every step since the first was run here' : undefined}>
            {time === null ? (hasTimes ? 'not known' : 'no figures') : siText(time.seconds, 's')}
          </dd>
        </div>
        {time !== null && dt > 0 && time.seconds > 0 && (
          <div>
            <dt>faster than real time</dt>
            <dd>{numberText(Math.round((step * dt) / 1000 / time.seconds))} ×</dd>
          </div>
        )}
      </dl>
      {shares.length > 0 && (
        <table class="limits">
          <caption class="visually-hidden">Energy by kind of event</caption>
          <tbody>
            {shares.map(([group, value]) => (
              <tr key={group}>
                <th scope="row">{GROUP_TEXT[group as EventGroup]}</th>
                <td class="amount">
                  <span style={{ width: `${(100 * value) / most}%` }} />
                </td>
                <td>{siText(value, 'J')}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
      {'refused' in operations && <p class="quiet small">No joules: {operations.refused}.</p>}
      {unpriced.length > 0 && (
        <p class="quiet small">
          Without a price:{' '}
          {unpriced.map(({ event, count }) => `${numberText(count)} ${EVENT_NAMES[event]}`).join(', ')}.
        </p>
      )}
      <p class="quiet small">
        Counts of this emulator times figures of {profile.title} ({profile.basis}: {profile.source}), not a
        measurement. {profile.notice}
      </p>
    </section>
  );
}
