/** Spike codes and the statistics of spikes: pure functions, in Node and in a page, with or without a chip. */
export { type BurstOptions, decodeBurst, encodeBurst } from './burst-code.js';
export {
  type Burst,
  type BurstCriterion,
  burstIndex,
  burstinessIndex,
  burstsOf,
} from './bursts.js';
export { type ContrastOptions, encodeContrast } from './contrast-code.js';
export {
  autoCorrelogram,
  type Correlogram,
  type CorrelogramOptions,
  crossCorrelogram,
} from './correlogram.js';
export { type Bins, fanoFactor, type Histogram, histogram, type Psth, psth, trialsAround } from './counts.js';
export { encodeDelta, type ThresholdOptions } from './delta-code.js';
export {
  CODE_NAMES,
  type CodeName,
  type EncodedSignal,
  type EncodeSignalOptions,
  encodeSignal,
  optionsOfCode,
} from './encode-signal.js';
export {
  adaptationIndex,
  coefficientOfVariation,
  cv2,
  interspikeIntervals,
  localVariation,
  revisedLocalVariation,
} from './intervals.js';
export { decodeLatency, encodeLatency, type LatencyOptions } from './latency-code.js';
export { encodeLevelCrossing, type LevelCrossingOptions } from './level-crossing-code.js';
export { encodeMovingWindow, type MovingWindowOptions } from './moving-window-code.js';
export { decodeOnOff, type OnOffCode } from './on-off.js';
export { type PhaseLocking, vectorStrength } from './phase-locking.js';
export { decodePopulation, encodePopulation, type PopulationOptions } from './population-code.js';
export {
  decodeRate,
  encodePoisson,
  encodeRegular,
  type PoissonOptions,
  type RateOptions,
} from './rate-code.js';
export { meanRate, type PopulationRate, populationRate, type RateWindow, ratesPerNeuron } from './rates.js';
export { type Signal, type SignalError, type SignalLike, signalError } from './signal.js';
export { readSignal } from './signal-file.js';
export { inMilliseconds, type SpikeCode, type Spikes, spikesOf, type Train, trainsOf } from './spikes.js';
export { encodeStepForward } from './step-forward-code.js';
export type { ValueRange } from './value-range.js';
export { type VanRossumOptions, vanRossumDistance, vanRossumSquared } from './van-rossum.js';
export { type VictorPurpuraOptions, victorPurpuraDistance } from './victor-purpura.js';
