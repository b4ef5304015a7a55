/** A network on the mesh: heat map, raster, registers, and time that runs both ways. */
import { useCallback, useEffect, useMemo, useRef, useState } from 'preact/hooks';
import { numberText } from '../../views/scale.js';
import { DARK, LIGHT } from '../../views/theme.js';
import type { TracesData } from '../../views/traces.js';
import { ChipWorker } from '../chip-worker.js';
import { FailureCard } from '../error-boundary.js';
import type { PanelProps } from '../panel.js';
import { failureOf } from '../protocol.js';
import { ActivityPlots } from './activity-plots.js';
import type { ChipCalls, Given, GivenFile, NeuronView, TracePart } from './calls.js';
import { EnergyCard } from './energy-card.js';
import { exampleNamed } from './examples.js';
import { figuresOf } from './figures.js';
import { Inspector } from './inspector.js';
import { isStatic, MESH_QUANTITIES, type MeshQuantity, meshData, QUANTITY_TEXT } from './mesh-figure.js';
import { MeshPlot } from './mesh-plot.js';
import { RunControl, TRAVEL_SPEED } from './run-control.js';
import { coreOf, isThere, neuronOfRow, type Selection } from './selection.js';
import { chipFrom, FIRST, type SharedChip, sharedOf } from './shared-chip.js';
import { SourceBar } from './source-bar.js';
import { tracesData } from './traces-data.js';
import { Transport } from './transport.js';
import './chip.css';

const FIRST_COSTS = 'loihi1-davies2018';
/** Steps of a neuron's membrane that are run again to show it, and ms between two times that is done. */
const TRACED_STEPS = 2000;

