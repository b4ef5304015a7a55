/** Draw a digit and watch the chip read it. */
import { useEffect, useMemo, useRef, useState } from 'preact/hooks';
import { CLASSES, DIGIT_STEPS } from '../../../examples/digits/model.js';
import { csvText } from '../../views/csv.js';
import { svgOf } from '../../views/svg-surface.js';
import { DARK, LIGHT } from '../../views/theme.js';
import { CHIP_PRICES } from '../chip-prices.js';
import { Drawing as View } from '../drawing.js';
import type { Figure } from '../figure.js';
import type { PanelProps } from '../panel.js';
import { activityHeight, drawActivity } from './activity-figure.js';
import { CostCard, denseRows } from './cost-card.js';
import { denseHeight, drawDense } from './dense-figure.js';
import { type Drawing, drawingOf, sharedOf } from './drawing.js';
import { Pad } from './pad.js';
import { Playback } from './playback.js';
import type { Reading } from './reading.js';
import { sampleOf } from './samples.js';
import './digits.css';
import { useLooks } from './looks.js';
import { VotesCard } from './votes.js';

const EXPORT_WIDTH = 720;

export function DigitsPanel({ shared, theme: themeName, onState, onFigures, onNotice }: PanelProps) {
  const [drawing, setDrawing] = useState<Drawing>(() => drawingOf(shared) ?? []);
  const [costs, setCosts] = useState(CHIP_PRICES[0]!.name);
  const [step, setStep] = useState(DIGIT_STEPS);
  const theme = themeName === 'dark' ? DARK : LIGHT;
  const { reading, failure } = useLooks(drawing, costs);
  if (failure !== null) throw failure;

  useEffect(() => {
    if (shared !== undefined && drawingOf(shared) === null)
      onNotice('The drawing in this address cannot be used; the pad is empty instead.');
  }, []);
  useEffect(() => onState(sharedOf(drawing)), [drawing]);

  const latest = useRef({ reading, step });
  latest.current = { reading, step };
  const isBlank = reading === null;
  useEffect(() => onFigures(isBlank ? [] : figuresOf(() => latest.current)), [isBlank]);

  const draw = (next: Drawing): void => {
    setDrawing(next);
    setStep(DIGIT_STEPS);
  };
  const undo = (): void => draw(drawing.slice(0, -1));
  const clear = (): void => draw([]);
  const width = useWidth();
  const layers = reading?.layers ?? null;

  return (
    <div class="digits">
      <h1 class="visually-hidden">Digits</h1>
      <section class="card pad-card" aria-label="Drawing">
        <Pad
          drawing={drawing}
          theme={theme}
          onDraw={draw}
          onUndo={undo}
          onClear={clear}
          onSample={(digit) => draw(sampleOf(digit))}
        />
        <div class="pad-buttons">
          <button type="button" class="button" disabled={drawing.length === 0} onClick={undo}>
            Undo stroke
          </button>
          <button type="button" class="button" disabled={drawing.length === 0} onClick={clear}>
            Clear
          </button>
        </div>
        <fieldset class="samples">
          <legend class="quiet">Or load a sample</legend>
          {Array.from({ length: CLASSES }, (_, digit) => (
            <button
              key={digit}
              type="button"
              class="button"
              aria-label={`Sample ${digit}`}
              onClick={() => draw(sampleOf(digit))}
            >
              {digit}
            </button>
          ))}
        </fieldset>
      </section>
      <VotesCard reading={reading} step={step} />
      <section class="card activity" aria-label="Activity" ref={width.ref}>
        <header>
          <h2>On the chip</h2>
          <Playback step={step} isIdle={isBlank} onStep={setStep} />
        </header>
        <View
          label="Spikes of pixels, features and votes"
          height={activityHeight(width.inner)}
          theme={theme}
          paint={(surface, colours) => drawActivity(surface, { layers, step }, { theme: colours })}
        />
        <p class="quiet note">
          784 pixels, a 5 × 5 convolution to 2,304 features in 16 maps, 50 neurons that vote. One look is 15
          timesteps of input and one more; the network starts each at rest.
        </p>
      </section>
      <CostCard reading={reading} costs={costs} theme={theme} onCosts={setCosts} />
    </div>
  );
}

/** Width that a card has for its figure, CSS pixels. */
function useWidth() {
  const ref = useRef<HTMLElement>(null);
  const [inner, setInner] = useState(600);
  useEffect(() => {
    const observer = new ResizeObserver(([entry]) => setInner(entry!.contentRect.width));
    observer.observe(ref.current!);
    return () => observer.disconnect();
  }, []);
  return useMemo(() => ({ ref, inner }), [inner]);
}

type Shown = () => { readonly reading: Reading | null; readonly step: number };

function figuresOf(shown: Shown): readonly Figure[] {
  return [
    {
      name: 'activity',
      title: 'Activity',
      svg: (theme) => {
        const { reading, step } = shown();
        const title = `Spikes of pixels, features and votes until timestep ${step}`;
        const size = { width: EXPORT_WIDTH, height: activityHeight(EXPORT_WIDTH) };
        return svgOf(
          (surface) => drawActivity(surface, { layers: reading?.layers ?? null, step }, { theme }),
          { ...size, theme, title },
        );
      },
      csv: () => csvText(['layer', 'timestep', 'neuron'], spikeRows(shown().reading)),
    },
    {
      name: 'energy',
      title: 'Energy',
      svg: (theme) => {
        const rows = denseRows(shown().reading);
        return svgOf((surface) => drawDense(surface, rows, { theme }), {
          width: EXPORT_WIDTH,
          height: denseHeight(rows),
          theme,
          title: 'Energy of one answer, an estimate',
        });
      },
      csv: () =>
        csvText(
          ['hardware', 'joules_estimate'],
          denseRows(shown().reading).map(({ label, joules }) => [label, joules]),
        ),
    },
  ];
}

function* spikeRows(reading: Reading | null): Generator<readonly (string | number)[]> {
  if (reading === null) return;
  for (const [layer, { steps, neurons }] of Object.entries(reading.layers))
    for (let i = 0; i < steps.length; i++) yield [layer, steps[i]!, neurons[i]!];
}
