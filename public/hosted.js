// The hosted build only: keeps a copy of the app in the browser, so that it opens without a network, and tells the app of a new version.
// The single file carries nothing of this: it is a copy already.
(() => {
  "use strict";
  const workers = navigator.serviceWorker;
  if (!workers) return; // not offered over plain http
  // Opened anew right after everything was removed: nothing is kept until the next visit.
  if (location.hash === "#da-xoa") return history.replaceState(null, "", location.pathname + location.search);
  let isWanted = false;
  workers.addEventListener("controllerchange", () => {
    // The first copy takes the page in hand too; only what the officer asked for opens it anew.
    if (isWanted) location.reload();
  });

  const watch = (registration) => {
    const offer = () => {
      if (!registration.waiting || !workers.controller) return;
      globalThis.raSoatUpdate = () => {
        isWanted = true;
        registration.waiting?.postMessage("take-over");
      };
      dispatchEvent(new Event("ra-soat-update"));
    };
    const follow = (worker) => worker?.addEventListener("statechange", offer);
    follow(registration.installing);
    registration.addEventListener("updatefound", () => follow(registration.installing));
    offer();
    // A page that stays open for days asks when it is looked at again.
    document.addEventListener("visibilitychange", () => {
      if (document.visibilityState === "visible") registration.update().catch(() => {});
    });
  };
  // Where it cannot be registered the app runs as before, with a network.
  workers.register("./service-worker.js", { updateViaCache: "none" }).then(watch).catch(() => {});
})();
