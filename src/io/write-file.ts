/**
 * Files out. Nothing half-written ever carries a good name: bytes go to a temporary name in the same
 * directory, are flushed to the disk, and only then renamed; a directory is filled under a temporary name
 * and renamed as a whole. When anything fails, the temporary is removed and what was there before stays.
 */
import { type FileHandle, mkdir, open, rename, rm, stat, writeFile } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';
import { SeamountError } from '../../cores/index.js';

function writeFailure(path: string, cause: unknown): SeamountError {
  if (cause instanceof SeamountError) return cause;
  const code = cause instanceof Error && 'code' in cause ? cause.code : '';
  const why = cause instanceof Error ? cause.message : String(cause);
  const hint =
    code === 'ENOSPC' || code === 'EDQUOT' ? 'the disk is full: nothing was changed under this name' : '';
  return new SeamountError('E_IO', `${path}: cannot be written: ${why}`, hint, { cause });
}

/** The process number keeps two runs apart; the leading dot keeps the name out of listings and globs. */
const temporaryName = (path: string, role: string): string =>
  join(dirname(resolve(path)), `.${basename(resolve(path))}.${role}-${process.pid}`);

async function syncDirectory(path: string): Promise<void> {
  const handle = await open(path, 'r');
  try {
    await handle.sync();
  } catch {
    // Some file systems cannot flush a directory; the rename itself has happened.
  } finally {
    await handle.close();
  }
}

async function writeFlushed(path: string, bytes: Uint8Array): Promise<void> {
  const handle: FileHandle = await open(path, 'wx');
  try {
    await handle.writeFile(bytes);
    await handle.sync();
  } finally {
    await handle.close();
  }
}

/**
 * Writes a file whole or not at all, replacing one of that name.
 * @throws {SeamountError} `E_IO`; a file that was there before is unchanged.
 */
export async function writeFileWhole(path: string, bytes: Uint8Array): Promise<void> {
  const temporary = temporaryName(path, 'part');
  try {
    const there = await stat(path).catch(() => undefined);
    if (there?.isDirectory())
      throw new SeamountError('E_IO', `${path}: is a directory, expected a file name`);
    // Devices and pipes (/dev/null, /dev/stdout) are written to, never replaced.
    if (there !== undefined && !there.isFile()) return await writeFile(path, bytes);
    await mkdir(dirname(resolve(path)), { recursive: true });
    await rm(temporary, { force: true });
    await writeFlushed(temporary, bytes);
    await rename(temporary, path);
    await syncDirectory(dirname(resolve(path)));
  } catch (cause) {
    await rm(temporary, { force: true }).catch(() => undefined);
    throw writeFailure(path, cause);
  }
}

/**
 * Writes a directory whole or not at all. An existing directory of that name is put aside while the new
 * one takes its place, then removed; if the exchange fails it is put back.
 * Whether it may be replaced is the caller's to check.
 * @throws {SeamountError} `E_IO`; a directory that was there before is unchanged.
 */
export async function writeDirectoryWhole(
  path: string,
  files: ReadonlyMap<string, Uint8Array>,
): Promise<void> {
  const temporary = temporaryName(path, 'part');
  const aside = temporaryName(path, 'old');
  let movedAside = false;
  try {
    await mkdir(dirname(resolve(path)), { recursive: true });
    await rm(temporary, { recursive: true, force: true });
    await mkdir(temporary);
    for (const [name, bytes] of files) await writeFlushed(join(temporary, name), bytes);
    await syncDirectory(temporary);
    movedAside = await rename(path, aside).then(
      () => true,
      (cause: NodeJS.ErrnoException) => {
        if (cause.code === 'ENOENT') return false;
        throw cause;
      },
    );
    await rename(temporary, path);
    await syncDirectory(dirname(resolve(path)));
  } catch (cause) {
    if (movedAside) await rename(aside, path).catch(() => undefined);
    await rm(temporary, { recursive: true, force: true }).catch(() => undefined);
    throw writeFailure(path, cause);
  }
  if (movedAside) await rm(aside, { recursive: true, force: true }).catch(() => undefined);
}
