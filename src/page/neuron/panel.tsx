/** One neuron on the chip: its constants, its membrane as it runs, and what is measured of it. */
import { useCallback, useEffect, useLayoutEffect, useMemo, useRef, useState } from 'preact/hooks';
import { COST_PROFILES } from '../../energy/cost-profiles.js';
import { csvText } from '../../views/csv.js';
import { type CurveData, curveValueAt, drawCurve } from '../../views/curve.js';
import { drawHistogram } from '../../views/histogram.js';
import { svgOf } from '../../views/svg-surface.js';
import { DARK, LIGHT } from '../../views/theme.js';
import { ChipWorker } from '../chip-worker.js';
import { Drawing } from '../drawing.js';
import { FailureCard } from '../error-boundary.js';
import type { Figure } from '../figure.js';
import { PauseIcon, PlayIcon, SpikeIcon, StepIcon } from '../icons.js';
import { Newest } from '../newest.js';
import type { PanelProps } from '../panel.js';
import { type Failure, failureOf, isAborted } from '../protocol.js';
import type { NeuronCalls } from './calls.js';
import { Constants, Presets } from './controls.js';
import type { RateCurve } from './curve.js';
import { EnergyCard } from './energy-card.js';
import { Formulas } from './formulas.js';
import type { NeuronMeasurement } from './measure.js';
import { useMeasurements } from './measurements.js';
import { fixed } from './numbers.js';
import { DEFAULTS, type NeuronParameters } from './parameters.js';
import { curveData, histogramData } from './plots.js';
import { presetOf, presetParameters } from './presets.js';
import { RegisterCard } from './register-card.js';
import { Scope } from './scope.js';
import { INITIAL, type NeuronState, SPEEDS, sharedOf, stateFrom, WINDOWS } from './state.js';
import { Verdict } from './verdict.js';
import './neuron.css';

const PROFILES = COST_PROFILES.map(({ name }) => name);

