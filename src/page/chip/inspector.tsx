/** What is selected: a core with its limits and compartments, or a neuron with its registers, state and targets. */
import { useEffect, useState } from 'preact/hooks';
import type { LimitName } from '../../compiler/report.js';
import { siText } from '../../energy/si-prefix.js';
import { numberText } from '../../views/scale.js';
import type { Theme } from '../../views/theme.js';
import type { ChipWorker } from '../chip-worker.js';
import type { ChipCalls, CoreView, NeuronView, Opened, RegisterView, Status } from './calls.js';
import { CoreGrid } from './core-grid.js';
import { compartmentOf, coreOf, neuronAt, neuronName, type Selection } from './selection.js';

const LIMIT_TEXT: Readonly<Record<LimitName, string>> = {
  compartments: 'compartments',
  inAxons: 'in-axons',
  outAxonSlots: 'out-axons',
  synapseBits: 'synaptic memory',
  accumulators: 'accumulators',
};

export function Inspector(props: {
  readonly opened: Opened;
  readonly status: Status;
  readonly selection: Selection | null;
  readonly worker: ChipWorker<ChipCalls>;
  readonly theme: Theme;
  readonly onSelect: (selection: Selection | null) => void;
  readonly onNeuron: (view: NeuronView | null) => void;
}) {
  const { opened, status, selection, worker, theme, onSelect, onNeuron } = props;
  const core = coreOf(opened, selection);
  const [coreView, setCoreView] = useState<CoreView | null>(null);
  const [neuron, setNeuron] = useState<NeuronView | null>(null);
  useEffect(() => {
    let isWanted = true;
    const keep = <T,>(set: (value: T | null) => void, told: Promise<T>): void =>
      void told.then(
        (value) => isWanted && set(value),
        () => isWanted && set(null),
      );
    if (core === null) setCoreView(null);
    else keep(setCoreView, worker.ask('core', { core }));
    if (selection?.kind === 'neuron') keep(setNeuron, worker.ask('neuron', selection));
    else setNeuron(null);
    return () => {
      isWanted = false;
    };
  }, [worker, opened, status, core, selection]);
  useEffect(() => onNeuron(neuron), [neuron]);
  const picked = selection?.kind === 'neuron' ? compartmentOf(opened, selection) : null;
  return (
    <section class="card" aria-labelledby="inspector-title">
      <header>
        <h2 id="inspector-title">{titleOf(opened, selection)}</h2>
        <Choice opened={opened} selection={selection} onSelect={onSelect} />
      </header>
      {selection === null && (
        <p class="quiet small">
          Click a core of the mesh for its limits and compartments, or a row of the raster for a neuron: its
          state at this step, its registers, and where its spikes go.
        </p>
      )}
      {core !== null && (
        <CoreFacts opened={opened} status={status} core={core} isBrief={selection?.kind === 'neuron'} />
      )}
      {core !== null && coreView !== null && coreView.v.length > 0 && (
        <>
          <h3>
            Compartments after step {numberText(coreView.step)}{' '}
            <span class="quiet">v as a part of threshold</span>
          </h3>
          <CoreGrid
            view={coreView}
            theme={theme}
            selected={picked}
            onPick={(compartment) => {
              const found = neuronAt(opened, core, compartment);
              if (found !== null) onSelect(found);
            }}
          />
        </>
      )}
      {selection?.kind === 'neuron' && neuron !== null && <NeuronFacts view={neuron} />}
    </section>
  );
}

function titleOf(opened: Opened, selection: Selection | null): string {
  if (selection === null) return 'Look inside';
  if (selection.kind === 'core') return placeText(opened, selection.core);
  const core = coreOf(opened, selection);
  const name = neuronName(opened, selection.population, selection.neuron);
  return `${name}, ${core === null ? 'of the host' : `core ${core}`}`;
}

function placeText({ plane }: Opened, core: number): string {
  return `Core ${core}, tile ${plane.x[core]},${plane.y[core]}, place ${plane.slot[core]}`;
}

/** The same by keyboard: a core, or a population and a number. */
function Choice(props: {
  readonly opened: Opened;
  readonly selection: Selection | null;
  readonly onSelect: (selection: Selection | null) => void;
}) {
  const { opened, selection, onSelect } = props;
  const value =
    selection === null
      ? ''
      : selection.kind === 'core'
        ? `core ${selection.core}`
        : `population ${selection.population}`;
  return (
    <p class="choice">
      <label class="visually-hidden" for="inspector-choice">
        Core or population
      </label>
      <select
        id="inspector-choice"
        value={value}
        onChange={({ currentTarget }) => {
          const [kind, number] = currentTarget.value.split(' ');
          if (kind === 'core') onSelect({ kind, core: Number(number) });
          else if (kind === 'population') onSelect({ kind: 'neuron', population: Number(number), neuron: 0 });
          else onSelect(null);
        }}
      >
        <option value="">nothing</option>
        <optgroup label="A neuron of">
          {opened.populations.map(({ label }, i) => (
            <option key={label} value={`population ${i}`}>
              {label}
            </option>
          ))}
        </optgroup>
        <optgroup label="Cores">
          {opened.report.cores.map(({ core }) => (
            <option key={core} value={`core ${core}`}>
              core {core}
            </option>
          ))}
        </optgroup>
      </select>
      {selection?.kind === 'neuron' && (
        <>
          <label class="visually-hidden" for="inspector-neuron">
            Neuron
          </label>
          <input
            id="inspector-neuron"
            type="number"
            min={0}
            max={opened.populations[selection.population]!.size - 1}
            value={selection.neuron}
            onChange={({ currentTarget }) => {
              const { size } = opened.populations[selection.population]!;
              const neuron = Math.trunc(Number(currentTarget.value));
              if (neuron >= 0 && neuron < size) onSelect({ ...selection, neuron });
            }}
          />
        </>
      )}
    </p>
  );
}

