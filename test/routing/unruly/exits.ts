/** A program that uses threads and ends: nothing may keep it alive. */
import { Chip } from '../../../routing/index.js';
import { tinyImage } from '../tiny-image.js';

const { image } = tinyImage({ seed: 1 });
for (const workers of [1, 3]) {
  const chip = await Chip.open(image, { workers });
  await chip.run(500, { onProgress: () => {} });
  await chip.close();
}
try {
  await using chip = await Chip.open(image, { workers: 2 });
  chip.send({ sources: [99] });
} catch (error) {
  console.log((error as Error).message);
}
