/** The messages of one step with the times at which they left and arrived, for showing them on their way. */
import type { ChipImage, Recording } from '../../../routing/index.js';
import { StepClock } from '../../account/step-clock.js';
import { costProfileNamed } from '../../energy/cost-profiles.js';
import type { Flights } from './calls.js';
import type { Meters } from './meters.js';

/** Shown at most: evenly taken from all. */
const MOST = 4_000;
/** Its latencies are of every kind of hop, whatever profile prices the run. */
const COSTS = 'loihi1-davies2018';

export class FlightLog {
  readonly #meters: Meters;
  readonly #clock: StepClock;
  readonly #image: ChipImage;

  constructor(image: ChipImage, meters: Meters) {
    this.#image = image;
    this.#meters = meters;
    this.#clock = new StepClock(image, {
      model: 'mesh',
      costs: costProfileNamed(COSTS),
      updates: 'state',
      messages: true,
    });
  }

  /** Of a recording of one step, with all spikes and masks. */
  of(recording: Recording): Flights {
    const rows: [from: number, to: number, sent: number, arrived: number][] = [];
    let total = 0;
    let last = 1;
    this.#clock.add(recording, (messages) => {
      const { sent, arrived } = this.#clock.mesh!.times;
      const places = this.#clock.geometry.cores;
      total = messages.first[places]!;
      const stride = Math.max(1, Math.ceil(total / MOST));
      for (let from = 0; from < places; from++)
        for (let m = messages.first[from]!; m < messages.first[from + 1]!; m++) {
          last = Math.max(last, arrived[m]!);
          if (m % stride === 0) rows.push([from, messages.to[m]!, sent[m]!, arrived[m]!]);
        }
    });
    for (const to of this.#fromHost(recording)) rows.push([-1, to, 0, last / 8]);
    return {
      step: recording.to,
      messages: total,
      from: Int32Array.from(rows, ([from]) => from),
      to: Uint32Array.from(rows, ([, to]) => to),
      sent: Float32Array.from(rows, ([, , sent]) => sent / last),
      arrived: Float32Array.from(rows, ([, , , arrived]) => arrived / last),
    };
  }

  /** Cores that the host's spikes of the step reach, once for each message. */
  #fromHost({ spikes }: Recording): readonly number[] {
    const { links, table } = this.#meters;
    const keyOf = new Map<number, number>();
    const firstSource = table.firstOfCore[this.#image.cores.length]!;
    for (let key = firstSource; key < table.keys; key++) keyOf.set(table.idOfKey[key]!, key);
    const reached: number[] = [];
    for (const id of spikes.ids) {
      const key = keyOf.get(id);
      if (key === undefined || links.sender[key]! >= 0 || reached.length > MOST) continue;
      for (let m = table.start[key]!; m < table.start[key + 1]!; m++) reached.push(table.to[m]!);
    }
    return reached;
  }
}
