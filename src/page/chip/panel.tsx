/** A network on the mesh: heat map, raster, registers, and time that runs both ways. */
import { useCallback, useEffect, useMemo, useRef, useState } from 'preact/hooks';
import { DARK, LIGHT } from '../../views/theme.js';
import type { TracesData } from '../../views/traces.js';
import { ChipWorker } from '../chip-worker.js';
import { FailureCard } from '../error-boundary.js';
import { Newest } from '../newest.js';
import type { PanelProps } from '../panel.js';
import { failureOf } from '../protocol.js';
import { ActivityCard } from './activity-card.js';
import type { ActivityPlots } from './activity-plots.js';
import type { ChipCalls, Given, GivenFile, NeuronView, TracePart } from './calls.js';
import { EnergyCard } from './energy-card.js';
import { exampleNamed } from './examples.js';
import { figuresOf } from './figures.js';
import { Inspector } from './inspector.js';
import { MeshCard } from './mesh-card.js';
import type { MeshQuantity } from './mesh-figure.js';
import type { MeshPlot } from './mesh-plot.js';
import { RunControl, TRAVEL_SPEED } from './run-control.js';
import { isThere, type Selection } from './selection.js';
import { chipFrom, FIRST, type SharedChip, sharedOf } from './shared-chip.js';
import { SourceBar } from './source-bar.js';
import { tracesData } from './traces-data.js';
import { Transport } from './transport.js';
import './chip.css';

const FIRST_COSTS = 'loihi1-davies2018';
/** Steps of a neuron's membrane that are run again to show it. */
const TRACED_STEPS = 2000;

export function ChipPanel({ shared, theme: themeName, onState, onFigures, onRestart, onNotice }: PanelProps) {
  const [, setNews] = useState(0);
  const [worker] = useState(() => new ChipWorker<ChipCalls>('chip'));
  const [control] = useState(() => new RunControl(worker, FIRST_COSTS, () => setNews((n) => n + 1)));
  const [source, setSource] = useState<SharedChip['source'] | null>(null);
  const [quantity, setQuantity] = useState<MeshQuantity>(FIRST.quantity);
  const [isLatest, setLatest] = useState(FIRST.isLatest);
  const [chosen, setSelection] = useState<Selection | null>(null);
  const [neuron, setNeuron] = useState<NeuronView | null>(null);
  const [trace, setTrace] = useState<TracePart | null>(null);
  const mesh = useRef<MeshPlot | null>(null);
  const plots = useRef<ActivityPlots | null>(null);
  const theme = themeName === 'dark' ? DARK : LIGHT;
  const { opened, history, status, failure } = control;
  // of another network until its own is chosen
  const selection = chosen !== null && opened !== null && isThere(opened, chosen) ? chosen : null;

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
    onFigures(figuresOf(control, () => ({ mesh: mesh.current!, plots: plots.current! })));
    void begin(shared, { onNotice, openExample, open, control }).then((first) => {
      setQuantity(first.quantity);
      setLatest(first.isLatest);
      setSelection(first.selection);
    });
    return () => {
      control.close();
    };
  }, []);

  useEffect(() => {
    const onKey = (event: KeyboardEvent): void => {
      // buttons, fields and figures have a use for the key of their own
      const isPlain =
        !(event.target instanceof Element) ||
        event.target.closest('button, input, select, textarea, a, summary') === null;
      if (event.key !== ' ' || !isPlain) return;
      event.preventDefault();
      if (control.isPlaying) control.pause();
      else control.play();
    };
    addEventListener('keydown', onKey);
    return () => removeEventListener('keydown', onKey);
  }, [control]);

  useTrace({ control, worker, selection, status, setTrace });

  const traces = useMemo<TracesData | null>(
    () =>
      opened === null || history === null ? null : tracesData({ opened, history, selection, trace, neuron }),
    [opened, history, history?.to, selection, trace, neuron],
  );
  const isLost = failure?.failure.code === 'E_WORKER';
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
          action={isLost ? 'Start it again' : 'Dismiss'}
          onAction={isLost ? onRestart : () => control.dismiss()}
        />
      )}
      <Transport control={control} onChange={() => setNews((n) => n + 1)} />
      <div class="chip-columns">
        <div class="chip-column">
          <MeshCard
            control={control}
            theme={theme}
            quantity={quantity}
            isLatest={isLatest}
            selection={selection}
            neuron={neuron}
            onQuantity={setQuantity}
            onLatest={setLatest}
            onSelect={setSelection}
            plot={mesh}
          />
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
          <ActivityCard
            control={control}
            theme={theme}
            selection={selection}
            traces={traces}
            onSelect={setSelection}
            plots={plots}
          />
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

/** Keeps the membrane of the selected neuron up to date. */
function useTrace(props: {
  readonly control: RunControl;
  readonly worker: ChipWorker<ChipCalls>;
  readonly selection: Selection | null;
  readonly status: RunControl['status'];
  readonly setTrace: (trace: TracePart | null) => void;
}): void {
  const { control, worker, selection, status, setTrace } = props;
  const selected = useRef(selection);
  selected.current = selection;
  const [tracing] = useState(
    () =>
      new Newest<Selection & { readonly kind: 'neuron' }>(
        async (wanted) => {
          const { population, neuron } = wanted;
          const { to } = control.history!;
          const part = await worker.ask('trace', { population, neuron, from: to - TRACED_STEPS, to });
          if (selected.current === wanted) setTrace(part);
        },
        () => setTrace(null),
      ),
  );
  useEffect(() => {
    if (selection?.kind === 'neuron' && control.history !== null) tracing.ask(selection);
    else setTrace(null);
  }, [worker, control.opened, selection, status]);
}
