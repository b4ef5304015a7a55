/** What runs a step of the mesh: kernels (mesh-kernels.ts), or their specification (mesh-scalar.ts). Both leave the same behind. */
import type { StepEnds } from './mesh-bound.js';
import type { MeshCoreRecords } from './mesh-core-records.js';
import type { MeshLanes } from './mesh-lanes.js';
import type { MeshMessages } from './mesh-messages.js';
import type { StepMessages } from './step-messages.js';

export interface MeshEngine {
  readonly kernels: 'scalar' | 'wasm';
  readonly lanes: MeshLanes;
  readonly cores: MeshCoreRecords;
  /** Of the last step. */
  readonly messages: MeshMessages;
  run(step: StepMessages): StepRun;
}

/** Valid until the next step. */
export interface StepRun extends StepEnds {
  /** Messages that arrived. */
  readonly received: number;
}
