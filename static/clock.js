// The server's hour, learnt from what it last said. Of the device's clock only the steps are used: it may be wrong, or set anew
// while a page is open.
let said = NaN;
let at = 0;
let wall = 0;

export function learn(iso) {
  const then = Date.parse(iso ?? "");
  if (Number.isNaN(then)) return;
  said = then;
  at = performance.now();
  wall = Date.now();
}

export const now = () => (Number.isNaN(said) ? Date.now() : said + performance.now() - at);

/** Whether the two clocks of the device went apart since: it slept, or was set. Then the server is to be asked. */
export const doubtful = () => Math.abs(Date.now() - wall - (performance.now() - at)) > 5000;
