/** The formulas of the neuron with the present numbers in them. */
import { interSpikeInterval, rheobase } from '../../api/analytic.js';
import { Formula, Frac, Gap, Num, Op, Var } from './formula.js';
import { plain } from './numbers.js';
import type { NeuronParameters } from './parameters.js';
import type { NeuronProgramme } from './programme.js';

const Derivative = ({ of }: { readonly of: string }) => (
  <Frac
    over={
      <>
        d<Var>{of}</Var>
      </>
    }
    under={
      <>
        d<Var>t</Var>
      </>
    }
  />
);

const RI = () => (
  <>
    <Var>R</Var>
    <Var>I</Var>
  </>
);

export function Formulas(props: {
  readonly parameters: NeuronParameters;
  readonly programme: NeuronProgramme | null;
}) {
  const { tau_m, R, I, v_rest, v_th, v_th_step, tau_th } = props.parameters;
  const least = rheobase(props.parameters);
  return (
    <div class="formulas">
      <Formula
        name="Membrane"
        spoken={`${plain(tau_m)} ms times dV by dt is ${plain(v_rest)} mV minus V plus ${plain(R)} megohm times ${plain(I)} nA`}
      >
        <Num value={tau_m} unit="ms" />
        <Derivative of="V" />
        <Op>=</Op>
        <Num value={v_rest} unit="mV" />
        <Op>−</Op>
        <Var>V</Var>
        <Op>+</Op>
        <Num value={R} unit="MΩ" />
        <Op>·</Op>
        <Num value={I} unit="nA" />
      </Formula>
      <Formula name="Settles at" spoken={`V rest plus R I is ${plain(v_rest + R * I)} mV`}>
        <Var sub="rest">V</Var>
        <Op>+</Op>
        <RI />
        <Op>=</Op>
        <Num value={v_rest + R * I} unit="mV" />
      </Formula>
      <Formula name="Rheobase" spoken={`V threshold minus V rest over R is ${plain(least)} nA`}>
        <Frac
          over={
            <>
              <Var sub="th">V</Var>
              <Op>−</Op>
              <Var sub="rest">V</Var>
            </>
          }
          under={<Var>R</Var>}
        />
        <Op>=</Op>
        <Frac over={<Num value={v_th - v_rest} unit="mV" />} under={<Num value={R} unit="MΩ" />} />
        <Op>=</Op>
        <Num value={least} unit="nA" />
      </Formula>
      <Interval parameters={props.parameters} />
      {v_th_step > 0 && (
        <Formula
          name="Threshold"
          spoken={`${plain(tau_th)} ms times d theta by dt is minus theta; a spike adds ${plain(v_th_step)} mV`}
        >
          <Num value={tau_th} unit="ms" />
          <Derivative of="θ" />
          <Op>=</Op>−<Var>θ</Var>
          <span class="words">, a spike adds</span>
          <Num value={v_th_step} unit="mV" />
        </Formula>
      )}
      {props.programme !== null && <ChipStep programme={props.programme} />}
    </div>
  );
}

/** The closed form of the interval, first in letters, then in numbers. */
function Interval({ parameters }: { readonly parameters: NeuronParameters }) {
  const { tau_m, R, I, v_rest, v_reset, v_th, tau_refrac } = parameters;
  const toThreshold = R * I - (v_th - v_rest);
  if (toThreshold <= 0)
    return (
      <Formula name="Interval" spoken="R I does not reach the threshold: it never fires by its current alone">
        <RI />
        <Op>=</Op>
        <Num value={R * I} unit="mV" />
        <Op>≤</Op>
        <Num value={v_th - v_rest} unit="mV" />
        <span class="words">: never, by its current alone</span>
      </Formula>
    );
  if (v_reset >= v_th)
    return (
      <Formula name="Interval" spoken="no closed form: it is reset above the threshold">
        <span class="words">no closed form: it is reset above its threshold</span>
      </Formula>
    );
  const interval = interSpikeInterval(parameters);
  return (
    <>
      <Formula
        name="Interval"
        spoken="refractory time plus tau m times the logarithm of R I minus reset over R I minus threshold, both from rest"
      >
        <Var sub="ref">τ</Var>
        <Op>+</Op>
        <Var sub="m">τ</Var>
        <span class="words">ln</span>
        <Frac
          over={
            <>
              <RI />
              <Op>−</Op>
              <Gap of="reset" from="rest" />
            </>
          }
          under={
            <>
              <RI />
              <Op>−</Op>
              <Gap of="th" from="rest" />
            </>
          }
        />
      </Formula>
      <Formula name="" spoken={`is ${plain(interval)} ms, hence ${plain(1000 / interval)} Hz`}>
        <Op>=</Op>
        {tau_refrac > 0 && (
          <>
            <Num value={tau_refrac} />
            <Op>+</Op>
          </>
        )}
        <Num value={tau_m} />
        <span class="words">ln</span>
        <Frac over={<Num value={R * I - (v_reset - v_rest)} />} under={<Num value={toThreshold} />} />
        <Op>=</Op>
        <Num value={interval} unit="ms" />
        <Op>→</Op>
        <Num value={1000 / interval} unit="Hz" />
      </Formula>
    </>
  );
}

/** The same step as the chip takes it, in integers. */
function ChipStep({ programme: { lossV, registers } }: { readonly programme: NeuronProgramme }) {
  const bias = registers.biasMant! * 2 ** registers.biasExp!;
  const loss = Math.round(4096 * lossV);
  return (
    <Formula name="On the chip" spoken={`v becomes v minus ${loss} v over 4096 plus u plus ${bias}`}>
      <Var>v</Var>
      <Op>←</Op>
      <Var>v</Var>
      <Op>−</Op>
      <Frac
        over={
          <>
            <b>{loss}</b>
            <Var>v</Var>
          </>
        }
        under="4096"
      />
      <Op>+</Op>
      <Var>u</Var>
      <Op>{bias < 0 ? '−' : '+'}</Op>
      <b>{Math.abs(bias)}</b>
    </Formula>
  );
}
