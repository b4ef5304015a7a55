/** A signal as spikes, and back: five codes through the chip, beside each other. */
import { useEffect, useMemo, useRef, useState } from 'preact/hooks';
import { csvText } from '../../views/csv.js';
import { svgOf } from '../../views/svg-surface.js';
import { DARK, LIGHT } from '../../views/theme.js';
import { CHIP_PRICES } from '../chip-prices.js';
import { Drawing } from '../drawing.js';
import type { Figure } from '../figure.js';
import type { PanelProps } from '../panel.js';
import { failureOf, isAborted } from '../protocol.js';
import { CodeCard } from './code-card.js';
import { codeHeight, drawCode } from './code-figure.js';
import { Comparison } from './comparison.js';
import { CodeControls, type Kind, SignalControls } from './controls.js';
import { type Course, DURATION, pointsOf, valuesOf } from './course.js';
import { listen } from './loudness.js';
import { type CodingState, INITIAL, roundedPoints, sharedOf, stateFrom } from './settings.js';
import { SignalPad } from './signal-pad.js';
import { textOf } from './texts.js';
import { drawTrade, TRADE_HEIGHT } from './trade-figure.js';
import { type Transmission, useOutcomes } from './transmissions.js';
import './coding.css';

const NAMES = CHIP_PRICES.map(({ name }) => name);

export function CodingPanel({ shared, theme: themeName, onState, onFigures, onNotice }: PanelProps) {
  const [state, setState] = useState<CodingState>(() => {
    try {
      return stateFrom(shared, NAMES);
    } catch (cause) {
      onNotice(
        `The signal in this address cannot be used: ${failureOf(cause).message}. You see the default instead.`,
      );
      return INITIAL;
    }
  });
  const { course, options, prices } = state;
  const theme = themeName === 'dark' ? DARK : LIGHT;
  const values = useMemo(() => valuesOf(course), [course]);
  const shown = useOutcomes(values, options, prices);
  const listening = useRef<AbortController | null>(null);
  const [isListening, setListening] = useState(false);

  useEffect(() => onState(sharedOf(state)), [state]);
  useEffect(() => () => listening.current?.abort(), []);
  const latest = useRef(shown);
  latest.current = shown;
  // titles are of the options
  useEffect(() => onFigures(shown === null ? [] : figuresOf(() => latest.current!)), [shown?.options]);

  const setCourse = (next: Course): void => {
    listening.current?.abort();
    setState((old) => ({ ...old, course: next }));
  };
  const setPoints = (by: 'hand' | 'sound', points: readonly number[]): void =>
    setState((old) => ({ ...old, course: { kind: 'points', by, points: roundedPoints(points) } }));
  const record = async (): Promise<void> => {
    const controller = new AbortController();
    listening.current = controller;
    setListening(true);
    try {
      await listen(controller.signal, (points) => setPoints('sound', points));
    } catch (cause) {
      const { message, hint } = failureOf(cause);
      if (!isAborted(cause)) onNotice(`${message}: ${hint}`);
    } finally {
      if (listening.current === controller) listening.current = null;
      setListening(false);
    }
  };
  const setKind = (kind: Kind): void => {
    if (kind === 'sound') {
      if (!isListening) void record();
    } else if (kind === 'hand') {
      listening.current?.abort();
      setPoints('hand', pointsOf(values));
    } else if (kind === 'sine') setCourse({ kind, periods: 2, swing: 0.8 });
    else setCourse({ kind, swing: 0.6 });
  };

  const isBusy =
    shown === null || shown.values !== values || shown.options !== options || shown.prices !== prices;
  const texts = shown?.outcomes.map(({ name }) => textOf(name, shown.options)) ?? [];
  const profile = CHIP_PRICES.find(({ name }) => name === prices)!;

  return (
    <div class="coding">
      <h1 class="visually-hidden">Coding</h1>
      <div class="left">
        <SignalControls course={course} isListening={isListening} onKind={setKind} onCourse={setCourse} />
        <CodeControls
          state={state}
          onOptions={(changes) => setState((old) => ({ ...old, options: { ...old.options, ...changes } }))}
          onPrices={(name) => setState((old) => ({ ...old, prices: name }))}
        />
        <p class="quiet foot-note">
          Neurons of the chip repeat the spikes of a code one by one; what they say is decoded. A step is 1
          ms.
        </p>
      </div>
      <div class="right" aria-busy={isBusy}>
        <section class="card original" aria-labelledby="original-title">
          <header>
            <h2 id="original-title">The signal</h2>
            <p>draw on it</p>
          </header>
          <SignalPad
            values={values}
            theme={theme}
            onDraw={(points) => {
              listening.current?.abort();
              setPoints('hand', points);
            }}
          />
        </section>
        {shown !== null && (
          <section class="card comparison-card" aria-labelledby="comparison-title">
            <header>
              <h2 id="comparison-title">What each code buys and costs</h2>
              <p>the least of a column in bold</p>
            </header>
            <div class="trade">
              <Comparison outcomes={shown.outcomes} texts={texts} theme={theme} />
              <Drawing
                label="Error over energy of the codes; less of both is better"
                height={TRADE_HEIGHT}
                theme={theme}
                paint={(surface, colours) =>
                  drawTrade(surface, shown.outcomes, {
                    theme: colours,
                    titles: texts.map(({ title }) => title),
                  })
                }
              />
            </div>
            <p class="quiet foot-note">
              Energy is an estimate by {profile.title}: counted events times published figures.{' '}
              {profile.notice}
            </p>
          </section>
        )}
        {shown?.outcomes.map((outcome, i) => (
          <CodeCard
            key={outcome.name}
            values={shown.values}
            outcome={outcome}
            category={i}
            text={texts[i]!}
            theme={theme}
          />
        ))}
      </div>
    </div>
  );
}

