/**
 * The commands and their options. Commands load their own code when they run, so that `--help` and
 * `--version` answer at once.
 */
import { Command, CommanderError, InvalidArgumentError, Option } from 'commander';
import { VERSION } from '../version.js';
import type { Terminal } from './terminal.js';

const HELP_WIDTH = 100;

const integer =
  (min: number, max = Number.MAX_SAFE_INTEGER) =>
  (text: string): number => {
    const value = Number(text);
    if (!/^[+-]?\d+$/.test(text) || value < min || value > max)
      throw new InvalidArgumentError(
        max === Number.MAX_SAFE_INTEGER
          ? `expected an integer >= ${min}`
          : `expected an integer ${min}..${max}`,
      );
    return value;
  };

const real = (text: string): number => {
  const value = Number(text);
  if (text.trim() === '' || !Number.isFinite(value)) throw new InvalidArgumentError('expected a number');
  return value;
};

const positive = (text: string): number => {
  const value = real(text);
  if (!(value > 0)) throw new InvalidArgumentError('expected a number above 0');
  return value;
};

const choices =
  <const W extends string>(words: readonly W[]) =>
  (text: string): W => {
    const word = words.find((w) => w === text);
    if (word === undefined) throw new InvalidArgumentError(`expected one of ${words.join(', ')}`);
    return word;
  };

const MAX_STEPS = 2 ** 31 - 1;
const steps = integer(1, MAX_STEPS);
const stepList = (text: string): readonly number[] => text.split(',').map(steps);

const example = (...lines: readonly string[]): string =>
  `\nExample:\n${lines.map((line) => `  $ ${line}`).join('\n')}`;

const JSON_OPTION = ['--json', 'print one JSON object instead of text'] as const;
const QUIET_OPTION = ['-q, --quiet', 'no progress and no notices on stderr'] as const;
const workers = integer(1, 1024);
const WORKERS = new Option('-w, --workers <n>', 'threads; the result does not depend on it').argParser(
  workers,
);
const WORKERS_OR_AUTO = new Option(
  '-w, --workers <n>',
  'threads, or auto for as many as are fastest; the result does not depend on it',
).argParser((text) => (text === 'auto' ? text : workers(text)));
const KERNELS = new Option(
  '--kernels <kind>',
  'wasm (fast) or scalar (the readable specification); same result',
).argParser(choices(['wasm', 'scalar']));
const PROFILE = new Option(
  '-p, --profile <name>',
  'the chip: loihi1, nengo-loihi, lava, brian2loihi or unlimited',
);

/** What a command's action returns: the exit code. */
export type Action = (terminal: Terminal) => Promise<number>;

