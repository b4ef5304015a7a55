/** Figures and data of the panel as files. */
import { download, type Figure, pngOf } from './figure.js';
import { ExportIcon } from './icons.js';
import { Menu } from './menu.js';
import { failureOf, type PanelName } from './protocol.js';

const textBlob = (text: string, type: string): Blob => new Blob([text], { type: `${type};charset=utf-8` });

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
      {() => (
        <table class="export">
          <tbody>
            {figures.map(({ name, title, svg, csv }) => {
              const file = (ending: string): string => `seamount-${panel}-${name}.${ending}`;
              return (
                <tr key={name}>
                  <th scope="row">{title}</th>
                  <td>
                    {svg && (
                      <button
                        type="button"
                        aria-label={`${title} as PNG`}
                        onClick={() => void save(file('png'), () => pngOf(svg()))}
                      >
                        PNG
                      </button>
                    )}
                  </td>
                  <td>
                    {svg && (
                      <button
                        type="button"
                        aria-label={`${title} as SVG`}
                        onClick={() => void save(file('svg'), () => textBlob(svg(), 'image/svg+xml'))}
                      >
                        SVG
                      </button>
                    )}
                  </td>
                  <td>
                    {csv && (
                      <button
                        type="button"
                        aria-label={`${title} as CSV`}
                        onClick={() => void save(file('csv'), () => textBlob(csv(), 'text/csv'))}
                      >
                        CSV
                      </button>
                    )}
                  </td>
                </tr>
              );
            })}
          </tbody>
        </table>
      )}
    </Menu>
  );
}
