/**
 * Trains the network and writes weights.json. The same command gives the same file on the same machine (elsewhere
 * Math.exp may differ in its last bit).
 *
 *   node --import tsx examples/digits/train.ts [--epochs 20] [--seed 1] [--validate N]
 *
 * `--validate N` keeps N of the training digits back, reports on them, and writes nothing: all tuning was done
 * with it. The held-out digits are looked at once, after training, for the report.
 */
import { parseArgs } from 'node:util';
import { type Digits, loadDigits } from './data.js';
import { answerOf, PIXELS } from './model.js';
import { Reference } from './reference.js';
import { jitter } from './training/augment.js';
import { FloatNetwork } from './training/float-network.js';
import { quantise } from './training/quantise.js';
import { Random } from './training/random.js';
import { saveWeights } from './weights.js';
import type { Weights } from './weights-format.js';

const BATCH = 20;
/** Largest step of Adam; it rises to this over the first batches and then falls as half a cosine. */
const RATE = 0.01;
const WARM_UP = 50;

const { values: options } = parseArgs({
  options: {
    epochs: { type: 'string', default: '20' },
    seed: { type: 'string', default: '1' },
    validate: { type: 'string', default: '0' },
  },
});
const epochs = Number(options.epochs);
const kept = Number(options.validate);

const digits = loadDigits();
const random = new Random(Number(options.seed));
const network = new FloatNetwork(random);
const order = Uint32Array.from(
  { length: digits.count - digits.heldOut - kept },
  (_, i) => digits.heldOut + kept + i,
);
const batches = Math.floor(order.length / BATCH);
const copy = new Uint8Array(PIXELS);
const begun = performance.now();

const percent = (part: number, whole: number): string => `${((100 * part) / whole).toFixed(2)} %`;

/** Answers of `answer` to digits from .. to - 1, and how many are right. */
function test(
  answer: (from: number) => number,
  from: number,
  to: number,
): { answers: Uint8Array; right: number } {
  const answers = Uint8Array.from({ length: to - from }, (_, i) => answer((from + i) * PIXELS));
  return { answers, right: answers.filter((given, i) => given === digits.labels[from + i]).length };
}

for (let epoch = 0; epoch < epochs; epoch++) {
  random.shuffle(order);
  let loss = 0;
  let right = 0;
  for (let batch = 0; batch < batches; batch++) {
    for (let k = 0; k < BATCH; k++) {
      const digit = order[batch * BATCH + k]!;
      const label = digits.labels[digit]!;
      jitter(digits.pixels, digit * PIXELS, copy, random);
      if (network.answer(copy, 0) === label) right++;
      loss += network.learn(label);
    }
    const done = epoch * batches + batch + 1;
    const cosine = (1 + Math.cos((Math.PI * done) / (epochs * batches))) / 2;
    network.update(RATE * cosine * Math.min(1, done / WARM_UP));
  }
  const shown = batches * BATCH;
  const seconds = ((performance.now() - begun) / 1000).toFixed(0);
  const line = `epoch ${epoch + 1}: loss ${(loss / shown).toFixed(3)}, ${percent(right, shown)} of jittered digits, ${seconds} s`;
  if (kept === 0) console.log(line);
  else {
    const { right: validated } = test(
      (from) => network.answer(digits.pixels, from),
      digits.heldOut,
      digits.heldOut + kept,
    );
    console.log(`${line}, validation ${percent(validated, kept)}`);
  }
}

const weights: Weights = {
  command: `node --import tsx examples/digits/train.ts --epochs ${epochs} --seed ${options.seed}`,
  ...quantise(network),
  floatAnswers: new Uint8Array(),
  integerAnswers: new Uint8Array(),
};
const reference = new Reference(weights);
const float = (from: number): number => network.answer(digits.pixels, from);
const integer = (from: number): number => answerOf(reference.show(digits.pixels, from).votes);
if (kept > 0) {
  const to = digits.heldOut + kept;
  console.log(
    `validation: float ${percent(test(float, digits.heldOut, to).right, kept)}, integer ${percent(test(integer, digits.heldOut, to).right, kept)}`,
  );
} else {
  report(digits);
}

function report({ heldOut, count }: Digits): void {
  const results = [float, integer].map(
    (answer) => [test(answer, 0, heldOut), test(answer, heldOut, count)] as const,
  );
  results.forEach(([held, trained], i) => {
    const name = ['float', 'integer'][i]!;
    console.log(
      `${name}: held out ${percent(held.right, heldOut)}, training ${percent(trained.right, count - heldOut)}`,
    );
  });
  const [floatAnswers, integerAnswers] = results.map((parts) =>
    Uint8Array.from(parts.flatMap(({ answers }) => [...answers])),
  );
  saveWeights({ ...weights, floatAnswers: floatAnswers!, integerAnswers: integerAnswers! });
}
