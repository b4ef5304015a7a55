import { describe, expect, it } from 'vitest';
import { type MeshData, meshHit, meshLayout, nextCore } from '../../src/views/mesh-layout.js';

const core = (index: number, x: number, y: number, slot: number) => ({
  core: index,
  x,
  y,
  slot,
  value: 1,
  label: `core ${index}`,
});

const data: MeshData = {
  tilesX: 4,
  tilesY: 2,
  chipsX: 2,
  chipsY: 1,
  coresPerTile: 4,
  cores: [core(0, 0, 0, 0), core(1, 0, 0, 3), core(2, 1, 0, 0), core(3, 5, 1, 2)],
  links: [{ x: 0, y: 0, direction: 'east', load: 1, label: 'tile 0,0 east' }],
};

describe('a mesh on paper', () => {
  it('finds every core and link where it is drawn, and nothing beside them', () => {
    const layout = meshLayout(data, { width: 900, top: 30 });
    for (const { core: drawn, left, top } of layout.cores)
      expect(meshHit(layout, left + layout.side / 2, top + layout.side / 2)).toEqual({
        kind: 'core',
        core: drawn,
      });
    for (const { link, x0, y0, x1, y1 } of layout.links)
      expect(meshHit(layout, (x0 + x1) / 2, (y0 + y1) / 2)).toEqual({ kind: 'link', link });
    expect(meshHit(layout, 1, 1)).toBeNull();
  });

  it('fits its width, keeps cores apart, and has north above', () => {
    for (const width of [300, 900, 2000]) {
      const layout = meshLayout(data, { width });
      const right = Math.max(...layout.tiles.map(({ left }) => left + layout.tile));
      expect(right).toBeLessThanOrEqual(width + 1);
      expect(layout.tiles.find(({ y }) => y === 1)!.top).toBeLessThan(
        layout.tiles.find(({ y }) => y === 0)!.top,
      );
      const places = new Set(layout.cores.map(({ left, top }) => `${left} ${top}`));
      expect(places.size).toBe(data.cores.length);
    }
  });

  it('draws the edge between two chips', () => {
    expect(meshLayout(data, { width: 900 }).edges).toHaveLength(1);
  });

  it('shows of a large plane what is used', () => {
    const large = { ...data, tilesX: 1000, tilesY: 1000, chipsX: 1 };
    const xs = meshLayout(large, { width: 900 }).tiles.map(({ x }) => x);
    expect([Math.min(...xs), Math.max(...xs)]).toEqual([0, 6]);
  });
});

describe('arrow keys', () => {
  it('go through tiles and slots as they lie', () => {
    const at = (index: number) => ({ kind: 'core' as const, core: data.cores[index]! });
    expect(nextCore(data, null, 'ArrowRight')?.core).toBe(0);
    expect(nextCore(data, at(0), 'ArrowRight')?.core).toBe(2);
    expect(nextCore(data, at(0), 'ArrowDown')?.core).toBe(1);
    expect(nextCore(data, at(1), 'ArrowUp')?.core).toBe(0);
    expect(nextCore(data, at(2), 'ArrowLeft')?.core).toBe(0);
    expect(nextCore(data, at(0), 'ArrowLeft')).toBeNull();
  });
});