function CoreFacts(props: {
  readonly opened: Opened;
  readonly status: Status;
  readonly core: number;
  readonly isBrief: boolean;
}) {
  const { opened, status, core, isBrief } = props;
  const report = opened.report.cores[core]!;
  const { soFar } = status;
  if (isBrief) return null;
  return (
    <>
      <p class="quiet small">
        {report.populations.map(({ label, from, to }) => `${label} ${from}–${to - 1}`).join(', ')}
        {'. '}
        {numberText(report.synapses)} synapses; so far {numberText(soFar.spikes[core]!)} spikes,{' '}
        {numberText(soFar.synapticEvents[core]!)} synaptic events
        {soFar.energy === null ? '' : `, an estimated ${siText(soFar.energy[core]!, 'J')}`}.
      </p>
      <table class="limits">
        <caption class="visually-hidden">Limits of the core and what is used of them</caption>
        <tbody>
          {report.usage.map(({ limit, used, available }) => (
            <tr key={limit}>
              <th scope="row">{LIMIT_TEXT[limit]}</th>
              <td class="amount">
                {available !== null && (
                  <span
                    class={used > 0.9 * available ? 'full' : ''}
                    style={{ width: `${Math.min(100, (100 * used) / Math.max(1, available))}%` }}
                  />
                )}
              </td>
              <td>{usageText(limit, used, available)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </>
  );
}

function usageText(limit: LimitName, used: number, available: number | null): string {
  const amount = (value: number): string =>
    limit === 'synapseBits' ? `${numberText(value / 8192, 1)} KiB` : numberText(value);
  return available === null ? `${amount(used)}, no limit` : `${amount(used)} of ${amount(available)}`;
}

const TARGETS_SHOWN = 40;

function NeuronFacts({ view }: { readonly view: NeuronView }) {
  const { state, registers, coreRegisters, targets } = view;
  const synapses = targets.reduce((sum, target) => sum + target.synapses, 0);
  return (
    <div class="neuron-facts">
      <div>
        {state.length > 0 && (
          <Registers title={`State after step ${numberText(view.step)}`} rows={state} isOpen />
        )}
        <h3>
          Targets{' '}
          <span class="quiet">
            {numberText(targets.length)} in-axons, {numberText(synapses)} synapses
          </span>
        </h3>
        {targets.length > 0 && <Targets targets={targets} />}
      </div>
      {registers.length > 0 && (
        <div>
          <Registers title="Registers" rows={registers} isOpen />
          <Registers title="Registers of its core" rows={coreRegisters} isOpen={false} />
        </div>
      )}
    </div>
  );
}

function Targets({ targets }: Pick<NeuronView, 'targets'>) {
  return (
    <>
      <div class="scroll">
        <table class="numbers">
          <thead>
            <tr>
              <th scope="col">core</th>
              <th scope="col">in-axon</th>
              <th scope="col">synapses</th>
              <th scope="col">hops</th>
            </tr>
          </thead>
          <tbody>
            {targets.slice(0, TARGETS_SHOWN).map(({ core, axon, synapses, hops }) => (
              <tr key={`${core} ${axon}`}>
                <td>{core}</td>
                <td>{axon}</td>
                <td>{numberText(synapses)}</td>
                <td>{hops ?? 'host'}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      {targets.length > TARGETS_SHOWN && (
        <p class="quiet small">and {numberText(targets.length - TARGETS_SHOWN)} more</p>
      )}
    </>
  );
}

function Registers(props: {
  readonly title: string;
  readonly rows: readonly RegisterView[];
  readonly isOpen: boolean;
}) {
  const { title, rows, isOpen } = props;
  return (
    <details open={isOpen}>
      <summary>{title}</summary>
      <table class="numbers registers">
        <tbody>
          {rows.map(({ name, value, unit, meaning }) => (
            <tr key={name} title={meaning}>
              <th scope="row" class="mono">
                {name}
              </th>
              <td>{typeof value === 'number' ? numberText(value) : String(value)}</td>
              <td class="mono quiet">{typeof value === 'number' ? hex(value) : ''}</td>
              <td class="quiet">{unit}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </details>
  );
}

/** Two's complement in as few bytes as it takes. */
function hex(value: number): string {
  const bytes =
    value < 0 ? Math.ceil((Math.log2(-value) + 1.0001) / 8) : Math.ceil(Math.log2(value + 1.0001) / 8);
  const digits = 2 * Math.max(1, bytes);
  return `0x${(value < 0 ? value + 16 ** digits : value).toString(16).padStart(digits, '0')}`;
}
