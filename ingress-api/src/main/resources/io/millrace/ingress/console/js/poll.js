// Asks again and again while somebody looks.

const EVERY_MILLIS = 2_000;
const LONGEST_MILLIS = 30_000;

/**
 * Loads at once and then again and again, not in a hidden tab, and less and less often while it fails.
 *
 * @param load is given a signal that ends it; gives the data
 * @param shown is called with the data
 * @param failed is called with the error; gives whether to go on
 * @param every milliseconds between two loads
 * @return `now()` loads at once, `stop()` ends it
 */
export function poll(load, shown, failed, every = EVERY_MILLIS) {
  let timer = null;
  let running = null;
  let wait = every;

  async function once() {
    clearTimeout(timer);
    timer = null;
    running?.abort();
    const mine = new AbortController();
    running = mine;
    try {
      const data = await load(mine.signal);
      if (mine.signal.aborted) {
        return;
      }
      wait = every;
      shown(data);
    } catch (error) {
      if (mine.signal.aborted) {
        return;
      }
      wait = Math.max(every, Math.min(2 * wait, LONGEST_MILLIS));
      if (!failed(error)) {
        stop();
        return;
      }
    }
    running = null;
    if (!document.hidden) {
      timer = setTimeout(once, wait);
    }
  }

  function seen() {
    if (document.hidden) {
      clearTimeout(timer);
      timer = null;
    } else if (timer === null && running === null) {
      once();
    }
  }

  function stop() {
    clearTimeout(timer);
    running?.abort();
    document.removeEventListener('visibilitychange', seen);
  }

  document.addEventListener('visibilitychange', seen);
  once();
  return { now: once, stop };
}
