/** The steps of a look: a slider, and a button that lets them pass slowly. */
import { useEffect, useState } from 'preact/hooks';
import { DIGIT_STEPS } from '../../../examples/digits/model.js';
import { PauseIcon, PlayIcon } from '../icons.js';

const STEP_MS = 180;

export function Playback(props: {
  readonly step: number;
  readonly isIdle: boolean;
  readonly onStep: (step: number) => void;
}) {
  const { step, isIdle, onStep } = props;
  const [isPlaying, setPlaying] = useState(false);
  useEffect(() => {
    if (!isPlaying) return;
    const timer = setTimeout(() => {
      if (step < DIGIT_STEPS) onStep(step + 1);
      else setPlaying(false);
    }, STEP_MS);
    return () => clearTimeout(timer);
  }, [isPlaying, step]);
  const toggle = (): void => {
    if (!isPlaying && step === DIGIT_STEPS) onStep(1);
    setPlaying(!isPlaying);
  };
  return (
    <div class="playback">
      <button
        type="button"
        class="icon-button"
        disabled={isIdle}
        aria-label={isPlaying ? 'Pause' : 'Play the look slowly'}
        onClick={toggle}
      >
        {isPlaying ? <PauseIcon /> : <PlayIcon />}
      </button>
      <input
        type="range"
        min={1}
        max={DIGIT_STEPS}
        value={step}
        disabled={isIdle}
        aria-label="Timestep"
        aria-valuetext={`${step} of ${DIGIT_STEPS}`}
        onInput={(event) => {
          setPlaying(false);
          onStep(Number(event.currentTarget.value));
        }}
      />
      <span class="quiet">
        timestep {step} of {DIGIT_STEPS}
      </span>
    </div>
  );
}
