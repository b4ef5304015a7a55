/**
 * The ledger's counts equal those of the raw event log, made spike by spike and synapse by synapse with nothing
 * precomputed, on random chips; its parts sum to its whole; and the chip's counters agree but for spikes in flight.
 */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { SeamountError } from '../../cores/index.js';
import {
  type Checkpoint,
  Chip,
  type ChipCounters,
  type ChipImage,
  joinRecordings,
  messageTable,
  type Recording,
} from '../../routing/index.js';
import { type EventLedger, Ledgers } from '../../src/energy/event-ledger.js';
import { EVENTS, type EventName, noEvents } from '../../src/energy/events.js';
import { drawFrom } from '../cores/kernels-case.js';
import { chipCase, chipOf } from '../routing/random-chip.js';
import { withSenders } from '../timing/random-recording.js';

const STEPS = 50;

interface Outcome {
  readonly recording: Recording;
  readonly counters: ChipCounters;
  readonly state: Checkpoint;
}

async function run(image: ChipImage, workers = 1): Promise<Outcome> {
  await using chip = await Chip.open(image, { pool: 'inline', workers, activity: 'compartments' });
  const parts: Recording[] = [];
  try {
    for await (const part of chip.legs(STEPS, { every: 17 })) parts.push(part);
  } catch (error) {
    if (!(error instanceof SeamountError && error.code === 'E_OVERFLOW')) throw error;
  }
  return { recording: joinRecordings(parts), counters: chip.counters(), state: chip.checkpoint() };
}

/** By key, from what was recorded. */
function spikesOfKeys(image: ChipImage, ids: Uint32Array): Float64Array {
  const table = messageTable(image);
  const keyOfId = new Map(Array.from(table.idOfKey, (id, key) => [id, key]));
  const spikes = new Float64Array(table.keys);
  for (const id of ids) spikes[keyOfId.get(id)!]! += 1;
  return spikes;
}

function ledgerOf(image: ChipImage, { recording, counters }: Outcome): EventLedger {
  return new Ledgers(image).ledger({
    steps: recording.to,
    spikes: spikesOfKeys(image, recording.spikes.ids),
    updatesActive: counters.cores.map(({ updatesActive }) => Number(updatesActive)),
    updatesOfPopulation: null,
  });
}

/** One event after the other, by the words of events.ts. */
function eventLog(image: ChipImage, { recording }: Outcome): Record<EventName, number> {
  const counts = noEvents();
  const { cores, sources, profile } = image;
  const where = new Map<number, { core: number; index: number }>();
  for (const { kind, firstId, size, firstSource, slices } of image.populations) {
    if (kind === 'source')
      for (let i = 0; i < size; i++) where.set(firstId + i, { core: -1, index: firstSource + i });
    for (const slice of slices)
      for (let i = 0; i < slice.count; i++)
        where.set(firstId + slice.neuron + i, { core: slice.core, index: slice.compartment + i });
  }
  for (const id of recording.spikes.ids) {
    const { core, index } = where.get(id)!;
    const { start, core: to, axon } = core < 0 ? sources : cores[core]!.outAxons;
    if (core >= 0) counts.spike++;
    for (let entry = start[index]!; entry < start[index + 1]!; entry++) {
      const target = cores[to[entry]!]!;
      counts.axonIn++;
      if (core < 0) counts.hostMessage++;
      else {
        counts.axonOut++;
        const from = cores[core]!;
        let x = from.chipX * profile.limits.tilesX + from.tileX;
        let y = from.chipY * profile.limits.tilesY + from.tileY;
        const toX = target.chipX * profile.limits.tilesX + target.tileX;
        const toY = target.chipY * profile.limits.tilesY + target.tileY;
        if (x === toX && y === toY) counts.withinTile++;
        counts.chipCrossing += Math.abs(from.chipX - target.chipX) + Math.abs(from.chipY - target.chipY);
        for (; x < toX; x++) counts.hopEast++;
        for (; x > toX; x--) counts.hopWest++;
        for (; y < toY; y++) counts.hopNorth++;
        for (; y > toY; y--) counts.hopSouth++;
      }
      const { axonStart, format, formats, count } = target.synapses;
      for (let s = axonStart[axon[entry]!]!; s < axonStart[axon[entry]! + 1]!; s++)
        for (let k = 0; k < count[s]!; k++) {
          const { kind } = formats[format[s]!]!;
          const name = { sparse: 'synapseSparse', dense: 'synapseDense', conv: 'synapseConv' } as const;
          counts[name[kind]]++;
        }
    }
  }
  counts.barrier = recording.to;
  for (const { n } of cores) counts.visit += n * recording.to;
  counts.updateActive = recording.activity!.counts.reduce((a, b) => a + b, 0);
  counts.updateIdle = counts.visit - counts.updateActive;
  return counts;
}

