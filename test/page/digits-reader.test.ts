/** What the panel shows is what the example does: the same votes, and costs that follow from its events. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { answerOf, CLASSES, DIGIT_STEPS, FEATURES, PIXELS, VOTES } from '../../examples/digits/model.js';
import { Reference } from '../../examples/digits/reference.js';
import { loadWeights } from '../../examples/digits/weights.js';
import { costProfileNamed } from '../../src/energy/cost-profiles.js';
import { DigitReader } from '../../src/page/digits/digit-reader.js';
import { inkOf } from '../../src/page/digits/ink.js';
import { countsByStep, countsUntil } from '../../src/page/digits/reading.js';
import { sampleOf } from '../../src/page/digits/samples.js';

const SANAFE = costProfileNamed('loihi1-sanafe');
const HOROWITZ = costProfileNamed('horowitz45-ac');
const weights = loadWeights();

describe('the reader of digits', () => {
  let reader: DigitReader;
  beforeAll(async () => {
    reader = await DigitReader.open(weights);
  });
  afterAll(() => reader?.close());

  it.each(Array.from({ length: CLASSES }, (_, digit) => digit))(
    'reads sample %i as it was meant, with the votes of the reference',
    async (digit) => {
      const ink = inkOf(sampleOf(digit));
      const { layers } = await reader.look(ink, SANAFE);
      const votes = countsUntil(layers.votes, DIGIT_STEPS, VOTES);
      expect(answerOf(votes)).toBe(digit);
      const expected = new Reference(weights).show(ink, 0);
      expect(Array.from(votes)).toEqual(Array.from(expected.votes));
      expect(layers.pixels.steps).toHaveLength(expected.pixelSpikes);
      expect(layers.features.steps).toHaveLength(expected.featureSpikes);
    },
  );

  it('says nothing of an empty pad', async () => {
    const { layers, look } = await reader.look(new Uint8Array(PIXELS), SANAFE);
    expect(layers.votes.steps).toHaveLength(0);
    expect(layers.features.steps).toHaveLength(0);
    // the chip visits its compartments all the same
    expect(look.joules).toBeGreaterThan(0);
  });

  it('adds up the looks of a drawing, and begins again with the next', async () => {
    reader.begin();
    const first = await reader.look(inkOf(sampleOf(1)), SANAFE);
    const second = await reader.look(inkOf(sampleOf(8)), SANAFE);
    expect(first.sum).toEqual({ looks: 1, ...first.look });
    expect(second.sum.looks).toBe(2);
    expect(second.sum.joules).toBeCloseTo(first.look.joules + second.look.joules, 15);
    expect(second.sum.seconds).toBeCloseTo(first.look.seconds! + second.look.seconds!, 15);
    reader.begin();
    const again = await reader.look(inkOf(sampleOf(1)), SANAFE);
    expect(again.sum).toEqual(first.sum);
  });

  it('knows no time where the prices have none', async () => {
    const { look, sum } = await reader.look(inkOf(sampleOf(3)), HOROWITZ);
    expect(look.seconds).toBeNull();
    expect(sum.seconds).toBeNull();
    expect(look.joules).toBeGreaterThan(0);
  });

  it('compares with one dense pass: 16 maps of 12 x 12 with 25 taps each, and 2,304 features to 50 votes', async () => {
    const { macs, operations, dense } = await reader.look(inkOf(sampleOf(2)), SANAFE);
    expect(macs).toBe(172_800);
    expect(operations).toBeGreaterThan(0);
    const joulesOf = (name: string): number => dense.find((row) => row.name === name)!.joules;
    // KerasSpiking: 8.6 nJ an operation and a neuron's output on the i7
    expect(joulesOf('cpu')).toBeCloseTo((172_800 + FEATURES + VOTES) * 8.6e-9, 9);
    // Horowitz: 4.6 pJ a multiply-accumulate
    expect(joulesOf('horowitz45')).toBeCloseTo(172_800 * 4.6e-12, 15);
  });
});

describe('spikes of a layer', () => {
  const layer = { steps: Uint8Array.of(1, 2, 2, 5), neurons: Uint16Array.of(3, 0, 3, 3) };

  it('are counted by neuron until a step, and by step', () => {
    expect([...countsUntil(layer, 1, 4)]).toEqual([0, 0, 0, 1]);
    expect([...countsUntil(layer, 2, 4)]).toEqual([1, 0, 0, 2]);
    expect([...countsUntil(layer, 16, 4)]).toEqual([1, 0, 0, 3]);
    expect([...countsByStep(layer, 5)]).toEqual([1, 2, 0, 0, 1]);
  });
});
