/** Files and folders that were dropped or chosen, as bytes. */
import { SeamountError } from '../../../cores/index.js';
import type { GivenFile } from './calls.js';

/** A run directory has about ten files. */
const MOST_FILES = 200;
const MOST_BYTES = 2 ** 30;

/** Must be called in the event itself: afterwards a browser no longer tells what was dropped. */
export function droppedFiles({ items }: DataTransfer): Promise<readonly GivenFile[]> {
  const entries = [...items].flatMap((item) => item.webkitGetAsEntry() ?? []);
  return readAll(entries);
}

/** Of a file input; a folder's files come with their paths. */
export async function chosenFiles(list: FileList): Promise<readonly GivenFile[]> {
  const files = [...list].map((file) => ({ path: file.webkitRelativePath || file.name, file }));
  return bytesOf(files);
}

async function readAll(entries: readonly FileSystemEntry[]): Promise<readonly GivenFile[]> {
  const files: { path: string; file: File }[] = [];
  const visit = async (entry: FileSystemEntry): Promise<void> => {
    if (files.length > MOST_FILES) return;
    if (entry.isFile)
      files.push({
        path: entry.fullPath.replace(/^\//, ''),
        file: await new Promise<File>((resolve, reject) =>
          (entry as FileSystemFileEntry).file(resolve, reject),
        ),
      });
    else for (const inner of await entriesOf(entry as FileSystemDirectoryEntry)) await visit(inner);
  };
  for (const entry of entries) await visit(entry);
  return bytesOf(files);
}

/** A reader tells a hundred at a time. */
async function entriesOf(directory: FileSystemDirectoryEntry): Promise<readonly FileSystemEntry[]> {
  const reader = directory.createReader();
  const all: FileSystemEntry[] = [];
  for (;;) {
    const some = await new Promise<FileSystemEntry[]>((resolve, reject) =>
      reader.readEntries(resolve, reject),
    );
    if (some.length === 0 || all.length > MOST_FILES) return all;
    all.push(...some);
  }
}

async function bytesOf(
  files: readonly { readonly path: string; readonly file: File }[],
): Promise<readonly GivenFile[]> {
  const total = files.reduce((sum, { file }) => sum + file.size, 0);
  if (files.length > MOST_FILES || total > MOST_BYTES)
    throw new SeamountError(
      'E_INPUT',
      files.length > MOST_FILES
        ? `more than ${MOST_FILES} files were dropped, and no run directory has so many`
        : `${Math.round(total / 2 ** 20)} MiB were dropped, a page can take ${MOST_BYTES / 2 ** 20}`,
      'drop a network, an image, a checkpoint or the folder of one run',
    );
  return Promise.all(
    files.map(async ({ path, file }) => {
      try {
        return { path, bytes: new Uint8Array(await file.arrayBuffer()) };
      } catch (cause) {
        throw new SeamountError('E_IO', `${path}: the browser could not read it`, 'try again', { cause });
      }
    }),
  );
}
