/**
 * Three loops that stand for what a machine can do, so that a ratio to one of them says more about our code than
 * about the machine. One would not do: a newer processor gains more on vectors than on dependent integers,
 * and a smaller cache loses on scattered sums only.
 *
 *   scalar   dependent integer work in JavaScript, for what the interpreter of a step costs
 *   simd     wasm vectors over 64 KiB: multiply, shift, add, clamp, as integration does
 *   scatter  wasm sums of bytes into 16 KiB at random places from a list of 256 KiB, as delivery does
 */

export type CalibrationKind = 'scalar' | 'simd' | 'scatter';

export interface Calibration {
  /** What one call does so many of. */
  readonly iterations: number;
  readonly call: () => void;
}

const SCALAR_ITERATIONS = 200_000;

/** Multiply, shift, add, each needing the one before. */
export function scalarLoop(): number {
  let x = 1;
  for (let i = 0; i < SCALAR_ITERATIONS; i++) x = (Math.imul(x, 1_664_525) + 1_013_904_223 + (x >>> 12)) | 0;
  return x;
}

const WORDS = 65_536;
const VECTORS = 4096;
/** Calls of a wasm loop within one call of ours. */
const ROUNDS = 10;

/** Compiled when first asked for. */
export function calibration(kind: CalibrationKind): Calibration {
  if (kind === 'scalar') return { iterations: SCALAR_ITERATIONS, call: scalarLoop };
  const loop = wasmLoops()[kind];
  const call = (): void => {
    for (let i = 0; i < ROUNDS; i++) loop();
  };
  return { iterations: ROUNDS * (kind === 'simd' ? VECTORS : WORDS), call };
}

interface Loops {
  readonly memory: WebAssembly.Memory;
  readonly simd: () => void;
  readonly scatter: () => void;
}

let loops: Loops | undefined;

function wasmLoops(): Loops {
  if (loops !== undefined) return loops;
  const module = new WebAssembly.Module(Uint8Array.from(MODULE));
  const made = new WebAssembly.Instance(module).exports as unknown as Loops;
  const words = new Uint32Array(made.memory.buffer, 0, WORDS);
  for (let i = 0, x = 1; i < WORDS; i++) {
    x = (Math.imul(x, 1_664_525) + 1_013_904_223) | 0;
    words[i] = x;
  }
  loops = made;
  return made;
}

// The module, byte by byte: too small for a compiler, and in no way dependent on ours.
const LOCAL_0 = [0x20, 0];
const LOCAL_1 = [0x20, 1];
const LOCAL_2 = [0x20, 2];
/** unsigned LEB128 of 2^18 (the sums' address, and the bytes of words) and of 2^19 (the vectors' address) */
const AT_SUMS = [0x80, 0x80, 0x10];
const AT_VECTORS = [0x80, 0x80, 0x20];
const splat = (byte: number, top: number): number[] => [
  ...[0xfd, 0x0c],
  ...[0, 1, 2, 3].flatMap(() => [byte, byte, byte, top]),
];

/** do { ...body; p += stride } while (p < end), p being local 0 */
const loop = (body: readonly number[], stride: number, end: readonly number[]): number[] => [
  ...[0x03, 0x40], // loop
  ...body,
  ...[...LOCAL_0, 0x41, stride, 0x6a, 0x22, 0], // p = p + stride, kept on the stack
  ...[0x41, ...end, 0x49, 0x0d, 0, 0x0b], // br_if p < end; end
];

const SCATTER = loop(
  [
    ...[...LOCAL_0, 0x28, 2, 0, 0x22, 1], // w = load(p)
    ...[0x41, 8, 0x76, 0x41, 0xfc, 0xff, 0, 0x71, 0x22, 2], // a = w >>> 8 & 0x3ffc, for the store
    ...[...LOCAL_2, 0x28, 2, ...AT_SUMS, ...LOCAL_1, 0xc0, 0x6a], // load(sums + a) + extend8(w)
    ...[0x36, 2, ...AT_SUMS], // store
  ],
  4,
  AT_SUMS,
);

const SIMD = loop(
  [
    ...[...LOCAL_0, ...LOCAL_0, 0xfd, 0x00, 4, ...AT_VECTORS], // x = load(vectors + p)
    ...[...splat(0x0f, 0), 0xfd, 0xb5, 1], // x * 0x0f0f0f
    ...[0x41, 12, 0xfd, 0xac, 1], // >> 12
    ...[...splat(0x11, 0), 0xfd, 0xae, 1], // + 0x111111
    ...[...splat(0x7f, 0), 0xfd, 0xb6, 1], // least of it and 0x7f7f7f
    ...[...splat(0x80, 0xff), 0xfd, 0xb8, 1], // greatest of it and -0x7f7f80
    ...[0xfd, 0x0b, 4, ...AT_VECTORS], // store
  ],
  16,
  [0x80, 0x80, 4], // 2^16
);

const section = (id: number, body: readonly number[]): number[] => {
  if (body.length > 0x3fff) throw new Error('a section of the calibration module is too long');
  return [id, (body.length & 0x7f) | 0x80, body.length >> 7, ...body];
};
const name = (text: string): number[] => [text.length, ...new TextEncoder().encode(text)];
/** A function with three i32 locals. */
const code = (body: readonly number[]): number[] => {
  const whole = [1, 3, 0x7f, ...body, 0x0b];
  return [(whole.length & 0x7f) | 0x80, whole.length >> 7, ...whole];
};

const MODULE: readonly number[] = [
  ...[0, 0x61, 0x73, 0x6d, 1, 0, 0, 0],
  ...section(1, [1, 0x60, 0, 0]), // one type: () -> ()
  ...section(3, [2, 0, 0]), // two functions of it
  ...section(5, [1, 0, 9]), // nine pages: words, sums, vectors
  ...section(7, [3, ...name('memory'), 2, 0, ...name('scatter'), 0, 0, ...name('simd'), 0, 1]),
  ...section(10, [2, ...code(SCATTER), ...code(SIMD)]),
];
