# Sphinx with MyST over a folder of doc pages: copy this and contents.rst into the folder (pages.out) and set
# pages.sourceUrl, for sources lie outside of the site. `sphinx-build -W -b html FOLDER SITE`
import posixpath
from urllib.parse import quote, unquote

from docutils import nodes
from pygments.lexers.special import TextLexer

project = "Reference"
extensions = ["myst_parser"]
root_doc = "contents"
suppress_warnings = ["myst.xref_missing"]  # later MyST links anchors by itself, but warns


def link_anchor(app, env, node, child):
    """Links the pages' own anchors, `<a id="pkg.mod.Class">`, which MyST does not know."""
    if node.get("reftype") not in ("any", "myst") or "refdoc" not in node:
        return None
    here, target = node["refdoc"], unquote(node["reftarget"])
    path, inside, anchor = target.partition(".md#")  # names may hold "#" themselves
    if inside:
        there = posixpath.normpath(posixpath.join(posixpath.dirname(here), path))
    else:
        there, anchor = here, target.removeprefix("#")
    if there not in env.found_docs:
        return None
    with open(env.doc2path(there), encoding="utf-8") as file:
        if f'<a id="{anchor}"></a>' not in file.read():
            return None
    uri = f"{app.builder.get_relative_uri(here, there)}#{quote(anchor)}"
    return nodes.reference("", "", child, internal=True, refuri=uri)


def setup(app):
    app.connect("missing-reference", link_anchor)
    app.add_lexer("mermaid", TextLexer)
