/** Figures and data of the panel as files. */
import { useState } from 'preact/hooks';
import { download } from '../views/download.js';
import { PAPER, SLIDES, type Theme } from '../views/theme.js';
import { type Figure, pngOf } from './figure.js';
import { ExportIcon } from './icons.js';
import { Menu } from './menu.js';
import { failureOf, type PanelName } from './protocol.js';

const textBlob = (text: string | Uint8Array, type: string): Blob =>
  // no such array is of shared memory
  new Blob([text as string | Uint8Array<ArrayBuffer>], { type: `${type};charset=utf-8` });

/** What a figure can be saved as, where it has what that is made of. */
const FORMATS: readonly {
  readonly ending: string;
  readonly blobOf: (figure: Figure) => ((theme: Theme) => Blob | Promise<Blob>) | undefined;
}[] = [
  { ending: 'png', blobOf: ({ svg }) => svg && ((theme) => pngOf(svg(theme))) },
  { ending: 'svg', blobOf: ({ svg }) => svg && ((theme) => textBlob(svg(theme), 'image/svg+xml')) },
  { ending: 'csv', blobOf: ({ csv }) => csv && (() => textBlob(csv(), 'text/csv')) },
];

export function ExportMenu(props: {
  readonly panel: PanelName;
  readonly figures: readonly Figure[];
  readonly onNotice: (message: string) => void;
}) {
  const { panel, figures, onNotice } = props;
  const [isDark, setDark] = useState(false);
  if (figures.length === 0) return null;
  const save = async (name: string, blob: (theme: Theme) => Blob | Promise<Blob>): Promise<void> => {
    try {
      download(name, await blob(isDark ? SLIDES : PAPER));
    } catch (cause) {
      const { message, hint } = failureOf(cause);
      onNotice(hint === '' ? message : `${message}: ${hint}`);
    }
  };
  return (
    <Menu label="Export" icon={<ExportIcon />}>
      <table class="export">
        <tbody>
          {figures.map((figure) => (
            <tr key={figure.name}>
              <th scope="row">{figure.title}</th>
              {FORMATS.map(({ ending, blobOf }) => {
                const blob = blobOf(figure);
                return (
                  <td key={ending}>
                    {blob && (
                      <button
                        type="button"
                        aria-label={`${figure.title} as ${ending.toUpperCase()}`}
                        onClick={() => void save(`seamount-${panel}-${figure.name}.${ending}`, blob)}
                      >
                        {ending.toUpperCase()}
                      </button>
                    )}
                  </td>
                );
              })}
            </tr>
          ))}
        </tbody>
      </table>
      <label class="menu-text">
        Pictures{' '}
        <select
          value={isDark ? 'dark' : 'light'}
          onChange={({ currentTarget }) => setDark(currentTarget.value === 'dark')}
        >
          <option value="light">light, for paper</option>
          <option value="dark">dark, for slides</option>
        </select>
      </label>
    </Menu>
  );
}
