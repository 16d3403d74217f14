// Starts the app: compiles the wasm once, leaves the worker's script and the compiled module where the app finds them, calls main().
// One text for both builds: the single file carries wasm and glue inside the page, the hosted build fetches them beside it.
// In the single file the wasm is packed as LZMA, and a small module (unpack/) before it unpacks it.
(async () => {
  "use strict";
  // No content security policy stops WebRTC from sending packets, so nothing here may have it.
  const webRtc = ["RTCPeerConnection", "webkitRTCPeerConnection"];
  for (const name of webRtc) delete globalThis[name];

  // After a trap (a panic, no memory left) the program on this page answers nothing any more: what is left to do is done without it.
  const died = (error) => {
    const isTrap = globalThis.WebAssembly && error instanceof WebAssembly.RuntimeError;
    if (isTrap || /call stack|recursion/.test(error?.message)) showCrash();
  };
  addEventListener("error", (event) => died(event.error));
  addEventListener("unhandledrejection", (event) => died(event.reason));

  const place = document.getElementById("boot");
  try {
    const missing = missingFeatures();
    if (missing.length > 0) throw new Error(`trình duyệt thiếu ${missing.join(", ")}`);
    const glue = document.getElementById("app-glue");
    const packed = document.getElementById("app-wasm");

    // The worker is a classic script, since a module worker does not start from file://, and runs the module that the page compiled.
    // An error while it starts is thrown again outside the promise, so that it reaches the page's worker.onerror.
    globalThis.raSoatWorkerSource = `${packed ? glue.textContent : `importScripts(${JSON.stringify(glue.src)});`}
for (const name of ${JSON.stringify(webRtc)}) delete self[name];
self.onunhandledrejection = (event) => setTimeout(() => { throw event.reason; });
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
    place.firstElementChild.textContent = `Không mở được Rà Soát (${error.message ?? error}). Dữ liệu và bản nháp trên máy vẫn còn nguyên. Hãy tải lại trang; nếu vẫn vậy, hãy mở bằng Chrome, Edge (từ bản 109), Cốc Cốc hoặc Firefox bản mới.`;
  }

  // What the app cannot do without, by the browser's names. All of it is in Chrome and Edge 109, the last for Windows 7.
  function missingFeatures() {
    const needed = {
      WebAssembly: () => WebAssembly.compileStreaming && WebAssembly.Module,
      Worker: () => Worker,
      ReadableStream: () => ReadableStream && Response,
      BigInt: () => BigInt && BigInt64Array,
      "Blob.arrayBuffer": () => Blob.prototype.arrayBuffer,
      queueMicrotask: () => queueMicrotask,
    };
    return Object.keys(needed).filter((name) => { try { return !needed[name](); } catch { return true; } });
  }

  // The draft as the app left it with its last save; where it could not be saved the browser holds nothing, and this is the only one.
  function showCrash() {
    if (document.getElementById("crash")) return;
    const block = document.createElement("div");
    Object.assign(block, { id: "crash", className: "crash", tabIndex: -1 });
    block.setAttribute("role", "alert");
    const words = document.createElement("p");
    words.textContent = "Trang gặp sự cố và không tiếp tục được. Hãy tải bản nháp về cho chắc, tải lại trang rồi thả lại các tệp.";
    block.append(words);
    const draft = globalThis.raSoatDraft;
    if (draft) {
      const link = document.createElement("a");
      const day = new Date().toLocaleDateString("sv"); // yyyy-mm-dd
      Object.assign(link, { href: URL.createObjectURL(new Blob([draft], { type: "application/json" })), download: `Ban-nhap_su-co_${day}.json` });
      Object.assign(link, { className: "button", textContent: "Tải bản nháp" });
      block.append(link);
    } else {
      words.textContent = "Trang gặp sự cố và không tiếp tục được. Chưa có gì trong bản nháp: hãy tải lại trang rồi thả lại các tệp.";
    }
    const again = document.createElement("button");
    Object.assign(again, { type: "button", className: "button", textContent: "Tải lại trang", onclick: () => location.reload() });
    block.append(again);
    for (const element of document.body.children) element.inert = true;
    document.body.prepend(block);
    block.focus();
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
