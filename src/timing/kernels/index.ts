/** What the host calls. The memory holds one mesh (../mesh-words.ts). */
import { CORES, LINKS, NONE } from '../mesh-words';
import { advance, MANY, NOTHING, reset } from './clock';
import { accept, begin, eject, receive, send, settleCores } from './cores';
import { next } from './ports';
import { resetLinks, settleLinks, settleOne, start } from './routers';
import { head } from './words';

/** Times of one step, whose messages lie in the memory; ../mesh-scalar.ts has the order of things. */
export function step(): void {
  reset();
  resetLinks();
  begin();
  for (let due = MANY; due != NOTHING; due = advance()) {
    if (due == MANY) {
      settleLinks();
      settleCores();
    } else {
      const message = settleOne(due);
      if (message != NONE) accept(message);
    }
    act();
  }
}

/** Lets ports act, the lowest first, until none can. */
@inline
function act(): void {
  const links = head(CORES);
  const ejections = links + head(LINKS);
  const senders = ejections + links;
  for (let port = next(); port >= 0; port = next()) {
    if (port < links) receive(port);
    else if (port < ejections) start(port - links);
    else if (port < senders) eject(port - ejections);
    else send(port - senders);
  }
}
