/** What every replay of a recording is given: under which rules, by which kernels, and where remarks go. */
import {
  type BackendKind,
  type ChipProfile,
  type CompartmentRegisters,
  checkCompartmentRegister,
  LOIHI1,
  type Rules,
  SeamountError,
} from '../../cores/index.js';
import type { Complaints } from './complaints.js';
import type { Peer } from './peers.js';

export interface VerifyProgress {
  readonly file: string;
  readonly profile: string;
  /** Cases done and to do, under this profile. */
  readonly done: number;
  readonly total: number;
  /** Step of the case at hand, where it is a long one, else 0. */
  readonly step: number;
  readonly steps: number;
}

export interface ReplayContext {
  readonly file: string;
  readonly profile: ChipProfile;
  /** Who is said to behave as this profile; its recording habits fill what a file leaves out. */
  readonly peer: Peer;
  /**
   * Whether the recording itself names this profile. Then a value beyond the profile's registers is a fault
   * of the file; else the registers are widened, which is noted: rules are compared, not register widths.
   */
  readonly isNamed: boolean;
  readonly kernels: BackendKind;
  readonly workers: number;
  readonly complaints: Complaints;
  readonly notes: Set<string>;
  readonly signal: AbortSignal | undefined;
  readonly progress: (done: number, total: number, step?: number, steps?: number) => void;
}

/** Rules with every register range as wide as any peer has it; the arithmetic is unchanged. */
export const widened = (rules: Rules): Rules => ({
  ...rules,
  duMax: 4096,
  dvMax: 4096,
  vthMantMin: 0,
  vthMantMax: 131_071,
  bias: { ...LOIHI1.rules.bias, expMin: -31 },
  refractMax: 64,
  delayMax: 63,
  noise: { min: -128, max: 127 },
});

/** The rules to replay under: the profile's own, or with wider registers where it was chosen by the user. */
export const replayRules = ({ profile, isNamed }: ReplayContext): Rules =>
  isNamed ? profile.rules : widened(profile.rules);

/** Notes where the profile itself could not have held these registers. */
export function noteWidening(context: ReplayContext, compartments: Partial<CompartmentRegisters>): void {
  if (context.isNamed) return;
  for (const [name, column] of Object.entries(compartments)) {
    for (const value of typeof column === 'number' ? [column] : endsOf(column)) {
      const known = name as keyof CompartmentRegisters;
      if (checkCompartmentRegister(known, value, context.profile.rules) === null) continue;
      if (checkCompartmentRegister(known, value, widened(context.profile.rules)) !== null) continue;
      context.notes.add(`${context.profile.name} has no ${name} ${value}; replayed with a wider register`);
      break;
    }
  }
}

const endsOf = (values: Int32Array): number[] => {
  let min = values[0] ?? 0;
  let max = min;
  for (const value of values) {
    if (value < min) min = value;
    if (value > max) max = value;
  }
  return [min, max];
};

/** Lets timers and signals in between two cases. @throws {SeamountError} E_ABORTED */
export async function breathe(signal: AbortSignal | undefined): Promise<void> {
  await new Promise((resume) => setTimeout(resume, 0));
  if (signal?.aborted === true) throw new SeamountError('E_ABORTED', 'verification was stopped');
}
