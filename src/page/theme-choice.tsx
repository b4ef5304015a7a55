/** Light or dark: the system's wish until the user chooses. The choice is kept in the browser where it may be. */
import { useEffect, useState } from 'preact/hooks';
import type { ThemeName } from './panel.js';

const KEY = 'seamount-theme';

const systemTheme = (): ThemeName => (matchMedia('(prefers-color-scheme: dark)').matches ? 'dark' : 'light');

function chosenTheme(): ThemeName | null {
  const { theme } = document.documentElement.dataset;
  return theme === 'light' || theme === 'dark' ? theme : null;
}

export function useTheme(): { readonly theme: ThemeName; readonly toggle: () => void } {
  const [theme, setTheme] = useState<ThemeName>(() => chosenTheme() ?? systemTheme());
  useEffect(() => {
    const query = matchMedia('(prefers-color-scheme: dark)');
    const follow = (): void => {
      if (chosenTheme() === null) setTheme(systemTheme());
    };
    query.addEventListener('change', follow);
    return () => query.removeEventListener('change', follow);
  }, []);
  const toggle = (): void => {
    const next = theme === 'dark' ? 'light' : 'dark';
    document.documentElement.dataset.theme = next;
    try {
      localStorage.setItem(KEY, next);
    } catch {
      // A frame or a strict browser may forbid it: the choice then lasts as long as the page.
    }
    setTheme(next);
  };
  return { theme, toggle };
}
