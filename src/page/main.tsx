/** Starts the page. */
import { render } from 'preact';
import { App } from './app.js';

const root = document.getElementById('page')!;
root.replaceChildren();
render(<App />, root);
