/** What a panel shows that can leave the page: as SVG, as PNG made of it, as CSV. */
import { SeamountError } from '../../cores/index.js';
import type { Theme } from '../views/theme.js';

export interface Figure {
  /** Becomes the file's name: kebab-case. */
  readonly name: string;
  /** For people. */
  readonly title: string;
  /** A standalone SVG with `width` and `height`; absent where there is only data. */
  readonly svg?: (theme: Theme) => string;
  /** Lines ended by `\n`, a header first; bytes where they may be more than a string holds. */
  readonly csv?: () => string | Uint8Array;
}

/** Pixels of a PNG for each of the SVG: for print and for dense screens. */
const PNG_SCALE = 2;

/** @throws {SeamountError} `E_IO` when the browser cannot draw it */
export async function pngOf(svg: string): Promise<Blob> {
  const image = new Image();
  image.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(svg)}`;
  try {
    await image.decode();
  } catch (cause) {
    throw new SeamountError('E_IO', 'this browser could not draw the figure', 'export it as SVG', { cause });
  }
  const canvas = document.createElement('canvas');
  canvas.width = image.naturalWidth * PNG_SCALE;
  canvas.height = image.naturalHeight * PNG_SCALE;
  canvas.getContext('2d')!.drawImage(image, 0, 0, canvas.width, canvas.height);
  return new Promise((resolve, reject) =>
    canvas.toBlob((blob) => {
      if (blob === null) reject(new SeamountError('E_IO', 'this browser made no PNG', 'export it as SVG'));
      else resolve(blob);
    }, 'image/png'),
  );
}
