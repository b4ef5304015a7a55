/** What the export menu offers of the chip panel. */
import { csvOf, type Figure } from '../figure.js';
import type { ActivityPlots } from './activity-plots.js';
import type { MeshPlot } from './mesh-plot.js';
import type { RunControl } from './run-control.js';

export function figuresOf(
  control: RunControl,
  plots: () => { readonly mesh: MeshPlot; readonly plots: ActivityPlots },
): readonly Figure[] {
  return [
    {
      name: 'mesh',
      title: 'Mesh',
      svg: () => plots().mesh.svg(),
      csv: () => {
        const { opened, status } = control;
        if (opened === null || status === null) return '';
        const { plane, report } = opened;
        const { spikes, synapticEvents, energy } = status.soFar;
        return csvOf(
          ['core', 'tile_x', 'tile_y', 'place', 'spikes', 'synaptic_events', 'energy_J'],
          report.cores.map(({ core }) => [
            core,
            plane.x[core]!,
            plane.y[core]!,
            plane.slot[core]!,
            spikes[core]!,
            synapticEvents[core]!,
            energy?.[core] ?? '',
          ]),
        );
      },
    },
    {
      name: 'raster',
      title: 'Raster',
      svg: () => plots().plots.svg('raster'),
      csv: () => control.history?.csv() ?? '',
    },
    { name: 'rates', title: 'Rates', svg: () => plots().plots.svg('rates') },
    { name: 'membranes', title: 'Membranes', svg: () => plots().plots.svg('traces') },
  ];
}
