/**
 * The page's side of `npm run bench -- browser`. Chips are opened in a web worker, as by anyone who wants the
 * page to answer meanwhile; only here can an image be decoded, since import maps do not reach workers.
 */
import { decodeImage } from '../../src/browser.js';
import type { PageAnswer, PageRequest, PageSetting } from './page-worker.js';

const worker = new Worker(new URL('./page-worker.js', import.meta.url), { type: 'module' });

function ask(request: PageRequest): Promise<PageAnswer> {
  return new Promise((resolve, reject) => {
    worker.onmessage = ({ data }: MessageEvent<PageAnswer>) => resolve(data);
    worker.onerror = ({ message }) => reject(new Error(message || 'the worker could not be loaded'));
    worker.postMessage(request);
  });
}

async function open(setting: PageSetting): Promise<PageAnswer> {
  const response = await fetch('/image');
  const image = decodeImage(new Uint8Array(await response.arrayBuffer()));
  return ask({ kind: 'open', setting, image });
}

Object.assign(globalThis, { open, again: () => ask({ kind: 'again' }), ready: true });
