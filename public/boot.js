// Starts the app: compiles the wasm once, leaves the worker's script and the compiled module where the app finds them, calls main().
// One text for both builds: the single file carries wasm and glue inside the page, the hosted build fetches them beside it.
(async () => {
  "use strict";
  // No content security policy stops WebRTC from sending packets, so nothing here may have it.
  const webRtc = ["RTCPeerConnection", "webkitRTCPeerConnection"];
  for (const name of webRtc) delete globalThis[name];

  const place = document.getElementById("boot");
  try {
    const glue = document.getElementById("app-glue");
    const packed = document.getElementById("app-wasm");

    // The worker is a classic script, since a module worker does not start from file://, and runs the module that the page compiled.
    // An error while it starts is thrown again outside the promise, so that it reaches the page's worker.onerror.
    globalThis.raSoatWorkerSource = `${packed ? glue.textContent : `importScripts(${JSON.stringify(glue.src)});`}
for (const name of ${JSON.stringify(webRtc)}) delete self[name];
self.onmessage = (event) => {
  self.onmessage = null;
  wasm_bindgen({ module_or_path: event.data }).catch((error) => setTimeout(() => { throw error; }));
};`;

    globalThis.raSoatModule = await WebAssembly.compile(await (packed ? unpack(packed) : download(glue.dataset.wasm)));
    await wasm_bindgen({ module_or_path: globalThis.raSoatModule });
    place.remove();
  } catch (error) {
    console.error(error);
    place.setAttribute("role", "alert");
    place.firstElementChild.textContent = `Không mở được Rà Soát (${error}). Dữ liệu và bản nháp trên máy vẫn còn nguyên. Hãy tải lại trang; nếu vẫn vậy, hãy mở bằng Chrome, Edge hoặc Cốc Cốc bản mới.`;
  }

  async function download(url) {
    const answer = await fetch(url);
    if (!answer.ok) throw new Error(`${url}: ${answer.status}`);
    return answer.arrayBuffer();
  }

  async function unpack(script) {
    const bytes = Uint8Array.from(atob(script.textContent), (char) => char.charCodeAt(0));
    script.remove();
    return new Response(new Blob([bytes]).stream().pipeThrough(new DecompressionStream("gzip"))).arrayBuffer();
  }
})();
