/**
 * Who made a recording, and which of our profiles claims to be equal to it. Data: a new peer is a new row.
 */
import { PROFILES, type SignMode } from '../../cores/index.js';

export interface Peer {
  /** As recordings spell it in `peer` and `peers`. */
  readonly name: string;
  readonly profile: string;
  /** Sign mode of a mantissa recorded without one; `ofWeight` takes the sign the weight has. */
  readonly signMode: SignMode | 'ofWeight';
}

const NAMED: readonly Peer[] = [
  { name: 'nengo-loihi', profile: 'nengo-loihi', signMode: 'mixed' },
  { name: 'lava', profile: 'lava', signMode: 'ofWeight' },
  { name: 'brian2_loihi', profile: 'brian2loihi', signMode: 'mixed' },
];

/** The peers of the shared recordings, and every shipped profile under its own name. */
export const PEERS: readonly Peer[] = [
  ...NAMED,
  ...PROFILES.filter((p) => !NAMED.some((n) => n.name === p.name)).map(
    (p): Peer => ({ name: p.name, profile: p.name, signMode: 'mixed' }),
  ),
];

export const peerNamed = (name: string): Peer | undefined => PEERS.find((p) => p.name === name);
