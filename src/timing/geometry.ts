/** Where the cores of an image are, for the timing models. */
import type { ChipImage } from '../../routing/index.js';
import type { MeshGeometry } from './step-messages.js';

/** Cores in the order of the image, then the places of `sources.senders`, which only send. */
export function meshGeometry(image: ChipImage): MeshGeometry {
  const { tilesX, tilesY, coresPerTile } = image.profile.limits;
  const senders = image.sources.senders;
  const places = [...image.cores, ...(senders?.places ?? [])];
  const x = Uint32Array.from(places, (place) => place.chipX * tilesX + place.tileX);
  const y = Uint32Array.from(places, (place) => place.chipY * tilesY + place.tileY);
  const used = new Set<number>(senders?.core ?? []);
  image.cores.forEach(({ n }, core) => {
    if (n > 0) used.add(core);
  });
  const height = image.chipsY * tilesY;
  return {
    cores: places.length,
    x,
    y,
    slot: Uint32Array.from(places, ({ slot }) => slot),
    width: image.chipsX * tilesX,
    height,
    coresPerTile,
    tilesInUse: new Set([...used].map((core) => x[core]! * height + y[core]!)).size,
  };
}
