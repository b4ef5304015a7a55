/** The mesh with what its colours show, and what is under the pointer. */
import { useEffect, useMemo, useRef } from 'preact/hooks';
import { numberText } from '../../views/scale.js';
import type { Theme } from '../../views/theme.js';
import type { NeuronView } from './calls.js';
import { isStatic, MESH_QUANTITIES, type MeshQuantity, meshData, QUANTITY_TEXT } from './mesh-figure.js';
import { MeshPlot } from './mesh-plot.js';
import { type RunControl, TRAVEL_SPEED } from './run-control.js';
import { coreOf, type Selection } from './selection.js';

export interface MeshCardProps {
  readonly control: RunControl;
  readonly theme: Theme;
  readonly quantity: MeshQuantity;
  /** Of the steps just run, in place of all so far. */
  readonly isLatest: boolean;
  readonly selection: Selection | null;
  /** The selected neuron, for its targets. */
  readonly neuron: NeuronView | null;
  readonly onQuantity: (quantity: MeshQuantity) => void;
  readonly onLatest: (isLatest: boolean) => void;
  readonly onSelect: (selection: Selection | null) => void;
  /** Set to the plot, for export. */
  readonly plot: { current: MeshPlot | null };
}

export function MeshCard(props: MeshCardProps) {
  const { control, theme, quantity, isLatest, selection, neuron, onQuantity, onLatest, onSelect, plot } =
    props;
  const { opened, status, travel } = control;
  const host = useRef<HTMLDivElement>(null);
  const hover = useRef<HTMLSpanElement>(null);
  useEffect(() => {
    const made = new MeshPlot(host.current!, {
      theme,
      label: 'Tiles and cores of the chip, coloured by a chosen value, with the load of links between them',
      onPick: (core) => onSelect(core === null ? null : { kind: 'core', core }),
      onHover: (text) => {
        if (hover.current !== null) hover.current.textContent = text;
      },
    });
    plot.current = made;
    return () => made.dispose();
  }, []);
  useEffect(() => {
    if (plot.current !== null) plot.current.theme = theme;
  }, [theme]);

  const values = status === null ? null : isLatest ? status.latest : status.soFar;
  const data = useMemo(
    () => (opened === null || values === null ? null : meshData(opened, values, quantity)),
    [opened, values, quantity],
  );
  useEffect(() => {
    if (data === null || opened === null || values === null || plot.current === null) return;
    plot.current.state = {
      data,
      plane: opened.plane,
      quantity,
      mostMessages: values.links.reduce((high, load) => Math.max(high, load), 0),
      selectedCore: coreOf(opened, selection),
      targets: neuron?.targets.map(({ core }) => core) ?? [],
      travel,
    };
  }, [data, selection, neuron, travel]);

  return (
    <section class="card" aria-labelledby="mesh-title">
      <header>
        <h2 id="mesh-title">Mesh</h2>
        <p class="choice">
          <label class="visually-hidden" for="mesh-quantity">
            Colour shows
          </label>
          <select
            id="mesh-quantity"
            value={quantity}
            onChange={(e) => onQuantity(e.currentTarget.value as MeshQuantity)}
          >
            {MESH_QUANTITIES.map((each) => (
              <option key={each} value={each}>
                {QUANTITY_TEXT[each]}
              </option>
            ))}
          </select>
          <label class="visually-hidden" for="mesh-window">
            Steps counted
          </label>
          <select
            id="mesh-window"
            value={isLatest ? 'latest' : 'soFar'}
            onChange={(e) => onLatest(e.currentTarget.value === 'latest')}
          >
            <option value="soFar">so far</option>
            <option value="latest">at the moment</option>
          </select>
        </p>
      </header>
      <div ref={host} />
      <p class="quiet small chip-hover">
        <span ref={hover} />
        <span class="idle">{captionOf(control, quantity, isLatest)}</span>
      </p>
    </section>
  );
}

function captionOf(
  { status, travel, speed, isPlaying }: RunControl,
  quantity: MeshQuantity,
  isLatest: boolean,
): string {
  if (status === null) return '';
  if (quantity === 'energy' && status.soFar.energy === null)
    return 'This cost profile has no energy by core. Click a core for what is in it.';
  const { step, latest } = status;
  const steps =
    isStatic(quantity) || !isLatest
      ? `after step ${numberText(step)}`
      : latest.steps <= 1
        ? `in step ${numberText(step)}`
        : `in steps ${numberText(step - latest.steps + 1)} to ${numberText(step)}`;
  const shown =
    travel !== null && travel.flights.step === step && (!isPlaying || speed <= TRAVEL_SPEED)
      ? `; ${numberText(travel.flights.messages)} messages of this step`
      : '';
  return `Counted ${steps}${shown}. Click a core for what is in it.`;
}
