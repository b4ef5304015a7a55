/** The figures of docs/neurobench.md for a network that does something: 1,000 digits, one at a time. */
import { describe, expect, it } from 'vitest';
import { classify } from '../../examples/digits/classify.js';
import { loadDigits } from '../../examples/digits/data.js';
import { DIGIT_STEPS } from '../../examples/digits/model.js';
import { digitsNetwork } from '../../examples/digits/network.js';
import { loadWeights } from '../../examples/digits/weights.js';
import { Chip } from '../../routing/index.js';
import { costProfileNamed } from '../../src/energy/cost-profiles.js';
import { compareWithDense, networkOf, spikingEstimate } from '../../src/energy/dense-comparison.js';
import { noEvents } from '../../src/energy/events.js';
import { priceEvents } from '../../src/energy/price.js';
import { compile } from '../../src/index.js';
import { NeurobenchMeter } from '../../src/neurobench/meter.js';

const DIGITS = 1000;

describe('the digits', () => {
  it('have the metrics and ratios the document gives', async () => {
    const { network } = digitsNetwork(loadWeights());
    const { image } = compile(network);
    await using chip = await Chip.open(image);
    const meter = new NeurobenchMeter(image, { network, sampleSteps: DIGIT_STEPS });
    const shown = classify(chip, loadDigits(), DIGITS, { onRecording: (recording) => meter.add(recording) });
    let answers = 0;
    for await (const { digit } of shown) answers += digit >= 0 ? 1 : 0;
    const { totals } = chip.counters();
    const report = meter.report(chip.counters());
    expect(report.samples).toBe(answers);

    // 16 maps of 12 x 12, 25 taps each, and 2,304 features to 50 votes
    const pass = 16 * 144 * 25 + 2304 * 50;
    expect(report.metrics.Dense).toBe(DIGIT_STEPS * pass);
    expect(pass).toBe(172_800);
    // The chip touches stored zeros as well.
    const events = totals.synapticEventsConv + totals.synapticEventsDense + totals.synapticEventsSparse;
    const { mean } = report.metrics.Effective_ACs;
    expect(DIGITS * mean).toBeLessThanOrEqual(Number(events));
    expect(DIGITS * mean).toBeGreaterThan(0.98 * Number(events));

    const counts = {
      ...noEvents(),
      synapseConv: Number(totals.synapticEventsConv),
      synapseDense: Number(totals.synapticEventsDense),
      synapseSparse: Number(totals.synapticEventsSparse),
      updateActive: Number(totals.updatesActive),
      updateIdle: Number(totals.updatesIdle),
      withinTile: Number(totals.messagesCore + totals.messagesTile),
      hopEast: Number(totals.hopsX),
      hopNorth: Number(totals.hopsY),
    };
    const spiking = spikingEstimate(priceEvents(counts, costProfileNamed('loihi1-davies2018')), DIGITS);
    const { activity, operationsRatio, rows } = compareWithDense(networkOf('digits', report), spiking);
    expect(activity).toBeCloseTo(0.0458, 4);
    expect(operationsRatio).toBeCloseTo(0.73, 2);
    expect(spiking.joules).toBeCloseTo(5.5e-6, 7);
    const ratioOf = (name: string) => rows.find(({ hardware }) => hardware.name === name)!.ratio!;
    expect(ratioOf('gpu')).toBeCloseTo(9.5, 1);
    expect(ratioOf('cpu')).toBeCloseTo(273, 0);
    expect(ratioOf('horowitz45')).toBeCloseTo(1 / 7, 2);
  });
});