export function ChipPanel({ shared, theme: themeName, onState, onFigures, onNotice }: PanelProps) {
  const [, setNews] = useState(0);
  const [worker] = useState(() => new ChipWorker<ChipCalls>('chip'));
  const [control] = useState(() => new RunControl(worker, FIRST_COSTS, () => setNews((n) => n + 1)));
  const [source, setSource] = useState<SharedChip['source'] | null>(null);
  const [quantity, setQuantity] = useState<MeshQuantity>(FIRST.quantity);
  const [isLatest, setLatest] = useState(FIRST.isLatest);
  const [selection, setSelection] = useState<Selection | null>(null);
  const [neuron, setNeuron] = useState<NeuronView | null>(null);
  const [trace, setTrace] = useState<TracePart | null>(null);
  const [unit, setUnit] = useState<'steps' | 'ms'>('steps');
  const meshHost = useRef<HTMLDivElement>(null);
  const rasterHost = useRef<HTMLDivElement>(null);
  const ratesHost = useRef<HTMLDivElement>(null);
  const tracesHost = useRef<HTMLDivElement>(null);
  const meshHover = useRef<HTMLParagraphElement>(null);
  const rasterHover = useRef<HTMLParagraphElement>(null);
  const mesh = useRef<MeshPlot | null>(null);
  const plots = useRef<ActivityPlots | null>(null);
  const theme = themeName === 'dark' ? DARK : LIGHT;
  const { opened, history, status, failure } = control;

  const open = useCallback(
    async (given: Given, of: SharedChip['source'] | null): Promise<boolean> => {
      const isOpen = await control.open(given);
      if (isOpen) {
        setSelection(null);
        setTrace(null);
        setSource(of);
      }
      return isOpen;
    },
    [control],
  );
  const openExample = async (name: string): Promise<boolean> => {
    const example = exampleNamed(name);
    if (example === undefined) return false;
    return open(
      { kind: 'text', name: `${example.name}.yaml`, text: example.text },
      { kind: 'example', name: example.name },
    );
  };
  const openFiles = async (told: Promise<readonly GivenFile[]>): Promise<void> => {
    try {
      const files = await told;
      if (!(await open({ kind: 'files', files }, null))) return;
      const { text, name } = control.opened!;
      setSource(text === null ? null : { kind: 'text', name, text });
    } catch (cause) {
      control.failure = { title: 'This cannot be opened', failure: failureOf(cause) };
      setNews((n) => n + 1);
    }
  };

  useEffect(() => {
    mesh.current = new MeshPlot(meshHost.current!, {
      theme,
      label: 'Tiles and cores of the chip, coloured by a chosen value, with the load of links between them',
      onPick: (core) => setSelection(core === null ? null : { kind: 'core', core }),
      onHover: (text) => {
        if (meshHover.current !== null) meshHover.current.textContent = text;
      },
    });
    plots.current = new ActivityPlots(
      { raster: rasterHost.current!, rates: ratesHost.current!, traces: tracesHost.current! },
      {
        theme,
        onPick: (row) => setSelection(neuronOfRow(control.opened?.populations ?? [], row)),
        onHover: (text) => {
          if (rasterHover.current !== null) rasterHover.current.textContent = text;
        },
      },
    );
    onFigures(figuresOf(control, () => ({ mesh: mesh.current!, plots: plots.current! })));
    void begin(shared, { onNotice, openExample, open, control }).then((first) => {
      setQuantity(first.quantity);
      setLatest(first.isLatest);
      if (first.selection !== null && control.opened !== null && isThere(control.opened, first.selection))
        setSelection(first.selection);
    });
    return () => {
      control.close();
      mesh.current?.dispose();
      plots.current?.dispose();
    };
  }, []);

  useEffect(() => {
    if (mesh.current !== null) mesh.current.theme = theme;
    if (plots.current !== null) plots.current.theme = theme;
  }, [theme]);

  const values = status === null ? null : isLatest ? status.latest : status.soFar;
  const data = useMemo(
    () => (opened === null || values === null ? null : meshData(opened, values, quantity)),
    [opened, values, quantity],
  );
  useEffect(() => {
    if (data === null || opened === null || values === null || mesh.current === null) return;
    mesh.current.state = {
      data,
      plane: opened.plane,
      quantity,
      mostMessages: values.links.reduce((high, load) => Math.max(high, load), 0),
      selectedCore: coreOf(opened, selection),
      targets: neuron?.targets.map(({ core }) => core) ?? [],
      travel: control.travel,
    };
  }, [data, selection, neuron, control.travel]);

  useTrace({ control, worker, selection, status, setTrace });

  const traces = useMemo<TracesData | null>(
    () =>
      opened === null || history === null ? null : tracesData({ opened, history, selection, trace, neuron }),
    [opened, history, history?.to, selection, trace, neuron],
  );
  useEffect(() => {
    if (history === null || opened === null || plots.current === null) return;
    plots.current.state = {
      history,
      axis: { dt: opened.dt, unit },
      step: control.step,
      end: control.end,
      selectedRow:
        selection?.kind === 'neuron'
          ? opened.populations[selection.population]!.firstId + selection.neuron
          : null,
      traces,
    };
  });

  const isStanding = status !== null && status.hash !== null;
  useEffect(() => {
    if (!isStanding || opened === null) return;
    onState(
      source === null ? undefined : sharedOf({ source, step: status.step, quantity, isLatest, selection }),
    );
  }, [opened, source, status, quantity, isLatest, selection]);

  return (
    <div class="chip-panel">
      <SourceBar
        opened={opened}
        example={source?.kind === 'example' ? source.name : null}
        isOpening={control.isOpening}
        onExample={(name) => void openExample(name)}
        onFiles={(files) => void openFiles(files)}
      />
      {failure !== null && (
        <FailureCard
          failure={failure.failure}
          title={failure.title}
          action="Dismiss"
          onAction={() => control.dismiss()}
        />
      )}
      <Transport control={control} onChange={() => setNews((n) => n + 1)} />
      <div class="chip-columns">
        <div class="chip-column">
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
                  onChange={(e) => setQuantity(e.currentTarget.value as MeshQuantity)}
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
                  onChange={(e) => setLatest(e.currentTarget.value === 'latest')}
                >
                  <option value="soFar">so far</option>
                  <option value="latest">at the moment</option>
                </select>
              </p>
            </header>
            <div ref={meshHost} />
            <p class="quiet small chip-hover">
              <span ref={meshHover} aria-live="off" />
              <span class="idle">{meshCaption(control, quantity, isLatest)}</span>
            </p>
          </section>
          {status !== null && (
            <EnergyCard
              status={status}
              costs={control.costs}
              dt={opened?.dt ?? 0}
              onCosts={(costs) => void control.price(costs)}
            />
          )}
        </div>
        <div class="chip-column">
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
            <div ref={rasterHost} />
            <div ref={ratesHost} />
            <div ref={tracesHost} hidden={traces === null} />
            <p class="quiet small chip-hover">
              <span ref={rasterHover} aria-live="off" />
              <span class="idle">
                Drag to pan, click then scroll to zoom, Shift for rows; arrows, + and − do the same. Click a
                row for its neuron.
              </span>
            </p>
          </section>
          {opened !== null && status !== null && (
            <Inspector
              opened={opened}
              status={status}
              selection={selection}
              worker={worker}
              theme={theme}
              onSelect={setSelection}
              onNeuron={setNeuron}
            />
          )}
        </div>
      </div>
    </div>
  );
}

