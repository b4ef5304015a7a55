/** What the neuron costs under a price table: an estimate, with the source of its figures. */
import type { EventName } from '../../energy/events.js';
import { siText } from '../../energy/si-prefix.js';
import type { NeuronMeasurement } from './measure.js';

/** The events that one neuron has; others keep their name of the profile. */
const WORDS: Readonly<Partial<Record<EventName, string>>> = {
  visit: 'visits',
  updateActive: 'active updates',
  updateIdle: 'idle updates',
  spike: 'spikes',
  axonIn: 'messages in',
  hostMessage: 'messages from the host',
  synapseSparse: 'synaptic events',
  synapseDense: 'synaptic events',
  barrier: 'barriers',
};

const wordOf = (event: string): string => WORDS[event as EventName] ?? event;

export function EnergyCard(props: {
  readonly measured: NeuronMeasurement;
  readonly chosen: string;
  readonly onChoose: (profile: string) => void;
}) {
  const { measured, chosen, onChoose } = props;
  const { prices, spikes, duration, events, steps } = measured;
  const price = prices.find(({ profile }) => profile === chosen) ?? prices[0]!;
  const { joules } = price;
  const counted = Object.entries(events).filter(([name, count]) => count > 0 && name !== 'barrier');
  return (
    <section class="card whole" aria-labelledby="energy-title">
      <header>
        <h2 id="energy-title">Energy, an estimate</h2>
        <p>
          <label class="visually-hidden" for="energy-prices">
            Price table
          </label>
          <select id="energy-prices" value={price.profile} onChange={(e) => onChoose(e.currentTarget.value)}>
            {prices.map(({ profile }) => (
              <option key={profile} value={profile}>
                {profile}
              </option>
            ))}
          </select>
        </p>
      </header>
      {joules === null ? (
        <p class="foot">No joules: {price.refused}.</p>
      ) : (
        <dl class="facts">
          <div>
            <dt>a spike</dt>
            <dd>{spikes === 0 ? '–' : siText(joules / spikes, 'J')}</dd>
          </div>
          <div>
            <dt>a second of the neuron</dt>
            <dd>{siText((joules * 1000) / duration, 'J')}</dd>
          </div>
          <div>
            <dt>a timestep</dt>
            <dd>{siText(joules / steps, 'J')}</dd>
          </div>
        </dl>
      )}
      <p class="foot">
        {counted.map(([name, count]) => `${count.toLocaleString('en')} ${wordOf(name)}`).join(', ')} in{' '}
        {steps.toLocaleString('en')} steps
        {price.unpriced.length > 0 && joules !== null
          ? `; without a price: ${price.unpriced.map(wordOf).join(', ')}`
          : ''}
        .
      </p>
      <p class="foot">
        Figures {price.basis}: {price.source}. {price.notice}
      </p>
    </section>
  );
}
