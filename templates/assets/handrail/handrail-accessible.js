/* Known gaps of Material for MkDocs in accessibility, mended. `accessible: false` leaves this file out. */
(function () {
  "use strict";

  function each(selector, then) {
    document.querySelectorAll(selector).forEach(then);
  }

  function named(selector, name) {
    each(selector, function (element) {
      if (name && !element.hasAttribute("aria-label")) element.setAttribute("aria-label", name);
    });
  }

  function mend() {
    var search = document.querySelector(".md-search__input");
    named(".md-search[role=dialog]", search && (search.getAttribute("aria-label") || search.placeholder));
    named("nav.md-tags", "Tags");
    each(".md-annotation__index:not([aria-label])", function (link) {
      link.setAttribute("aria-label", link.querySelector("[data-md-annotation-id]") ?
        link.querySelector("[data-md-annotation-id]").dataset.mdAnnotationId : "+");
    });
    each(".task-list-item input[type=checkbox]:not([aria-label])", function (box) {
      var said = (box.closest("li") || box).cloneNode(true);
      said.querySelectorAll("[data-search-exclude], .headerlink, ul, ol").forEach(function (other) { other.remove(); });
      box.setAttribute("aria-label", said.textContent.trim().slice(0, 120));
    });
    each(".md-option[aria-hidden=true]", function (option) { option.tabIndex = -1; });
    reachable();
  }

  function reachable() {
    each(".md-typeset__scrollwrap, .md-typeset pre > code", function (element) {
      if (element.scrollWidth > element.clientWidth && !element.hasAttribute("tabindex")) element.tabIndex = 0;
    });
  }

  window.addEventListener("load", reachable);
  window.addEventListener("resize", reachable);
  if (window.document$ && window.document$.subscribe) window.document$.subscribe(mend);
  else if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", mend);
  else mend();
})();
