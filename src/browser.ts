/** Seamount: build, compile, run and save networks, in Node and, by `browser.ts`, in a page. */
export {
  BRIAN2LOIHI,
  type ChipProfile,
  type ErrorCode,
  LAVA,
  LOIHI1,
  NENGO_LOIHI,
  PROFILES,
  profileNamed,
  SeamountError,
  type SignMode,
  UNLIMITED,
  type Violation,
  ViolationsError,
} from '../cores/index.js';
export {
  Chip,
  type ChipImage,
  type ChipOptions,
  type ProbeVariable,
  type Recording,
  spikeHash,
} from '../routing/index.js';
export { Account, type AccountOptions, type Accounts } from './account/account.js';
export { type Reports, reportsOf } from './account/account-reports.js';
export type { TimingName } from './account/step-clock.js';
export type { TimeReport } from './account/time-report.js';
export { renderTime } from './account/time-text.js';
export {
  type FiringRegisters,
  firingRate,
  interSpikeInterval,
  type MembraneParameters,
  predictedSteps,
  rheobase,
} from './api/analytic.js';
export { cells } from './api/cells.js';
export type { Column } from './api/column.js';
export {
  type Connector,
  connectors,
  type ListEntry,
  type Matrix,
  type SynapseColumns,
  type SynapseRows,
} from './api/connectors.js';
export type { Conv2dConnector, Conv2dParameters, Kernel, Shape3 } from './api/conv2d.js';
export type { LifCell, LifParameters } from './api/lif-cell.js';
export type { LoihiCell, LoihiParameters, NoiseParameters } from './api/loihi-cell.js';
export { Network, type NetworkOptions } from './api/network.js';
export {
  type Cell,
  type CoreAddress,
  isSource,
  type Placement,
  Population,
  PopulationView,
} from './api/population.js';
export { Probe, type ProbeOptions } from './api/probe.js';
export { Projection, type ProjectionOptions } from './api/projection.js';
export { type PopulationSpikes, type PopulationTrace, spikesByPopulation, tracesOf } from './api/results.js';
export {
  type SimulateOptions,
  type Simulation,
  simulate,
  stream,
} from './api/simulate.js';
export { type SourceCell, sources } from './api/sources.js';
export {
  type Distribution,
  type StaticParameters,
  type StaticSynapse,
  type SynapseValue,
  synapses,
  type WeightUnit,
} from './api/synapses.js';
export { type Compiled, type CompileOptions, compile } from './compiler/compile.js';
export { explainImage, renderReport } from './compiler/explain.js';
export {
  convertLif,
  type LifConversion,
  type LifConversionOptions,
  type LifRegisters,
} from './compiler/quantise-lif.js';
export type {
  CompileReport,
  ConversionReport,
  CoreLocation,
  CoreReport,
  ImageReport,
  LimitName,
  Rounding,
  Split,
  SplitReason,
  Usage,
  WeightReport,
} from './compiler/report.js';
export type { Basis, CostProfile, Figure } from './energy/cost-profile.js';
export { costProfileFromText } from './energy/cost-profile-file.js';
export { costProfileToText } from './energy/cost-profile-text.js';
export { COST_PROFILES, costProfileNamed } from './energy/cost-profiles.js';
export {
  type ComparedNetwork,
  compareWithDense,
  type DenseComparison,
  networkOf,
  type SpikingEstimate,
  spikingEstimate,
} from './energy/dense-comparison.js';
export { renderDenseComparison } from './energy/dense-text.js';
export { compareText } from './energy/energy-comparison.js';
export { buildEnergyReport, type EnergyReport } from './energy/energy-report.js';
export type { EnergySection } from './energy/energy-sections.js';
export { renderEnergy } from './energy/energy-text.js';
export { type EventLedger, Ledgers } from './energy/event-ledger.js';
export { EVENTS, type EventCounts, type EventName, noEvents } from './energy/events.js';
export { breakdown, type PricedEvents, priceEvents, staticEnergy } from './energy/price.js';
export { decodeCheckpoint, encodeCheckpoint } from './io/checkpoint-file.js';
export { decodeImage, encodeImage } from './io/codec.js';
export { imageHash } from './io/content-hash.js';
export { type NpyArray, type NpyData, readNpy, writeNpy } from './io/npy.js';
export { readNpz, writeNpz } from './io/npz.js';
export { type NetworkFile, type NetworkFileOptions, networkFromText } from './netfile/network-from-text.js';
export { NeurobenchMeter, type NeurobenchOptions } from './neurobench/meter.js';
export { type NeurobenchReport, renderNeurobench } from './neurobench/report.js';
export { type FileReport, renderVerifyReport, type VerifyReport } from './verify/report.js';
export {
  type RecordingSource,
  type VerifyOptions,
  verifyRecording,
  verifyRecordings,
} from './verify/verify.js';
