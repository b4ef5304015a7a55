/** A report from a run: everything it will show, reckoned once. */
import type { ChipImage } from '../../routing/index.js';
import type { TimeReport } from '../account/time-report.js';
import { explainImage } from '../compiler/explain.js';
import type { EnergyReport } from '../energy/energy-report.js';
import { EVENTS } from '../energy/events.js';
import { ENERGY_FILE, STEPS_FILE, TIMING_FILE } from '../io/account-files.js';
import { readNpz } from '../io/npz.js';
import { countBins } from '../views/rate-bins.js';
import {
  REPORT_SCHEMA,
  type ReportData,
  type ReportFacts,
  type ReportSeries,
  type ReportTrace,
} from './report-data.js';
import { reportMesh } from './report-mesh.js';
import { parsedFile, type ReportSource, type SourceTrace } from './report-source.js';

/** Stretches that rates and costs are kept in, at most. */
const MOST_BINS = 4000;
/** Spikes a report carries; of more, only those of every n-th neuron. 3 million are about 2 MB. */
const MOST_SPIKES = 3_000_000;
/** Lines of a trace, and samples of all its lines, that a report carries. */
const MOST_LINES = 5;
const MOST_SAMPLES = 400_000;

/** @throws {SeamountError} `E_INPUT` where a file of the run is not what it should be */
export function buildReport(source: ReportSource): ReportData {
  const { manifest, spikes, image } = source;
  const { from, to } = manifest.steps;
  const ordered = [...manifest.populations].sort((a, b) => a.firstId - b.firstId);
  const rows = ordered.map(({ firstId: first, size }) => ({ first, size }));
  const bins = countBins({ steps: spikes.steps, rows: spikes.ids }, rows, { from, to, most: MOST_BINS });
  const rowStride = Math.max(1, Math.ceil(spikes.ids.length / MOST_SPIKES));
  const saved = parsedFile<EnergyReport>(source.files, ENERGY_FILE, source.title);
  // a run may have been priced before reports said whose figures they are of
  const energy = saved === null ? null : { ...saved, figures: saved.figures ?? [] };
  const time = parsedFile<TimeReport>(source.files, TIMING_FILE, source.title);
  return {
    facts: { ...factsOf(source, energy, time), rowStride },
    ...thinned(spikes, rowStride),
    binSteps: bins.binSteps,
    counts: bins.counts,
    traces: source.traces.map((trace) => reportTrace(trace, image)),
    series: seriesOf(source, energy),
  };
}

function factsOf(
  { title, manifest, image, spikes, counters, compile }: ReportSource,
  energy: EnergyReport | null,
  time: TimeReport | null,
): Omit<ReportFacts, 'rowStride'> {
  const counted = counters as {
    readonly totals: Readonly<Record<string, number | string>>;
    readonly cores: readonly Readonly<Record<string, number | string>>[];
    readonly meanings: Readonly<Record<string, string>>;
  };
  const populations = [...manifest.populations].sort((a, b) => a.firstId - b.firstId);
  const all = populations.reduce((sum, population) => sum + population.spikes, 0);
  const notices = compile?.notices ?? (manifest.notice === '' ? [] : [manifest.notice]);
  return {
    schema: REPORT_SCHEMA,
    title,
    version: manifest.version,
    image: manifest.image,
    profile: manifest.profile,
    profileTitle: image?.profile.title ?? manifest.profile,
    notices,
    seed: manifest.seed,
    dt: manifest.dt,
    steps: manifest.steps,
    interrupted: manifest.interrupted,
    command: manifest.command,
    stateHash: manifest.stateHash,
    populations: populations.map(({ label, kind, size, spikes: number }) => ({
      label,
      kind,
      size,
      spikes: number,
    })),
    spikesRecorded: manifest.spikes,
    counters: Object.entries(counted.totals).map(([name, value]) => ({
      name,
      value,
      meaning: counted.meanings[name] ?? '',
    })),
    mesh:
      image === null
        ? null
        : reportMesh({
            image,
            counters: counted.cores,
            energy,
            time,
            spikes,
            hasAllSpikes: manifest.spikes === all,
          }),
    use: image === null ? null : explainImage(image),
    compile,
    energy,
    time,
  };
}

