/** Bytes from a file, before their kind is known: whether they are text, and whose they are when they are wrong. */
import { SeamountError, ViolationsError } from '../../cores/index.js';

/** The text in a file, or undefined where there is none: networks are text, what seamount writes itself is not. */
export function textOf(bytes: Uint8Array): string | undefined {
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
    return text.includes('\u0000') ? undefined : text;
  } catch (cause) {
    if (cause instanceof TypeError) return undefined;
    throw cause;
  }
}

/** Puts the file's name before what a decoder, which knows none, has to say. */
export function named<T>(name: string, decode: () => T): T {
  try {
    return decode();
  } catch (cause) {
    if (cause instanceof ViolationsError)
      throw new ViolationsError(
        cause.code,
        cause.violations.map((violation) => ({ ...violation, subject: `${name}: ${violation.subject}` })),
      );
    if (cause instanceof SeamountError && cause.code === 'E_INPUT')
      throw new SeamountError(cause.code, `${name}: ${cause.message}`, cause.hint, { cause });
    throw cause;
  }
}