function figuresOf(shown: () => Transmission): readonly Figure[] {
  const width = 720;
  const codes = shown().outcomes.map(({ name }, category): Figure => {
    const now = () => {
      const { outcomes, options, values } = shown();
      return { values, outcome: outcomes[category]!, text: textOf(name, options) };
    };
    return {
      name,
      title: now().text.title,
      svg: (theme) => {
        const { values, outcome, text } = now();
        return svgOf((surface) => drawCode(surface, { values, outcome, category }, { theme }), {
          width,
          height: codeHeight(outcome.neurons),
          theme,
          title: `${text.title} code: signal, decoded values and spikes`,
        });
      },
      csv: () => {
        const { steps, ids } = now().outcome;
        return csvText(
          ['step', 'neuron'],
          Array.from(steps, (step, i) => [step, ids[i]!]),
        );
      },
    };
  });
  return [
    {
      name: 'signals',
      title: 'Signals',
      csv: () => {
        const { values, outcomes } = shown();
        return csvText(
          ['time_ms', 'signal', ...outcomes.map(({ name }) => name)],
          Array.from({ length: DURATION }, (_, t) => [
            t,
            values[t]!,
            ...outcomes.map(({ decoded, window }) => decoded[Math.floor(t / window)]!),
          ]),
        );
      },
    },
    {
      name: 'comparison',
      title: 'Comparison',
      svg: (theme) => {
        const { outcomes, options } = shown();
        const titles = outcomes.map(({ name }) => textOf(name, options).title);
        return svgOf((surface) => drawTrade(surface, outcomes, { theme, titles }), {
          width: 480,
          height: 300,
          theme,
          title: 'Error over energy of five spike codes',
        });
      },
      csv: () =>
        csvText(
          ['code', 'neurons', 'spikes', 'joules_estimate', 'rms_every_step', 'rms', 'largest', 'promised'],
          shown().outcomes.map(({ name, neurons, steps, joules, heldRms, error, bound }) => [
            name,
            neurons,
            steps.length,
            joules,
            heldRms,
            error.rms,
            error.max,
            bound ?? '',
          ]),
        ),
    },
    ...codes,
  ];
}
