/* The block writer: everything Headword shows a person goes through it, as Markdown (GFM) or as plain text.
 *
 * Blocks and spans are opened and closed in pairs, so structure is always balanced; text is escaped for the
 * place it stands in (markdown/escape.h) and can never open a heading, list, table, fence, link or HTML tag.
 * One blank line separates blocks; the output ends with one newline. The writer owns nothing: `out` is the
 * caller's. */
#ifndef HEADWORD_MARKDOWN_WRITER_H
#define HEADWORD_MARKDOWN_WRITER_H

#include "markdown/escape.h"

/* WRITER_TERMINAL is plain text with colours and bold type (ECMA-48, SGR). */
typedef enum { WRITER_MARKDOWN, WRITER_PLAIN, WRITER_TERMINAL } WriterFormat;

typedef enum {
    BLOCK_PARAGRAPH,
    BLOCK_HEADING,
    BLOCK_BULLETS, /* holds items */
    BLOCK_NUMBERS, /* holds items */
    BLOCK_ITEM,    /* holds text or blocks */
    BLOCK_TABLE,   /* holds rows */
    BLOCK_ROW,     /* holds cells */
    BLOCK_CELL,    /* holds text */
} BlockKind;

enum { WRITER_DEPTH = 24 }; /* blocks open at once */

typedef struct {
    uint8_t kind;
    bool begun;      /* a list: has an item; a table: has its head */
    uint16_t indent; /* columns before its lines */
    uint32_t count;  /* items, rows or cells so far; a numbered list's next number; a table's columns */
} Block;

typedef struct {
    StrBuf *out;
    WriterFormat format;
    Block blocks[WRITER_DEPTH];
    uint32_t depth;
    bool fresh;     /* no block yet in the output, or in the item just opened */
    bool open_line; /* the current line is not ended yet */
    Escaper escaper;
    Str link; /* of the open link */
} Writer;

void writer_init(Writer *self, StrBuf *out, WriterFormat format);

/* Blocks. A list and a table end where they are closed; `writer_close` closes the innermost open block. */
void writer_open(Writer *self, BlockKind kind);
void writer_open_heading(Writer *self, int level);
void writer_open_numbers(Writer *self, uint32_t first);
/* `columns` are Markdown as it is; NULL: the first row is the head. */
void writer_open_table(Writer *self, const char *const *columns, uint32_t count);
void writer_close(Writer *self);

/* Whole blocks. The fence is longer than any run of backticks in `text`; `info` may be "". */
void writer_heading(Writer *self, int level, Str text);
void writer_paragraph(Writer *self, Str text);
void writer_fence(Writer *self, const char *info, Str text);
/* `<a id="…"></a>` on a line of its own, or inside the open block; nothing in plain text. */
void writer_anchor(Writer *self, Str id);
void writer_comment(Writer *self, Str text);
void writer_rule(Writer *self);

/* Text inside a paragraph, heading, item or cell. Line ends in a paragraph or item stay, elsewhere they
 * become spaces. */
void writer_text(Writer *self, Str text);
void writer_print(Writer *self, const char *format, ...) __attribute__((format(printf, 2, 3)));
void writer_code(Writer *self, Str text);
void writer_strong(Writer *self, bool on);
void writer_emphasis(Writer *self, bool on);
/* `url` is already percent-encoded (url_append_path); empty: no link, only its text. Plain text
 * gives the address behind the text. */
void writer_link_open(Writer *self, Str url);
void writer_link_close(Writer *self);
/* A code span that links to `url`. */
void writer_link_code(Writer *self, Str text, Str url);
#endif
