/** The formulas of the neuron with the present numbers in them. */
import type { ComponentChildren } from 'preact';
import type { NeuronMeasurement } from './measure.js';
import { plain } from './numbers.js';
import type { NeuronParameters } from './parameters.js';

const Var = ({ children, sub }: { readonly children: string; readonly sub?: string }) =>
  sub === undefined ? (
    <mi>{children}</mi>
  ) : (
    <msub>
      <mi>{children}</mi>
      <mtext>{sub}</mtext>
    </msub>
  );

const Num = ({ value, unit }: { readonly value: number; readonly unit?: string }) => (
  <>
    <mn class="number">{plain(value)}</mn>
    {unit !== undefined && <mtext class="number">&nbsp;{unit}</mtext>}
  </>
);

const Op = ({ children }: { readonly children: string }) => <mo>{children}</mo>;

function Formula(props: { readonly name: string; readonly children: ComponentChildren }) {
  return (
    <div class="formula">
      <span class="quiet">{props.name}</span>
      <math>{props.children}</math>
    </div>
  );
}

export function Formulas(props: {
  readonly parameters: NeuronParameters;
  readonly measured: NeuronMeasurement | null;
}) {
  const { tau_m, R, I, v_rest, v_reset, v_th, tau_refrac, v_th_step, tau_th } = props.parameters;
  const toThreshold = R * I - (v_th - v_rest);
  const fires = toThreshold > 0 && v_reset < v_th;
  const interval = tau_refrac + tau_m * Math.log((R * I - (v_reset - v_rest)) / toThreshold);
  return (
    <div class="formulas">
      <Formula name="Membrane">
        <mrow>
          <Num value={tau_m} unit="ms" />
          <mfrac>
            <mrow>
              <mi>d</mi>
              <mi>V</mi>
            </mrow>
            <mrow>
              <mi>d</mi>
              <mi>t</mi>
            </mrow>
          </mfrac>
          <Op>=</Op>
          <Num value={v_rest} unit="mV" />
          <Op>−</Op>
          <mi>V</mi>
          <Op>+</Op>
          <Num value={R} unit="MΩ" />
          <Op>·</Op>
          <Num value={I} unit="nA" />
        </mrow>
      </Formula>
      <Formula name="Settles at">
        <mrow>
          <Var sub="rest">V</Var>
          <Op>+</Op>
          <mi>R</mi>
          <mi>I</mi>
          <Op>=</Op>
          <Num value={v_rest + R * I} unit="mV" />
        </mrow>
      </Formula>
      <Formula name="Rheobase">
        <mrow>
          <mfrac>
            <mrow>
              <Var sub="th">V</Var>
              <Op>−</Op>
              <Var sub="rest">V</Var>
            </mrow>
            <mi>R</mi>
          </mfrac>
          <Op>=</Op>
          <mfrac>
            <Num value={v_th - v_rest} unit="mV" />
            <Num value={R} unit="MΩ" />
          </mfrac>
          <Op>=</Op>
          <Num value={(v_th - v_rest) / R} unit="nA" />
        </mrow>
      </Formula>
      <Formula name="Interval">
        {fires ? (
          <mrow>
            <Var sub="ref">τ</Var>
            <Op>+</Op>
            <Var sub="m">τ</Var>
            <mi>ln</mi>
            <mfrac>
              <mrow>
                <mi>R</mi>
                <mi>I</mi>
                <Op>−</Op>
                <mo>(</mo>
                <Var sub="reset">V</Var>
                <Op>−</Op>
                <Var sub="rest">V</Var>
                <mo>)</mo>
              </mrow>
              <mrow>
                <mi>R</mi>
                <mi>I</mi>
                <Op>−</Op>
                <mo>(</mo>
                <Var sub="th">V</Var>
                <Op>−</Op>
                <Var sub="rest">V</Var>
                <mo>)</mo>
              </mrow>
            </mfrac>
          </mrow>
        ) : (
          <mrow>
            <mi>R</mi>
            <mi>I</mi>
            <Op>=</Op>
            <Num value={R * I} unit="mV" />
            <Op>{toThreshold > 0 ? '>' : '≤'}</Op>
            <Num value={v_th - v_rest} unit="mV" />
            <mtext>{toThreshold > 0 ? ': no closed form, it resets above the threshold' : ': never'}</mtext>
          </mrow>
        )}
      </Formula>
      {fires && (
        <Formula name="">
          <mrow>
            <Op>=</Op>
            {tau_refrac > 0 && (
              <>
                <Num value={tau_refrac} />
                <Op>+</Op>
              </>
            )}
            <Num value={tau_m} />
            <mi>ln</mi>
            <mfrac>
              <Num value={R * I - (v_reset - v_rest)} />
              <Num value={toThreshold} />
            </mfrac>
            <Op>=</Op>
            <Num value={interval} unit="ms" />
            <Op>→</Op>
            <Num value={1000 / interval} unit="Hz" />
          </mrow>
        </Formula>
      )}
      {v_th_step > 0 && (
        <Formula name="Threshold">
          <mrow>
            <Num value={tau_th} unit="ms" />
            <mfrac>
              <mrow>
                <mi>d</mi>
                <mi>θ</mi>
              </mrow>
              <mrow>
                <mi>d</mi>
                <mi>t</mi>
              </mrow>
            </mfrac>
            <Op>=</Op>
            <Op>−</Op>
            <mi>θ</mi>
            <mtext>, +&nbsp;</mtext>
            <Num value={v_th_step} unit="mV" />
            <mtext>&nbsp;a spike</mtext>
          </mrow>
        </Formula>
      )}
      {props.measured !== null && <ChipStep measured={props.measured} />}
    </div>
  );
}

/** The same step as the chip takes it, in integers. */
function ChipStep({ measured }: { readonly measured: NeuronMeasurement }) {
  const { lossV, registers } = measured.programme;
  const bias = registers.biasMant! * 2 ** registers.biasExp!;
  return (
    <Formula name="On the chip">
      <mrow>
        <mi>v</mi>
        <Op>←</Op>
        <mi>v</mi>
        <Op>−</Op>
        <mfrac>
          <mrow>
            <mn class="number">{Math.round(4096 * lossV)}</mn>
            <mi>v</mi>
          </mrow>
          <mn>4096</mn>
        </mfrac>
        <Op>+</Op>
        <mi>u</mi>
        <Op>{bias < 0 ? '−' : '+'}</Op>
        <mn class="number">{Math.abs(bias)}</mn>
      </mrow>
    </Formula>
  );
}
