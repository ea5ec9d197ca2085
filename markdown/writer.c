#include "markdown/writer.h"

#include <assert.h>
#include <stdio.h>

enum { ITEM_INDENT = 4 }; /* deep enough for "- " and "10. ", and what Python-Markdown asks for */

void writer_init(Writer *self, StrBuf *out, WriterFormat format) {
    *self = (Writer){.out = out, .format = format, .fresh = true};
}

static bool is_markdown(const Writer *self) { return self->format == WRITER_MARKDOWN; }

static void append_style(const Writer *self, const char *code) {
    if (self->format == WRITER_TERMINAL) buf_printf(self->out, "\033[%sm", code);
}

/* Text for eyes, which nothing is to be read off again. */
static void append_verbatim(const Writer *self, Str text) {
    if (is_markdown(self))
        escape_verbatim(text, self->out);
    else
        buf_append_visible(self->out, text);
}

static void append_code(const Writer *self, Str text) {
    append_style(self, "36");
    append_verbatim(self, text);
    append_style(self, "39");
}

static Block *top(Writer *self) { return self->depth ? &self->blocks[self->depth - 1] : NULL; }

static uint16_t indent_of(const Writer *self) {
    return self->depth ? self->blocks[self->depth - 1].indent : 0;
}

/* What was only indented, because a text ended with its line, leaves no trace. */
static void end_line(Writer *self) {
    size_t end = self->out->len;
    while (end > 0 && self->out->data[end - 1] == ' ') end--;
    if (self->open_line)
        buf_append_byte(self->out, '\n');
    else if (end == 0 || self->out->data[end - 1] == '\n')
        buf_truncate(self->out, end);
    self->open_line = false;
}

static void begin_line(Writer *self) {
    buf_append_repeated(self->out, ' ', indent_of(self));
    self->escaper.line_start = true;
}

/* Ends what stands before and leaves a blank line, but behind a list marker and at the very beginning. */
static void begin_block(Writer *self, bool tight) {
    self->escaper = (Escaper){.line_start = true};
    if (self->fresh) {
        self->fresh = false;
        return;
    }
    end_line(self);
    if (!tight) buf_append_byte(self->out, '\n');
    begin_line(self);
}

static Block *push(Writer *self, BlockKind kind, uint32_t indent, uint32_t count) {
    assert(self->depth < WRITER_DEPTH);
    Block *block = &self->blocks[self->depth++];
    *block = (Block){.kind = (uint8_t)kind, .indent = (uint16_t)indent, .count = count};
    return block;
}

/* A list begins with its first item: one without any leaves no trace. */
static void open_list(Writer *self, BlockKind kind, uint32_t first) {
    push(self, kind, indent_of(self), first);
}

/* Inside an item no blank line is needed, unless the list begins with another number than 1: it would go on
 * as text. */
static void separate_list(Writer *self, const Block *list) {
    bool inside_item = self->depth > 1 && self->blocks[self->depth - 2].kind == BLOCK_ITEM;
    bool tight = inside_item && self->open_line && (list->kind == BLOCK_BULLETS || list->count == 1);
    if (self->fresh) return;
    end_line(self);
    if (!tight) buf_append_byte(self->out, '\n');
}

static void open_item(Writer *self) {
    Block *list = top(self);
    assert(list && (list->kind == BLOCK_BULLETS || list->kind == BLOCK_NUMBERS));
    char marker[16];
    int len = list->kind == BLOCK_BULLETS ? snprintf(marker, sizeof marker, "- ")
                                          : snprintf(marker, sizeof marker, "%u. ", (unsigned)list->count);
    if (!list->begun) separate_list(self, list);
    list->count++;
    list->begun = true;
    if (!self->fresh || self->out->len == 0 || self->out->data[self->out->len - 1] == '\n') {
        end_line(self);
        begin_line(self);
    }
    buf_append(self->out, str_make(marker, (size_t)len));
    self->open_line = true;
    self->fresh = true;
    self->escaper = (Escaper){.line_start = true};
    uint32_t width = is_markdown(self) && len < ITEM_INDENT ? ITEM_INDENT : (uint32_t)len;
    push(self, BLOCK_ITEM, indent_of(self) + width, 0);
}

static void open_cell(Writer *self) {
    Block *row = top(self);
    assert(row && row->kind == BLOCK_ROW);
    if (is_markdown(self))
        buf_append(self->out, row->count ? STR(" ") : STR("| "));
    else if (row->count)
        buf_append(self->out, STR("  "));
    row->count++;
    self->escaper = (Escaper){.in_cell = is_markdown(self)};
    push(self, BLOCK_CELL, indent_of(self), 0);
}

static void open_row(Writer *self) {
    assert(top(self) && top(self)->kind == BLOCK_TABLE);
    bool begun = self->out->len && self->out->data[self->out->len - 1] != '\n';
    if (!begun) begin_line(self);
    self->open_line = true;
    push(self, BLOCK_ROW, indent_of(self), 0);
}