/** The program; the chosen command's work is handed to `run`. */
function program(run: (action: Action, json: boolean) => void, argv: readonly string[]): Command {
  const seamount = new Command('seamount')
    .description('An event-driven, bit-exact emulator of Loihi-style neuromorphic chips.')
    .version(`seamount ${VERSION}`, '-V, --version', 'print the version')
    .helpOption('-h, --help', 'print help')
    .helpCommand(false)
    .showSuggestionAfterError(true)
    .addHelpText(
      'after',
      `${example('seamount run network.yaml --steps 1000 --out runs/first')}

Exit codes: 0 ok, 1 failure, 2 usage, 3 does not fit the chip, 4 bad input, 5 verify mismatch, 130 interrupted.`,
    );

  seamount
    .command('run')
    .description('Run a network file, a compiled image or the image of a run directory.')
    .argument('<file>', 'network (YAML or JSON), image, run directory, or - for standard input')
    .argument('[network]', 'a SANA-FE network (YAML or netlist), when <file> is a SANA-FE architecture')
    .option('-n, --steps <n>', "last step (default: the file's run.steps)", steps)
    .addOption(PROFILE)
    .addOption(WORKERS_OR_AUTO)
    .addOption(KERNELS)
    .option('--seed <n>', "instead of the network's seed", integer(0, 2 ** 32 - 1))
    .option('-o, --out <dir>', 'save spikes, traces, counters, image and manifest here')
    .option('-f, --force', 'replace a run directory that is there already')
    .option('--format <kinds>', 'spike files: npy, npz, csv, json, or several with commas (default: npy)')
    .option('--checkpoint-at <steps>', 'also save the state at these steps, with commas', stepList)
    .option('--save-checkpoint', 'also save the state at the end')
    .option('--resume <file>', 'go on from a checkpoint, or from that of a run directory')
    .addOption(
      new Option(
        '--on-overflow <what>',
        'when a sum leaves its register (default: as the profile says)',
      ).argParser(choices(['wrap', 'clamp', 'error'])),
    )
    .option('--explain', 'also show what each core uses, and what was rounded')
    .option('-i, --input <file>', 'a signal (CSV or .npy: samples x channels) for a source population')
    .option(
      '--code <code>',
      'how it becomes spikes: latency:window=20,min=0,max=1, poisson, delta, ... (docs/coding.md)',
    )
    .option('--into <population>', 'which source population takes it, where there are several')
    .option(
      '-e, --energy <profile>',
      'price what happened: a cost profile by name (seamount energy --list), or a YAML file',
    )
    .addOption(
      new Option(
        '-t, --timing <model>',
        'estimate time on the chip: off, simple (busiest core), detailed (as SANA-FE), mesh (link by link)',
      ).argParser(choices(['off', 'simple', 'detailed', 'mesh'])),
    )
    .option('--static', 'also what the chips draw while they do nothing, on a line of its own')
    .option(
      '--dt <ms>',
      "time a step stands for, for the real-time factor and --static, in place of the network's",
      positive,
    )
    .option('--sample <steps>', 'steps of an inference: energy and NeuroBench counts per sample', steps)
    .option('--window <steps>', 'energy of every so many steps', steps)
    .option(
      '--sana-fe-csv <dir>',
      "also spikes.csv, perf.csv and messages.csv as SANA-FE writes them; --timing simple: with that model's times",
    )
    .option('--report <file>', 'one HTML page of the run, with all its figures; opens offline')
    .option('--neurobench', "NeuroBench's counts, and the same network as a dense one on other hardware")
    .option(...JSON_OPTION)
    .option(...QUIET_OPTION)
    .addHelpText(
      'after',
      example(
        'seamount run network.yaml --steps 500',
        'seamount run network.yaml --steps 500 --out runs/a --format npz,csv',
        'seamount run network.yaml --steps 500 --energy loihi1-sanafe --timing mesh',
      ),
    )
    .action((file: string, network: string | undefined, options) => {
      run(
        async (terminal) => (await import('./run.js')).runCommand([file, network], options, terminal, argv),
        options.json === true,
      );
    });

  seamount
    .command('compile')
    .description('Compile a network for a chip, and say what it needs.')
    .argument('<file>', 'network (YAML or JSON), or - for standard input')
    .option('-o, --out <file>', 'save the image here')
    .addOption(PROFILE)
    .option('--seed <n>', "instead of the network's seed", integer(0, 2 ** 32 - 1))
    .option('--explain', 'show what each core uses of what exists, why each split happened, what was rounded')
    .option(...JSON_OPTION)
    .option(...QUIET_OPTION)
    .addHelpText(
      'after',
      example('seamount compile network.yaml --explain', 'seamount compile network.yaml -o network.smt'),
    )
    .action((file: string, options) => {
      run(
        async (terminal) => (await import('./compile.js')).compileCommand(file, options, terminal),
        options.json === true,
      );
    });

  seamount
    .command('inspect')
    .description('Show what is in a network, an image, a run directory or a checkpoint.')
    .argument('<file>', 'network, image, run directory, checkpoint, or - for standard input')
    .option('-c, --core <n>', 'registers and memories of one core', integer(0))
    .addOption(PROFILE)
    .option(...JSON_OPTION)
    .addHelpText('after', example('seamount inspect network.yaml', 'seamount inspect network.yaml --core 0'))
    .action((file: string, options) => {
      run(
        async (terminal) => (await import('./inspect.js')).inspectCommand(file, options, terminal),
        options.json === true,
      );
    });

  seamount
    .command('neuron')
    .description('Run one leaky integrate-and-fire neuron on the chip and compare it with its formula.')
    .option('--current <nA>', 'constant current I (default: 1.5)', real)
    .option('--tau-m <ms>', 'membrane time constant (default: 20)', real)
    .option('--tau-syn <ms>', 'synaptic time constant (default: 0)', real)
    .option('--v-rest <mV>', 'resting voltage (default: -65)', real)
    .option('--v-reset <mV>', 'voltage after a spike (default: -70)', real)
    .option('--v-th <mV>', 'threshold (default: -50)', real)
    .option('--resistance <MOhm>', 'membrane resistance R (default: 15)', real)
    .option('--tau-refrac <ms>', 'refractory time (default: 0)', real)
    .option('--dt <ms>', 'time of a step (default: 1)', real)
    .option('--steps <n>', 'steps to run (default: as many as 500 ms have)', steps)
    .option('--sweep <a:b:step>', 'currents from a to b: the f-I curve')
    .addOption(PROFILE)
    .addOption(KERNELS)
    .option(...JSON_OPTION)
    .addHelpText(
      'after',
      example('seamount neuron', 'seamount neuron --current 2 --dt 0.5', 'seamount neuron --sweep 0:4:0.25'),
    )
    .action((options) => {
      run(
        async (terminal) => (await import('./neuron.js')).neuronCommand(options, terminal),
        options.json === true,
      );
    });

  seamount
    .command('play')
    .description('Serve the page: one neuron, codes, the mesh and digits, on a chip in the browser.')
    .option(
      '--port <n>',
      'port on this machine; 0 takes any that is free (default: 4060)',
      integer(0, 65_535),
    )
    .option('--export <dir>', 'write the page as a folder that works from any host, and end')
    .option(...JSON_OPTION)
    .addHelpText('after', example('seamount play', 'seamount play --export site'))
    .action((options) => {
      run(
        async (terminal) => (await import('./play.js')).playCommand(options, terminal),
        options.json === true,
      );
    });

  seamount
    .command('energy')
    .description('Price a finished run again, under other cost profiles, without running it.')
    .argument('[run]', 'run directory')
    .option('-p, --profile <profile>', 'a cost profile by name, or a YAML file (default: loihi1-sanafe)')
    .option('-c, --compare <profiles>', 'several with commas, side by side')
    .option('--static', 'also what the chips draw while they do nothing, on a line of its own')
    .option('--dt <ms>', "time a step is meant to take, for --static, in place of the network's", positive)
    .option('--sample <steps>', 'steps of an inference', steps)
    .option('--window <steps>', 'energy of every so many steps', steps)
    .option('-l, --list', 'the cost profiles there are')
    .option('--show <profile>', 'a cost profile as YAML, to copy and to change')
    .option(...JSON_OPTION)
    .addHelpText(
      'after',
      example(
        'seamount energy runs/a --profile loihi1-davies2018',
        'seamount energy runs/a --compare loihi1-sanafe,loihi1-davies2018,truenorth-allin',
        'seamount energy --show loihi1-sanafe > mine.yaml',
      ),
    )
    .action((run_: string | undefined, options) => {
      run(
        async (terminal) => (await import('./energy.js')).energyCommand(run_, options, terminal),
        options.json === true,
      );
    });

  seamount
    .command('report')
    .description('Show a finished run: one HTML page that opens offline, figures for a paper, or text.')
    .argument('<run>', 'run directory')
    .option('-o, --out <file>', 'the page (default: RUN.html)')
    .option('--svg <dir>', 'every figure as an SVG file, 180 mm wide')
    .option('--text', 'the same in the terminal: raster, rates, energy')
    .option('--title <text>', 'its title (default: the name of the network)')
    .option(...JSON_OPTION)
    .option(...QUIET_OPTION)
    .addHelpText(
      'after',
      example(
        'seamount report runs/a -o a.html',
        'seamount report runs/a --svg figures',
        'seamount report runs/a --text',
      ),
    )
    .action((path: string, options) => {
      run(
        async (terminal) => (await import('./report.js')).reportCommand(path, options, terminal),
        options.json === true,
      );
    });

  seamount
    .command('verify')
    .description('Replay recordings of other emulators, or of real hardware, and compare every number.')
    .argument(
      '<paths...>',
      'recordings (.json or .json.gz), directories of what SANA-FE printed of a net (docs/sana-fe.md), or directories of either',
    )
    .addOption(PROFILE)
    .addOption(WORKERS)
    .addOption(KERNELS)
    .option(...JSON_OPTION)
    .option(...QUIET_OPTION)
    .addHelpText(
      'after',
      example(
        'seamount verify recordings/',
        'seamount verify recordings/net.json.gz --workers 3 --kernels scalar',
      ),
    )
    .action((paths: string[], options) => {
      run(
        async (terminal) => (await import('./verify.js')).verifyCommand(paths, options, terminal),
        options.json === true,
      );
    });

  return seamount;
}