describe('the ledger', () => {
  it('has what the event log has, on random chips', async () => {
    await fc.assert(
      fc.asyncProperty(chipCase, async (spec) => {
        const image = chipOf(spec);
        const outcome = await run(image);
        expect(ledgerOf(image, outcome).total).toEqual(eventLog(image, outcome));
      }),
      { numRuns: 40 },
    );
  });

  it('is the same for any number of workers', async () => {
    await fc.assert(
      fc.asyncProperty(chipCase, async (spec) => {
        const image = chipOf(spec);
        expect(ledgerOf(image, await run(image, 3))).toEqual(ledgerOf(image, await run(image)));
      }),
      { numRuns: 10 },
    );
  });

  it('has parts that sum to the whole', async () => {
    await fc.assert(
      fc.asyncProperty(chipCase, async (spec) => {
        const image = chipOf(spec);
        const { total, cores, populations, pairs, sharedUpdates } = ledgerOf(image, await run(image));
        const sum = (rows: EventLedger['populations'], name: EventName): number =>
          rows.reduce((all, { counts }) => all + counts[name], 0);
        for (const { name, group } of EVENTS) {
          if (group === 'synapse') expect(sum(pairs, name)).toBe(total[name]);
          if (name === 'barrier') continue;
          if (name !== 'hostMessage') expect(sum(cores, name)).toBe(total[name]);
          if (name === 'updateIdle' && sharedUpdates !== null) continue;
          const shared = name === 'updateActive' ? (sharedUpdates ?? 0) : 0;
          expect(sum(populations, name) + shared).toBe(total[name]);
        }
      }),
      { numRuns: 25 },
    );
  });

  it('is ahead of the counters of arrivals by the spikes in flight alone', async () => {
    await fc.assert(
      fc.asyncProperty(chipCase, fc.boolean(), async (spec, placed) => {
        const image = placed ? withSenders(chipOf(spec), drawFrom(3)) : chipOf(spec);
        const outcome = await run(image);
        const { total } = ledgerOf(image, outcome);
        const { totals } = outcome.counters;
        const sent = totals.messagesCore + totals.messagesTile + totals.messagesMesh + totals.messagesChip;
        expect(BigInt(total.axonOut)).toBe(sent);
        expect(BigInt(total.hopEast + total.hopWest)).toBe(totals.hopsX);
        expect(BigInt(total.hopNorth + total.hopSouth)).toBe(totals.hopsY);
        expect(BigInt(total.withinTile)).toBe(totals.messagesCore + totals.messagesTile);
        expect(BigInt(total.chipCrossing)).toBe(totals.chipCrossings);
        expect(BigInt(total.spike)).toBe(totals.spikes);
        expect(BigInt(total.visit)).toBe(totals.updatesActive + totals.updatesIdle);
        const table = messageTable(image);
        let flying = 0;
        for (const word of outcome.state.inFlight) {
          const key = word & 0x7fff_ffff;
          flying += table.start[key + 1]! - table.start[key]!;
        }
        expect(BigInt(total.axonIn - flying)).toBe(totals.axonEventsIn);
      }),
      { numRuns: 25 },
    );
  });
});
