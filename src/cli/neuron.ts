/** `seamount neuron`: the neuron everyone knows, on the chip, beside its formula. */
import { type BackendKind, SeamountError } from '../../cores/index.js';
import { interSpikeInterval, rheobase } from '../api/analytic.js';
import { measureNeuron, type NeuronMeasurement, type NeuronPoint } from './neuron-measure.js';
import { plot } from './plot.js';
import { type Column, renderTable } from './table.js';
import { painter, type Terminal } from './terminal.js';

export interface NeuronCommandOptions {
  readonly current?: number;
  readonly tauM?: number;
  readonly tauSyn?: number;
  readonly vRest?: number;
  readonly vReset?: number;
  readonly vTh?: number;
  readonly resistance?: number;
  readonly tauRefrac?: number;
  readonly dt?: number;
  readonly steps?: number;
  readonly sweep?: string;
  readonly profile?: string;
  readonly kernels?: BackendKind;
  readonly json?: boolean;
}

/** ms shown of a single neuron, and of each neuron of a sweep, where --steps does not say. */
const SINGLE_MS = 500;
const SWEEP_MS = 2000;
const MAX_SWEEP = 1000;
const PLOT_MS = 150;

const usage = (message: string, hint = ''): SeamountError => new SeamountError('E_USAGE', message, hint);

/** `0:4:0.25` -> 0, 0.25, ... 4. Counted, not added up, so that 0.1 steps stay where they belong. */
function sweepOf(text: string): readonly number[] {
  const [from = Number.NaN, to = Number.NaN, step = Number.NaN, ...more] = text
    .split(':')
    .map((part) => (part.trim() === '' ? Number.NaN : Number(part)));
  if (more.length > 0 || ![from, to, step].every(Number.isFinite) || step <= 0 || to < from)
    throw usage(`--sweep ${text}: expected from:to:step in nA, for example 0:4:0.25`);
  const count = Math.floor((to - from) / step + 1e-9) + 1;
  if (count > MAX_SWEEP)
    throw usage(`--sweep ${text}: is ${count} currents, at most ${MAX_SWEEP}`, 'take a larger step');
  return Array.from({ length: count }, (_, i) => Number((from + i * step).toPrecision(12)));
}

export async function neuronCommand(options: NeuronCommandOptions, terminal: Terminal): Promise<number> {
  if (options.sweep !== undefined && options.current !== undefined)
    throw usage('--sweep and --current exclude each other');
  const { dt = 1 } = options;
  if (!(dt > 0)) throw usage(`--dt ${dt}: expected a number of ms > 0`);
  const measurement = await measureNeuron({
    membrane: {
      tau_m: options.tauM ?? 20,
      tau_syn: options.tauSyn ?? 0,
      v_rest: options.vRest ?? -65,
      v_reset: options.vReset ?? -70,
      v_th: options.vTh ?? -50,
      R: options.resistance ?? 15,
      tau_refrac: options.tauRefrac ?? 0,
    },
    currents: options.sweep === undefined ? [options.current ?? 1.5] : sweepOf(options.sweep),
    dt,
    steps: options.steps ?? Math.ceil((options.sweep === undefined ? SINGLE_MS : SWEEP_MS) / dt),
    ...(options.profile === undefined ? {} : { profile: options.profile }),
    ...(options.kernels === undefined ? {} : { kernels: options.kernels }),
  });
  if (options.json) terminal.out(`${JSON.stringify(neuronObject(measurement), undefined, 2)}\n`);
  else
    terminal.out(
      `${options.sweep === undefined ? renderSingle(measurement, terminal) : renderSweep(measurement, terminal)}\n`,
    );
  return 0;
}

/** JSON has neither Infinity nor NaN: null stands for "never" and "not measured". */
const finite = (value: number): number | null => (Number.isFinite(value) ? value : null);

function neuronObject({ settings, conversion, registers, points, trace }: NeuronMeasurement): object {
  return {
    schema: 'seamount/neuron/1',
    parameters: settings.membrane,
    dt: settings.dt,
    steps: settings.steps,
    rheobase: rheobase(settings.membrane),
    registers,
    conversion,
    points: points.map(({ current, analytic, predicted, measured, errorSteps }) => ({
      current,
      analytic: { interval: finite(analytic.interval), rate: analytic.rate },
      predicted: { interval: finite(predicted.interval), rate: predicted.rate },
      measured: {
        spikes: measured.spikes,
        interval: finite(measured.interval),
        shortest: finite(measured.shortest),
        longest: finite(measured.longest),
        rate: finite(measured.rate),
      },
      errorSteps: finite(errorSteps),
    })),
    trace,
  };
}

const fixed = (value: number, digits: number): string =>
  Number.isFinite(value) ? value.toFixed(digits) : value === Infinity ? 'never' : '-';

const plotWidth = ({ columns }: Terminal): number => Math.max(20, Math.min(72, columns - 12));

const left = (title: string): Column => ({ title, align: 'left' });
const right = (title: string): Column => ({ title, align: 'right' });

const intervalText = ({ measured: { shortest, longest, spikes } }: NeuronPoint): string => {
  if (spikes === 0) return 'never';
  if (!Number.isFinite(shortest)) return '-';
  return shortest === longest ? String(shortest) : `${shortest}..${longest}`;
};