/**
 * Runs one command line (without `node` and the script) and returns its exit code. Never throws, never
 * leaves the process.
 */
export async function main(argv: readonly string[], terminal: Terminal): Promise<number> {
  let chosen: { readonly action: Action; readonly json: boolean } | undefined;
  const seamount = program((action, json) => {
    chosen = { action, json };
  }, argv);
  for (const command of [seamount, ...seamount.commands]) {
    command.exitOverride();
    command.configureOutput({
      writeOut: (text) => terminal.out(text),
      writeErr: (text) => terminal.err(text),
      getOutHelpWidth: () => HELP_WIDTH,
      getErrHelpWidth: () => HELP_WIDTH,
      outputError: (text, write) => write(text.replace(/^error: /, 'error E_USAGE: ')),
    });
  }
  try {
    await seamount.parseAsync(argv, { from: 'user' });
  } catch (cause) {
    if (!(cause instanceof CommanderError)) throw cause;
    if (cause.exitCode === 0) return 0;
    if (argv.includes('--json')) {
      const { usageObject } = await import('./failure.js');
      terminal.out(`${JSON.stringify(usageObject(cause.message), undefined, 2)}\n`);
    }
    return 2;
  }
  if (chosen === undefined) return 2;
  try {
    return await chosen.action(terminal);
  } catch (cause) {
    const { reportFailure } = await import('./failure.js');
    return reportFailure(cause, terminal, chosen.json);
  }
}
