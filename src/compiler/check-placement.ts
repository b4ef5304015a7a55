/** Whether an explicit placement names every neuron once and cores that there are. */
import type { ChipProfile } from '../../cores/index.js';
import { type CoreAddress, isSource, type Population } from '../api/population.js';
import { addressText, coreNumber } from './core-address.js';
import type { Violations } from './violations.js';

export function checkPlacement(population: Population, profile: ChipProfile, violations: Violations): void {
  const { placements, size, label, cell } = population;
  if (placements === null) return;
  const complain = (message: string, hint = '') => violations.add(`population ${label}`, message, hint);
  if (isSource(cell)) complain('is a spike source and cannot be placed on cores');
  for (const { core, neurons } of placements) {
    const [from, to] = neurons;
    if (!(Number.isInteger(from) && Number.isInteger(to) && from >= 0 && from < to && to <= size))
      complain(`placement [${from}, ${to}) is not a range of its ${size} neurons`);
    const problem = addressProblem(core, profile);
    if (problem !== null) complain(problem);
  }
  const ranges = placements.map(({ neurons }) => neurons).sort((a, b) => a[0] - b[0]);
  let next = 0;
  for (const [from, to] of ranges) {
    if (from > next) complain(`neurons [${next}, ${from}) are on no core`, 'place every neuron');
    if (from < next) complain(`neurons [${from}, ${Math.min(next, to)}) are placed twice`);
    next = Math.max(next, to);
  }
  if (next < size) complain(`neurons [${next}, ${size}) are on no core`, 'place every neuron');
}

function addressProblem(address: CoreAddress, { limits }: ChipProfile): string | null {
  const whole = (x: number, end: number) => Number.isInteger(x) && x >= 0 && x < end;
  const text = addressText(address);
  const chips = limits.chips ?? 2 ** 20;
  const perChip = limits.tilesX * limits.tilesY * limits.coresPerTile;
  if (typeof address === 'number')
    return whole(address, chips * perChip)
      ? null
      : `there is no ${text}; cores are 0..${chips * perChip - 1}`;
  const { chip = { x: 0, y: 0 }, tile, slot } = address;
  if (!(whole(chip.x, 1024) && whole(chip.y, 1024) && coreNumber(address, limits) < chips * perChip))
    return `there is no ${text}: the plane has ${chips} chips`;
  if (!(whole(tile.x, limits.tilesX) && whole(tile.y, limits.tilesY)))
    return `there is no ${text}: a chip has ${limits.tilesX} x ${limits.tilesY} tiles`;
  return whole(slot, limits.coresPerTile)
    ? null
    : `there is no ${text}: a tile has ${limits.coresPerTile} cores`;
}
