// Runs on the page before anything of ours: lets every worker say how large its memory has grown, and keeps the page's long tasks.
{
  const report = `{
    const send = self.postMessage.bind(self), instantiate = WebAssembly.instantiate;
    let memory;
    WebAssembly.instantiate = async (...args) => {
      const made = await instantiate.call(WebAssembly, ...args);
      memory = (made.instance ?? made).exports.memory;
      return made;
    };
    self.postMessage = (message, ...rest) => {
      if (memory) send({ memory: memory.buffer.byteLength });
      send(message, ...rest);
    };
  }
  `;
  const memory = { engine: 0, reader: 0 };
  let source;
  Object.defineProperty(globalThis, "raSoatWorkerSource", { get: () => source, set: (text) => { source = report + text; } });
  globalThis.Worker = class extends Worker {
    constructor(...args) {
      super(...args);
      this.addEventListener("message", (event) => {
        if (!event.data?.memory) return;
        event.stopImmediatePropagation();
        const name = args[1]?.name;
        memory[name] = Math.max(memory[name] ?? 0, event.data.memory);
      });
    }
  };
  globalThis.benchTasks = [];
  new PerformanceObserver((list) => list.getEntries().forEach((entry) => globalThis.benchTasks.push(entry.duration))).observe({
    type: "longtask",
  });
  globalThis.benchIsReady = () => document.querySelector("[role=status]")?.textContent.trim() === "Sẵn sàng";
  const duration = (name) => performance.getEntriesByName(name).at(-1)?.duration ?? null;
  globalThis.benchFound = () => ({
    ...memory,
    linking: duration("ghep"),
    classifying: duration("phan-loai"),
    task: Math.max(0, ...globalThis.benchTasks),
  });
}