function thinned(
  { steps, ids }: { readonly steps: Uint32Array; readonly ids: Uint32Array },
  stride: number,
): Pick<ReportData, 'steps' | 'rows'> {
  if (stride === 1) return { steps, rows: ids };
  const kept = ids.reduce((sum, id) => sum + (id % stride === 0 ? 1 : 0), 0);
  const out = { steps: new Uint32Array(kept), rows: new Uint32Array(kept) };
  let at = 0;
  ids.forEach((id, i) => {
    if (id % stride !== 0) return;
    out.steps[at] = steps[i]!;
    out.rows[at++] = id;
  });
  return out;
}

function reportTrace(trace: SourceTrace, image: ChipImage | null): ReportTrace {
  const { name, population, variable, neurons, steps, samples } = trace;
  const shown = neurons.slice(0, MOST_LINES);
  const kept = steps.slice(0, Math.floor(MOST_SAMPLES / shown.length));
  return {
    name,
    population,
    variable,
    steps: kept,
    neurons: shown,
    recorded: neurons.length,
    stepsRecorded: steps.length,
    samples: Array.from(shown, (_, column) =>
      Int32Array.from(kept, (__, i) => samples[i * neurons.length + column]!),
    ),
    threshold: variable === 'v' && image !== null ? thresholdOf(image, population, shown) : null,
  };
}

/** vthMant << 6 of some neurons, where it is the same and no spike moves it. */
function thresholdOf(image: ChipImage, label: string, neurons: Uint32Array): number | null {
  const population = image.populations.find((one) => one.label === label);
  const found = new Set<number>();
  for (const neuron of neurons) {
    const slice = population?.slices.find(
      ({ neuron: first, count }) => neuron >= first && neuron < first + count,
    );
    if (slice === undefined) return null;
    const { compartments } = image.cores[slice.core]!;
    const at = slice.compartment + neuron - slice.neuron;
    const of = (column: number | ArrayLike<number>): number =>
      typeof column === 'number' ? column : column[at]!;
    if (compartments.vthStep !== undefined && of(compartments.vthStep) !== 0) return null;
    found.add(64 * of(compartments.vthMant));
  }
  return found.size === 1 ? [...found][0]! : null;
}

/** Costs of each step from steps.npz and the figures of energy.json. */
function seriesOf({ files, title }: ReportSource, energy: EnergyReport | null): ReportSeries | null {
  const bytes = files.get(STEPS_FILE);
  if (bytes === undefined) return null;
  const arrays = readNpz(bytes, `${title}/${STEPS_FILE}`);
  const column = (name: string): Float64Array | null => {
    const data = arrays.get(name)?.data;
    return data instanceof Float64Array ? data : null;
  };
  const steps = column('step');
  if (steps === null || steps.length === 0) return null;
  const [from, to] = [steps[0]!, steps.at(-1)!];
  const binSteps = Math.ceil(steps.length / MOST_BINS);
  const summed = (values: Float64Array): Float64Array => {
    const sums = new Float64Array(Math.ceil(values.length / binSteps));
    values.forEach((value, i) => {
      sums[Math.floor(i / binSteps)]! += value;
    });
    return sums;
  };
  const picoseconds = column('picoseconds');
  let joules: Float64Array | null = null;
  if (energy !== null && !('refused' in energy.events)) {
    joules = new Float64Array(steps.length);
    const prices = new Map(energy.events.map(({ event, picojoules }) => [event, picojoules]));
    for (const { name } of EVENTS) {
      const [price, counts] = [prices.get(name), column(name)];
      if (price !== undefined && counts !== null)
        for (let i = 0; i < joules.length; i++) joules[i]! += counts[i]! * price * 1e-12;
    }
  }
  return {
    from,
    to,
    binSteps,
    joules: joules === null ? null : summed(joules),
    seconds: picoseconds === null ? null : summed(picoseconds).map((value) => value * 1e-12),
  };
}
