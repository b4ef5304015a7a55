/** `seamount play`: serves the page on this machine, or writes it as a folder for any host. */
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { extname, join, normalize, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import { SeamountError } from '../../cores/index.js';
import { listDirectory, pathKind, readBytes } from '../io/read-file.js';
import { writeFileWhole } from '../io/write-file.js';
import type { Terminal } from './terminal.js';

export interface PlayCommandOptions {
  readonly port?: number;
  readonly export?: string;
  readonly json?: boolean;
}

const DEFAULT_PORT = 4060;

const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript',
  '.css': 'text/css',
  '.svg': 'image/svg+xml',
  '.json': 'application/json',
};

/** Isolation gives the page shared memory, hence threads; nothing may be loaded from elsewhere. */
const HEADERS = {
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-embedder-policy': 'require-corp',
  'cross-origin-resource-policy': 'same-origin',
  'x-content-type-options': 'nosniff',
};

/** The built page: beside the built program, or below the sources. */
function pageDirectory(): string {
  const places = ['../../page/', '../../dist/page/'].map((path) =>
    fileURLToPath(new URL(path, import.meta.url)),
  );
  const found = places.find((path) => existsSync(join(path, 'index.html')));
  if (found === undefined)
    throw new SeamountError('E_IO', 'the page has not been built', 'run npm run build');
  return found;
}

/** Serves a folder on the loopback; port 0 takes any. */
export async function servePage(directory: string, port: number): Promise<Server> {
  const server = createServer(async ({ url = '/', method }, response) => {
    const refuse = (status: number): void => void response.writeHead(status, HEADERS).end();
    if (method !== 'GET' && method !== 'HEAD') return refuse(405);
    let path: string;
    try {
      path = normalize(decodeURIComponent(new URL(url, 'http://localhost').pathname));
    } catch {
      return refuse(400);
    }
    const file = join(directory, path.endsWith(sep) ? `${path}index.html` : path);
    if (!file.startsWith(directory)) return refuse(404);
    try {
      const body = await readFile(file);
      const type = TYPES[extname(file)] ?? 'application/octet-stream';
      const cache = path.includes('/assets/') ? 'max-age=31536000, immutable' : 'no-cache';
      response.writeHead(200, { ...HEADERS, 'content-type': type, 'cache-control': cache });
      response.end(method === 'HEAD' ? undefined : body);
    } catch {
      refuse(404);
    }
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', (cause: NodeJS.ErrnoException) => {
      reject(
        cause.code === 'EADDRINUSE'
          ? new SeamountError('E_IO', `port ${port} is in use`, 'take another with --port, or --port 0')
          : new SeamountError('E_IO', `port ${port} cannot be opened: ${cause.message}`, '', { cause }),
      );
    });
    server.listen(port, '127.0.0.1', resolve);
  });
  return server;
}

export async function playCommand(options: PlayCommandOptions, terminal: Terminal): Promise<number> {
  const page = pageDirectory();
  if (options.export !== undefined) return exportPage(page, options.export, options.json === true, terminal);
  const interrupt = terminal.interruptSignal();
  const server = await servePage(page, options.port ?? DEFAULT_PORT);
  const { port } = server.address() as AddressInfo;
  const url = `http://localhost:${port}/`;
  terminal.out(options.json ? `${JSON.stringify({ schema: 'seamount/play/1', url })}\n` : `${url}\n`);
  if (!options.json) terminal.err('Ctrl-C ends it\n');
  await new Promise<void>((resolve) => {
    if (interrupt.aborted) resolve();
    interrupt.addEventListener('abort', () => resolve(), { once: true });
  });
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
  return 0;
}

async function exportPage(from: string, to: string, json: boolean, terminal: Terminal): Promise<number> {
  if ((await pathKind(to)) === 'file')
    throw new SeamountError('E_USAGE', `--export ${to}: is a file`, 'name a directory');
  const files: string[] = [];
  const collect = async (under: string): Promise<void> => {
    for (const name of await listDirectory(join(from, under))) {
      const path = under === '' ? name : `${under}/${name}`;
      if ((await pathKind(join(from, path))) === 'directory') await collect(path);
      else files.push(path);
    }
  };
  await collect('');
  for (const path of files) await writeFileWhole(join(to, path), await readBytes(join(from, path)));
  if (json)
    terminal.out(`${JSON.stringify({ schema: 'seamount/play/1', directory: to, files }, undefined, 2)}\n`);
  else terminal.out(`${to}: ${files.length} files, to be served by any host\n`);
  return 0;
}
