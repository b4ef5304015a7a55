/**
 * A core as one would first write it: BigInt, every compartment every step, no blocks, banks, packing or
 * sleep. It shares nothing with cores/ but the profile and the noise generator.
 */
import { type ChipProfile, noiseDraw, noiseKey, type SumRule } from '../../cores/index.js';
import type { TestCore } from './core-fixture.js';

export interface ReferenceStep {
  readonly fired: number[];
  readonly u: number[];
  readonly v: number[];
  readonly theta: number[];
  readonly active: number;
  readonly overflows: number;
}

const toZero = (x: bigint, bits: bigint): bigint => (x < 0n ? -(-x >> bits) : x >> bits);

function settle(sum: bigint, rule: SumRule, onOverflow: string): bigint {
  const bits = rule.kind === 'none' ? 30 : rule.kind === 'lavaWrap' ? 23 : rule.bits;
  const half = 1n << BigInt(bits);
  const [min, max] = rule.kind === 'lavaWrap' ? [1n - half, half] : [-half, half - 1n];
  if (sum >= min && sum <= max) return sum;
  if (onOverflow === 'clamp' && rule.kind !== 'none') return sum < min ? min : max;
  if (rule.kind === 'lavaWrap') return BigInt.asIntN(31, sum > max ? sum - 2n * half : sum + 2n * half);
  return BigInt.asIntN(bits + 1, sum);
}

/** Steps of a core made from `spec` when `messages[t]` arrive at step t (axon, payload). */
export function reference(
  { rules }: ChipProfile,
  { n, compartments = {}, registers, axons = [] }: Required<TestCore>,
  messages: readonly (readonly (readonly [number, number])[])[],
  { coreId, seed }: { readonly coreId: number; readonly seed: number },
): ReferenceStep[] {
  const u = new Array<bigint>(n).fill(0n);
  const v = new Array<bigint>(n).fill(0n);
  const theta = new Array<bigint>(n).fill(0n);
  const held = new Array<number>(n).fill(0);
  const arrivals = new Map<string, bigint>();
  const at = (name: keyof typeof compartments, i: number): bigint => {
    const column = compartments[name]!;
    return BigInt(typeof column === 'number' ? column : column[i]!);
  };
  const steps: ReferenceStep[] = [];
  for (let t = 1; t < messages.length; t++) {
    for (const [axon, payload] of messages[t]!) {
      for (const { target, delay = 0, weight } of axons[axon]!) {
        const units = BigInt(weight.wide ?? weight.mantissa * 2 ** weight.shift) * BigInt(payload);
        const group = weight.sumShift === 0 ? '0:0' : `${weight.sumShift}:${delay}`;
        const key = `${t + delay}:${target}:${group}`;
        arrivals.set(key, (arrivals.get(key) ?? 0n) + units);
      }
    }
    const sums = new Array<bigint>(n).fill(0n);
    for (const [key, sum] of arrivals) {
      const [step, target, shift] = key.split(':').map(Number) as [number, number, number];
      if (step === t) sums[target]! += sum >> BigInt(shift);
    }
    const fired: number[] = [];
    let active = 0;
    let overflows = 0;
    const limited = (sum: bigint, rule: SumRule): bigint => {
      const settled = settle(sum, rule, rules.onOverflow);
      if (settled !== sum) overflows++;
      return settled;
    };
    const { resetInterval, resetOffset, noiseTarget, noiseMantOffset, noiseExp } = registers as Required<
      typeof registers
    >;
    const resetDue = resetInterval > 0 && t % resetInterval === resetOffset % resetInterval;
    for (let i = 0; i < n; i++) {
      const bias = (at('biasMant', i) << (at('biasExp', i) + 8n)) >> 8n;
      const noisy = noiseTarget !== 'off' && at('noiseEnable', i) === 1n;
      const stirred = u[i] !== 0n || v[i] !== 0n || theta[i] !== 0n || held[i]! > 0;
      if (stirred || bias !== 0n || noisy || sums[i] !== 0n) active++;
      if (resetDue) u[i] = v[i] = 0n;
      const raw = noiseDraw(
        noiseKey(seed, coreId, t),
        i,
        rules.noise.min,
        rules.noise.max - rules.noise.min + 1,
      );
      const noise = noisy ? toZero(BigInt(raw + 64 * noiseMantOffset!) << BigInt(noiseExp!), 7n) : 0n;
      const q = limited(sums[i]! * 64n + (noiseTarget === 'current' ? noise : 0n), rules.inputSum);
      const kept = (x: bigint, decay: bigint, offset: number): bigint => {
        const keep = 4096n - decay - BigInt(offset);
        return toZero(x * (keep < 0n ? 0n : keep), 12n);
      };
      u[i] = limited(kept(u[i]!, at('du', i), registers.dsOffset!) + q, rules.current);
      const drive = limited(u[i]! + bias + (noiseTarget === 'voltage' ? noise : 0n), rules.biasSum);
      theta[i] = kept(theta[i]!, at('dth', i), 0);
      if (held[i]! > 0) {
        held[i]! -= 1;
        continue;
      }
      const next = kept(v[i]!, at('dv', i), registers.dmOffset!) + drive;
      const limit = 2n ** 23n - 1n;
      const min = rules.voltage === 'registers' ? BigInt(registers.vmin!) : -limit;
      const max = rules.voltage === 'registers' ? BigInt(registers.vmax!) : limit;
      if (rules.voltage === 'none') v[i] = limited(next, { kind: 'none' });
      else v[i] = next < min ? min : next > max ? max : next;
      const high = at('vthMant', i) * 64n + theta[i]!;
      const low = at('vthLoMant', i) * 64n;
      const up = v[i]! > high;
      if (!up && !(registers.ternary && v[i]! < low)) continue;
      fired.push(up ? i : ~i);
      if (registers.resetMode === 'value') v[i] = at('vreset', i);
      else v[i] = registers.resetMode === 'subtract' ? v[i]! - (up ? high : low) : 0n;
      const raised = theta[i]! + at('vthStep', i) * 64n;
      theta[i] = raised > limit ? limit : raised;
      held[i] = Math.max(Number(at('refract', i)), 1) - 1;
    }
    steps.push({ fired, u: u.map(Number), v: v.map(Number), theta: theta.map(Number), active, overflows });
  }
  return steps;
}
