/* The sections about the file as a whole: File Metadata, File Purpose, Original Source. */
#include "markdown/page_parts.h"

#include "base/path.h"
#include "index/texts.h"
#include "markdown/docstring.h"

enum { EXCERPT_LINES = 60 };

static void open_fact(Page *page, const char *label) {
    writer_open(&page->out, BLOCK_ITEM);
    page_label(page, label);
}

static void fact_code(Page *page, const char *label, Str value) {
    open_fact(page, label);
    writer_code(&page->out, value);
    writer_close(&page->out);
}

static void fact_text(Page *page, const char *label, const StrBuf *value) {
    open_fact(page, label);
    writer_text(&page->out, buf_str(value));
    writer_close(&page->out);
}

static void write_size(Page *page) {
    StrBuf text;
    buf_init(&text);
    size_t bytes = page->text->bytes.len;
    page_append_number(&text, bytes);
    buf_printf(&text, " bytes (%.2f KB)", (double)bytes / 1024);
    fact_text(page, "Size", &text);
    buf_release(&text);
}

static void write_line_counts(Page *page) {
    const Facts *facts = page->facts;
    uint32_t total = page_text_lines(facts), blank = facts->blank_lines, comment = facts->comment_lines;
    if (blank > total) blank = total;
    uint32_t code = total - blank > comment ? total - blank - comment : 0;
    StrBuf text;
    buf_init(&text);
    page_append_number(&text, total);
    buf_append(&text, STR(" ("));
    page_append_number(&text, code);
    buf_append(&text, page_is_text(page) ? STR(" with text, ") : STR(" code or docstring, "));
    if (!page_is_text(page)) {
        page_append_number(&text, comment);
        buf_append(&text, STR(" comment, "));
    }
    page_append_number(&text, blank);
    buf_append(&text, STR(" blank)"));
    fact_text(page, "Lines", &text);
    buf_release(&text);
}

static void write_encoding(Page *page) {
    const Decoded *decoded = &page->text->decoded;
    open_fact(page, "Encoding");
    writer_text(&page->out, str_of(decoded->encoding));
    if (decoded->bom) writer_text(&page->out, STR(" with byte order mark"));
    if (decoded->lossy)
        writer_text(&page->out, STR("; some bytes could not be decoded and are shown as U+FFFD"));
    writer_close(&page->out);
}

static void write_line_ends(Page *page) {
    static const char *const names[] = {"LF", "CRLF", "CR"};
    Str text = page->text->text;
    uint32_t counts[3] = {0, 0, 0};
    for (size_t i = 0; i < text.len; i++) {
        if (text.data[i] == '\n') counts[0]++;
        if (text.data[i] != '\r') continue;
        bool pair = i + 1 < text.len && text.data[i + 1] == '\n';
        counts[pair ? 1 : 2]++;
        i += pair;
    }
    int kinds = (counts[0] > 0) + (counts[1] > 0) + (counts[2] > 0);
    open_fact(page, "Line endings");
    if (kinds == 0) writer_text(&page->out, STR("none"));
    for (int k = 0, shown = 0; k < 3; k++) {
        if (!counts[k]) continue;
        if (shown++) writer_text(&page->out, STR(", "));
        writer_text(&page->out, str_of(names[k]));
        if (kinds > 1) writer_print(&page->out, " (%u)", (unsigned)counts[k]);
    }
    writer_close(&page->out);
}

/* Whether an earlier region holds this one. */
static bool is_inside_earlier(const Facts *facts, uint32_t error) {
    for (uint32_t e = 0; e < error; e++) {
        if (facts->errors.items[e].end >= facts->errors.items[error].end) return true;
    }
    return false;
}

static void write_parse_status(Page *page) {
    enum { SHOWN = 20 };
    const Facts *facts = page->facts;
    uint32_t count = 0;
    open_fact(page, "Parse status");
    if (facts->errors.count == 0) writer_text(&page->out, STR("parsed without errors"));
    for (uint32_t i = 0; i < facts->errors.count; i++) {
        if (count < SHOWN && is_inside_earlier(facts, i)) continue;
        if (count++ >= SHOWN) continue;
        writer_text(&page->out,
                    count == 1 ? STR("did not parse, and what begins there is not counted: ") : STR(", "));
        page_lines(page, facts->errors.items[i]);
    }
    if (count > SHOWN) writer_print(&page->out, " and %u more regions", (unsigned)(count - SHOWN));
    writer_close(&page->out);
}

static void write_clash(Page *page) {
    const BookFile *file = &page->book->files.items[page->number];
    if (str_eq(file->page, file->path)) return;
    open_fact(page, "Page name");
    writer_text(&page->out, STR("numbered, because another file's path differs only by case"));
    writer_close(&page->out);
}

static void write_suffix(Page *page, Str suffix) {
    open_fact(page, "Extension");
    if (suffix.len)
        writer_code(&page->out, suffix);
    else
        writer_text(&page->out, STR("none"));
    writer_close(&page->out);
}

void section_metadata(Page *page) {
    Str path = page->book->files.items[page->number].path;
    writer_open(&page->out, BLOCK_BULLETS);
    fact_code(page, "Path", path);
    write_size(page);
    open_fact(page, "Type");
    writer_text(&page->out, str_of(text_kind(path)->type));
    writer_close(&page->out);
    write_suffix(page, path_suffix(path));
    if (!page_is_text(page)) fact_code(page, "Module", page->book->files.items[page->number].module);
    write_line_counts(page);
    write_encoding(page);
    write_line_ends(page);
    if (!page_is_text(page)) write_parse_status(page);
    write_clash(page);
    writer_close(&page->out);
}

