/** All that other layers may import of a core. */

export { currentOf, heldUntil, voltageOf } from './active-set.js';
export {
  type ActivityKind,
  countActive,
  countResting,
  keepColumns,
  markActive,
  ones,
} from './activity.js';
export { type Backend, type BackendKind, createBackend } from './backend.js';
export { checkImage } from './check-image.js';
export { Cluster } from './cluster.js';
export { Core, type CoreFault } from './core.js';
export type { CoreState } from './core-state.js';
export {
  COUNTERS,
  type CoreCounterName,
  type CoreCounters,
  type CounterName,
  type CounterOrigin,
  type CounterRow,
} from './counters.js';
export { type ErrorCode, SeamountError, type Violation, ViolationsError } from './errors.js';
export { clamp, decay, EMULATOR_BITS, lavaWrap, settle, wrapTwos } from './fixed.js';
export type { Rows } from './fuse.js';
export type {
  CompartmentRegisters,
  CoreImage,
  CoreRegisters,
  CoreUse,
  OutAxons,
  RegisterColumn,
  SynapseFormat,
  SynapseMemory,
} from './image.js';
export {
  alone,
  CLUSTER_ALIGNMENT,
  type ClusterLayout,
  type ClusterSpec,
  clusterLayout,
  fitsOneLine,
  hasBanks,
  laneBytes,
  lanesOf,
  type Placement,
} from './layout.js';
export { countChanged, type MembraneRun, type MembraneTally, NO_VOLTAGE } from './membrane.js';
export { mix, noiseDraw, noiseKey, scaleNoise } from './noise.js';
export * as outboxWords from './outbox-words.js';
export { placeCluster } from './place-cluster.js';
export type {
  ChipProfile,
  Limit,
  Limits,
  NegativeExponentRule,
  OverflowBehaviour,
  ResetMode,
  Rules,
  SignMode,
  SumRule,
  VoltageRange,
  WeightRounding,
} from './profile.js';
export {
  BRIAN2LOIHI,
  LAVA,
  LOIHI1,
  NENGO_LOIHI,
  PROFILES,
  profileNamed,
  UNLIMITED,
} from './profiles.js';
export { checkCompartmentRegister, checkCoreRegister } from './register-checks.js';
export {
  COMPARTMENT_REGISTERS,
  CORE_REGISTERS,
  type CompartmentRegisterName,
  type CoreRegisterName,
  DEFAULT_COMPARTMENT,
  DEFAULT_CORE,
  type Range,
  type Register,
  STATE_REGISTERS,
  type StateRegisterName,
} from './registers.js';
export {
  DELAY_MAX,
  delayOf,
  INDEX_MAX,
  indexOf,
  MANTISSA_MAX,
  MANTISSA_MIN,
  mantissaOf,
  packSynapse,
  packTarget,
} from './synapse.js';
export {
  accumulatorSlots,
  BLOCK_SYNAPSES,
  delayBitsFor,
  indexBitsFor,
  type SynapseListFormat,
  synapseListBits,
} from './synapse-memory.js';
export {
  checkMantissa,
  effectiveWeight,
  type MantissaFormat,
  type MantissaRange,
  mantissaRange,
  type StoredWeight,
  storeMantissa,
  storeWeight,
  type WeightFormat,
} from './weight.js';
export { type OptimizedWeights, optimizeWeightBits } from './weight-bits.js';
