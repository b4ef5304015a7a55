/** `seamount play`: serves with isolation until it is interrupted, and nothing outside its folder; exports. */

import { existsSync } from 'node:fs';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { servePage } from '../../src/cli/play.js';
import { main } from '../../src/cli/program.js';
import type { Terminal } from '../../src/cli/terminal.js';

const isBuilt = existsSync(fileURLToPath(new URL('../../dist/page/index.html', import.meta.url)));

function terminal(signal = new AbortController().signal) {
  const out: string[] = [];
  const err: string[] = [];
  const made: Terminal = {
    out: (text) => void out.push(text),
    err: (text) => void err.push(text),
    readInput: async () => new Uint8Array(),
    drawsProgress: false,
    columns: 100,
    colours: { out: false, err: false },
    interruptSignal: () => signal,
    now: () => 0,
  };
  return { made, out, err };
}

describe.skipIf(!isBuilt && !process.env.CI)(
  'seamount play (skipped without dist/page: npm run build)',
  () => {
    let directory: string;
    beforeAll(async () => {
      directory = await mkdtemp(join(tmpdir(), 'seamount-play-'));
    });
    afterAll(() => rm(directory, { recursive: true }));

    it('serves until Ctrl-C', async () => {
      const interrupt = new AbortController();
      const { made, out } = terminal(interrupt.signal);
      const ended = main(['play', '--port', '0', '--json'], made);
      while (out.length === 0) await new Promise((resolve) => setTimeout(resolve, 5));
      const { url } = JSON.parse(out[0]!) as { readonly url: string };
      const answer = await fetch(url);
      expect(answer.status).toBe(200);
      expect(answer.headers.get('cross-origin-opener-policy')).toBe('same-origin');
      expect(answer.headers.get('cross-origin-embedder-policy')).toBe('require-corp');
      expect(await answer.text()).toContain('<title>Seamount</title>');
      interrupt.abort();
      expect(await ended).toBe(0);
      await expect(fetch(url)).rejects.toThrow();
    });

    it('serves its folder and nothing else', async () => {
      const server = await servePage(fileURLToPath(new URL('../../src/page/', import.meta.url)), 0);
      const at = `http://localhost:${(server.address() as AddressInfo).port}`;
      const status = async (path: string, method = 'GET'): Promise<number> =>
        (await fetch(at + path, { method })).status;
      expect(await status('/style.css')).toBe(200);
      expect(await status('/%2e%2e/version.ts')).toBe(404);
      expect(await status('/..%2fversion.ts')).toBe(404);
      expect(await status('/%ff')).toBe(400);
      expect(await status('/none.js')).toBe(404);
      expect(await status('/', 'POST')).toBe(405);
      server.close();
    });

    it('says that a port is in use', async () => {
      const blocker = createServer().listen(0, '127.0.0.1');
      await new Promise((resolve) => blocker.once('listening', resolve));
      const { port } = blocker.address() as AddressInfo;
      const { made, err } = terminal();
      expect(await main(['play', '--port', String(port)], made)).toBe(1);
      expect(err.join('')).toContain(`port ${port} is in use`);
      blocker.close();
    });

    it('exports a folder', async () => {
      const to = join(directory, 'site');
      const { made, out } = terminal();
      expect(await main(['play', '--export', to], made)).toBe(0);
      expect(out.join('')).toMatch(/site: \d+ files/);
      expect(await readdir(to)).toContain('index.html');
    });

    it('does not export into a file', async () => {
      const { made, err } = terminal();
      expect(await main(['play', '--export', fileURLToPath(import.meta.url)], made)).toBe(2);
      expect(err.join('')).toContain('is a file');
    });
  },
);
