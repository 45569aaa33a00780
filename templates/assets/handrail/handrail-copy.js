/* An offline copy that has grown old says so, by the reader's own clock. */
(function () {
  "use strict";

  function today() {
    var now = new Date();
    function two(number) { return String(number).padStart(2, "0"); }
    return now.getFullYear() + "-" + two(now.getMonth() + 1) + "-" + two(now.getDate());
  }

  function judge() {
    var stamp = document.querySelector("[data-handrail-expires]");
    var banner = document.querySelector('[data-handrail="old"]');
    if (stamp && banner) banner.hidden = today() <= stamp.dataset.handrailExpires;
  }

  if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", judge);
  else judge();
})();
