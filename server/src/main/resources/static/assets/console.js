// The state of the stream beside the title, and keys. Everything works without; then one reloads.
(function () {
  "use strict";

  function say(word, isOff) {
    var live = document.querySelector(".live");
    if (live) {
      live.classList.toggle("off", isOff);
      live.querySelector("b").textContent = word;
    }
  }

  document.addEventListener("htmx:sseOpen", function () { say("Live", false); });
  document.addEventListener("htmx:sseError", function () { say("Reconnecting", true); });
  document.addEventListener("htmx:sseClose", function () { say("Paused", true); });

  var waiting = false;
  document.addEventListener("keydown", function (event) {
    var target = event.target;
    if (event.ctrlKey || event.metaKey || event.altKey || /^(INPUT|SELECT|TEXTAREA)$/.test(target.tagName)) {
      return;
    }
    if (waiting) {
      waiting = false;
      var entry = document.querySelector('.rail a[data-key="' + CSS.escape(event.key) + '"]');
      if (entry) {
        event.preventDefault();
        entry.click();
      }
    } else if (event.key === "g") {
      waiting = true;
    } else if (event.key === "/") {
      var search = document.querySelector("input[type=search]");
      if (search) {
        event.preventDefault();
        search.focus();
      } else {
        window.location.href = "/customers";
      }
    }
  });
})();
