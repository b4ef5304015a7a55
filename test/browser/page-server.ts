/** Serves the page, the built package, its dependencies and the vectors; with or without cross-origin isolation. */
import { readFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { extname, join, normalize } from 'node:path';
import { fileURLToPath } from 'node:url';
import { sharedDir } from '../shared.js';

const root = fileURLToPath(new URL('../..', import.meta.url));

const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript',
  '.mjs': 'text/javascript',
  '.map': 'application/json',
};

const ISOLATION = {
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-embedder-policy': 'require-corp',
};

/** The file behind a path, or null. */
function fileOf(path: string): string | null {
  const clean = normalize(decodeURIComponent(path));
  if (clean === '/isolated' || clean === '/plain') return join(root, 'test/browser/page.html');
  if (/^\/(?:dist|node_modules)\//.test(clean)) return join(root, clean);
  if (clean.startsWith('/vectors/') && sharedDir !== null) return join(sharedDir, clean);
  return null;
}

export interface PageServer {
  /** of the page, by whether it is isolated */
  readonly url: (page: 'isolated' | 'plain') => string;
  readonly server: Server;
}

/** Starts serving on a free port of the loopback. `image` is what the page finds at /image. */
export async function servePage(image: Uint8Array): Promise<PageServer> {
  const server = createServer(async ({ url = '/' }, response) => {
    const path = new URL(url, 'http://localhost').pathname;
    const common = path === '/plain' ? {} : ISOLATION;
    try {
      const file = fileOf(path);
      const body = path === '/image' ? image : file === null ? null : await readFile(file);
      if (body === null) throw new Error('not served');
      const type = TYPES[extname(file ?? '')] ?? 'application/octet-stream';
      response.writeHead(200, { 'content-type': type, ...common }).end(body);
    } catch {
      response.writeHead(404, common).end();
    }
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return { server, url: (page) => `http://127.0.0.1:${port}/${page}` };
}
