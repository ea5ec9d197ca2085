/* Texts written as blocks -> Markdown. What cmark-gfm, GitHub's reader, finds in it is the structure that was
 * written: the same blocks, code spans and links, and in each the same text, white space aside.
 *
 * Each piece is a block: a byte for its kind, then its texts, between U+001F, each behind a byte for the kind
 * of span that holds it. */
#include "input.h"

#include "markdown/writer.h"

#include <cmark-gfm-core-extensions.h>
#include <cmark-gfm-extension_api.h>
#include <cmark-gfm.h>

enum { LONGEST = 1024 };

typedef struct {
    Writer writer;
    StrBuf markdown, written, read; /* the latter two: the structure, as one line a node */
} Page;

static void put_text(Str text, StrBuf *out) {
    for (size_t i = 0, size; i < text.len; i += size) {
        uint32_t cp = utf8_decode(text.data + i, text.len - i, &size);
        if (!strchr(" \t\n\v\f\r", (int)cp) || cp == 0) buf_append_cp(out, cp ? cp : UTF8_REPLACEMENT);
    }
}

static bool is_blank(Str text) {
    for (size_t i = 0; i < text.len; i++) {
        if (text.data[i] == '\0' || !strchr(" \t\n\v\f\r", text.data[i])) return false;
    }
    return true;
}

/* --- writing -------------------------------------------------------------------------------------- */

static void put_span(Page *self, Str text) {
    unsigned kind = input_number(&text, 1) % 4;
    if (is_blank(text)) return;
    Writer *out = &self->writer;
    bool link = kind >= 2, code = kind % 2 && !(link && str_find(text, STR("]:")) != STR_NPOS);
    if (link) buf_append(&self->written, STR("<link>"));
    if (code) buf_append(&self->written, STR("<code>"));
    put_text(text, &self->written);
    if (code) buf_append(&self->written, STR("</code>"));
    if (link) buf_append(&self->written, STR("</link>"));
    if (link && code)
        writer_link_code(out, text, STR("x/y.md#z"));
    else if (code)
        writer_code(out, text);
    else {
        if (link) writer_link_open(out, STR("x/y.md#z"));
        writer_text(out, text);
        if (link) writer_link_close(out);
    }
}

static void put_spans(Page *self, Str texts) {
    Str text;
    while (str_next_piece(&texts, '\x1f', &text)) put_span(self, text);
}

/* A block that holds spans. */
static void put_block(Page *self, BlockKind kind, const char *name, Str texts) {
    buf_printf(&self->written, "<%s>", name);
    if (kind == BLOCK_HEADING)
        writer_open_heading(&self->writer, 3);
    else
        writer_open(&self->writer, kind);
    put_spans(self, texts);
    writer_close(&self->writer);
    buf_printf(&self->written, "</%s>", name);
}

static void put_list(Page *self, BlockKind kind, Str texts) {
    buf_append(&self->written, STR("<list>"));
    writer_open(&self->writer, kind);
    put_block(self, BLOCK_ITEM, "item", texts);
    put_block(self, BLOCK_ITEM, "item", STR("\0two"));
    writer_close(&self->writer);
    buf_append(&self->written, STR("</list>"));
    put_block(self, BLOCK_PARAGRAPH, "paragraph", STR("\0end")); /* or two lists would be one */
}

static void put_table(Page *self, Str texts) {
    static const char *const columns[] = {"A", "B"};
    buf_append(&self->written, STR("<table><table_header><table_cell>A</table_cell><table_cell>B</table_cell>"
                                   "</table_header><table_row>"));
    writer_open_table(&self->writer, columns, 2);
    writer_open(&self->writer, BLOCK_ROW);
    put_block(self, BLOCK_CELL, "table_cell", texts);
    put_block(self, BLOCK_CELL, "table_cell", STR("\1|"));
    writer_close(&self->writer);
    writer_close(&self->writer);
    buf_append(&self->written, STR("</table_row></table>"));
}

