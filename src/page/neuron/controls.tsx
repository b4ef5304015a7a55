/** Presets, and a slider with a number field for every constant. */
import { useEffect, useState } from 'preact/hooks';
import { MathSymbol } from './math-symbol.js';
import { hardRange, type NeuronParameters, PARAMETERS, type ParameterRow } from './parameters.js';
import { PRESETS, type Preset, presetOf } from './presets.js';

const GROUPS: readonly { readonly group: ParameterRow['group']; readonly title: string }[] = [
  { group: 'drive', title: 'Drive' },
  { group: 'membrane', title: 'Membrane' },
  { group: 'spike', title: 'Spike' },
  { group: 'time', title: 'Time' },
];

export function Presets(props: {
  readonly parameters: NeuronParameters;
  readonly onChoose: (preset: Preset) => void;
}) {
  const current = presetOf(props.parameters);
  return (
    <fieldset class="presets">
      <legend class="visually-hidden">Presets</legend>
      {PRESETS.map((preset) => (
        <button
          key={preset.name}
          type="button"
          class="chip"
          aria-pressed={preset === current}
          title={preset.remark}
          onClick={() => props.onChoose(preset)}
        >
          {preset.title}
        </button>
      ))}
    </fieldset>
  );
}

export function Constants(props: {
  readonly parameters: NeuronParameters;
  readonly onChange: (changes: Partial<NeuronParameters>) => void;
}) {
  const { parameters, onChange } = props;
  return (
    <form class="constants" aria-label="Constants of the neuron" onSubmit={(event) => event.preventDefault()}>
      {GROUPS.map(({ group, title }) => (
        <fieldset key={group}>
          <legend>{title}</legend>
          {PARAMETERS.filter((row) => row.group === group).map((row) => (
            <Constant
              key={row.name}
              row={row}
              value={parameters[row.name]}
              isIdle={isIdle(row.name, parameters)}
              onChange={(value) => onChange({ [row.name]: value })}
            />
          ))}
        </fieldset>
      ))}
    </form>
  );
}

/** Constants that do nothing while another is 0: shown, but quietly. */
const isIdle = (name: string, { v_th_step }: NeuronParameters): boolean =>
  name === 'tau_th' && v_th_step === 0;

function Constant(props: {
  readonly row: ParameterRow;
  readonly value: number;
  readonly isIdle: boolean;
  readonly onChange: (value: number) => void;
}) {
  const { row, value, isIdle: idle, onChange } = props;
  const [text, setText] = useState(String(value));
  const [isWrong, setWrong] = useState(false);
  useEffect(() => {
    // what is being typed stays: `-0` on the way to `-0.5` is a number already
    setText((old) => (Number(old) === value ? old : String(value)));
    setWrong(false);
  }, [value]);
  const [least, most] = hardRange(row);
  const take = (entered: string): void => {
    setText(entered);
    const number = Number(entered);
    const isRight = entered.trim() !== '' && Number.isFinite(number) && number >= least && number <= most;
    setWrong(!isRight);
    if (isRight) onChange(number);
  };
  const id = `constant-${row.name}`;
  const filled = Math.min(1, Math.max(0, (value - row.min) / (row.max - row.min)));
  return (
    <div class={idle ? 'constant idle' : 'constant'} title={row.hint}>
      <label for={id}>
        <MathSymbol text={row.symbol} /> <span>{row.label}</span>
      </label>
      <span class="entry">
        <input
          id={id}
          type="number"
          inputMode="decimal"
          step="any"
          min={least}
          max={most}
          value={text}
          aria-invalid={isWrong}
          aria-describedby={isWrong ? `${id}-wrong` : undefined}
          onInput={(event) => take(event.currentTarget.value)}
          onBlur={() => {
            setText(String(value));
            setWrong(false);
          }}
        />
        <span class="unit">{row.unit}</span>
      </span>
      <input
        type="range"
        aria-label={`${row.label}, ${row.unit}`}
        min={row.min}
        max={row.max}
        step={row.step}
        value={value}
        style={`--filled: ${(100 * filled).toFixed(2)}%`}
        onInput={(event) => onChange(Number(event.currentTarget.value))}
      />
      {isWrong && (
        <p class="wrong" id={`${id}-wrong`}>
          {least} to {most} {row.unit}
        </p>
      )}
    </div>
  );
}
