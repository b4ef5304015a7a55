/**
 * The peer's CSV files from plain rows: the same columns, and numbers as C and C++ print them there: 7 digits with an exponent
 * (`%e`) in perf.csv, at most 6 (`%g`) in messages.csv. Times in s, energies in J.
 */

export interface PerfRow {
  readonly timestep: number;
  /** Neurons that spiked, inputs included. */
  readonly fired: number;
  /** Neurons charged an update, those that fired included. */
  readonly updated: number;
  /** Messages: one a firing neuron and destination core. */
  readonly packets: number;
  readonly hops: number;
  /** Synaptic events. */
  readonly spikes: number;
  readonly simTime: number;
  readonly synapseEnergy: number;
  readonly dendriteEnergy: number;
  readonly somaEnergy: number;
  readonly networkEnergy: number;
  readonly totalEnergy: number;
}

export interface MessageRow {
  readonly timestep: number;
  /** Running number; -1 for what a core did after its last message. */
  readonly mid: number;
  /** `group.neuron`. */
  readonly source: string;
  /** `tile.core`; null where there is no message. */
  readonly from: string;
  readonly to: string | null;
  readonly hops: number;
  readonly spikes: number;
  /** Since the step began; -Infinity where there is no message. */
  readonly send: number;
  readonly received: number;
  readonly processed: number;
  readonly generationDelay: number;
  readonly processingDelay: number;
  readonly networkDelay: number;
  readonly blockingDelay: number;
  readonly minHopDelay: number;
  readonly alongRoute: number;
}

export interface SpikeRow {
  readonly source: string;
  readonly timestep: number;
}

export const SPIKES_HEADER = 'neuron,timestep';

export const PERF_HEADER =
  'timestep,fired,updated,packets,hops,spikes,sim_time,synapse_energy,dendrite_energy,soma_energy,network_energy,total_energy';

export const MESSAGES_HEADER =
  'timestep,mid,src_neuron,src_hw,dest_hw,hops,spikes,send_timestamp,received_timestamp,processed_timestamp,generation_delay,processing_delay,network_delay,blocking_delay,min_hop_delay,messages_along_route';

/** As printf prints with %e: `6.637000e-07`. */
export function exponential(value: number, decimals = 6): string {
  return value.toExponential(decimals).replace(/e([+-])(\d)$/, 'e$10$2');
}

/** As printf prints with %g, 6 digits: `4.48e-08`, `0.642857`, `-inf`. */
export function general(value: number): string {
  if (!Number.isFinite(value)) return Number.isNaN(value) ? 'nan' : value < 0 ? '-inf' : 'inf';
  if (value === 0) return '0';
  const [digits, power] = value.toExponential(5).split('e') as [string, string];
  const exponent = Number(power);
  const bare = (text: string): string => (text.includes('.') ? text.replace(/\.?0+$/, '') : text);
  if (exponent >= -4 && exponent < 6) return bare(value.toFixed(5 - exponent));
  return `${bare(digits)}e${exponent < 0 ? '-' : '+'}${String(Math.abs(exponent)).padStart(2, '0')}`;
}

export const spikeLine = ({ source, timestep }: SpikeRow): string => `${source},${timestep}`;

export const perfLine = (row: PerfRow): string =>
  [
    row.timestep,
    row.fired,
    row.updated,
    row.packets,
    row.hops,
    row.spikes,
    exponential(row.simTime),
    exponential(row.synapseEnergy),
    exponential(row.dendriteEnergy),
    exponential(row.somaEnergy),
    exponential(row.networkEnergy),
    exponential(row.totalEnergy),
  ].join(',');

export const messageLine = (row: MessageRow): string =>
  [
    row.timestep,
    row.mid,
    row.source,
    row.from,
    row.to ?? 'x.x',
    row.hops,
    row.spikes,
    general(row.send),
    general(row.received),
    general(row.processed),
    general(row.generationDelay),
    general(row.processingDelay),
    general(row.networkDelay),
    general(row.blockingDelay),
    general(row.minHopDelay),
    general(row.alongRoute),
  ].join(',');

/** A whole file, line by line, each with its end. */
export function* csvLines<Row>(
  header: string,
  rows: Iterable<Row>,
  line: (row: Row) => string,
): Generator<string> {
  yield `${header}\n`;
  for (const row of rows) yield `${line(row)}\n`;
}
