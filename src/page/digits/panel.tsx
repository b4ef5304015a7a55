/** Placeholder of the panel. */
import type { PanelProps } from '../panel.js';

export function DigitsPanel(_: PanelProps) {
  return (
    <section class="empty">
      <h1>Digits</h1>
      <p class="quiet">Draw a digit and watch the chip read it.</p>
    </section>
  );
}
