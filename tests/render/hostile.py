"""Text that a spreadsheet might run, and text that a browser might: 200 and 50 cases."""

from __future__ import annotations

STARTS = ("=", "+", "-", "@", "\t", "\r", "\n", "\0")
BODIES = (
    "1+1",
    "cmd|' /C calc'!A0",
    'HYPERLINK("http://example.org","click")',
    "SUM(A1:A9)",
    "DDE(1;2)",
    "WEBSERVICE(A1)",
    "2+5+cmd",
    "A1",
    "-3.2x",
    "{1,2}",
)
SEPARATED = (",", ";", "\t", '"', "'", "\r\n", "\n", "|", " ", "\u200b", "\ufeff", "\u202e")

FORMULAS = tuple(
    dict.fromkeys(
        [
            *(start + body for start in STARTS for body in BODIES),
            *(f"text{mark}={body}" for mark in SEPARATED[:4] for body in BODIES[:5]),
            *(f"{mark}={body}" for mark in SEPARATED for body in BODIES[:6]),
            *("＝1+1", "＋1+1", "－1+1", "＠SUM(1)", "'=1+1", "''=1+1", '"=1+1"', "=", "+", "-", "@", "#N/A"),
            *("#REF!", "_x003D_1+1", "_x0000_", "=_x0041_", "\0=1", "a\0b", "\x07bell", "=\ud800"),
            *(f"={'A' * n}" for n in range(1, 20)),
        ]
    )
)[:200]

TAGS = ("script", "img src=x onerror=", "svg onload=", "iframe src=javascript:", "body onload=")
SCRIPTS = (
    *(f"<{tag}window.ran=1>" for tag in TAGS),
    *(f"'\"><{tag}window.ran=1>" for tag in TAGS),
    *(f"</title></style></script><script>window.ran={n}</script>" for n in range(5)),
    *(f"--><script>window.ran={n}</script><!--" for n in range(5)),
    *(f'" onmouseover="window.ran=1" onfocus="window.ran=1" autofocus="{n}' for n in range(5)),
    *(f"' onclick='window.ran=1' x='{n}" for n in range(5)),
    "javascript:window.ran=1",
    "data:text/html,<script>window.ran=1</script>",
    "]]><script>window.ran=1</script>",
    "<math><mi xlink:href='javascript:window.ran=1'>",
    "<a href='javascript:window.ran=1'>x</a>",
    "<base href='javascript:/*'>",
    "<form action=javascript:window.ran=1><button>",
    "<link rel=stylesheet href='http://example.org/x.css'>",
    "<meta http-equiv=refresh content='0;url=javascript:window.ran=1'>",
    "<object data='javascript:window.ran=1'>",
    "<embed src='javascript:window.ran=1'>",
    "<video><source onerror='window.ran=1'>",
    "<details open ontoggle=window.ran=1>",
    "<style>*{background:url('javascript:window.ran=1')}</style>",
    "&lt;script&gt;window.ran=1&lt;/script&gt;",
    "<scr\0ipt>window.ran=1</scr\0ipt>",
    "\u2028<script>window.ran=1</script>",
    "<template><script>window.ran=1</script></template>",
    "<input onfocus=window.ran=1 autofocus>",
    "${window.ran=1}{{window.ran=1}}",
)
