/* The theme draws the diagrams itself; Mermaid must not begin before it. */
if (window.mermaid) window.mermaid.initialize({ startOnLoad: false, securityLevel: "strict" });
