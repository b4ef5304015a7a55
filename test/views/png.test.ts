import * as fc from 'fast-check';
import { unzlibSync } from 'fflate';
import { describe, expect, it } from 'vitest';
import { fromBase64, toBase64 } from '../../src/views/base64.js';
import { encodePng } from '../../src/views/png.js';

/** CRC-32 bit by bit, as its definition says (ISO 3309, reflected 0xedb88320). */
function crc(bytes: Uint8Array): number {
  let value = 0xffffffff;
  for (const byte of bytes) {
    value ^= byte;
    for (let bit = 0; bit < 8; bit++) value = value & 1 ? (value >>> 1) ^ 0xedb88320 : value >>> 1;
  }
  return ~value >>> 0;
}

describe('PNG files', () => {
  it('have the chunks of the standard, sums that agree, and the pixels', () => {
    const data = Uint32Array.of(0xff0000ff, 0xff00ff00, 0xffff0000, 0xffffffff, 0xff000000, 0xff102030);
    const file = encodePng({ width: 3, height: 2, data });
    const view = new DataView(file.buffer);
    expect([...file.subarray(0, 8)]).toEqual([137, 80, 78, 71, 13, 10, 26, 10]);
    const chunks = new Map<string, Uint8Array>();
    for (let at = 8; at < file.length; ) {
      const length = view.getUint32(at);
      const content = file.subarray(at + 8, at + 8 + length);
      expect(view.getUint32(at + 8 + length)).toBe(crc(file.subarray(at + 4, at + 8 + length)));
      chunks.set(new TextDecoder().decode(file.subarray(at + 4, at + 8)), content);
      at += 12 + length;
    }
    expect([...chunks.keys()]).toEqual(['IHDR', 'IDAT', 'IEND']);
    expect([...chunks.get('IHDR')!]).toEqual([0, 0, 0, 3, 0, 0, 0, 2, 8, 2, 0, 0, 0]);
    expect([...unzlibSync(chunks.get('IDAT')!)]).toEqual([
      ...[0, 255, 0, 0, 0, 255, 0, 0, 0, 255],
      ...[0, 255, 255, 255, 0, 0, 0, 0x30, 0x20, 0x10],
    ]);
  });

  it('travel as base64', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 100_000 }), (bytes) => {
        expect(toBase64(bytes)).toBe(Buffer.from(bytes).toString('base64'));
        expect(fromBase64(toBase64(bytes))).toEqual(bytes);
      }),
      { numRuns: 20 },
    );
  });
});
