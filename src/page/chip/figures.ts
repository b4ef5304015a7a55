/** What the export menu offers of the chip panel. */
import { csvText } from '../../views/csv.js';
import type { Figure } from '../figure.js';
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
      svg: (theme) => plots().mesh.svg(theme),
      csv: () => {
        const { opened, status } = control;
        if (opened === null || status === null) return '';
        const { plane, report } = opened;
        const { spikes, synapticEvents, energy } = status.soFar;
        return csvText(
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
      svg: (theme) => plots().plots.svg('raster', theme),
      csv: () => plots().plots.csv('raster'),
    },
    {
      name: 'rates',
      title: 'Rates',
      svg: (theme) => plots().plots.svg('rates', theme),
      csv: () => plots().plots.csv('rates'),
    },
    {
      name: 'membranes',
      title: 'Membranes',
      svg: (theme) => plots().plots.svg('traces', theme),
      csv: () => plots().plots.csv('traces'),
    },
  ];
}
