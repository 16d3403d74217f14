// Runs on the page before anything of ours: lets every reader worker say when it had the file's bytes, when it sent the table away and
// how large its memory had grown. What is timed is the app as it is; the clock is put around it.
{
  const clock = `{
    const wanted = "ra-soat:read", send = self.postMessage.bind(self);
    let job = 0, bytes = 0, hashed = 0, memory;
    const instantiate = WebAssembly.instantiate, arrayBuffer = Blob.prototype.arrayBuffer;
    WebAssembly.instantiate = async (...args) => {
      const made = await instantiate.call(WebAssembly, ...args);
      memory = (made.instance ?? made).exports.memory;
      return made;
    };
    Blob.prototype.arrayBuffer = async function () {
      const buffer = await arrayBuffer.call(this);
      bytes ||= performance.now();
      return buffer;
    };
    self.addEventListener("message", () => { job = performance.now(); });
    self.postMessage = (message, ...rest) => {
      const now = performance.now();
      // The fingerprint is the one long message without parts, the table the one with parts.
      if (message.length > 1) {
        const own = performance.getEntriesByName(wanted)[0]?.duration ?? null;
        send({ clock: { whole: now - (bytes || job), read: own ?? now - (hashed || bytes || job), own, memory: memory.buffer.byteLength } });
      } else if (message[0].length >= 64) hashed ||= now;
      send(message, ...rest);
    };
  }
  `;
  globalThis.benchClocks = [];
  let source;
  Object.defineProperty(globalThis, "raSoatWorkerSource", { get: () => source, set: (text) => { source = clock + text; } });
  globalThis.Worker = class extends Worker {
    constructor(...args) {
      super(...args);
      this.addEventListener("message", (event) => {
        if (!event.data?.clock) return;
        event.stopImmediatePropagation();
        if (args[1]?.name === "reader") globalThis.benchClocks.push(event.data.clock);
      });
    }
  };
}
