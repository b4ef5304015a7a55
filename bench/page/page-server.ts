/** Serves a page, the package, its dependencies and an image; with or without cross-origin isolation. */
import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { extname, join, normalize } from 'node:path';
import { repository } from '../repository.js';

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

export type PageKind = 'isolated' | 'plain';

export interface ServedPage {
  /** Compiled package below the repository: what the page finds at /package/. */
  readonly package: string;
  /** Module the page runs, as a path of this server. */
  readonly script: string;
  /** What it finds at /image. */
  readonly image: Uint8Array;
  /** More directories, by the first part of the path: `{ vectors: '/somewhere/vectors' }`. */
  readonly directories?: Readonly<Record<string, string>>;
}

export interface PageServer extends Disposable {
  readonly url: (kind: PageKind) => string;
}

/** Starts serving on a free port of the loopback. */
export async function servePage(served: ServedPage): Promise<PageServer> {
  const html = await readFile(join(repository, 'bench/page/page.html'), 'utf8');
  const page = html.replace('SCRIPT', served.script);
  const directories: ServedPage['directories'] = {
    package: join(repository, served.package),
    node_modules: join(repository, 'node_modules'),
    ...served.directories,
  };
  /** Throws for what is not there. */
  const bodyOf = async (path: string): Promise<string | Uint8Array> => {
    if (path === '/image') return served.image;
    const [, first = '', rest = ''] = /^\/([^/]+)\/(.+)$/.exec(path) ?? [];
    const directory = directories[first];
    if (directory === undefined) throw new Error('not served');
    return readFile(join(directory, rest));
  };
  const server = createServer(async ({ url = '/' }, response) => {
    const path = normalize(decodeURIComponent(new URL(url, 'http://localhost').pathname));
    const isPage = path === '/isolated' || path === '/plain';
    const common = path === '/plain' ? {} : ISOLATION;
    try {
      const body = isPage ? page : await bodyOf(path);
      const type = TYPES[isPage ? '.html' : extname(path)] ?? 'application/octet-stream';
      response.writeHead(200, { 'content-type': type, ...common }).end(body);
    } catch {
      response.writeHead(404, common).end();
    }
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: (kind) => `http://127.0.0.1:${port}/${kind}`,
    [Symbol.dispose]: () => {
      server.close();
      server.closeAllConnections();
    },
  };
}
