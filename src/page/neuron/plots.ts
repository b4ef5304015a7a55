/** Data of the panel's two plots, for the page and for export. */
import type { CurveData } from '../../views/curve.js';
import type { HistogramData } from '../../views/histogram.js';
import type { RateCurve } from './curve.js';
import type { NeuronMeasurement } from './measure.js';
import { fixed, plain } from './numbers.js';

export function curveData(curve: RateCurve, measured: NeuronMeasurement | null, current: number): CurveData {
  return {
    series: [
      ...(curve.analytic === null
        ? []
        : [{ label: 'closed form', xs: curve.fine, ys: curve.analytic, draw: 'line' as const, category: 6 }]),
      { label: 'chip', xs: curve.currents, ys: curve.measured, draw: 'dots', category: 0 },
    ],
    xLabel: 'I (nA)',
    yLabel: 'rate (Hz)',
    rules:
      curve.rheobase > 0 ? [{ x: curve.rheobase, label: `rheobase ${plain(curve.rheobase, 3)} nA` }] : [],
    ...(measured === null || current > curve.currents.at(-1)! || current < 0
      ? {}
      : { point: { x: current, y: measured.rate, label: `${fixed(measured.rate, 1)} Hz` } }),
  };
}

export function histogramData({ histogram, meanInterval }: NeuronMeasurement): HistogramData {
  if (histogram === null || meanInterval === null)
    return { from: 0, width: 1, counts: [], xLabel: 'interval (ms)' };
  const { from, binWidth, counts } = histogram;
  return {
    // bins hold multiples of the step, which stand in their middle
    from: from - binWidth / 2,
    width: binWidth,
    counts,
    xLabel: 'interval (ms)',
    rule: { value: meanInterval, label: `mean ${plain(meanInterval, 4)} ms` },
  };
}
