/** Raster, rates and membranes over time, and what is under the pointer. */
import { useEffect, useRef, useState } from 'preact/hooks';
import { numberText } from '../../views/scale.js';
import type { Theme } from '../../views/theme.js';
import type { TracesData } from '../../views/traces.js';
import { ActivityPlots } from './activity-plots.js';
import type { RunControl } from './run-control.js';
import { neuronOfRow, type Selection } from './selection.js';

export interface ActivityCardProps {
  readonly control: RunControl;
  readonly theme: Theme;
  readonly selection: Selection | null;
  readonly traces: TracesData | null;
  readonly onSelect: (selection: Selection | null) => void;
  /** Set to the plots, for export. */
  readonly plots: { current: ActivityPlots | null };
}

export function ActivityCard({ control, theme, selection, traces, onSelect, plots }: ActivityCardProps) {
  const { opened, history } = control;
  const [unit, setUnit] = useState<'steps' | 'ms'>('steps');
  const raster = useRef<HTMLDivElement>(null);
  const rates = useRef<HTMLDivElement>(null);
  const membranes = useRef<HTMLDivElement>(null);
  const hover = useRef<HTMLSpanElement>(null);
  useEffect(() => {
    const made = new ActivityPlots(
      { raster: raster.current!, rates: rates.current!, traces: membranes.current! },
      {
        theme,
        onPick: (row) => onSelect(neuronOfRow(control.opened?.populations ?? [], row)),
        onHover: (text) => {
          if (hover.current !== null) hover.current.textContent = text;
        },
      },
    );
    plots.current = made;
    return () => made.dispose();
  }, []);
  useEffect(() => {
    if (plots.current !== null) plots.current.theme = theme;
  }, [theme]);
  // the run tells of news by drawing anew
  useEffect(() => {
    if (history === null || opened === null || plots.current === null) return;
    plots.current.state = {
      history,
      axis: { dt: opened.dt, unit },
      step: control.step,
      end: control.end,
      isRunning: control.isPlaying,
      selectedRow:
        selection?.kind === 'neuron'
          ? opened.populations[selection.population]!.firstId + selection.neuron
          : null,
      traces,
    };
  });
  return (
    <section class="card" aria-labelledby="activity-title">
      <header>
        <h2 id="activity-title">Activity</h2>
        <p class="choice">
          <span class="quiet">{history === null ? '' : `${numberText(history.spikes)} spikes`}</span>
          {(opened?.dt ?? 0) > 0 && (
            <select
              aria-label="Unit of time"
              value={unit}
              onChange={(e) => setUnit(e.currentTarget.value as 'steps' | 'ms')}
            >
              <option value="steps">steps</option>
              <option value="ms">ms</option>
            </select>
          )}
          <button type="button" class="button" onClick={() => plots.current?.reset()}>
            Show all
          </button>
        </p>
      </header>
      <div ref={raster} />
      <div ref={rates} />
      <div ref={membranes} hidden={traces === null} />
      <p class="quiet small chip-hover">
        <span ref={hover} />
        <span class="idle">
          Drag to pan, pinch or click then scroll to zoom, Shift for rows; arrows, + and − do the same. Click
          a row for its neuron.
        </span>
      </p>
    </section>
  );
}
