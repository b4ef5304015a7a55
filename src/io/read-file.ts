/** Files in. With write-file.ts the only place of the library that touches a disk. */
import { readdir, readFile, stat } from 'node:fs/promises';
import { SeamountError } from '../../cores/index.js';

const codeOf = (cause: unknown): string =>
  cause instanceof Error && 'code' in cause && typeof cause.code === 'string' ? cause.code : '';

/** What the system said, in words; a missing or unsuitable file is bad input, anything else a failure of the disk. */
function readFailure(path: string, cause: unknown): SeamountError {
  const code = codeOf(cause);
  if (code === 'ENOENT' || code === 'ENOTDIR')
    return new SeamountError('E_INPUT', `${path}: no such file`, '', { cause });
  if (code === 'EISDIR')
    return new SeamountError('E_INPUT', `${path}: is a directory, expected a file`, '', { cause });
  const why = cause instanceof Error ? cause.message : String(cause);
  return new SeamountError('E_IO', `${path}: cannot be read: ${why}`, '', { cause });
}

/**
 * The bytes of a file.
 * @throws {SeamountError} `E_INPUT` when there is no such file, `E_IO` when it cannot be read.
 */
export async function readBytes(path: string): Promise<Uint8Array> {
  try {
    const bytes = await readFile(path);
    return new Uint8Array(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  } catch (cause) {
    throw readFailure(path, cause);
  }
}

/** Whether a path is a file, a directory, or nothing. */
export async function pathKind(path: string): Promise<'file' | 'directory' | 'missing'> {
  try {
    return (await stat(path)).isDirectory() ? 'directory' : 'file';
  } catch (cause) {
    if (codeOf(cause) === 'ENOENT' || codeOf(cause) === 'ENOTDIR') return 'missing';
    throw readFailure(path, cause);
  }
}

/** Names in a directory, in code point order, so that listings do not depend on the file system. */
export async function listDirectory(path: string): Promise<readonly string[]> {
  try {
    return (await readdir(path)).sort((a, b) => (a < b ? -1 : a > b ? 1 : 0));
  } catch (cause) {
    throw readFailure(path, cause);
  }
}