void writer_open(Writer *self, BlockKind kind) {
    switch (kind) {
    case BLOCK_PARAGRAPH:
        begin_block(self, false);
        self->open_line = true;
        push(self, kind, indent_of(self), 0);
        break;
    case BLOCK_BULLETS: open_list(self, kind, 0); break;
    case BLOCK_NUMBERS: open_list(self, kind, 1); break;
    case BLOCK_ITEM: open_item(self); break;
    case BLOCK_ROW: open_row(self); break;
    case BLOCK_CELL: open_cell(self); break;
    case BLOCK_HEADING:
    case BLOCK_TABLE: assert(!"opened by a function of its own"); break;
    }
}

void writer_open_heading(Writer *self, int level) {
    begin_block(self, false);
    if (is_markdown(self)) {
        buf_append_repeated(self->out, '#', (size_t)level);
        buf_append_byte(self->out, ' ');
        self->escaper.line_start = false;
    }
    self->open_line = true;
    push(self, BLOCK_HEADING, indent_of(self), 0);
}

void writer_open_numbers(Writer *self, uint32_t first) { open_list(self, BLOCK_NUMBERS, first); }

/* The line below the head of a table. */
static void rule_off_head(Writer *self, uint32_t columns) {
    begin_line(self);
    for (uint32_t i = 0; i < columns; i++) buf_append(self->out, STR("| --- "));
    buf_append(self->out, STR("|\n"));
}

void writer_open_table(Writer *self, const char *const *columns, uint32_t count) {
    if (self->fresh && self->open_line) { /* behind a list marker it needs a line of its own */
        end_line(self);
        begin_line(self);
        self->fresh = false;
    } else {
        begin_block(self, false);
    }
    if (is_markdown(self) && columns) {
        for (uint32_t i = 0; i < count; i++) buf_printf(self->out, "| %s ", columns[i]);
        buf_append(self->out, STR("|\n"));
        rule_off_head(self, count);
    }
    push(self, BLOCK_TABLE, indent_of(self), count)->begun = columns != NULL;
}

static void close_row(Writer *self) {
    Block *table = top(self);
    end_line(self);
    if (is_markdown(self) && !table->begun) rule_off_head(self, table->count);
    table->begun = true;
    self->fresh = false;
}

/* "#" behind a blank at its end would close a heading, and not show. */
static void close_heading(Writer *self) {
    size_t end = self->out->len;
    while (end > 0 && self->out->data[end - 1] == ' ') end--;
    size_t start = end;
    while (start > 0 && self->out->data[start - 1] == '#') start--;
    if (is_markdown(self) && start < end && start > 0 && self->out->data[start - 1] == ' ')
        buf_replace(self->out, end - 1, end - 1, STR("\\"));
}

void writer_close(Writer *self) {
    assert(self->depth > 0 && !self->escaper.in_link && !self->escaper.in_span);
    Block block = self->blocks[--self->depth];
    if (block.kind == BLOCK_CELL) {
        if (is_markdown(self)) buf_append(self->out, STR(" |"));
        return;
    }
    assert(block.kind != BLOCK_ROW || block.count == top(self)->count);
    if (block.kind == BLOCK_ROW) {
        close_row(self);
        return;
    }
    if (block.kind == BLOCK_HEADING) close_heading(self);
    bool empty_list = (block.kind == BLOCK_BULLETS || block.kind == BLOCK_NUMBERS) && !block.begun;
    if (empty_list) return;
    end_line(self);
    self->fresh = false;
}

void writer_heading(Writer *self, int level, Str text) {
    writer_open_heading(self, level);
    writer_text(self, text);
    writer_close(self);
}

void writer_paragraph(Writer *self, Str text) {
    writer_open(self, BLOCK_PARAGRAPH);
    writer_text(self, text);
    writer_close(self);
}

/* Cuts off the next line, whichever of the three line ends it has. */
static bool next_line(Str *rest, Str *line) {
    if (rest->len == 0) return false;
    size_t end = 0;
    while (end < rest->len && rest->data[end] != '\n' && rest->data[end] != '\r') end++;
    *line = str_slice(*rest, 0, end);
    bool pair = end + 1 < rest->len && rest->data[end] == '\r' && rest->data[end + 1] == '\n';
    *rest = str_from(*rest, end + (pair ? 2 : 1));
    return true;
}

static void fence_line(Writer *self, size_t ticks, const char *info) {
    if (!is_markdown(self)) return;
    begin_line(self);
    buf_append_repeated(self->out, '`', ticks);
    buf_printf(self->out, "%s\n", info);
}

