/** What an image uses of its chip, and compile reports as text. */
import type { ChipImage } from '../../routing/index.js';
import type { CompileReport, ImageReport } from './report.js';

/** Use per core, read from the image alone. */
export function explainImage(image: ChipImage): ImageReport {
  throw new Error(`not yet ${image.version}`);
}

/** A report as plain text, one line per core, split and rounding. No colours, at most 110 columns. */
export function renderReport(report: ImageReport | CompileReport): string {
  throw new Error(`not yet ${report.chips}`);
}
