/**
 * The shell: tabs that are links, theme, share, export, and the panel of the address. The address is the only
 * state: going back and forward, a bookmark and a link all show the same.
 */
import type { ComponentType } from 'preact';
import { useCallback, useEffect, useRef, useState } from 'preact/hooks';
import { ErrorBoundary, FailureCard } from './error-boundary.js';
import { ExportMenu } from './export-menu.js';
import type { Figure } from './figure.js';
import { Foot } from './foot.js';
import { BrandIcon, CloseIcon, MoonIcon, SunIcon } from './icons.js';
import type { PanelProps } from './panel.js';
import { PANELS } from './panels.js';
import { type Failure, failureOf, PANEL_NAMES, type PanelName } from './protocol.js';
import { fragmentOf, type SharedState, stateOf } from './share.js';
import { ShareMenu } from './share-menu.js';
import { useTheme } from './theme-choice.js';

/** The panel that `?embed=` names; null where the page is shown whole. */
function embeddedPanel(): PanelName | null {
  const wanted = new URLSearchParams(location.search).get('embed');
  if (wanted === null) return null;
  return PANEL_NAMES.find((name) => name === wanted) ?? 'neuron';
}

/** ms that a state must rest before it goes into the address: browsers limit how often one may. */
const SETTLE_MS = 300;
/** ms after which the first panel surely runs. */
const IDLE_MS = 3_000;

export function App() {
  const { theme, toggle } = useTheme();
  const [embedded] = useState(embeddedPanel);
  const [shown, setShown] = useState<SharedState>(() => stateOf(location.hash, embedded ?? 'neuron'));
  const [figures, setFigures] = useState<readonly Figure[]>([]);
  const [notice, setNotice] = useState<string | null>(shown.problem);
  /** Changes when the panel must forget all: another address, or a start after a failure. */
  const [life, setLife] = useState(0);
  const timer = useRef<ReturnType<typeof setTimeout> | undefined>(undefined);
  const panel = embedded ?? shown.panel;

  useEffect(() => {
    const follow = (): void => {
      clearTimeout(timer.current);
      const next = stateOf(location.hash, embedded ?? 'neuron');
      setShown(next);
      setNotice(next.problem);
      setFigures([]);
      setLife((n) => n + 1);
    };
    addEventListener('hashchange', follow);
    return () => removeEventListener('hashchange', follow);
  }, [embedded]);

  const keepState = useCallback(
    (state: unknown) => {
      clearTimeout(timer.current);
      timer.current = setTimeout(() => {
        history.replaceState(null, '', `#${fragmentOf(panel, state)}`);
      }, SETTLE_MS);
    },
    [panel],
  );

  // What other tabs need, while there is nothing else to do: they then open without the network.
  useEffect(() => {
    if (embedded !== null) return;
    const later = setTimeout(() => {
      for (const { load } of PANELS) load().catch(() => undefined); // said when it is opened
    }, IDLE_MS);
    return () => clearTimeout(later);
  }, [embedded]);

  const { title } = PANELS.find(({ name }) => name === panel)!;
  useEffect(() => {
    document.title = `${title} · Seamount`;
  }, [title]);

  const menus = (
    <>
      <ShareMenu panel={panel} />
      <ExportMenu panel={panel} figures={figures} onNotice={setNotice} />
      <button
        type="button"
        class="icon-button"
        onClick={toggle}
        aria-label={theme === 'dark' ? 'Light theme' : 'Dark theme'}
        title={theme === 'dark' ? 'Light theme' : 'Dark theme'}
      >
        {theme === 'dark' ? <SunIcon /> : <MoonIcon />}
      </button>
    </>
  );

  return (
    <div class={embedded === null ? 'page' : 'page embedded'}>
      <button type="button" class="skip" onClick={() => document.getElementById('panel')?.focus()}>
        Skip to the panel
      </button>
      <header class="bar">
        {embedded === null ? (
          <>
            <a class="brand" href="#neuron">
              <BrandIcon />
              <span>Seamount</span>
            </a>
            <nav class="tabs" aria-label="Panels">
              {PANELS.map(({ name, title: text }) => (
                <a key={name} href={`#${name}`} aria-current={name === panel ? 'page' : undefined}>
                  {text}
                </a>
              ))}
            </nav>
          </>
        ) : (
          <a
            class="brand"
            href={location.pathname}
            // the state in the address changes without this being drawn again
            onClick={({ currentTarget }) => {
              currentTarget.href = location.pathname + location.hash;
            }}
            target="_blank"
            rel="noopener"
          >
            <BrandIcon />
            <span>Seamount: {title}</span>
          </a>
        )}
        <div class="tools">{menus}</div>
      </header>
      {notice !== null && (
        <div class="notice" role="alert">
          <p>{notice}</p>
          <button type="button" class="icon-button" aria-label="Dismiss" onClick={() => setNotice(null)}>
            <CloseIcon />
          </button>
        </div>
      )}
      <main id="panel" tabIndex={-1}>
        <ErrorBoundary key={`${panel} ${life}`} title={title} onRestart={() => setLife((n) => n + 1)}>
          <LoadedPanel
            panel={panel}
            shared={shown.panel === panel ? shown.state : undefined}
            theme={theme}
            onState={keepState}
            onFigures={setFigures}
            onNotice={setNotice}
            onRestart={() => setLife((n) => n + 1)}
          />
        </ErrorBoundary>
      </main>
      {embedded === null && <Foot />}
    </div>
  );
}

function LoadedPanel({ panel, ...props }: PanelProps & { readonly panel: PanelName }) {
  const [Loaded, setLoaded] = useState<ComponentType<PanelProps> | null>(null);
  const [failure, setFailure] = useState<Failure | null>(null);
  useEffect(() => {
    let wanted = true;
    PANELS.find(({ name }) => name === panel)!
      .load()
      .then(
        (component) => wanted && setLoaded(() => component),
        (cause) => wanted && setFailure(failureOf(cause)),
      );
    return () => {
      wanted = false;
    };
  }, [panel]);
  if (failure !== null) return <FailureCard title="This panel could not be loaded" failure={failure} />;
  return Loaded === null ? null : <Loaded {...props} />;
}
