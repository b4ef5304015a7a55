/** Pixels as PNG, for images inside SVG (PNG specification, third edition, W3C 2025: signature, IHDR, IDAT, IEND). */
import { zlibSync } from 'fflate';
import type { Pixels } from './surface.js';

const SIGNATURE = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a];
/** Bits a channel, colour type 2 (red, green, blue), then compression, filter and interlace as the only ones there are. */
const FORMAT = [8, 2, 0, 0, 0];

let table: Uint32Array | undefined;

function crcTable(): Uint32Array {
  table ??= Uint32Array.from({ length: 256 }, (_, n) => {
    let crc = n;
    for (let bit = 0; bit < 8; bit++) crc = crc & 1 ? 0xedb88320 ^ (crc >>> 1) : crc >>> 1;
    return crc;
  });
  return table;
}

function crcOf(bytes: Uint8Array): number {
  const of = crcTable();
  let crc = 0xffffffff;
  for (const byte of bytes) crc = of[(crc ^ byte) & 255]! ^ (crc >>> 8);
  return ~crc >>> 0;
}

function chunk(type: string, content: Uint8Array): Uint8Array {
  const bytes = new Uint8Array(content.length + 12);
  const view = new DataView(bytes.buffer);
  view.setUint32(0, content.length);
  for (let i = 0; i < 4; i++) bytes[4 + i] = type.charCodeAt(i);
  bytes.set(content, 8);
  view.setUint32(content.length + 8, crcOf(bytes.subarray(4, content.length + 8)));
  return bytes;
}

/** The file's bytes; alpha is left out. */
export function encodePng({ width, height, data }: Pixels): Uint8Array {
  const header = new Uint8Array(13);
  const view = new DataView(header.buffer);
  view.setUint32(0, width);
  view.setUint32(4, height);
  header.set(FORMAT, 8);
  const rows = new Uint8Array(height * (1 + 3 * width)); // each row begins with its filter: none
  for (let y = 0, at = 0, from = 0; y < height; y++) {
    at++;
    for (let x = 0; x < width; x++) {
      const pixel = data[from++]!;
      rows[at++] = pixel & 255;
      rows[at++] = (pixel >>> 8) & 255;
      rows[at++] = (pixel >>> 16) & 255;
    }
  }
  const parts = [
    Uint8Array.from(SIGNATURE),
    chunk('IHDR', header),
    chunk('IDAT', zlibSync(rows, { level: 9 })),
    chunk('IEND', new Uint8Array(0)),
  ];
  const file = new Uint8Array(parts.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const part of parts) {
    file.set(part, at);
    at += part.length;
  }
  return file;
}