function headline(
  { settings: { membrane: m, dt }, conversion }: NeuronMeasurement,
  paint: ReturnType<typeof painter>,
): string {
  const parameters = `tau_m ${m.tau_m} ms, R ${m.R} MOhm, rest ${m.v_rest} mV, reset ${m.v_reset} mV, threshold ${m.v_th} mV, dt ${dt} ms`;
  return `${paint('bold', 'leaky integrate-and-fire neuron')}, ${parameters}\n${paint('dim', `${Number(conversion.unitsPerMv.toPrecision(6))} integer units per mV; rheobase ${Number(rheobase(m).toPrecision(6))} nA`)}`;
}

/** Registers and what was lost to their width. */
function renderRounding({ conversion }: NeuronMeasurement, dim: (text: string) => string): string {
  const rows = conversion.roundings.map(({ quantity, unit, register, value, wanted, got, relativeError }) => [
    quantity,
    `${Number(wanted.toPrecision(6))} ${unit}`,
    register,
    String(value),
    `${Number(got.toPrecision(6))} ${unit}`,
    relativeError === 0 ? 'exact' : `${(100 * relativeError).toPrecision(2)} %`,
  ]);
  return renderTable(
    [left('quantity'), right('wanted'), left('register'), right('value'), right('got'), right('error')],
    rows,
    dim,
  );
}

/** How far the measured intervals are from both expectations. */
function errorText(
  { errorSteps, measured, predicted }: NeuronPoint,
  dim: (text: string) => string,
): readonly string[] {
  if (!Number.isFinite(measured.shortest)) return [];
  const far = Math.max(
    Math.abs(measured.shortest - predicted.interval),
    Math.abs(measured.longest - predicted.interval),
  );
  return [`${dim('error')}  ${errorSteps.toFixed(2)} steps from analytic, ${far} from predicted`];
}

function renderSingle(measurement: NeuronMeasurement, terminal: Terminal): string {
  const paint = painter(terminal.colours.out);
  const dim = (text: string): string => paint('dim', text);
  const { settings, points, trace } = measurement;
  const point = points[0]!;
  const { analytic, predicted, measured } = point;
  const rows = [
    [
      'analytic',
      fixed(analytic.interval, 2),
      fixed(analytic.rate, 2),
      dim('tau_m ln((RI - (v_reset - v_rest)) / (RI - (v_th - v_rest)))'),
    ],
    [
      'predicted',
      fixed(predicted.interval, 0),
      fixed(predicted.rate, 2),
      dim('the same with the rounded registers, to the next step'),
    ],
    [
      paint('bold', 'measured'),
      paint('bold', intervalText(point)),
      paint('bold', measured.spikes === 0 ? '0.00' : fixed(measured.rate, 2)),
      dim(`${measured.spikes} spikes in ${settings.steps} steps`),
    ],
  ];
  const shown = Math.min(trace.steps.length, Math.max(2, Math.ceil(PLOT_MS / settings.dt)));
  const membrane = plot(
    [
      {
        x: trace.steps.slice(0, shown).map((step) => step * settings.dt),
        y: trace.v.slice(0, shown),
        draw: 'line',
      },
    ],
    {
      width: plotWidth(terminal),
      height: 10,
      yLabel: 'mV',
      xLabel: 'ms',
      include: [settings.membrane.v_th],
      rule: settings.membrane.v_th,
    },
  );
  return [
    headline(measurement, paint),
    '',
    renderTable([left(`at ${point.current} nA`), right('steps'), right('Hz'), left('')], rows, dim),
    ...errorText(point, dim),
    '',
    renderRounding(measurement, dim),
    '',
    membrane,
  ].join('\n');
}

function renderSweep(measurement: NeuronMeasurement, terminal: Terminal): string {
  const paint = painter(terminal.colours.out);
  const dim = (text: string): string => paint('dim', text);
  const { settings, points } = measurement;
  const rows = points.map((point) => [
    String(point.current),
    fixed(point.analytic.rate, 2),
    point.measured.spikes === 0 ? '0.00' : fixed(point.measured.rate, 2),
    fixed(point.analytic.interval, 2),
    fixed(point.predicted.interval, 0),
    intervalText(point),
    Number.isNaN(point.errorSteps) ? '-' : point.errorSteps.toFixed(2),
  ]);
  const columns = [
    'nA',
    'analytic Hz',
    'measured Hz',
    'analytic steps',
    'predicted',
    'measured',
    'error',
  ].map(right);
  const [first, last] = [points[0]!.current, points.at(-1)!.current];
  const fine = Array.from({ length: 200 }, (_, i) => first + ((last - first) * i) / 199);
  const curve = fine.map((I) => 1000 / interSpikeInterval({ ...settings.membrane, I }));
  const fired = points.filter((p) => p.measured.spikes === 0 || Number.isFinite(p.measured.rate));
  return [
    headline(measurement, paint),
    '',
    renderTable(columns, rows, dim),
    '',
    plot(
      [
        { x: fine, y: curve, draw: 'dots' },
        {
          x: fired.map((p) => p.current),
          y: fired.map((p) => (p.measured.spikes === 0 ? 0 : p.measured.rate)),
          draw: { mark: '●' },
        },
      ],
      { width: plotWidth(terminal), height: 12, yLabel: 'Hz   ● measured, dots: analytic', xLabel: 'nA' },
    ),
  ].join('\n');
}
