/** YAML and neutral form of a net are the same image, and it spikes as the peer did: any kernels and workers. */
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { Chip } from '../../routing/index.js';
import { decodeImage, encodeImage } from '../../src/io/codec.js';
import { imageHash } from '../../src/io/content-hash.js';
import { readSanafeArchitecture } from '../../src/sanafe/architecture-yaml.js';
import { readChipnet } from '../../src/sanafe/chipnet.js';
import { loadSanafe, placeSanafe } from '../../src/sanafe/load.js';
import { describeWithShared } from '../shared.js';
import { ARCHITECTURE, CASES, LOIHI_YAML, textIn } from './golden.js';

describeWithShared('golden nets', (shared) => {
  const load = (name: string) => {
    const dir = join(shared, 'vectors/sanafe', name);
    const yaml = { name: 'snn.yaml', text: textIn(dir, 'sanafe_snn.yaml') };
    const chipnet = readChipnet(JSON.parse(textIn(dir, 'net.json')), 'net.json');
    return { dir, chipnet, loaded: loadSanafe({ architecture: ARCHITECTURE, network: yaml }) };
  };

  it.each(CASES)('%s: both forms are one image, and a sound one', (name) => {
    const { chipnet, loaded } = load(name);
    const other = placeSanafe(chipnet.network, readSanafeArchitecture(LOIHI_YAML, 'loihi.yaml'));
    expect(imageHash(loaded.image)).toBe(imageHash(other.image));
    expect(imageHash(decodeImage(encodeImage(loaded.image)))).toBe(imageHash(loaded.image));
    expect(loaded.notices).toEqual([]);
    expect(loaded.logged.every((logged) => logged)).toBe(true);
  });

  it.each(
    CASES.flatMap((name) =>
      (['scalar', 'wasm'] as const).flatMap((kernels) =>
        [1, 3].map((workers) => [name, kernels, workers] as const),
      ),
    ),
  )('%s: spikes, %s kernels, %i workers', async (name, kernels, workers) => {
    const { dir, chipnet, loaded } = load(name);
    await using chip = await Chip.open(loaded.image, { kernels, workers });
    const { spikes } = await chip.run(chipnet.steps);
    const ours = Array.from(spikes.ids, (id, i) => `${loaded.neuronNames[id]},${spikes.steps[i]}`);
    const printed = textIn(dir, 'spikes.csv').trim().split('\n').slice(1);
    expect(ours.sort()).toEqual(printed.sort());
  });
});
