/** What may be chosen: the signal, and the options of the codes. */
import type { ComponentChildren } from 'preact';
import { useId } from 'preact/hooks';
import { CHIP_PRICES } from '../chip-prices.js';
import type { Course } from './course.js';
import { CHOICES, type CodeOptions, type CodingState, PERIODS } from './settings.js';

function Field({
  label,
  children,
}: {
  readonly label: string;
  readonly children: (id: string) => ComponentChildren;
}) {
  const id = useId();
  return (
    <div class="field">
      <label for={id}>{label}</label>
      {children(id)}
    </div>
  );
}

function Slider(props: {
  readonly label: string;
  readonly value: number;
  readonly min: number;
  readonly max: number;
  readonly step: number;
  readonly text: string;
  readonly onValue: (value: number) => void;
}) {
  const { label, value, min, max, step, text, onValue } = props;
  return (
    <Field label={label}>
      {(id) => (
        <>
          <output for={id}>{text}</output>
          <input
            id={id}
            type="range"
            {...{ min, max, step, value }}
            aria-valuetext={text}
            onInput={(event) => onValue(Number(event.currentTarget.value))}
          />
        </>
      )}
    </Field>
  );
}

function Choice<T extends number | string>(props: {
  readonly label: string;
  readonly value: T;
  readonly from: readonly T[];
  readonly text?: (value: T) => string;
  readonly onValue: (value: T) => void;
}) {
  const { label, value, from, text = String, onValue } = props;
  return (
    <Field label={label}>
      {(id) => (
        <select
          id={id}
          value={String(value)}
          onChange={(event) => onValue(from[event.currentTarget.selectedIndex]!)}
        >
          {from.map((one) => (
            <option key={one} value={String(one)}>
              {text(one)}
            </option>
          ))}
        </select>
      )}
    </Field>
  );
}

const KINDS = [
  { kind: 'sine', text: 'Sine' },
  { kind: 'step', text: 'Step' },
  { kind: 'hand', text: 'Drawn' },
  { kind: 'sound', text: 'Microphone' },
] as const;

export type Kind = (typeof KINDS)[number]['kind'];

const kindOf = (course: Course): Kind => (course.kind === 'points' ? course.by : course.kind);

export function SignalControls(props: {
  readonly course: Course;
  readonly isListening: boolean;
  readonly onKind: (kind: Kind) => void;
  readonly onCourse: (course: Course) => void;
}) {
  const { course, isListening, onKind, onCourse } = props;
  const chosen = isListening ? 'sound' : kindOf(course);
  return (
    <section class="card options signal-options" aria-labelledby="signal-title">
      <h2 id="signal-title">Signal</h2>
      <fieldset class="kinds" aria-label="Kind of signal">
        {KINDS.map(({ kind, text }) => (
          <button key={kind} type="button" aria-pressed={kind === chosen} onClick={() => onKind(kind)}>
            {text}
          </button>
        ))}
      </fieldset>
      {course.kind === 'sine' && !isListening && (
        <Slider
          label="Periods"
          value={course.periods}
          min={PERIODS.least}
          max={PERIODS.most}
          step={0.5}
          text={String(course.periods)}
          onValue={(periods) => onCourse({ ...course, periods })}
        />
      )}
      {course.kind !== 'points' && !isListening && (
        <Slider
          label="Swing"
          value={course.swing}
          min={0}
          max={1}
          step={0.05}
          text={`${Math.round(100 * course.swing)} %`}
          onValue={(swing) => onCourse({ ...course, swing })}
        />
      )}
      {course.kind === 'points' && course.by === 'hand' && !isListening && (
        <p class="quiet">Draw on the signal, with the pointer or with arrow keys.</p>
      )}
      {isListening && (
        <p class="quiet" role="status">
          Listening to how loud it is …
        </p>
      )}
      {course.kind === 'points' && course.by === 'sound' && !isListening && (
        <p class="quiet">Loudness, 20 ms a point. Nothing leaves the page. Choose it again to record anew.</p>
      )}
    </section>
  );
}

export function CodeControls(props: {
  readonly state: CodingState;
  readonly onOptions: (changes: Partial<CodeOptions>) => void;
  readonly onPrices: (name: string) => void;
}) {
  const { state, onOptions, onPrices } = props;
  const { options } = state;
  const choice = <Name extends keyof CodeOptions>(
    name: Name,
    label: string,
    text?: (value: CodeOptions[Name]) => string,
  ) => (
    <Choice<CodeOptions[Name]>
      label={label}
      value={options[name]}
      from={CHOICES[name]}
      {...(text === undefined ? {} : { text })}
      onValue={(value) => onOptions({ [name]: value })}
    />
  );
  return (
    <section class="card options code-options" aria-labelledby="codes-title">
      <h2 id="codes-title">Codes</h2>
      {choice('window', 'Window of a sample', (steps) => `${steps} steps`)}
      {choice('rate', 'Rate', (rate) => (rate === 'regular' ? 'regular' : 'Poisson'))}
      {choice('maxSpikes', 'Burst, at most', (spikes) => `${spikes} spikes`)}
      {choice('neurons', 'Population', (neurons) => `${neurons} neurons`)}
      {choice('peak', 'Their peak rate', (peak) => `${peak} a step`)}
      {choice('change', 'Change')}
      {choice('threshold', 'Its threshold')}
      <Choice
        label="Prices"
        value={state.prices}
        from={CHIP_PRICES.map(({ name }) => name)}
        onValue={onPrices}
      />
    </section>
  );
}
