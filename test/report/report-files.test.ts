/** What a report is as files and text, without a browser. */
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { reportSvgs } from '../../src/report/report-figures.js';
import { reportHtml } from '../../src/report/report-html.js';
import { renderReportText } from '../../src/report/report-text.js';
import { PROBED_NETWORK, root, seamount } from '../cli/harness.js';
import { svgElements } from '../views/svg-parts.js';
import { reportOfRun, withSpikes } from './sample-report.js';

describe('figures as files', () => {
  it('are well-formed, complete, and refer to nothing outside', async () => {
    const svgs = reportSvgs(await reportOfRun());
    expect([...svgs.keys()]).toEqual([
      'raster.svg',
      'rates.svg',
      'trace-0-exc-v.svg',
      'trace-1-exc-u.svg',
      'mesh-spikes.svg',
      'mesh-synapses.svg',
      'mesh-updates.svg',
      'mesh-messages.svg',
      'mesh-energy.svg',
      'mesh-memory.svg',
      'mesh-compartments.svg',
      'core-use.svg',
      'energy-by-event.svg',
      'energy-by-population.svg',
      'energy-per-step.svg',
      'time-per-step.svg',
      'time-bounds.svg',
    ]);
    for (const [name, svg] of svgs) {
      expect(svgElements(svg).length, name).toBeGreaterThan(5);
      expect(svg, name).not.toMatch(/NaN|Infinity|undefined/);
      expect(svg.replaceAll('http://www.w3.org/2000/svg', ''), name).not.toMatch(/https?:|url\(/);
      expect(svg, name).toContain('width="180mm"');
    }
  });
});

describe('the page', () => {
  it('tells all of it without a script', async () => {
    const html = reportHtml(await reportOfRun(), '');
    for (const text of [
      '<h1>recurrent</h1>',
      'an estimate',
      'loihi1-sanafe',
      'seamount run',
      'What the compiler decided',
      'energy, estimated',
    ])
      expect(html).toContain(text);
    expect(html).not.toMatch(/<(?:script|link|img)[^>]+(?:src|href)=/);
  });

  it('writes large figures as digits', async () => {
    const data = await reportOfRun();
    const time = { ...data.facts.time!, realTimeFactor: 1434.72 };
    expect(reportHtml({ ...data, facts: { ...data.facts, time } }, '')).toContain('1430 times real time');
  });

  it('says what of a large run it leaves out', async () => {
    const data = await reportOfRun([]);
    const traces = data.traces.map((trace) => ({ ...trace, stepsRecorded: 500_000 }));
    const html = reportHtml({ ...data, traces, facts: { ...data.facts, rowStride: 2 } }, '');
    expect(html).toContain('One neuron in 2: there are');
    expect(html).toContain('The first 200 of 500,000 recorded steps.');
  });

  it('says what an integer of a voltage is, where the compiler chose it', async () => {
    const data = await reportOfRun([]);
    const conversions = [{ population: 'exc', dt: 1, unitsPerMv: 1638.4, roundings: [] }];
    const compile = { ...data.facts.compile!, conversions };
    const html = reportHtml({ ...data, facts: { ...data.facts, compile } }, '');
    expect(html.match(/after each step: 0 is v_reset, 1638\.4 are 1 mV\./g)).toHaveLength(1);
  });

  it('counts where nothing was priced', async () => {
    const html = reportHtml(await reportOfRun([]), '');
    expect(html).toContain('This run was not priced');
    expect(html).toContain('synapticEventsSparse');
    // the data are left out: base64 holds any three letters now and then
    expect(html.slice(0, html.indexOf('<script'))).not.toMatch(/NaN|undefined/);
  });

  it('lets no script end early, and no name become markup', async () => {
    const data = await reportOfRun([]);
    const facts = { ...data.facts, title: '</title><script>alert(1)</script>' };
    const html = reportHtml({ ...data, facts }, 'const end = "</script><!--";');
    expect(html).not.toContain('<script>alert');
    expect(html.match(/<\/script>/g)).toHaveLength(2);
  });

  it('of a million spikes is below two megabytes', async () => {
    const data = withSpikes(await reportOfRun([]), { steps: 2000, neurons: 4000, perStep: 500 });
    expect(reportHtml(data, '').length).toBeLessThan(2_000_000);
  });
});

describe('the text', () => {
  it('has a raster, rates and energy, no wider than the terminal', async () => {
    const text = renderReportText(await reportOfRun(), { width: 80 });
    expect(text).toMatch(/^recurrent on Loihi 1, steps 1 to 200 \(200 ms\)\n/);
    expect(text).toMatch(/\nexc +[\u2800-\u28ff]+\n/);
    expect(text).toMatch(/\nexc +\d+\.\d Hz █+/);
    expect(text).toMatch(/\nenergy, an estimate by loihi1-sanafe \(fitted\)\n/);
    const rasterLines = text.split('\n').filter((line) => /[\u2801-\u28ff]/.test(line));
    expect(rasterLines.length).toBeGreaterThan(4);
    for (const line of rasterLines) expect(line.length).toBeLessThanOrEqual(80);
  });
});

describe('seamount report', () => {
  let dir: string;
  beforeAll(async () => {
    dir = mkdtempSync(join(tmpdir(), 'seamount-report-'));
    writeFileSync(join(dir, 'network.yaml'), PROBED_NETWORK);
    await seamount(['run', join(dir, 'network.yaml'), '--out', join(dir, 'run'), '-q']);
  });
  afterAll(() => rmSync(dir, { recursive: true, force: true }));

  it('writes figures and prints text', async () => {
    const svg = join(dir, 'figures');
    const { code, out, err } = await seamount(['report', join(dir, 'run'), '--svg', svg, '--text']);
    expect(code).toBe(0);
    expect(out).toContain('recurrent on Loihi 1');
    expect(readdirSync(svg)).toContain('raster.svg');
    expect(err).toContain('raster.svg');
    expect(existsSync(`${join(dir, 'run')}.html`)).toBe(false);
  });

  it('prints its facts as an object', async () => {
    const { code, out } = await seamount(['report', join(dir, 'run'), '--json', '--title', 'mine']);
    expect(code).toBe(0);
    expect(JSON.parse(out)).toMatchObject({ schema: 'seamount/report/1', title: 'mine', saved: [] });
  });

  it.each([
    [['report', 'nowhere'], 4, 'is no run directory'],
    [['report'], 2, "missing required argument 'run'"],
    [['report', 'run', '--json', '--text'], 2, 'exclude each other'],
  ] as const)('%j is refused', async (argv, code, message) => {
    const outcome = await seamount(argv);
    expect([outcome.code, outcome.err]).toEqual([code, expect.stringContaining(message)]);
  });

  it.skipIf(!existsSync(join(root, 'dist/report/report.js')) && !process.env.CI)(
    'is the same page from the run itself, with and without a directory (needs npm run build)',
    async () => {
      const [network, page] = [join(dir, 'network.yaml'), join(dir, 'page.html')];
      const { code, err } = await seamount(['run', network, '--report', page, '-q']);
      expect([code, err]).toEqual([0, '']);
      const html = readFileSync(page, 'utf8');
      expect(html).toContain('<h1>recurrent</h1>');
      expect(html).not.toContain('this run began with an image');
      const both = await seamount(['run', network, '--report', page, '--out', join(dir, 'both'), '-q']);
      expect(both.code).toBe(0);
      const again = await seamount(['report', join(dir, 'both'), '-q']);
      expect(again.code).toBe(0);
      expect(readFileSync(join(dir, 'both.html'), 'utf8') === readFileSync(page, 'utf8')).toBe(true);
      const here = await seamount(['report', `${join(dir, 'both')}/.`]);
      expect(here.err).toContain(`saved ${join(dir, 'both.html')}`);
    },
  );

  it('leaves the run as it is', async () => {
    const before = readFileSync(join(dir, 'run/manifest.json'), 'utf8');
    await seamount(['report', join(dir, 'run'), '--text']);
    expect(readFileSync(join(dir, 'run/manifest.json'), 'utf8')).toBe(before);
  });
});
