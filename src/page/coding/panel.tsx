/** Placeholder of the panel. */
import type { PanelProps } from '../panel.js';

export function CodingPanel(_: PanelProps) {
  return (
    <section class="empty">
      <h1>Coding</h1>
      <p class="quiet">
        A signal as spikes, and back: rate, latency, burst, population and delta codes side by side.
      </p>
    </section>
  );
}
