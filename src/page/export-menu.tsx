/** Figures and data of the panel as files. */
import { download } from '../views/download.js';
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
  readonly blobOf: (figure: Figure) => (() => Blob | Promise<Blob>) | undefined;
}[] = [
  { ending: 'png', blobOf: ({ svg }) => svg && (() => pngOf(svg())) },
  { ending: 'svg', blobOf: ({ svg }) => svg && (() => textBlob(svg(), 'image/svg+xml')) },
  { ending: 'csv', blobOf: ({ csv }) => csv && (() => textBlob(csv(), 'text/csv')) },
];

export function ExportMenu(props: {
  readonly panel: PanelName;
  readonly figures: readonly Figure[];
  readonly onNotice: (message: string) => void;
}) {
  const { panel, figures, onNotice } = props;
  if (figures.length === 0) return null;
  const save = async (name: string, blob: () => Blob | Promise<Blob>): Promise<void> => {
    try {
      download(name, await blob());
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
    </Menu>
  );
}
