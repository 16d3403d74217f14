// Starts the app: compiles the wasm once, leaves the worker's script and the compiled module where the app finds them, calls main().
// One text for both builds: the single file carries wasm and glue inside the page, the hosted build fetches them beside it.
// In the single file the wasm is packed as LZMA, and a small module (unpack/) before it unpacks it.
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

    globalThis.raSoatModule = await (packed ? unpack(packed) : download(glue.dataset.wasm));
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
    return WebAssembly.compile(await answer.arrayBuffer());
  }

  // The browser compiles each piece while the next is unpacked. When the last is out nothing holds the unpacker or its memory.
  async function unpack(packed) {
    const unpacker = (await WebAssembly.instantiate(take(document.getElementById("app-unpack")))).instance.exports;
    const bytes = take(packed);
    const place = unpacker.allocate(bytes.length);
    new Uint8Array(unpacker.memory.buffer).set(bytes, place);
    let damage;
    const pieces = new ReadableStream({
      pull(stream) {
        const length = unpacker.read();
        if (length < 0) stream.error(damage = "tệp bị hỏng: hãy chép hoặc tải lại tệp này");
        else if (length === 0) stream.close();
        else stream.enqueue(new Uint8Array(unpacker.memory.buffer, unpacker.piece(), length).slice());
      },
    });
    const compiling = WebAssembly.compileStreaming(new Response(pieces, { headers: { "Content-Type": "application/wasm" } }));
    return compiling.catch((error) => { throw damage ?? error; }); // the browser would call it a network error
  }

  // The bytes that a script element holds as base64; the text goes, since it is large.
  function take(script) {
    const text = atob(script.textContent);
    script.remove();
    const bytes = new Uint8Array(text.length);
    for (let at = 0; at < text.length; at++) bytes[at] = text.charCodeAt(at);
    return bytes;
  }
})();