/* The place of `__name__` in `if __name__ == "__main__"`, or NONE. */
static uint32_t find_main_guard(const Page *page) {
    for (uint32_t o = 0; o < page->facts->occurrences.count; o++) {
        const Occurrence *occurrence = &page->facts->occurrences.items[o];
        if (occurrence->role != ROLE_READ ||
            !str_eq(facts_name(page->facts, occurrence->name), STR("__name__"))) {
            continue;
        }
        Str rest = str_trim(str_slice(page->text->text, occurrence->start + 8, occurrence->start + 40));
        if (!str_starts_with(rest, STR("=="))) continue;
        rest = str_trim(str_from(rest, 2));
        if (str_starts_with(str_from(rest, 1), STR("__main__"))) return occurrence->start;
    }
    return NONE;
}

static uint32_t count_tests(const Facts *facts) {
    uint32_t count = 0;
    for (uint32_t s = 1; s < facts->tree_count; s++) {
        const Symbol *symbol = &facts->symbols.items[s];
        bool callable = symbol->kind == SYMBOL_FUNCTION || symbol->kind == SYMBOL_METHOD;
        count += callable && str_starts_with(symbol_name(facts, symbol), STR("test"));
    }
    return count;
}

static void write_guard(Page *page) {
    uint32_t guard = find_main_guard(page);
    if (guard == NONE) return;
    writer_open(&page->out, BLOCK_ITEM);
    writer_text(&page->out, STR("Can be run as a script: "));
    writer_code(&page->out, STR("if __name__ == \"__main__\""));
    writer_text(&page->out, STR(", "));
    page_lines(page, (Range){guard, guard});
    writer_close(&page->out);
}

static void write_role(Page *page, const char *role) {
    writer_open(&page->out, BLOCK_ITEM);
    writer_text(&page->out, str_of(role));
    writer_close(&page->out);
}

/* What kind of file it is, each with the evidence. */
static void write_roles(Page *page) {
    Str path = page->book->files.items[page->number].path, name = path_name(path);
    uint32_t tests = count_tests(page->facts);
    StrBuf text;
    buf_init(&text);
    writer_open(&page->out, BLOCK_BULLETS);
    bool package = str_starts_with(name, STR("__init__.py"));
    bool stub = str_eq(path_suffix(path), STR(".pyi"));
    if (package) write_role(page, "Initialises a package (the file's name)");
    if (str_eq(name, STR("__main__.py"))) write_role(page, "Runs the package as a program (the file's name)");
    if (stub) write_role(page, "Type stub: declarations only (the file's suffix)");
    if (page->book->files.items[page->number].is_test && tests) {
        buf_printf(&text, "Test module: its name, and %u test function%s", (unsigned)tests,
                   tests == 1 ? "" : "s");
        write_role(page, text.data);
    }
    if (str_starts_with(page->text->text, STR("#!")))
        write_role(page, "Executable script (first line begins with \"#!\")");
    write_guard(page);
    if (!package && !stub) write_role(page, "Python module (the file's suffix)");
    writer_close(&page->out);
    buf_release(&text);
}

void section_purpose(Page *page) {
    const Symbol *module = &page->facts->symbols.items[0];
    StrBuf summary;
    buf_init(&summary);
    docstring_summary(facts_text(page->facts, module->doc), &summary);
    if (summary.len) {
        writer_open(&page->out, BLOCK_PARAGRAPH);
        page_summary(page, page->facts, 0);
        writer_close(&page->out);
    } else {
        page_say(page, "The module has no docstring that says it; what the file itself shows:");
    }
    write_roles(page);
    buf_release(&summary);
}

static void write_source_link(Page *page, uint32_t shown, uint32_t total, const char *why) {
    StrBuf url;
    buf_init(&url);
    if (!page->links.source(page->links.context, page->file, 0, 0, &url)) buf_clear(&url);
    writer_open(&page->out, BLOCK_PARAGRAPH);
    writer_print(&page->out, "%u of %u lines%s. The whole file: ", (unsigned)shown, (unsigned)total, why);
    writer_link_code(&page->out, page->book->files.items[page->number].path, buf_str(&url));
    writer_close(&page->out);
    buf_release(&url);
}

/* The first lines, as many as fit into a small part of a page. */
static Str excerpt(const Page *page, uint32_t *shown) {
    const Lines *lines = &page->facts->lines;
    uint32_t total = page_text_lines(page->facts);
    *shown = total < EXCERPT_LINES ? total : EXCERPT_LINES;
    while (*shown && (*shown < lines->count ? lines->starts[*shown] : lines->len) > PAGE_LARGEST / 10)
        --*shown;
    return str_slice(page->text->text, 0, *shown < lines->count ? lines->starts[*shown] : lines->len);
}

void section_source(Page *page) {
    uint32_t total = page_text_lines(page->facts), shown = 0;
    PageSource mode = page->book->config.source;
    const char *fence = text_kind(page->book->files.items[page->number].path)->fence;
    bool large = page->detail >= DETAIL_NO_SOURCE;
    if (page->text->text.len == 0) {
        page_say(page, "The file is empty.");
    } else if (mode == PAGE_SOURCE_FULL && !large) {
        writer_fence(&page->out, fence, page->text->text);
    } else if (mode == PAGE_SOURCE_LINK || page->detail == DETAIL_LEAST) {
        write_source_link(page, 0, total, "");
    } else {
        Str text = excerpt(page, &shown);
        write_source_link(page, shown, total,
                          large ? ", because the page would be too long for viewers" : "");
        if (shown) writer_fence(&page->out, fence, text);
    }
}
