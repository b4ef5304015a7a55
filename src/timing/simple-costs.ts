/**
 * What model `simple` adds up, worked out of an image once: what a spike of each source costs its own core, and, as
 * one row, every core it reaches. Sources with equal rows share one. Times are whole picoseconds.
 */
import { SeamountError } from '../../cores/index.js';
import { type ChipImage, messageTable } from '../../routing/index.js';
import type { CoreCosts } from './core-costs.js';
import { processingTimes } from './processing-times.js';
import { type ReceivingRows, receivingRows } from './receiving-rows.js';
import { keysOfIds } from './source-keys.js';
import type { MeshCosts } from './step-messages.js';

/** Core of a source of the host without a place. */
export const NOWHERE = 0xffff_ffff;

export interface SimpleCosts {
  /** ps */
  readonly barrier: number;
  /** Of the image; those that stand for places of the host's sources come after them, and only send. */
  readonly cores: number;
  readonly places: number;
  readonly keyOfId: Uint32Array;
  /** By key: its core or `NOWHERE`, and ps that a spike takes there. */
  readonly core: Uint32Array;
  readonly sending: Float64Array;
  readonly rows: ReceivingRows;
  /** By core: ps of a step in which nothing happens, and what each compartment with work takes longer. */
  readonly idle: Float64Array;
  readonly active: number;
}

/** @throws {SeamountError} E_USAGE for costs in seconds */
export function simpleCosts(
  image: ChipImage,
  costs: CoreCosts,
  { barrier }: Pick<MeshCosts, 'barrier'>,
): SimpleCosts {
  if (costs.unit !== 'ps')
    throw new SeamountError(
      'E_USAGE',
      'sums without messages need costs in whole picoseconds',
      "make the costs with unit 'ps', or use SimpleModel",
    );
  const table = messageTable(image);
  const { keys, firstOfCore, start, idOfKey } = table;
  const senders = image.sources.senders;
  const cores = image.cores.length;
  const firstSource = firstOfCore[cores]!;
  const core = new Uint32Array(keys).fill(NOWHERE);
  for (let each = 0; each < cores; each++) core.fill(each, firstOfCore[each]!, firstOfCore[each + 1]!);
  if (senders !== undefined) core.set(senders.core, firstSource);
  const { visit, updateIdle, updateActive, spike, axonOut } = costs;
  const sending = new Float64Array(keys).fill(spike, 0, firstSource);
  for (let key = 0; key < keys; key++) sending[key]! += (start[key + 1]! - start[key]!) * axonOut;
  return {
    barrier,
    cores,
    places: senders?.places.length ?? 0,
    keyOfId: keysOfIds(idOfKey),
    core,
    sending,
    rows: receivingRows(table, processingTimes(table, costs)),
    idle: Float64Array.from(image.cores, ({ n }) => n * (visit + updateIdle)),
    active: updateActive - updateIdle,
  };
}