static void put_fence(Page *self, Str text) {
    buf_append(&self->written, STR("<code_block>"));
    put_text(text, &self->written);
    buf_append(&self->written, STR("</code_block>"));
    writer_fence(&self->writer, "python", text);
}

static bool has_text(Str texts) {
    Str text;
    while (str_next_piece(&texts, '\x1f', &text)) {
        if (!is_blank(str_from(text, 1))) return true;
    }
    return false;
}

static void put_piece(Page *self, Str piece) {
    unsigned kind = input_number(&piece, 1) % 6;
    if (kind == 5) put_fence(self, piece);
    if (kind == 5 || !has_text(piece)) return;
    switch (kind) {
    case 0: put_block(self, BLOCK_PARAGRAPH, "paragraph", piece); break;
    case 1: put_block(self, BLOCK_HEADING, "heading", piece); break;
    case 2: put_list(self, BLOCK_BULLETS, piece); break;
    case 3: put_list(self, BLOCK_NUMBERS, piece); break;
    default: put_table(self, piece);
    }
}

/* --- reading -------------------------------------------------------------------------------------- */

static void read_node(cmark_node *node, bool enter, StrBuf *out) {
    cmark_node_type type = cmark_node_get_type(node);
    bool in_item = cmark_node_get_type(cmark_node_parent(node)) == CMARK_NODE_ITEM;
    if (type == CMARK_NODE_DOCUMENT || type == CMARK_NODE_SOFTBREAK || type == CMARK_NODE_LINEBREAK) return;
    if (type == CMARK_NODE_PARAGRAPH && in_item) return;
    bool text = type == CMARK_NODE_TEXT;
    const char *name = cmark_node_get_type_string(node);
    if (enter && !text) buf_printf(out, "<%s>", name);
    if (text || type == CMARK_NODE_CODE || type == CMARK_NODE_CODE_BLOCK) {
        put_text(str_of(cmark_node_get_literal(node)), out);
        enter = false;
    }
    if (!enter && !text) buf_printf(out, "</%s>", name);
}

static cmark_node *parse(Str markdown, cmark_parser *parser) {
    static const char *const extensions[] = {"table", "strikethrough", "tasklist", "tagfilter"};
    for (size_t i = 0; i < sizeof extensions / sizeof *extensions; i++)
        cmark_parser_attach_syntax_extension(parser, cmark_find_syntax_extension(extensions[i]));
    cmark_parser_feed(parser, markdown.data, markdown.len);
    return cmark_parser_finish(parser);
}

static void read_markdown(Page *self) {
    cmark_gfm_core_extensions_ensure_registered();
    cmark_parser *parser = cmark_parser_new(CMARK_OPT_DEFAULT);
    cmark_node *document = parse(buf_str(&self->markdown), parser);
    cmark_iter *iterator = cmark_iter_new(document);
    for (cmark_event_type event; (event = cmark_iter_next(iterator)) != CMARK_EVENT_DONE;)
        read_node(cmark_iter_get_node(iterator), event == CMARK_EVENT_ENTER, &self->read);
    cmark_iter_free(iterator);
    cmark_node_free(document);
    cmark_parser_free(parser);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    if (size > LONGEST) return 0;
    Str rest = str_make((const char *)data, size), piece;
    Page page;
    buf_init(&page.markdown);
    buf_init(&page.written);
    buf_init(&page.read);
    writer_init(&page.writer, &page.markdown, WRITER_MARKDOWN);
    while ((piece = input_piece(&rest)).data) put_piece(&page, piece);
    read_markdown(&page);
    if (!str_eq(buf_str(&page.written), buf_str(&page.read))) {
        fprintf(stderr, "%s\nwas written: %s\nis read:     %s\n", page.markdown.data, page.written.data,
                page.read.data);
        abort();
    }
    buf_release(&page.markdown);
    buf_release(&page.written);
    buf_release(&page.read);
    return 0;
}
