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

/** What the peer counts in a step. */
export interface PeerStep {
  readonly fired: number;
  readonly updated: number;
  readonly packets: number;
  readonly spikes: number;
}

export interface PeerRun {
  /** `step,neuron` of every spike. */
  readonly spikes: readonly string[];
  readonly steps: readonly PeerStep[];
}

/** @param coreOf a name for the core of each neuron */
export function peerRun(
  neurons: readonly PeerNeuron[],
  edges: readonly PeerEdge[],
  coreOf: (neuron: number) => string,
  steps: number,
): PeerRun {
  const v = neurons.map(() => 0);
  const held = neurons.map(() => 0);
  const spikes: string[] = [];
  const counts: PeerStep[] = [];
  let arriving = neurons.map((): number | null => null);
  for (let t = 1; t <= steps; t++) {
    const next = neurons.map((): number | null => null);
    let [fired, updated, packets, events] = [0, 0, 0, 0];
    neurons.forEach((own, i) => {
      const { threshold, reset, soft, leak, bias, refract, input } = own;
      let fires = input?.includes(t) ?? false;
      const works = input === null && (v[i] !== 0 || arriving[i] !== null || bias !== 0);
      if (t > 1) v[i] = Math.trunc(v[i]! * leak * 64) / 64;
      if (input === null && held[i]! > 0) held[i]!--;
      else if (input === null) {
        v[i]! += bias + (arriving[i] ?? 0);
        if (v[i]! > threshold) {
          fires = true;
          v[i] = soft ? v[i]! - threshold : reset;
          held[i] = Math.max(0, refract - 1);
        }
      }
      if (fires || works) updated++;
      if (!fires) return;
      fired++;
      spikes.push(`${t},${i}`);
      const out = edges.filter(([pre]) => pre === i);
      for (const [, post, weight] of out) next[post] = (next[post] ?? 0) + weight;
      events += out.length;
      packets += new Set(out.map(([, post]) => coreOf(post))).size;
    });
    counts.push({ fired, updated, packets, spikes: events });
    arriving = next;
  }
  return { spikes, steps: counts };
}
