#include "markdown/link.h"

#include "markdown/escape.h"

static bool no_symbol(const void *context, SymbolRef ref, StrBuf *url) {
    (void)context, (void)ref, (void)url;
    return false;
}

static bool no_source(const void *context, FileId file, uint32_t first, uint32_t last, StrBuf *url) {
    (void)context, (void)file, (void)first, (void)last, (void)url;
    return false;
}

Linker linker_none(void) { return (Linker){no_symbol, no_source, NULL, true, true}; }

static bool file_source(const void *context, FileId file, uint32_t first, uint32_t last, StrBuf *url) {
    (void)last; /* editors go to one line */
    Str path = index_path(context, file);
    if (!str_starts_with(path, STR("/"))) return false; /* a buffer that is no file */
    buf_append(url, STR("file://"));
    url_append_path(path, url);
    buf_printf(url, "#L%u", (unsigned)first);
    return true;
}

static bool file_symbol(const void *context, SymbolRef ref, StrBuf *url) {
    const Facts *facts = index_facts(context, ref.file);
    uint32_t start = facts->symbols.items[ref.symbol].name_start;
    uint32_t line = lines_line(&facts->lines, start) + 1;
    return file_source(context, ref.file, line, line, url);
}

Linker linker_file(const Index *index) { return (Linker){file_symbol, file_source, index, true, true}; }
