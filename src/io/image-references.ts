/** Whether everything an image refers to is there: what keeps the kernels inside their memory. */
import { checkImage, type OutAxons, ViolationsError } from '../../cores/index.js';
import type { ChipImage } from '../../routing/index.js';

/** Sentences about what is wrong, in the order of the image. Expects an image in form (image-shape.ts). */
export function referenceProblems(image: ChipImage): readonly string[] {
  const problems: string[] = [];
  const report = (message: string): void => {
    problems.push(message);
  };
  checkCores(image, report);
  checkPopulations(image, report);
  checkTable(image, image.sources, image.sources.count, 'sources', report);
  checkSenders(image, report);
  checkSchedules(image, report);
  checkProbes(image, report);
  return problems;
}

type Report = (message: string) => void;

function checkCores(image: ChipImage, report: Report): void {
  const { profile, cores, seed, chipsX, chipsY } = image;
  const { limits } = profile;
  const places = new Set<string>();
  if (cores.length === 0) report('the image has no cores');
  for (const [coreId, core] of cores.entries()) {
    try {
      checkImage(core, { profile, coreId, seed });
    } catch (error) {
      if (!(error instanceof ViolationsError)) throw error;
      for (const { subject, message } of error.violations) report(`${subject}: ${message}`);
    }
    checkTable(image, core.outAxons, core.n, `core ${coreId}`, report);
    const { chipX, chipY, tileX, tileY, slot } = core;
    const place = `chip ${chipX},${chipY} tile ${tileX},${tileY} slot ${slot}`;
    if (
      chipX >= chipsX ||
      chipY >= chipsY ||
      tileX >= limits.tilesX ||
      tileY >= limits.tilesY ||
      slot >= limits.coresPerTile
    )
      report(`core ${coreId} is at ${place}, which is outside the plane of chips`);
    if (places.has(place)) report(`core ${coreId} is at ${place}, where another core is`);
    places.add(place);
  }
}

/** A multicast table: one row per neuron, entries within the chip. */
function checkTable(
  { cores }: ChipImage,
  { start, core, axon }: OutAxons,
  rows: number,
  of: string,
  report: Report,
): void {
  if (
    start.length !== rows + 1 ||
    start[0] !== 0 ||
    start[rows] !== core.length ||
    core.length !== axon.length
  ) {
    report(
      `${of}: the multicast table has ${start.length} rows for ${rows} neurons, ${core.length} cores and ${axon.length} axons`,
    );
    return;
  }
  for (let row = 0; row < rows; row++) {
    if (start[row]! > start[row + 1]!) {
      report(`${of}: entries of neuron ${row} end before they start`);
      return;
    }
  }
  for (let k = 0; k < core.length; k++) {
    const target = cores[core[k]!];
    if (target && axon[k]! < target.inAxons) continue;
    report(`${of}: a message goes to in-axon ${axon[k]} of core ${core[k]}, which is not there`);
    return;
  }
}

function checkPopulations({ populations, cores, sources }: ChipImage, report: Report): void {
  const owned = cores.map(({ n }) => new Uint8Array(n));
  let firstId = 0;
  let sourcesUsed = 0;
  for (const { label, size, kind, slices, firstSource, firstId: given } of populations) {
    if (given !== firstId) report(`population ${label} starts at id ${given}, not ${firstId}`);
    firstId += size;
    if (kind === 'source') {
      if (firstSource !== sourcesUsed)
        report(`population ${label} starts at source ${firstSource}, not ${sourcesUsed}`);
      sourcesUsed += size;
      if (slices.length > 0) report(`population ${label} is of sources, but is on cores`);
      continue;
    }
    let neurons = 0;
    for (const { core, compartment, neuron, count } of slices) {
      const compartments = owned[core];
      if (neuron !== neurons || count === 0)
        report(`population ${label}: its slices leave out or repeat neuron ${neuron}`);
      neurons = neuron + count;
      if (!compartments || compartment + count > compartments.length) {
        report(
          `population ${label}: neurons from ${neuron} on are on core ${core} from compartment ${compartment} on, which is not there`,
        );
        continue;
      }
      if (compartments.subarray(compartment, compartment + count).includes(1))
        report(
          `population ${label}: neurons from ${neuron} on share compartments of core ${core} with others`,
        );
      compartments.fill(1, compartment, compartment + count);
    }
    if (neurons !== size) report(`population ${label} has ${size} neurons, ${neurons} are on cores`);
  }
  for (const [core, compartments] of owned.entries())
    if (compartments.includes(0)) report(`core ${core} has compartments of no population`);
  if (sourcesUsed !== sources.count)
    report(`there are ${sources.count} sources, populations have ${sourcesUsed}`);
}

function checkSenders({ cores, sources: { count, senders } }: ChipImage, report: Report): void {
  if (senders === undefined) return;
  const { core, visit, places } = senders;
  if (core.length !== count || visit.length !== count)
    report(`senders are given for ${core.length} cores and ${visit.length} visits, of ${count} sources`);
  const stranger = core.find((c) => c >= cores.length + places.length);
  if (stranger !== undefined) report(`a sender is on core ${stranger}, which is not there`);
}

function checkSchedules({ schedules, sources }: ChipImage, report: Report): void {
  for (const [i, schedule] of schedules.entries()) {
    if (schedule.kind === 'array') {
      const { steps, sources: named } = schedule;
      if (steps.length !== named.length)
        report(`schedule ${i} has ${steps.length} steps and ${named.length} sources`);
      if (steps.includes(0)) report(`schedule ${i} names step 0; the first is 1`);
      const stranger = named.find((source) => source >= sources.count);
      if (stranger !== undefined) report(`schedule ${i} names source ${stranger} of ${sources.count}`);
      continue;
    }
    const { length } = schedule.kind === 'poisson' ? schedule.thresholds : schedule.periods;
    if (schedule.first + length > sources.count)
      report(
        `schedule ${i} drives sources ${schedule.first}..${schedule.first + length - 1} of ${sources.count}`,
      );
    if (schedule.kind === 'regular' && schedule.phases.length !== length)
      report(`schedule ${i} has ${length} periods and ${schedule.phases.length} phases`);
  }
}

function checkProbes({ probes, populations }: ChipImage, report: Report): void {
  for (const [i, { population, variables, neurons }] of probes.entries()) {
    const of = populations[population];
    if (!of) {
      report(`probe ${i} is of population ${population}, which is not there`);
      continue;
    }
    if (of.kind === 'source' && variables.some((variable) => variable !== 'spikes'))
      report(`probe ${i} reads u or v of sources`);
    if (neurons.some((neuron, k) => neuron >= of.size || (k > 0 && neuron <= neurons[k - 1]!)))
      report(`probe ${i}: its neurons are not ascending numbers below ${of.size}`);
  }
}
