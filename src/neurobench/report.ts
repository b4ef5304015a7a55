/**
 * A NeuroBench report as plain data and as text. Names are the harness's (e521c28), definitions those of Yik et
 * al. (Nat. Commun. 16:1545, 2025); where ours differ, docs/neurobench.md says how.
 */
import { type Column, grouped, renderTable } from '../cli/table.js';
import type { Footprint } from './footprint.js';

export const SCHEMA = 'seamount-neurobench/1';

/** Over the samples of a run. */
export interface Spread {
  readonly mean: number;
  readonly least: number;
  readonly most: number;
}

export interface NeurobenchMetrics {
  readonly Footprint: Footprint;
  /** Zero weights of all weights, 0..1. */
  readonly 'Connection Sparsity': number;
  /** Zero outputs of all outputs of cells, over all timesteps and samples, 0..1. */
  readonly 'Activation Sparsity': number;
  /** Synaptic operations of a sample, counting all weights and inputs. */
  readonly Dense: number;
  /** Operations of a sample whose weight and input are not zero; inputs with payloads. */
  readonly Effective_MACs: Spread;
  /** The same; binary inputs. */
  readonly Effective_ACs: Spread;
  /** Per sample. Where not exact, an upper bound. */
  readonly 'Membrane Updates': { readonly value: number; readonly exact: boolean };
  /** Per sample. Where not exact, the effective ones are an upper bound. */
  readonly 'Neuron Ops': {
    readonly 'Effective Neuron Ops': number;
    readonly 'Neuron Dense Ops': number;
    readonly exact: boolean;
  };
  /** Samples a second of data time, Hz, samples following each other without gap or overlap; null without dt. */
  readonly 'Model Execution Rate': number | null;
}

export interface NeurobenchLayer {
  readonly label: string;
  readonly inputs: 'binary' | 'graded';
  readonly weights: number;
  readonly zeros: number;
  /** Per sample. */
  readonly Dense: number;
  /** ACs or MACs, by `inputs`; mean of samples. */
  readonly effective: number;
}

export interface NeurobenchPopulation {
  readonly label: string;
  readonly neurons: number;
  readonly model: 'Leaky' | 'Synaptic';
  readonly operationsPerUpdate: number;
  readonly 'Activation Sparsity': number;
  /** Per sample; null where they were not counted. */
  readonly 'Membrane Updates': number | null;
}

export interface NeurobenchReport {
  readonly schema: typeof SCHEMA;
  readonly modelled: true;
  /** Chip profile. */
  readonly profile: string;
  readonly layersAre: 'projections' | 'population pairs';
  readonly steps: number;
  readonly samples: number;
  readonly sampleSteps: number;
  readonly metrics: NeurobenchMetrics;
  readonly layers: readonly NeurobenchLayer[];
  readonly populations: readonly NeurobenchPopulation[];
}

/** What every report says of itself. */
export const MODELLED = 'modelled: algorithm track, not measured';

const LAYERS_SHOWN = 20;

/** Means have one decimal. */
const counted = (x: number): string => grouped(Number(x.toFixed(1)));
const sparsity = (x: number): string => x.toFixed(4);
const spreadText = ({ mean, least, most }: Spread): string =>
  least === most ? counted(mean) : `${counted(mean)} (${counted(least)} to ${counted(most)})`;

/** First column to the left, the others to the right. */
const tableOf = (titles: readonly string[], rows: readonly (readonly string[])[]): string =>
  renderTable(
    titles.map((title, c): Column => ({ title, align: c === 0 ? 'left' : 'right' })),
    rows,
    (line) => line,
  );

/** A report as plain text, without colours. */
export function renderNeurobench(report: NeurobenchReport): string {
  const { metrics, layers, populations, steps, samples, sampleSteps, layersAre } = report;
  const { float32, chip } = metrics.Footprint;
  const bound = metrics['Membrane Updates'].exact ? '' : '  at most';
  const rate = metrics['Model Execution Rate'];
  const sample = sampleSteps === 1 ? 'a timestep' : `a sequence of ${sampleSteps} timesteps`;
  const rows: [string, string][] = [
    ['Footprint', `${counted(float32.bytes)} B as float32, ${counted(chip.bytes)} B on the chip`],
    ['Connection Sparsity', sparsity(metrics['Connection Sparsity'])],
    ['Activation Sparsity', sparsity(metrics['Activation Sparsity'])],
    ['Dense', counted(metrics.Dense)],
    ['Effective_MACs', spreadText(metrics.Effective_MACs)],
    ['Effective_ACs', spreadText(metrics.Effective_ACs)],
    ['Membrane Updates', `${counted(metrics['Membrane Updates'].value)}${bound}`],
    [
      'Neuron Ops',
      `effective ${counted(metrics['Neuron Ops']['Effective Neuron Ops'])}${bound}, dense ${counted(metrics['Neuron Ops']['Neuron Dense Ops'])}`,
    ],
    ['Model Execution Rate', rate === null ? 'not known: no dt' : `${Number(rate.toPrecision(6))} Hz`],
  ];
  const width = Math.max(...rows.map(([name]) => name.length));
  const lines = [
    `NeuroBench (${MODELLED})`,
    `per sample, mean of ${samples}; a sample is ${sample}, ${steps} in all`,
    '',
    ...rows.map(([name, value]) => `${name.padEnd(width)}  ${value}`),
    '',
    tableOf(
      ['layer', 'weights', 'zeros', 'Dense', 'effective', 'as'],
      layers
        .slice(0, LAYERS_SHOWN)
        .map((layer) => [
          layer.label,
          counted(layer.weights),
          counted(layer.zeros),
          counted(layer.Dense),
          counted(layer.effective),
          layer.inputs === 'binary' ? 'ACs' : 'MACs',
        ]),
    ),
    ...(layers.length > LAYERS_SHOWN ? [`and ${layers.length - LAYERS_SHOWN} more`] : []),
    '',
    tableOf(
      ['neurons', 'number', 'as', 'ops', 'Activation Sparsity'],
      populations
        .slice(0, LAYERS_SHOWN)
        .map((one) => [
          one.label,
          counted(one.neurons),
          one.model,
          String(one.operationsPerUpdate),
          sparsity(one['Activation Sparsity']),
        ]),
    ),
    ...(populations.length > LAYERS_SHOWN ? [`and ${populations.length - LAYERS_SHOWN} more`] : []),
    '',
    ...notes(report).map((note) => `note: ${note}`),
  ];
  if (layersAre === 'population pairs')
    lines.push('note: layers are population pairs of the image; zeros the compiler left out are not known');
  return `${lines.join('\n')}\n`;
}

function notes({ metrics }: NeurobenchReport): string[] {
  const found = [
    'biases, pooling and normalisation are not counted; the system track needs energy measured on hardware',
    `the chip's footprint leaves out ${metrics.Footprint.chip.notCounted.join(', ')}: widths are not public`,
  ];
  if (!metrics['Membrane Updates'].exact)
    found.push(
      'membrane updates are bounded by the updates that had work: the chip was not asked to count them',
    );
  return found;
}
