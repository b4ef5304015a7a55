/** Placeholder of the panel. */
import type { PanelProps } from '../panel.js';

export function ChipPanel(_: PanelProps) {
  return (
    <section class="empty">
      <h1>Chip</h1>
      <p class="quiet">A network on the mesh: raster, heat map, registers, and time that runs both ways.</p>
    </section>
  );
}
