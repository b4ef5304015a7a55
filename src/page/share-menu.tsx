/** Links and frames: what shows the panel as it is now, without any server. */
import { useState } from 'preact/hooks';
import { ShareIcon } from './icons.js';
import { Menu } from './menu.js';
import type { PanelName } from './protocol.js';

/** A frame of one panel alone. */
function embedTag(panel: PanelName, href: string): string {
  const url = new URL(href);
  url.search = `?embed=${panel}`;
  return `<iframe src="${url.href}" title="Seamount: ${panel}" width="100%" height="720" style="border:0" loading="lazy"></iframe>`;
}

export function ShareMenu({ panel }: { readonly panel: PanelName }) {
  return (
    <Menu label="Share" icon={<ShareIcon />}>
      <Copies panel={panel} />
    </Menu>
  );
}

/** Lives as long as the menu is open: what was copied before is of another state. */
function Copies({ panel }: { readonly panel: PanelName }) {
  const [copied, setCopied] = useState<string | null>(null);
  const [failed, setFailed] = useState<string | null>(null);
  const copy = async (what: string, text: string): Promise<void> => {
    try {
      await navigator.clipboard.writeText(text);
      setFailed(null);
      setCopied(what);
    } catch {
      setFailed(text); // not allowed here: shown, to be copied by hand
    }
  };
  return (
    <>
      <button type="button" onClick={() => void copy('link', location.href)}>
        {copied === 'link' ? 'Link copied' : 'Copy link'}
        <small>the whole state, in the address</small>
      </button>
      <button type="button" onClick={() => void copy('tag', embedTag(panel, location.href))}>
        {copied === 'tag' ? 'Tag copied' : 'Copy embed tag'}
        <small>this panel alone, as an iframe</small>
      </button>
      {failed !== null && (
        <label class="menu-text">
          Copy this by hand
          <textarea readOnly rows={4} value={failed} onFocus={(e) => e.currentTarget.select()} />
        </label>
      )}
      <span class="visually-hidden" role="status">
        {copied === null ? '' : `${copied} copied`}
      </span>
    </>
  );
}