export function NeuronPanel(props: PanelProps) {
  const { shared, theme: themeName, onState, onFigures, onNotice, onRestart } = props;
  const [state, setState] = useState<NeuronState>(() => initialState(shared, onNotice));
  const [worker] = useState(() => new ChipWorker<NeuronCalls>('neuron'));
  const [isRunning, setRunning] = useState(() => !matchMedia('(prefers-reduced-motion: reduce)').matches);
  const [failure, setFailure] = useState<Failure | null>(null);
  const scopeHost = useRef<HTMLDivElement>(null);
  const scope = useRef<Scope | null>(null);
  const { parameters, prices } = state;
  const theme = themeName === 'dark' ? DARK : LIGHT;
  const { measured, of, curve, failure: unmeasured } = useMeasurements(worker, parameters);
  const change = useCallback(
    (changes: Partial<NeuronState>) => setState((old) => ({ ...old, ...changes })),
    [],
  );
  const setConstants = useCallback(
    (changes: Partial<NeuronParameters>) =>
      setState((old) => ({ ...old, parameters: { ...old.parameters, ...changes } })),
    [],
  );

  // At once: a panel that is left before its effects run must still end its worker.
  useLayoutEffect(() => {
    const made = new Scope(scopeHost.current!, {
      worker,
      theme,
      parameters,
      view: state,
      onFailure: (cause) => {
        if (isAborted(cause)) return;
        setFailure(failureOf(cause));
        setRunning(false);
      },
    });
    scope.current = made;
    return () => {
      made.dispose();
      worker.close();
    };
  }, []);

  useEffect(() => {
    if (scope.current !== null) scope.current.theme = theme;
  }, [theme]);

  useEffect(() => {
    if (scope.current !== null) scope.current.view = state;
  }, [state.window, state.speed, state.showsIdeal]);

  useEffect(() => {
    if (isRunning) scope.current?.start();
    else scope.current?.stop();
  }, [isRunning]);

  useEffect(() => {
    const onKey = (event: KeyboardEvent): void => {
      // Buttons, fields and menus have a use for the key of their own.
      if (event.key !== ' ' || !isPlain(event.target)) return;
      event.preventDefault();
      setRunning((running) => !running);
    };
    addEventListener('keydown', onKey);
    return () => removeEventListener('keydown', onKey);
  }, []);

  useProgramme(worker, parameters, scope, setFailure);

  useEffect(() => onState(sharedOf(state)), [state]);

  const curveShown = useMemo(
    () => (curve === null ? null : curveData(curve, of === parameters ? measured : null, parameters.I)),
    [curve, measured, of, parameters],
  );
  const figures = useRef({ measured, curve, curveShown });
  figures.current = { measured, curve, curveShown };
  useEffect(() => onFigures(figuresOf(() => ({ ...figures.current, scope: scope.current! }))), []);

  const price = measured?.prices.find(({ profile }) => profile === prices);
  const wrong = failure ?? unmeasured;
  const preset = presetOf(parameters);

  return (
    <div class="neuron">
      <h1 class="visually-hidden">Neuron</h1>
      <div class="left">
        <Presets parameters={parameters} onChoose={(p) => change({ parameters: presetParameters(p) })} />
        <Constants parameters={parameters} onChange={setConstants} />
        <button type="button" class="button reset" onClick={() => setConstants(DEFAULTS)}>
          Back to the default
        </button>
      </div>
      <div class="right">
        <Verdict measured={measured} isStale={of !== parameters} price={price} />
        <p class="remark quiet">{preset?.remark ?? 'A neuron of your own.'}</p>
        {wrong?.code === 'E_WORKER' && (
          <FailureCard
            title="The chip stopped"
            failure={wrong}
            action="Start it again"
            onAction={onRestart}
          />
        )}
        {wrong !== null && wrong.code !== 'E_WORKER' && (
          <FailureCard title="The chip cannot hold this neuron" failure={wrong} />
        )}
        <section class="card scope" aria-label="Membrane">
          <div ref={scopeHost} />
          <div class="transport">
            <button
              type="button"
              class="button primary"
              onClick={() => setRunning(!isRunning)}
              aria-keyshortcuts="Space"
            >
              {isRunning ? <PauseIcon /> : <PlayIcon />}
              {isRunning ? 'Pause' : 'Run'}
            </button>
            <button
              type="button"
              class="button"
              disabled={isRunning}
              onClick={() => void scope.current?.skip(1)}
              title="One timestep of the chip"
            >
              <StepIcon /> Step
            </button>
            <button
              type="button"
              class="button"
              onClick={() => void scope.current?.sendSpike()}
              title="One input spike over the synapse of weight w"
            >
              <SpikeIcon /> Send a spike
            </button>
            <label class="field">
              Speed
              <select value={state.speed} onChange={(e) => change({ speed: Number(e.currentTarget.value) })}>
                {SPEEDS.map(({ value, text }) => (
                  <option key={value} value={value}>
                    {text}
                  </option>
                ))}
              </select>
            </label>
            <label class="field">
              Window
              <select
                value={state.window}
                onChange={(e) => change({ window: Number(e.currentTarget.value) })}
              >
                {WINDOWS.map((ms) => (
                  <option key={ms} value={ms}>
                    {ms >= 1000 ? `${ms / 1000} s` : `${ms} ms`}
                  </option>
                ))}
              </select>
            </label>
            <label class="field check">
              <input
                type="checkbox"
                checked={state.showsIdeal}
                onChange={(e) => change({ showsIdeal: e.currentTarget.checked })}
              />
              Ideal neuron
            </label>
          </div>
        </section>
        <div class="cards">
          <section class="card" aria-labelledby="curve-title">
            <header>
              <h2 id="curve-title">Rate over current</h2>
              <p>drag to set I</p>
            </header>
            <Drawing
              label="f-I curve: firing rate over input current, closed form and chip"
              height={240}
              theme={theme}
              paint={(surface, current) => {
                if (curveShown !== null) drawCurve(surface, curveShown, { theme: current });
              }}
              onPick={(surface, x) => {
                if (curveShown === null) return;
                const I = curveValueAt(surface, curveShown, { theme }, x);
                setConstants({ I: Number(I.toFixed(2)) });
              }}
            />
          </section>
          <section class="card" aria-labelledby="intervals-title">
            <header>
              <h2 id="intervals-title">Intervals</h2>
              <p>{measured === null ? '' : intervalSummary(measured)}</p>
            </header>
            <Drawing
              label="Histogram of intervals between spikes"
              height={240}
              theme={theme}
              paint={(surface, current) => {
                if (measured !== null) drawHistogram(surface, histogramData(measured), { theme: current });
              }}
            />
          </section>
          <section class="card" aria-labelledby="formulas-title">
            <header>
              <h2 id="formulas-title">Formulas</h2>
            </header>
            <Formulas parameters={parameters} programme={measured?.programme ?? null} />
          </section>
          {measured !== null && <RegisterCard programme={measured.programme} />}
          {measured !== null && (
            <EnergyCard
              measured={measured}
              chosen={prices}
              onChoose={(profile) => change({ prices: profile })}
            />
          )}
        </div>
      </div>
    </div>
  );
}

