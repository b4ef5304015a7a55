/** Runs a workload in a web worker of the page: cold once, then once more whenever asked, as workload-process.ts does. */
import { type ErrorCode, SeamountError } from '../../cores/index.js';
import { Chip, type ChipImage, type ChipOptions } from '../../routing/index.js';
import { type ExactRun, type Golden, runExactly, runOn } from '../exact-run.js';

export interface PageSetting {
  readonly workload: Golden;
  readonly options: ChipOptions;
  /** Warm runs on one chip, reset in between. */
  readonly reuse: boolean;
}

export type PageRequest =
  | { readonly kind: 'open'; readonly setting: PageSetting; readonly image: ChipImage }
  | { readonly kind: 'again' };

export interface PageRun extends Omit<ExactRun, 'open'> {
  readonly isolated: boolean;
}

/** Errors lose their class between threads. */
export type PageAnswer =
  | PageRun
  | { readonly code: ErrorCode; readonly message: string; readonly hint: string };

/** For what a collection leaves to the event loop. */
const SETTLE_MS = 50;

/** The chip before: its memory would otherwise stay until the collector feels like it, and be given back then. As in Node. */
async function collect(): Promise<void> {
  globalThis.gc?.();
  await new Promise((resolve) => setTimeout(resolve, SETTLE_MS));
}

let opened: { readonly setting: PageSetting; readonly image: ChipImage; readonly kept: Chip | null } | null =
  null;

async function answer(request: PageRequest): Promise<Omit<ExactRun, 'open'>> {
  if (request.kind === 'open') {
    const { setting, image } = request;
    const cold = await runExactly(setting.workload, image, setting.options);
    opened = { setting, image, kept: setting.reuse ? await Chip.open(image, setting.options) : null };
    return cold;
  }
  if (opened === null) throw new SeamountError('E_USAGE', 'nothing is open');
  const { setting, image, kept } = opened;
  if (kept === null) return runExactly(setting.workload, image, setting.options, collect);
  const run = await runOn(setting.workload, kept, setting.options);
  kept.reset();
  return run;
}

globalThis.addEventListener('message', async ({ data }: MessageEvent<PageRequest>) => {
  const said: PageAnswer = await answer(data).then(
    (run) => ({ ...run, isolated: globalThis.crossOriginIsolated }),
    (cause: unknown) => ({
      code: cause instanceof SeamountError ? cause.code : 'E_WORKER',
      message: cause instanceof Error ? cause.message : String(cause),
      hint: cause instanceof SeamountError ? cause.hint : '',
    }),
  );
  globalThis.postMessage(said);
});
