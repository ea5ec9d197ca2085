#include "structure.h"

#include "markdown/writer.h"

#include <cmark-gfm-core-extensions.h>
#include <cmark-gfm-extension_api.h>
#include <cmark-gfm.h>

static StrBuf *record;

void structure_record(StrBuf *out) { record = out; }

/* --- written ------------------------------------------------------------------------------------------ */

void __real_writer_open(Writer *self, BlockKind kind);
void __real_writer_open_heading(Writer *self, int level);
void __real_writer_heading(Writer *self, int level, Str text);
void __real_writer_fence(Writer *self, const char *info, Str text);
void __real_writer_rule(Writer *self);
void __wrap_writer_open(Writer *self, BlockKind kind);
void __wrap_writer_open_heading(Writer *self, int level);
void __wrap_writer_heading(Writer *self, int level, Str text);
void __wrap_writer_fence(Writer *self, const char *info, Str text);
void __wrap_writer_rule(Writer *self);

static void put_fence(Str info, Str text, StrBuf *out) {
    Str line;
    buf_printf(out, "fence %.*s\n", STR_ARG(info));
    while (str_next_line(&text, &line)) buf_printf(out, "  %.*s\n", STR_ARG(str_trim_end(line)));
}

void __wrap_writer_open(Writer *self, BlockKind kind) {
    if (record && kind == BLOCK_ITEM) buf_append(record, STR("item\n"));
    if (record && kind == BLOCK_ROW) buf_append(record, STR("row\n"));
    __real_writer_open(self, kind);
}

void __wrap_writer_open_heading(Writer *self, int level) {
    if (record) buf_printf(record, "heading %d\n", level);
    __real_writer_open_heading(self, level);
}

void __wrap_writer_heading(Writer *self, int level, Str text) {
    if (record) buf_printf(record, "heading %d\n", level);
    __real_writer_heading(self, level, text);
}

void __wrap_writer_fence(Writer *self, const char *info, Str text) {
    if (record) put_fence(str_of(info), text, record);
    __real_writer_fence(self, info, text);
}

void __wrap_writer_rule(Writer *self) {
    if (record) buf_append(record, STR("rule\n"));
    __real_writer_rule(self);
}

/* --- read --------------------------------------------------------------------------------------------- */

static void put_node(cmark_node *node, StrBuf *out) {
    cmark_node_type type = cmark_node_get_type(node);
    const char *name = cmark_node_get_type_string(node);
    if (type == CMARK_NODE_HEADING)
        buf_printf(out, "heading %d\n", cmark_node_get_heading_level(node));
    else if (type == CMARK_NODE_CODE_BLOCK)
        put_fence(str_of(cmark_node_get_fence_info(node)), str_of(cmark_node_get_literal(node)), out);
    else if (type == CMARK_NODE_ITEM)
        buf_append(out, STR("item\n"));
    else if (type == CMARK_NODE_THEMATIC_BREAK)
        buf_append(out, STR("rule\n"));
    else if (strcmp(name, "table_row") == 0 || strcmp(name, "table_header") == 0)
        buf_append(out, STR("row\n"));
    else if (type == CMARK_NODE_HTML_BLOCK || type == CMARK_NODE_HTML_INLINE ||
             type == CMARK_NODE_BLOCK_QUOTE || type == CMARK_NODE_IMAGE || strcmp(name, "strikethrough") == 0)
        buf_printf(out, "%s\n", name);
}

bool structure_read(Str markdown, StrBuf *out) {
    static const char *const extensions[] = {"table", "strikethrough", "tasklist", "tagfilter"};
    cmark_gfm_core_extensions_ensure_registered();
    cmark_parser *parser = cmark_parser_new(CMARK_OPT_DEFAULT);
    for (size_t i = 0; i < sizeof extensions / sizeof *extensions; i++)
        cmark_parser_attach_syntax_extension(parser, cmark_find_syntax_extension(extensions[i]));
    cmark_parser_feed(parser, markdown.data, markdown.len);
    cmark_node *document = cmark_parser_finish(parser);
    cmark_iter *iterator = cmark_iter_new(document);
    for (cmark_event_type event; (event = cmark_iter_next(iterator)) != CMARK_EVENT_DONE;) {
        if (event == CMARK_EVENT_ENTER) put_node(cmark_iter_get_node(iterator), out);
    }
    cmark_iter_free(iterator);
    cmark_node_free(document);
    cmark_parser_free(parser);
    return true;
}