function meshCaption(
  { status, travel, speed, isPlaying }: RunControl,
  quantity: MeshQuantity,
  isLatest: boolean,
): string {
  if (status === null) return '';
  const steps =
    isStatic(quantity) || !isLatest
      ? `after step ${numberText(status.step)}`
      : status.latest.steps <= 1
        ? `in step ${numberText(status.step)}`
        : `in steps ${numberText(status.step - status.latest.steps + 1)} to ${numberText(status.step)}`;
  const shown =
    travel !== null && travel.flights.step === status.step && (!isPlaying || speed <= TRAVEL_SPEED)
      ? `; ${numberText(travel.flights.messages)} messages of this step`
      : '';
  return `Counted ${steps}${shown}. Click a core for what is in it.`;
}

/** The first network: the link's, or an example that runs at once where motion is welcome. */
async function begin(
  shared: unknown,
  tools: {
    readonly onNotice: (message: string) => void;
    readonly openExample: (name: string) => Promise<boolean>;
    readonly open: (given: Given, source: SharedChip['source']) => Promise<boolean>;
    readonly control: RunControl;
  },
): Promise<SharedChip> {
  const { onNotice, openExample, open, control } = tools;
  let first = FIRST;
  try {
    first = chipFrom(shared);
  } catch (cause) {
    onNotice(
      `The network in this address cannot be used: ${failureOf(cause).message}. You see the default instead.`,
    );
  }
  const { source, step } = first;
  const isOpen =
    source.kind === 'example'
      ? await openExample(source.name)
      : await open({ kind: 'text', name: source.name, text: source.text }, source);
  if (!isOpen) return FIRST;
  control.speed = TRAVEL_SPEED;
  if (step > 0) await control.seek(step);
  else if (shared === undefined && !matchMedia('(prefers-reduced-motion: reduce)').matches) control.play();
  return first;
}

/** Keeps the membrane of the selected neuron up to date, one question at a time. */
function useTrace(props: {
  readonly control: RunControl;
  readonly worker: ChipWorker<ChipCalls>;
  readonly selection: Selection | null;
  readonly status: RunControl['status'];
  readonly setTrace: (trace: TracePart | null) => void;
}): void {
  const { control, worker, selection, status, setTrace } = props;
  const isBusy = useRef(false);
  const wanted = useRef(selection);
  wanted.current = selection;
  useEffect(() => {
    if (selection?.kind !== 'neuron' || control.history === null) {
      setTrace(null);
      return;
    }
    if (isBusy.current) return;
    isBusy.current = true;
    const { to } = control.history;
    const ask = { population: selection.population, neuron: selection.neuron };
    void worker
      .ask('trace', { ...ask, from: to - TRACED_STEPS, to })
      .then(
        (part) => wanted.current === selection && setTrace(part),
        () => setTrace(null),
      )
      .finally(() => {
        isBusy.current = false;
      });
  }, [worker, control.opened, selection, status]);
}
