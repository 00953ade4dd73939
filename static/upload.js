// A file on its way: how far it is, and how to stop it. One that stands still for too long is given up.
const PATIENCE = 45_000;

/** `done` gives the request once answered, "off" where it did not arrive, "stopped" where somebody stopped it. */
export function upload(address, data, progressed) {
  const request = new XMLHttpRequest();
  let timer = 0;
  let stopped = false;
  const alive = () => {
    clearTimeout(timer);
    timer = setTimeout(() => request.abort(), PATIENCE);
  };
  const done = new Promise((finish) => {
    const end = (how) => {
      clearTimeout(timer);
      finish(how);
    };
    request.open("POST", address);
    request.responseType = "document";
    request.upload.onprogress = (e) => {
      alive();
      progressed(e.lengthComputable ? Math.floor((100 * e.loaded) / e.total) : 0);
    };
    request.onerror = () => end("off");
    request.onabort = () => end(stopped ? "stopped" : "off");
    request.onload = () => end(request);
    alive();
    request.send(data);
  });
  return {
    done,
    stop() {
      stopped = true;
      request.abort();
    },
  };
}
