/** Placeholder of the panel. */
import type { PanelProps } from '../panel.js';

export function NeuronPanel(_: PanelProps) {
  return (
    <section class="empty">
      <h1>Neuron</h1>
    </section>
  );
}
