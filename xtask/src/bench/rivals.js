"use strict";
// A file's bytes are in the worker before the clock starts, as in our own reader.
self.onmessage = async ({ data: { what, file } }) => {
  try {
    const bytes = new Uint8Array(await (await fetch(file)).arrayBuffer());
    self.postMessage(await { sheetjs, inflate }[what](bytes));
  } catch (error) {
    self.postMessage({ error: String(error) });
  }
};

function sheetjs(bytes) {
  importScripts("xlsx.full.min.js");
  const start = performance.now();
  const book = XLSX.read(bytes, { dense: true });
  const ms = performance.now() - start;
  const sheet = book.Sheets[book.SheetNames[0]];
  return { ms, rows: (sheet?.["!data"] ?? sheet)?.length ?? 0 };
}

// The browser's own inflating of the sheet part, its text thrown away piece by piece: no reader can be faster that uses it.
async function inflate(bytes) {
  const part = find(bytes, "xl/worksheets/sheet1.xml");
  const start = performance.now();
  let size = 0;
  const reader = new Blob([part]).stream().pipeThrough(new DecompressionStream("deflate-raw")).getReader();
  for (let piece = await reader.read(); !piece.done; piece = await reader.read()) size += piece.value.length;
  return { ms: performance.now() - start, size };
}

// The compressed bytes of a part, found by the directory at the end of the zip.
function find(bytes, name) {
  const view = new DataView(bytes.buffer);
  let end = bytes.length - 22;
  while (view.getUint32(end, true) !== 0x06054b50) end--;
  let at = view.getUint32(end + 16, true);
  for (let left = view.getUint16(end + 10, true); left > 0; left--) {
    const [nameLength, extraLength, commentLength] = [28, 30, 32].map((offset) => view.getUint16(at + offset, true));
    if (new TextDecoder().decode(bytes.subarray(at + 46, at + 46 + nameLength)) === name) {
      const head = view.getUint32(at + 42, true);
      const start = head + 30 + view.getUint16(head + 26, true) + view.getUint16(head + 28, true);
      return bytes.slice(start, start + view.getUint32(at + 20, true));
    }
    at += 46 + nameLength + extraLength + commentLength;
  }
  throw new Error(`${name} is not in the zip`);
}
