/**
 * The material that lives beside the repository (`../shared`: golden vectors of other emulators, design notes).
 * It is not part of the package, so tests that need it skip, saying so, where it is absent. They may not
 * skip where it must be there: with `CI` set, absence is a failure.
 */
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, it } from 'vitest';

const beside = fileURLToPath(new URL('../../shared', import.meta.url));

/** Absolute path of `../shared`, or null where there is none. */
export const sharedDir: string | null = existsSync(beside) ? beside : null;

const REASON = `needs ${beside}`;
const required = Boolean(process.env.CI);

function missing(): never {
  throw new Error(`${REASON}, which must be present when CI is set`);
}

/** `describe` whose body receives the absolute path of the shared folder; skipped, with the reason in its name, without it. */
export function describeWithShared(name: string, body: (dir: string) => void): void {
  if (sharedDir !== null) {
    const dir = sharedDir;
    describe(name, () => body(dir));
  } else if (required) {
    describe(name, () => {
      it(REASON, missing);
    });
  } else {
    describe.skip(`${name} (skipped: ${REASON})`, () => {
      it(REASON, () => {});
    });
  }
}

/** `it` whose body receives the absolute path of the shared folder; skipped, with the reason in its name, without it. */
export function itWithShared(
  name: string,
  body: (dir: string) => void | Promise<void>,
  timeoutMs?: number,
): void {
  if (sharedDir !== null) {
    const dir = sharedDir;
    it(name, () => body(dir), timeoutMs);
  } else if (required) {
    it(name, missing);
  } else {
    it.skip(`${name} (skipped: ${REASON})`, () => {});
  }
}