void writer_fence(Writer *self, const char *info, Str text) {
    size_t ticks = longest_backticks(text) + 1;
    if (ticks < 3) ticks = 3;
    end_line(self); /* behind a list marker the fence needs a line of its own, so that all its lines are
                       indented alike */
    if (!self->fresh) buf_append_byte(self->out, '\n');
    self->fresh = false;
    fence_line(self, ticks, info);
    Str line;
    while (next_line(&text, &line)) {
        if (line.len) buf_append_repeated(self->out, ' ', indent_of(self));
        if (is_markdown(self))
            escape_verbatim(line, self->out);
        else
            append_code(self, line);
        buf_append_byte(self->out, '\n');
    }
    fence_line(self, ticks, "");
}

void writer_anchor(Writer *self, Str id) {
    if (!is_markdown(self)) return;
    bool alone = !self->open_line;
    if (alone) begin_block(self, false);
    buf_append(self->out, STR("<a id=\""));
    escape_attribute(id, self->out);
    buf_append(self->out, STR("\"></a>"));
    self->escaper.line_start = false;
    if (alone) buf_append_byte(self->out, '\n');
}

void writer_comment(Writer *self, Str text) {
    assert(str_find(text, STR("--")) == STR_NPOS);
    if (!is_markdown(self)) return;
    begin_block(self, false);
    buf_printf(self->out, "<!-- %.*s -->\n", STR_ARG(text));
}

void writer_rule(Writer *self) {
    if (!is_markdown(self)) return;
    begin_block(self, false);
    buf_append(self->out, STR("---\n"));
}

static void text_line(Writer *self, Str line) {
    self->fresh = false;
    self->open_line = true;
    if (is_markdown(self)) {
        escape_text(&self->escaper, line, self->out);
    } else {
        while (self->escaper.line_start && line.len && (line.data[0] == ' ' || line.data[0] == '\t'))
            line = str_from(line, 1);
        self->escaper.line_start = false;
        append_verbatim(self, line);
    }
}

/* Goes on behind a line end inside a text: on a new line where the block may have several, else behind a
 * space. */
static void continue_text(Writer *self, bool keep_lines) {
    if (keep_lines && self->open_line) {
        end_line(self);
        begin_line(self);
    } else if (!keep_lines) {
        text_line(self, STR(" "));
    }
}

void writer_text(Writer *self, Str text) {
    assert(self->depth > 0);
    uint8_t kind = top(self)->kind;
    bool keep_lines = kind == BLOCK_PARAGRAPH || kind == BLOCK_ITEM;
    Str line;
    while (text.len) {
        const char *end = text.data + text.len;
        next_line(&text, &line);
        bool ended = line.data + line.len < end;
        if (ended) line = str_trim_end(line);
        if (line.len) text_line(self, line);
        if (ended) continue_text(self, keep_lines);
    }
}

void writer_print(Writer *self, const char *format, ...) {
    va_list args;
    va_start(args, format);
    StrBuf text = buf_formatted(format, args);
    va_end(args);
    writer_text(self, buf_str(&text));
    buf_release(&text);
}

void writer_code(Writer *self, Str text) {
    assert(self->depth > 0);
    if (self->escaper.in_link && str_find(text, STR("]:")) != STR_NPOS) { /* "[`a]: b`" would define a link */
        writer_text(self, text);
        return;
    }
    self->fresh = false;
    self->open_line = true;
    self->escaper.line_start = false;
    bool behind_code = self->out->len && self->out->data[self->out->len - 1] == '`';
    if (is_markdown(self) && behind_code) buf_append_byte(self->out, ' '); /* or their backticks would join */
    if (is_markdown(self))
        escape_code(&self->escaper, text, self->out);
    else
        append_code(self, text);
}

static void mark(Writer *self, Str mark, bool on) {
    assert(self->escaper.in_span != on);
    self->escaper.in_span = on;
    self->escaper.line_start = false;
    self->fresh = false;
    self->open_line = true;
    if (is_markdown(self)) buf_append(self->out, mark);
}

void writer_strong(Writer *self, bool on) {
    mark(self, STR("**"), on);
    append_style(self, on ? "1" : "22");
}

void writer_emphasis(Writer *self, bool on) {
    mark(self, STR("*"), on);
    append_style(self, on ? "3" : "23");
}

void writer_link_open(Writer *self, Str url) {
    assert(!self->escaper.in_link);
    self->escaper.in_link = true;
    self->link = url;
    if (!is_markdown(self) || url.len == 0) return;
    self->fresh = false;
    self->escaper.line_start = false;
    size_t end = self->out->len;
    bool image = end && self->out->data[end - 1] == '!'; /* that it would make of the link */
    if (image) buf_replace(self->out, end - 1, end - 1, STR("\\"));
    buf_append_byte(self->out, '[');
}

void writer_link_close(Writer *self) {
    assert(self->escaper.in_link);
    self->escaper.in_link = false;
    if (self->link.len == 0) return;
    self->open_line = true;
    buf_append(self->out, is_markdown(self) ? STR("](") : STR(" ("));
    buf_append(self->out, self->link);
    buf_append_byte(self->out, ')');
}

void writer_link_code(Writer *self, Str text, Str url) {
    writer_link_open(self, url);
    writer_code(self, text);
    writer_link_close(self);
}
