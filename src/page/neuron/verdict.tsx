/** The status line: what the chip was measured to do, in a number and a sentence, and the figures beside it. */
import type { ComponentChildren } from 'preact';
import { siText } from '../../energy/si-prefix.js';
import type { NeuronMeasurement, PricedNeuron } from './measure.js';
import { fixed, plain } from './numbers.js';

export function Verdict(props: {
  readonly measured: NeuronMeasurement | null;
  readonly isStale: boolean;
  readonly price: PricedNeuron | undefined;
}) {
  const { measured, isStale, price } = props;
  if (measured === null)
    return (
      <section class="verdict" aria-busy="true">
        <p class="rate">
          <span class="quiet">measuring …</span>
        </p>
      </section>
    );
  const { rate, regime, analyticRate, meanInterval, cv, spikes, duration } = measured;
  const perSpike = price?.joules == null || spikes === 0 ? null : price.joules / spikes;
  return (
    <section class={isStale ? 'verdict stale' : 'verdict'} aria-label="Measured on the chip">
      <p class="rate" role="status" data-testid="status">
        <strong>
          <span class="visually-hidden">f = </span>
          {fixed(rate, 1)} <small>Hz</small>
          <span class="visually-hidden">, </span>
        </strong>
        <span class="regime">{regime.text}</span>
      </p>
      <dl class="facts">
        <Fact name="closed form">{analyticRate === null ? '–' : `${fixed(analyticRate, 1)} Hz`}</Fact>
        <Fact name="interval">{meanInterval === null ? '–' : `${plain(meanInterval, 4)} ms`}</Fact>
        <Fact name="CV">{cv === null ? '–' : fixed(cv, 2)}</Fact>
        <Fact name="rheobase">{plain(measured.rheobase, 3)} nA</Fact>
        <Fact name="a spike costs">{perSpike === null ? '–' : siText(perSpike, 'J')}</Fact>
        <Fact name="measured over">{plain(duration / 1000, 3)} s</Fact>
      </dl>
    </section>
  );
}

function Fact({ name, children }: { readonly name: string; readonly children: ComponentChildren }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  );
}
