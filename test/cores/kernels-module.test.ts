/** The kernels as a module: one for each kind of memory, no state of its own, a clear refusal where it cannot run. */
import { afterEach, describe, expect, it, vi } from 'vitest';
import { PLAIN_KERNELS, SHARED_KERNELS } from '../../cores/kernels.wasm.js';
import { createWasmBackend } from '../../cores/wasm-backend.js';

const moduleOf = (base64: string): Promise<WebAssembly.Module> =>
  WebAssembly.compile(Uint8Array.from(atob(base64), (character) => character.charCodeAt(0)));

const memoryOf = (shared: boolean, pages = 1): WebAssembly.Memory =>
  new WebAssembly.Memory({ initial: pages, maximum: pages, shared });

describe('kernel module', () => {
  afterEach(() => {
    vi.unstubAllGlobals();
    vi.resetModules();
  });

  it.each([
    ['shared', SHARED_KERNELS],
    ['plain', PLAIN_KERNELS],
  ])('%s: needs a memory only, gives four functions and those that stay by themselves', async (_, base64) => {
    const module = await moduleOf(base64);
    expect(WebAssembly.Module.imports(module)).toMatchObject([{ name: 'memory', kind: 'memory' }]);
    expect(WebAssembly.Module.exports(module).map(({ name, kind }) => `${kind} ${name}`)).toEqual([
      'function deliver',
      'function deliverSpikes',
      'function markRows',
      'function touchRows',
      'function walk16',
      'function walk21',
      'function walk23',
      'function walk32',
      'function emit',
      'function integrate',
    ]);
  });

  it.each([true, false])('an instance writes nothing into its memory (shared: %s)', async (shared) => {
    const memory = memoryOf(shared);
    new Uint8Array(memory.buffer).fill(0x5a);
    await createWasmBackend(memory);
    await createWasmBackend(memory);
    expect(new Uint8Array(memory.buffer).every((byte) => byte === 0x5a)).toBe(true);
  });

  it.each([1, 40, 1000])('takes a memory of %i pages, shared or not', async (pages) => {
    for (const shared of [true, false]) {
      expect((await createWasmBackend(memoryOf(shared, pages))).name).toBe('wasm');
    }
  });

  it('takes a plain memory that may grow without limit', async () => {
    expect((await createWasmBackend(new WebAssembly.Memory({ initial: 2 }))).name).toBe('wasm');
  });

  it('says so where there is no SIMD', async () => {
    const memory = memoryOf(false);
    const fails = () => Promise.reject(new WebAssembly.CompileError('invalid opcode'));
    vi.stubGlobal('WebAssembly', { ...WebAssembly, compile: fails });
    vi.resetModules();
    const fresh = await import('../../cores/wasm-backend.js');
    await expect(fresh.createWasmBackend(memory)).rejects.toMatchObject({
      code: 'E_USAGE',
      message: expect.stringContaining('SIMD'),
      hint: expect.stringContaining('scalar'),
    });
  });
});
