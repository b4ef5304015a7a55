/** The f-I curves in one frame. */
import { type Curve, RHEOBASE } from './curve.js';

const LEFT = 60;
const TOP = 20;
const WIDTH = 560;
const HEIGHT = 340;
/** From dark to light for noise, and one apart for adaptation: told apart also by their dashes. */
const COLOURS = ['#12305c', '#3f77b5', '#94bfe6'];
const ADAPTED = '#c33';

/** A standalone SVG. */
export function svgPlot(curves: readonly Curve[]): string {
  const { currents } = curves[0]!;
  const low = currents[0]!;
  const high = currents.at(-1)!;
  const top = Math.ceil(Math.max(...curves.flatMap(({ rates }) => rates)) / 20) * 20;
  const x = (current: number): string => (LEFT + ((current - low) / (high - low)) * WIDTH).toFixed(1);
  const y = (rate: number): string => (TOP + HEIGHT - (rate / top) * HEIGHT).toFixed(1);
  const lines = curves.map(({ label, rates, adaptation }, k) => {
    const points = rates.map((rate, i) => `${x(currents[i]!)},${y(rate)}`).join(' ');
    const stroke = adaptation === null ? COLOURS[k % COLOURS.length] : ADAPTED;
    const dash = adaptation === null ? '' : ' stroke-dasharray="6 3"';
    const at = TOP + 20 + 18 * k;
    return `<polyline points="${points}" fill="none" stroke="${stroke}" stroke-width="2"${dash}/>
<line x1="${LEFT + 14}" x2="${LEFT + 44}" y1="${at - 4}" y2="${at - 4}" stroke="${stroke}" stroke-width="2"${dash}/>
<text x="${LEFT + 52}" y="${at}">${label}</text>`;
  });
  const ticks = [0, top / 2, top].map(
    (rate) =>
      `<text x="${LEFT - 6}" y="${y(rate)}" text-anchor="end" dominant-baseline="middle">${rate}</text>`,
  );
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${LEFT + WIDTH + 20} ${TOP + HEIGHT + 50}" font-family="sans-serif" font-size="12">
<title>Firing rate against injected current: noise lowers the slope at rheobase, adaptation makes a line</title>
<rect width="100%" height="100%" fill="white"/>
<rect x="${LEFT}" y="${TOP}" width="${WIDTH}" height="${HEIGHT}" fill="none" stroke="#999"/>
<line x1="${x(RHEOBASE)}" x2="${x(RHEOBASE)}" y1="${TOP}" y2="${TOP + HEIGHT}" stroke="#999" stroke-dasharray="2 4"/>
<text x="${x(RHEOBASE)}" y="${TOP + HEIGHT / 2}" dx="6" fill="#666">rheobase ${RHEOBASE} nA</text>
${lines.join('\n')}
${ticks.join('\n')}
<text x="${LEFT}" y="${TOP + HEIGHT + 16}">${low}</text>
<text x="${LEFT + WIDTH}" y="${TOP + HEIGHT + 16}" text-anchor="end">${high}</text>
<text x="${LEFT + WIDTH / 2}" y="${TOP + HEIGHT + 36}" text-anchor="middle">injected current, nA</text>
<text x="16" y="${TOP + HEIGHT / 2}" text-anchor="middle" transform="rotate(-90 16 ${TOP + HEIGHT / 2})">rate, Hz</text>
</svg>
`;
}
