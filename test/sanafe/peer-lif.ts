/**
 * The peer's rules in its own arithmetic, doubles, as docs/sana-fe.md has them: what our integers are checked against.
 */
export interface PeerNeuron {
  readonly threshold: number;
  readonly reset: number;
  readonly soft: boolean;
  readonly leak: number;
  readonly bias: number;
  readonly refract: number;
  /** Steps it spikes in instead of all that. */
  readonly input: readonly number[] | null;
}

export type PeerEdge = readonly [pre: number, post: number, weight: number];

/** `step,neuron` of every spike. */
export function peerSpikes(
  neurons: readonly PeerNeuron[],
  edges: readonly PeerEdge[],
  steps: number,
): string[] {
  const v = neurons.map(() => 0);
  const held = neurons.map(() => 0);
  const spikes: string[] = [];
  let arriving = neurons.map(() => 0);
  for (let t = 1; t <= steps; t++) {
    const next = neurons.map(() => 0);
    neurons.forEach((own, i) => {
      if (t > 1) v[i] = Math.trunc(v[i]! * own.leak * 64) / 64;
      let fires = own.input?.includes(t) ?? false;
      if (own.input === null && held[i]! > 0) held[i]!--;
      else if (own.input === null) {
        v[i]! += own.bias + arriving[i]!;
        if (v[i]! > own.threshold) {
          fires = true;
          v[i] = own.soft ? v[i]! - own.threshold : own.reset;
          held[i] = Math.max(0, own.refract - 1);
        }
      }
      if (!fires) return;
      spikes.push(`${t},${i}`);
      for (const [pre, post, weight] of edges) if (pre === i) next[post]! += weight;
    });
    arriving = next;
  }
  return spikes;
}
