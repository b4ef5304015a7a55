/** Time: run, pause, step and scrub, with the hash of the state where the chip stands. */
import { numberText } from '../../views/scale.js';
import { PauseIcon, PlayIcon, StepIcon } from '../icons.js';
import { type RunControl, SPEEDS } from './run-control.js';

export function Transport({
  control,
  onChange,
}: {
  readonly control: RunControl;
  readonly onChange: () => void;
}) {
  const { step, end, status, history, opened, isPlaying, seeking, speed } = control;
  if (status === null || opened === null || history === null) return null;
  const first = status.first;
  const at = seeking ?? step;
  const known = Math.max(history.to, step);
  const last = Math.max(end, known);
  const part = (value: number): string => `${(100 * (value - first)) / Math.max(1, last - first)}%`;
  return (
    <section class="card chip-transport" aria-label="Time">
      <div class="chip-keys">
        <button
          type="button"
          class="button"
          disabled={at <= first}
          onClick={() => void control.seek(first)}
          title="Back to the first step"
        >
          <StartIcon />
          <span class="visually-hidden">To the beginning</span>
        </button>
        <button
          type="button"
          class="button"
          disabled={at <= first}
          onClick={() => void control.seek(at - 1)}
          title="One step back"
        >
          <span class="flip">
            <StepIcon />
          </span>
          <span class="visually-hidden">Step back</span>
        </button>
        <button
          type="button"
          class="button primary"
          onClick={() => (isPlaying ? control.pause() : control.play())}
        >
          {isPlaying ? <PauseIcon /> : <PlayIcon />}
          {isPlaying ? 'Pause' : 'Run'}
        </button>
        <button
          type="button"
          class="button"
          onClick={() => void control.stepOnce()}
          title="One step on, with its messages on their way"
        >
          <StepIcon />
          <span class="visually-hidden">Step</span>
        </button>
      </div>
      <div class="chip-time">
        <input
          type="range"
          aria-label="Step"
          min={first}
          max={last}
          value={at}
          style={{ '--at': part(at), '--known': part(known) }}
          onInput={(e) => void control.seek(Number(e.currentTarget.value))}
        />
      </div>
      <label>
        Step{' '}
        <input
          type="number"
          min={first}
          max={2 ** 31 - 2}
          value={at}
          onChange={({ currentTarget }) => {
            const wanted = Math.trunc(Number(currentTarget.value));
            if (wanted >= first) void control.seek(wanted);
          }}
        />
        <span class="quiet">
          {' '}
          of {numberText(last)}
          {opened.dt > 0
            ? `, ${numberText(Number((at * opened.dt).toPrecision(12)), opened.dt % 1 === 0 ? 0 : 1)} ms`
            : ''}
        </span>
      </label>
      <label>
        Speed{' '}
        <select
          value={String(speed)}
          onChange={(e) => {
            control.speed = Number(e.currentTarget.value);
            onChange();
          }}
        >
          {SPEEDS.map(({ value, text }) => (
            <option key={text} value={String(value)}>
              {text}
            </option>
          ))}
        </select>
      </label>
      <Hash control={control} />
    </section>
  );
}

function Hash({ control }: { readonly control: RunControl }) {
  const { status, step, seeking, isPlaying } = control;
  const isNow =
    status !== null && status.hash !== null && status.step === step && seeking === null && !isPlaying;
  const again = isNow ? status.again : 'first';
  return (
    <p class="chip-hash" title="Hash of the chip's whole state and counters: equal states have equal hashes">
      <span class="quiet">state</span>{' '}
      <output class="mono" data-step={isNow ? step : undefined}>
        {isNow ? status.hash : seeking === null ? 'running …' : `going to step ${numberText(seeking)} …`}
      </output>
      {again === 'same' && <span class="same">same as before</span>}
      {again === 'differs' && <span class="differs">differs from before: please report this</span>}
    </p>
  );
}

const StartIcon = () => (
  <svg
    class="icon"
    viewBox="0 0 16 16"
    width="16"
    height="16"
    fill="none"
    stroke="currentColor"
    stroke-width="1.5"
    aria-hidden="true"
  >
    <path d="M2.500 3.500v9M9 3.500v9l-4.500-4.500zM14 3.500v9l-4.500-4.500z" stroke-linejoin="round" />
  </svg>
);
