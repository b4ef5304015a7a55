/** The registers that the chip really holds, and what rounding to them cost. */
import { errorText, hex, plain } from './numbers.js';
import type { LostToRounding, NeuronProgramme } from './programme.js';

const MEANINGS: Readonly<Record<string, string>> = {
  du: 'current decay',
  dv: 'voltage decay',
  vthMant: 'threshold ≫ 6',
  biasMant: 'bias mantissa',
  biasExp: 'bias exponent',
  refract: 'held steps + 1',
  dth: 'threshold decay',
  vthStep: 'threshold step ≫ 6',
  vreset: 'reset value',
  noiseExp: 'noise exponent',
  weight: 'weight mantissa',
  weightExp: 'weight exponent',
};

/** The register that a rounding is of; a bias is two. */
const roundingOf = (register: string, roundings: readonly LostToRounding[]): LostToRounding | undefined =>
  roundings.find((rounding) => rounding.register === (register === 'biasMant' ? 'bias' : register));

export function RegisterCard({ programme }: { readonly programme: NeuronProgramme }) {
  const { registers, roundings, unitsPerMv, profileTitle, extensions } = programme;
  return (
    <section class="card" aria-labelledby="registers-title">
      <header>
        <h2 id="registers-title">Registers</h2>
        <p>{extensions.length === 0 ? profileTitle : `extension: ${extensions.join(', ')}`}</p>
      </header>
      <table class="numbers">
        <thead>
          <tr>
            <th scope="col">register</th>
            <th scope="col">value</th>
            <th scope="col" class="wide-hex">
              hex
            </th>
            <th scope="col">gives</th>
            <th scope="col">off by</th>
          </tr>
        </thead>
        <tbody>
          {Object.entries(registers).map(([name, value]) => {
            const rounding = roundingOf(name, roundings);
            return (
              <tr key={name}>
                <td>
                  <span class="mono">{name}</span> <span class="quiet meaning">{MEANINGS[name]}</span>
                </td>
                <td>
                  {value.toString().replace('-', '−')}
                  <span class="mono small-hex">{hex(value)}</span>
                </td>
                <td class="mono wide-hex">{hex(value)}</td>
                <td>{rounding === undefined ? '' : `${plain(rounding.got, 5)} ${rounding.unit}`}</td>
                <td class="quiet">{rounding === undefined ? '' : errorText(rounding.relativeError)}</td>
              </tr>
            );
          })}
        </tbody>
      </table>
      <p class="foot">{plain(unitsPerMv, 6)} integer units are 1 mV.</p>
    </section>
  );
}
