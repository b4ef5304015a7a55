/** Memory of a whole process. */
import { readFileSync } from 'node:fs';
import process from 'node:process';

/** Peak resident bytes until now. The kernel's other figure, maxRSS, is inherited from the parent through exec. */
export function peakBytes(): number {
  try {
    const [, kilobytes] = /^VmHWM:\s*(\d+) kB$/m.exec(readFileSync('/proc/self/status', 'utf8')) ?? [];
    if (kilobytes !== undefined) return Number(kilobytes) * 1024;
  } catch {
    // no /proc: not Linux
  }
  return process.resourceUsage().maxRSS * 1024;
}
