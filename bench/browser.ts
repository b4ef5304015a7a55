/**
 * W1 in headless Chromium, in turn with the same W1 in Node: the same compiled files, the same image, the golden
 * hash demanded of every run. With cross-origin isolation on one and on two web workers that share memory, and
 * without it, where one thread of the page runs all shards.
 */
import type { Browser, Page } from 'playwright-core';
import type { ChipOptions } from '../routing/index.js';
import { compile, encodeImage, SeamountError } from '../src/index.js';
import type { Experiment, Settings } from './experiment.js';
import { findChromium, launchChromium, loadPage } from './page/chromium.js';
import { type PageKind, type PageServer, servePage } from './page/page-server.js';
import type { PageAnswer, PageRun, PageSetting } from './page/page-worker.js';
import { duration, type Finding } from './report.js';
import { spread } from './statistics.js';
import { startWorkload } from './workload.js';
import { workloadNamed } from './workloads.js';

/** Of Node's speed, at least. */
const TARGET = 0.7;
/** Longer than anything the page is asked for should take on a slow machine. */
const ANSWER_MS = 120_000;
const WORKLOAD = workloadNamed('W1');

interface Way {
  readonly page: PageKind;
  readonly title: string;
  readonly options: ChipOptions;
  /** What Node is asked for. */
  readonly workersInNode: number;
}

const WAYS: readonly Way[] = [
  { page: 'isolated', title: 'a web worker', options: { workers: 1, pool: 'threads' }, workersInNode: 1 },
  { page: 'isolated', title: 'two web workers', options: { workers: 2 }, workersInNode: 2 },
  { page: 'plain', title: 'one thread', options: { workers: 1 }, workersInNode: 1 },
  { page: 'plain', title: 'two shards in one thread', options: { workers: 2 }, workersInNode: 1 },
];

/** Asks the page for a run. Throws what went wrong in it, E_WORKER when it does not answer. */
async function ask(page: Page, call: string): Promise<PageRun> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const late = new Promise<never>((_, reject) => {
    const error = new SeamountError('E_WORKER', `the page did not answer for ${ANSWER_MS / 1000} s`);
    timer = setTimeout(reject, ANSWER_MS, error);
  });
  try {
    const answer = await Promise.race([page.evaluate<PageAnswer>(call), late]);
    if (!('code' in answer)) return answer;
    throw new SeamountError(answer.code, `in the page: ${answer.message}`, answer.hint);
  } finally {
    clearTimeout(timer);
  }
}

interface Sides {
  readonly browser: Browser;
  readonly server: PageServer;
  /** Node with so many workers; started once. */
  readonly node: (workers: number) => ReturnType<typeof startWorkload>;
}

async function pairs(way: Way, { browser, server, ...sides }: Sides, settings: Settings): Promise<Finding> {
  const { kernels, reuse, say } = settings;
  say(
    `${WORKLOAD.name} in ${way.page === 'plain' ? 'a page without isolation' : 'an isolated page'}, ${way.title}`,
  );
  const { name, steps, inputs, spikes, events, spikeHash } = WORKLOAD;
  const setting: PageSetting = {
    workload: { name, steps, inputs, spikes, events, spikeHash },
    options: { ...way.options, kernels },
    reuse,
  };
  const page = await loadPage(browser, server.url(way.page));
  try {
    const cold = await ask(page, `open(${JSON.stringify(setting)})`);
    if (cold.isolated !== (way.page === 'isolated'))
      throw new SeamountError('E_MISMATCH', `the page says crossOriginIsolated is ${cold.isolated}`);
    const node = await sides.node(way.workersInNode);
    const turn = async () => ({
      node: (await node.ask()).seconds,
      browser: (await ask(page, 'again()')).run,
    });
    await turn(); // warms both up; not counted
    const samples: Awaited<ReturnType<typeof turn>>[] = [];
    for (let i = 0; i < settings.pairs; i++) samples.push(await turn());

    const inNode = spread(samples.map((sample) => sample.node));
    const inBrowser = spread(samples.map((sample) => sample.browser));
    const ratio = spread(samples.map((sample) => sample.node / sample.browser));
    return {
      kind: 'browser',
      name: `browser/${way.page}-${cold.shards}`,
      data: {
        workload: name,
        browser: `Chromium ${browser.version()}`,
        isolated: cold.isolated,
        workers: way.options.workers,
        threads: way.page === 'isolated' ? cold.shards : 1,
        workersInNode: way.workersInNode,
        reuse,
        pairs: samples,
        seconds: { node: inNode, browser: inBrowser, nodeCold: node.ready.run, browserCold: cold.run },
        ratio,
        target: TARGET,
        met: ratio.median >= TARGET,
        spikeHash: cold.hash,
        checked: true,
      },
      row: {
        page: `${way.page}, ${way.title}`,
        'workers in Node': String(way.workersInNode),
        Node: duration(inNode.median),
        Chromium: duration(inBrowser.median),
        'cold, Node and Chromium': `${duration(node.ready.run)}, ${duration(cold.run)}`,
        'Chromium / Node': ratio.median.toFixed(3),
        'least..most': `${ratio.min.toFixed(3)}..${ratio.max.toFixed(3)}`,
        target: `${TARGET.toFixed(2)}${ratio.median >= TARGET ? '' : ' missed'}`,
        'spike hash': cold.hash,
      },
    };
  } finally {
    await page.close();
  }
}

async function inBrowser(settings: Settings): Promise<readonly Finding[]> {
  const chromium = findChromium();
  if (chromium === null) {
    const why = 'no Chromium found (Debian: apt-get install chromium)';
    settings.say(`skipped: ${why}`);
    return [{ kind: 'browser', name: 'skipped', data: { skipped: why }, row: { page: 'skipped', why } }];
  }
  const { image } = compile(WORKLOAD.build(), { profile: WORKLOAD.profile });
  using server = await servePage({
    package: 'bench/out', // what Node runs in the same call; dist may be of another day
    script: '/package/bench/page/page-script.js',
    image: encodeImage(image),
  });
  const browser = await launchChromium(chromium, ['--js-flags=--expose-gc']);
  const processes = new Map<number, ReturnType<typeof startWorkload>>();
  const node: Sides['node'] = (workers) => {
    const child = processes.get(workers) ?? startWorkload(WORKLOAD, workers, settings);
    processes.set(workers, child);
    return child;
  };
  try {
    const findings: Finding[] = [];
    for (const way of WAYS) findings.push(await pairs(way, { browser, server, node }, settings));
    return findings;
  } finally {
    await browser.close();
    for (const child of processes.values()) await child.then((started) => started.close()).catch(() => {});
  }
}

export const experiments: readonly Experiment[] = [
  {
    name: 'browser',
    title: 'W1 in headless Chromium, in turn with Node: isolated and not',
    quick: false,
    run: inBrowser,
  },
];
