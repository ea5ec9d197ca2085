/* What the sections of a page share: the page being written, and the pieces that most of them print. */
#ifndef HEADWORD_MARKDOWN_PAGE_PARTS_H
#define HEADWORD_MARKDOWN_PAGE_PARTS_H

#include "base/intern.h"
#include "markdown/page.h"
#include "markdown/writer.h"

/* Lists of what other files do show so many, and link to the rest. */
enum { PAGE_LARGEST = 400000, TABLE_ROWS = 400, SHOWN_OTHERS = 5 };

typedef enum {
#define SECTION(name, heading, of_texts) PAGE_SECTION_##name,
#include "markdown/sections.def"
#undef SECTION
    PAGE_SECTIONS
} PageSection;

/* What is left out, step by step, when a page would be larger than PAGE_LARGEST. */
typedef enum { DETAIL_ALL, DETAIL_NO_SOURCE, DETAIL_SUMMARIES, DETAIL_NAMES, DETAIL_LEAST } PageDetail;

/* A page being written. `number` and what follows up to `text` are unset on folder pages. */
typedef struct {
    const Book *book;
    const Index *index;
    BookPlace place; /* where the page lies */
    Linker links;
    Writer out;
    Interner anchors; /* written on this page so far */
    uint32_t number;  /* in book->files */
    FileId file;
    const Facts *facts;
    const PageText *text;
    PageDetail detail;
    PageSection section; /* being written */
    uint16_t *mentions;  /* per symbol of the file: a bit for every section that names it */
} Page;

/* `folder` (relative to the out folder) must outlive the page. */
void page_begin(Page *self, const Book *book, Str folder, StrBuf *out);
/* Makes it the page of a file; `text` and `mentions` are borrowed. `mentions` is NULL unless it is the docs
 * page. */
void page_set_file(Page *self, uint32_t number, const PageText *text, uint16_t *mentions);
/* Writes the footer with the stamp; `source` is what the page was made from. */
void page_end(Page *self, Str source);

#define SECTION(name, heading, of_texts) void section_##name(Page *page), section_##of_texts(Page *page);
#include "markdown/sections.def"
#undef SECTION

/* Whether it is the page of a text file that is no source. */
bool page_is_text(const Page *self);

/* The keyword pages; `mentions` is what the docs page recorded. */
void page_write_keywords(const Book *book, uint32_t number, const PageText *text, const uint16_t *mentions,
                         PageSink sink);

const char *page_section_heading(PageSection section);

/* A heading with the anchor `id` before it. */
void page_heading(Page *self, int level, const char *id, const char *heading);
/* "# kind: `subject`", of a further part of a page with its number. */
void page_title(Page *self, const char *kind, Str subject, uint32_t part);
/* A paragraph of our own words; inline markup as in docstrings. */
void page_say(Page *self, const char *format, ...) __attribute__((format(printf, 2, 3)));
/* "**label**: " at the start of an open item. */
void page_label(Page *self, const char *label);

/* An anchor, where it is not written on this page yet; that of a symbol of this file. */
void page_write_anchor(Page *self, Str id);
void page_anchor(Page *self, uint32_t symbol);
/* `name`, linked to the symbol's place on its docs page; a symbol of this file counts as mentioned. */
void page_symbol(Page *self, SymbolRef ref);
/* The symbol's first sentence inside the open block, behind `lead`; nothing when it has none. */
void page_summary_behind(Page *self, const char *lead, const Facts *facts, uint32_t symbol);
static inline void page_summary(Page *self, const Facts *facts, uint32_t symbol) {
    page_summary_behind(self, "", facts, symbol);
}
/* "L12" or "L12-L20", linked, for a range of this file's text. */
void page_lines(Page *self, Range range);
/* Who uses a symbol, at most five of them, in the open block; behind them how many more the keyword page of
 * this file lists. */
void page_users(Page *self, Slice uses);
/* A link to a group of this file's keyword page, by its anchor; "… 12 more on the keyword page" with that
 * link. */
#define PAGE_USED_BY "used-by"
#define PAGE_IMPORTED_BY "imported-by"
#define PAGE_CALLED_BY_TESTS "called-by-tests"
void page_link_group(Page *self, Str text, const char *group);
void page_more(Page *self, uint32_t count, const char *group);
/* "… 12 more in the source" of this file, linked. */
void page_more_in_source(Page *self, uint32_t count);
/* Of an import, the names [first, first + count) as written: "`a` as `b`, `c`". */
void page_import_names(Page *self, const Import *import, uint32_t first, uint32_t count);
/* The path of a file of the book, linked to its docs page. */
void page_file(Page *self, uint32_t number);
/* A page by its path relative to the out folder, linked from words or from a file's name. */
void page_link(Page *self, Str text, Str path);
void page_link_name(Page *self, Str name, Str path);
/* index.md, doc.md or sub.md of a folder, linked from words or from the folder's name. */
void page_folder_link(Page *self, Str text, uint32_t folder, const char *name);
void page_folder_name(Page *self, Str shown, uint32_t folder, const char *name);
/* That page of the folder that the file lies in, linked from the folder's path or the words "the root
 * folder". */
void page_folder_of(Page *self, const char *name);

/* The number of lines a range touches. */
uint32_t page_line_count(const Facts *facts, Range range);
/* Lines of the text; what follows the last line end counts only when it is not empty. */
uint32_t page_text_lines(const Facts *facts);
/* 3273 -> "3,273". Appended to `out`. */
void page_append_number(StrBuf *out, uint64_t number);
/* Cells of the open row: that number, and that code. */
void page_number_cell(Page *self, uint64_t number);
void page_code_cell(Page *self, Str text);

/* A table that is cut into several before it gets too long for viewers. Of a page in parts, `page` is the
 * part's: it goes on there when that is full. */
typedef struct {
    Page *page;
    const char *const *columns;
    uint32_t column_count, rows;
    struct Parts *parts; /* NULL: all rows stand on one page */
    bool open;
} Table;
void table_row(Table *self); /* opens a row; close it with writer_close */
void table_end(Table *self);

#endif
