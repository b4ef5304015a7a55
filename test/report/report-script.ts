/** The script of reports, bundled from the sources as they are: tests never see an old one. */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const BUILD = fileURLToPath(new URL('../../scripts/build-report.mjs', import.meta.url));

export function bundledScript(): string {
  const dir = mkdtempSync(join(tmpdir(), 'seamount-report-'));
  try {
    execFileSync(process.execPath, [BUILD, dir], { stdio: ['ignore', 'ignore', 'pipe'] });
    return readFileSync(join(dir, 'report.js'), 'utf8');
  } finally {
    rmSync(dir, { recursive: true, force: true });
  }
}
