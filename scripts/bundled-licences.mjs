/** Licences of the packages in a bundle, which ask to be kept with every copy of them; workers are bundles of their own. */
import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = resolve(dirname(fileURLToPath(import.meta.url)), '..');

export class BundledLicences {
  #packages = new Set();

  /** A plugin that notes the packages of what is bundled. */
  plugin() {
    return {
      name: 'bundled-licences',
      transform: (_, id) => {
        const name = /\/node_modules\/((?:@[^/]+\/)?[^/]+)\//.exec(id)?.[1];
        if (name !== undefined) this.#packages.add(name);
        return null;
      },
    };
  }

  /** Name, version and licence of each, then the text that came with it. */
  text() {
    const parts = [...this.#packages].sort().map((name) => {
      const directory = join(root, 'node_modules', name);
      const { version, license } = JSON.parse(readFileSync(join(directory, 'package.json'), 'utf8'));
      const file = readdirSync(directory).find((each) => /^licen[cs]e/i.test(each));
      if (file === undefined) throw new Error(`${name} is bundled and comes without the text of its licence`);
      return `${name} ${version} (${license})\n\n${readFileSync(join(directory, file), 'utf8').trim()}\n`;
    });
    return parts.join(`\n${'-'.repeat(80)}\n\n`);
  }
}
