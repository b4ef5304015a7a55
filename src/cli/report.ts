/** `seamount report`: a finished run as one HTML file, as figures for a paper, or as text. */
import { basename, dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { SeamountError } from '../../cores/index.js';
import { pathKind, readBytes } from '../io/read-file.js';
import { openRun } from '../io/run-directory.js';
import { writeFileWhole } from '../io/write-file.js';
import { buildReport } from '../report/build-report.js';
import type { ReportData } from '../report/report-data.js';
import { reportSvgs } from '../report/report-figures.js';
import { reportHtml } from '../report/report-html.js';
import { sourceOfDirectory } from '../report/report-source.js';
import { renderReportText } from '../report/report-text.js';
import { grouped } from './table.js';
import { painter, type Terminal } from './terminal.js';

export interface ReportCommandOptions {
  readonly out?: string;
  readonly svg?: string;
  readonly text?: boolean;
  readonly title?: string;
  readonly json?: boolean;
  readonly quiet?: boolean;
}

/** Built beside this file's package: dist/report/report.js, whether this runs from dist or from sources. */
const SCRIPT_PLACES = ['../../report/report.js', '../../dist/report/report.js'];

/** The script that draws the figures in the page. */
export async function reportScript(): Promise<string> {
  const here = dirname(fileURLToPath(import.meta.url));
  for (const place of SCRIPT_PLACES) {
    const path = join(here, place);
    if ((await pathKind(path)) === 'file') return new TextDecoder().decode(await readBytes(path));
  }
  throw new SeamountError(
    'E_IO',
    'the script of reports is missing from this package',
    'npm run build makes it',
  );
}

export async function reportCommand(
  path: string,
  options: ReportCommandOptions,
  terminal: Terminal,
): Promise<number> {
  const { out, svg, text, json, quiet = false } = options;
  if (json === true && text === true)
    throw new SeamountError('E_USAGE', '--json and --text exclude each other');
  const data = buildReport(await sourceOfDirectory(await openRun(path), options.title));
  // asked for nothing in particular, one gets the page, beside the run
  const isPage = out !== undefined || (svg === undefined && text !== true && json !== true);
  // `.` has no name of its own
  const page = isPage ? (out ?? join(path, '..', `${basename(resolve(path))}.html`)) : undefined;
  const saved: { readonly path: string; readonly bytes: number }[] = [];
  if (page !== undefined) saved.push(await savePage(page, data));
  if (svg !== undefined)
    for (const [name, content] of reportSvgs(data)) {
      const bytes = new TextEncoder().encode(content);
      await writeFileWhole(join(svg, name), bytes);
      saved.push({ path: join(svg, name), bytes: bytes.length });
    }
  if (json === true) {
    const object = { ...data.facts, saved };
    terminal.out(`${JSON.stringify(object, undefined, 2)}\n`);
    return 0;
  }
  if (text === true) terminal.out(`${reportText(data, terminal)}\n`);
  if (!quiet)
    for (const { path: file, bytes } of saved) terminal.err(`saved ${file}, ${grouped(bytes)} bytes\n`);
  return 0;
}

export async function savePage(
  path: string,
  data: ReportData,
): Promise<{ readonly path: string; readonly bytes: number }> {
  const bytes = new TextEncoder().encode(reportHtml(data, await reportScript()));
  await writeFileWhole(path, bytes);
  return { path, bytes: bytes.length };
}

export function reportText(data: ReportData, terminal: Terminal): string {
  const paint = painter(terminal.colours.out);
  return renderReportText(data, {
    width: terminal.columns,
    bold: (line) => paint('bold', line),
    dim: (line) => paint('dim', line),
  });
}
