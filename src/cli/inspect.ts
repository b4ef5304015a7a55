/** `seamount inspect`: what is in a network, an image, a run directory or a checkpoint. */
import { SeamountError } from '../../cores/index.js';
import type { ChipImage } from '../../routing/index.js';
import { explainImage } from '../compiler/explain.js';
import { describeCheckpoint } from '../io/checkpoint-file.js';
import { imageHash } from '../io/content-hash.js';
import type { Manifest } from '../io/manifest.js';
import { renderCapacity } from './capacity.js';
import { compileFile } from './compile-file.js';
import { coreView, renderCore } from './core-view.js';
import { loadTarget } from './load.js';
import { type Column, grouped, renderTable } from './table.js';
import { painter, type Terminal } from './terminal.js';

export interface InspectCommandOptions {
  readonly core?: number;
  readonly profile?: string;
  readonly json?: boolean;
}

const usage = (message: string, hint = ''): SeamountError => new SeamountError('E_USAGE', message, hint);

export async function inspectCommand(
  path: string,
  options: InspectCommandOptions,
  terminal: Terminal,
): Promise<number> {
  const target = await loadTarget(path, terminal);
  if (options.profile !== undefined && target.kind !== 'network')
    throw usage(`--profile cannot change ${target.name}, which is compiled already`);
  switch (target.kind) {
    case 'network': {
      const { profile } = options;
      const { image } = compileFile(target.file, profile === undefined ? {} : { profile });
      return inspectImage(target.file.network.label, image, options, terminal);
    }
    case 'image':
      return inspectImage(target.name, target.image, options, terminal);
    case 'checkpoint':
      if (options.core !== undefined)
        throw usage('a checkpoint holds state, not registers', 'inspect its image with --core');
      return inspectCheckpoint(target.name, target.bytes, options, terminal);
    case 'run':
      if (options.core !== undefined)
        return inspectImage(target.name, await target.run.image(), options, terminal);
      return inspectRun(target.name, target.run.manifest, options, terminal);
  }
}

const print = (object: object, terminal: Terminal): number => {
  terminal.out(`${JSON.stringify(object, undefined, 2)}\n`);
  return 0;
};

function inspectImage(
  name: string,
  image: ChipImage,
  { core, json }: InspectCommandOptions,
  terminal: Terminal,
): number {
  const report = explainImage(image);
  if (core !== undefined) {
    const view = coreView(image, report, core);
    if (json)
      return print(
        { schema: 'seamount/inspect/1', kind: 'core', name, image: imageHash(image), ...view },
        terminal,
      );
    terminal.out(`${renderCore(view, terminal)}\n`);
    return 0;
  }
  if (json) {
    const populations = image.populations.map(({ label, kind, size, firstId, slices }) => ({
      label,
      kind,
      size,
      firstId,
      slices,
    }));
    return print(
      {
        schema: 'seamount/inspect/1',
        kind: 'image',
        name,
        image: imageHash(image),
        seed: image.seed,
        dt: image.dt,
        populations,
        report,
      },
      terminal,
    );
  }
  terminal.out(`${renderCapacity(name, image, report, terminal)}\n`);
  return 0;
}

async function inspectCheckpoint(
  name: string,
  bytes: Uint8Array,
  { json }: InspectCommandOptions,
  terminal: Terminal,
): Promise<number> {
  const { step, image, compartments } = await describeCheckpoint(bytes, name);
  const total = compartments.reduce((sum, n) => sum + n, 0);
  const info = { step, image, cores: compartments.length, compartments: total, bytes: bytes.length };
  if (json) return print({ schema: 'seamount/inspect/1', kind: 'checkpoint', name, ...info }, terminal);
  const paint = painter(terminal.colours.out);
  const size = `${info.cores === 1 ? '1 core' : `${grouped(info.cores)} cores`}, ${grouped(total)} compartments, ${grouped(bytes.length)} bytes`;
  terminal.out(
    `${paint('bold', name)}: state after step ${grouped(step)}, ${size}\n${paint('dim', 'image')}  ${image}\n`,
  );
  return 0;
}

function inspectRun(
  name: string,
  manifest: Manifest,
  { json }: InspectCommandOptions,
  terminal: Terminal,
): number {
  if (json) return print({ ...manifest, schema: 'seamount/inspect/1', kind: 'run', name }, terminal);
  const paint = painter(terminal.colours.out);
  const dim = (text: string): string => paint('dim', text);
  const { steps, interrupted, profile, seed, version } = manifest;
  const populations = manifest.populations.map(({ label, size, spikes, kind }) => [
    label,
    grouped(size),
    grouped(spikes),
    kind === 'source' ? dim('source') : '',
  ]);
  const files = Object.entries(manifest.files).map(([file, { bytes, sha256 }]) => [
    file,
    grouped(bytes),
    dim(sha256.slice(0, 16)),
  ]);
  const left = (title: string): Column => ({ title, align: 'left' });
  const right = (title: string): Column => ({ title, align: 'right' });
  terminal.out(
    `${[
      `${paint('bold', name)}: steps ${grouped(steps.from)}..${grouped(steps.to)} on ${profile}, seed ${seed}, seamount ${version}`,
      ...(interrupted
        ? [paint('yellow', `stopped at step ${grouped(steps.to)} of ${grouped(steps.asked)}`)]
        : []),
      '',
      renderTable([left('population'), right('neurons'), right('spikes'), left('')], populations, dim),
      '',
      renderTable([left('file'), right('bytes'), left('sha256')], files, dim),
      '',
      `${dim('image')}    ${manifest.image}`,
      `${dim('command')}  seamount ${manifest.command.join(' ')}`,
    ].join('\n')}\n`,
  );
  return 0;
}