const isPlain = (target: EventTarget | null): boolean =>
  !(target instanceof Element) || target.closest('button, input, select, textarea, a') === null;

function initialState(shared: unknown, onNotice: (message: string) => void): NeuronState {
  try {
    return stateFrom(shared, PROFILES);
  } catch (cause) {
    onNotice(
      `The neuron in this address cannot be used: ${failureOf(cause).message}. You see the default instead.`,
    );
    return INITIAL;
  }
}

/** Programs the live neuron with the latest constants. */
function useProgramme(
  worker: ChipWorker<NeuronCalls>,
  parameters: NeuronParameters,
  scope: { readonly current: Scope | null },
  onFailure: (failure: Failure | null) => void,
): void {
  const [programming] = useState(
    () =>
      new Newest<NeuronParameters>(
        async (wanted) => {
          await worker.ask('programme', wanted);
          await scope.current?.programmed(wanted);
          onFailure(null);
        },
        (cause) => {
          if (!isAborted(cause)) onFailure(failureOf(cause));
        },
      ),
  );
  useEffect(() => programming.ask(parameters), [parameters]);
}

function intervalSummary({ cv, cv2, adaptation, meanInterval }: NeuronMeasurement): string {
  if (meanInterval === null) return 'no intervals';
  const parts = [
    cv === null ? '' : `CV ${fixed(cv, 2)}`,
    cv2 === null ? '' : `CV2 ${fixed(cv2, 2)}`,
    adaptation === null ? '' : `adaptation ${fixed(adaptation, 2)}`,
  ];
  return parts.filter((part) => part !== '').join(' · ');
}

function figuresOf(
  now: () => {
    readonly scope: Scope;
    readonly measured: NeuronMeasurement | null;
    readonly curve: RateCurve | null;
    readonly curveShown: CurveData | null;
  },
): readonly Figure[] {
  const size = { width: 480, height: 300 };
  return [
    {
      name: 'membrane',
      title: 'Membrane',
      svg: (theme) => now().scope.svg(theme),
      csv: () => {
        const { times, v, ideal, threshold, spikes, from, to } = now().scope.samples;
        const rows = Array.from({ length: to - from }, (_, k) => {
          const i = from + k;
          return [
            times[i]!,
            v[i]!,
            ideal[i]!,
            threshold[i]!,
            spikes[i]! & 1,
            (spikes[i]! >> 1) & 1,
            spikes[i]! >> 2,
          ];
        });
        return csvText(
          ['time_ms', 'v_mV', 'ideal_v_mV', 'threshold_mV', 'spike', 'ideal_spike', 'input_spike'],
          rows,
        );
      },
    },
    {
      name: 'rate-over-current',
      title: 'Rate over current',
      svg: (theme) => {
        const { curveShown } = now();
        return svgOf(
          (surface) => {
            if (curveShown !== null) drawCurve(surface, curveShown, { theme });
          },
          { ...size, theme, title: 'Firing rate over input current' },
        );
      },
      csv: () => {
        const { curve } = now();
        const rows = curve === null ? [] : Array.from(curve.currents, (I, i) => [I, curve.measured[i]!]);
        return csvText(['current_nA', 'rate_Hz'], rows);
      },
    },
    {
      name: 'intervals',
      title: 'Intervals',
      svg: (theme) => {
        const { measured } = now();
        return svgOf(
          (surface) => {
            if (measured !== null) drawHistogram(surface, histogramData(measured), { theme });
          },
          { ...size, theme, title: 'Intervals between spikes' },
        );
      },
      csv: () => {
        const histogram = now().measured?.histogram;
        const rows =
          histogram?.counts.map((count, i) => [histogram.from + i * histogram.binWidth, count]) ?? [];
        return csvText(['interval_ms', 'count'], rows);
      },
    },
  ];
}
