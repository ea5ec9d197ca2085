/* index.json: what the pages say, for programs. Its form is described in the README. */
#include "markdown/site.h"

#include "index/texts.h"
#include "markdown/card.h"
#include "markdown/escape.h"
#include "markdown/page_parts.h"
#include "markdown/stamp.h"

static bool is_escaped(char c) { return c == '"' || c == '\\' || (unsigned char)c < ' '; }

static void append_string(StrBuf *out, Str value) {
    StrBuf valid;
    buf_init(&valid);
    escape_verbatim(value, &valid);
    buf_append_byte(out, '"');
    for (size_t i = 0; i < valid.len; i++) {
        size_t start = i;
        while (i < valid.len && !is_escaped(valid.data[i])) i++;
        buf_append(out, str_slice(buf_str(&valid), start, i));
        if (i == valid.len) break;
        char c = valid.data[i];
        buf_printf(out, c == '"' || c == '\\' ? "\\%c" : "\\u%04x", (unsigned char)c);
    }
    buf_append_byte(out, '"');
    buf_release(&valid);
}

static void append_field(StrBuf *out, const char *key, Str value) {
    buf_printf(out, "\"%s\":", key);
    append_string(out, value);
    buf_append_byte(out, ',');
}

static void append_summary(StrBuf *out, const Book *book, SymbolRef ref) {
    StrBuf summary;
    buf_init(&summary);
    card_summary(book->index, ref, &summary);
    buf_append(out, STR("\"summary\":"));
    append_string(out, buf_str(&summary));
    buf_release(&summary);
}

static bool has_signature(const Facts *facts, uint32_t symbol) {
    uint8_t kind = facts->symbols.items[symbol].kind;
    return kind == SYMBOL_CLASS || kind == SYMBOL_FUNCTION || kind == SYMBOL_METHOD;
}

static void append_symbol(const Book *book, SymbolRef ref, StrBuf *out) {
    const Facts *facts = index_facts(book->index, ref.file);
    StrBuf text;
    buf_init(&text);
    facts_qualified_name(facts, ref.symbol, &text);
    buf_append_byte(out, '{');
    append_field(out, "name", buf_str(&text));
    append_field(out, "kind", str_of(card_kind(facts, ref.symbol)));
    buf_clear(&text);
    if (has_signature(facts, ref.symbol)) {
        card_signature(facts, ref.symbol, &text);
        append_field(out, "signature", buf_str(&text));
    }
    buf_clear(&text);
    if (book_anchor(book, ref, &text)) append_field(out, "anchor", buf_str(&text));
    append_summary(out, book, ref);
    buf_append_byte(out, '}');
    buf_release(&text);
}

static void append_imports(const Book *book, uint32_t number, StrBuf *out) {
    Slice imports = relations_imports(&book->relations, number);
    buf_append(out, STR("\"imports\":["));
    for (uint32_t i = 0; i < imports.count; i++) {
        if (i) buf_append_byte(out, ',');
        append_string(out, book->files.items[book->relations.imports.items[imports.first + i].to].path);
    }
    buf_append(out, STR("],"));
}

static void append_file(const Book *book, uint32_t number, StrBuf *out) {
    const BookFile *file = &book->files.items[number];
    const Facts *facts = book_facts(book, number);
    Coverage coverage = book_coverage(book, number);
    StrBuf text;
    buf_init(&text);
    buf_append(out, number ? STR(",\n{") : STR("\n{"));
    append_field(out, "path", file->path);
    append_field(out, "type", str_of(text_kind(file->path)->type));
    if (!file->is_text) append_field(out, "module", file->module);
    book_page_path(book, number, PAGE_DOCS, &text);
    append_field(out, "docs", buf_str(&text));
    buf_clear(&text);
    book_page_path(book, number, PAGE_KW, &text);
    append_field(out, "keywords", buf_str(&text));
    append_summary(out, book, (SymbolRef){file->file, 0});
    buf_printf(out, ",\"documented\":%u,\"public\":%u,", coverage.documented, coverage.total);
    append_imports(book, number, out);
    buf_append(out, STR("\"symbols\":["));
    for (uint32_t s = 1; s < facts->symbols.count; s++) {
        buf_append(out, s > 1 ? STR(",\n") : STR("\n"));
        append_symbol(book, (SymbolRef){file->file, s}, out);
    }
    buf_append(out, STR("]}"));
    buf_release(&text);
}

void site_json_append_project(const Book *book, StrBuf *out) { append_string(out, book->project); }

Str site_json_project(Str file) {
    Str before = STR("\"project\":");
    size_t start = str_find(file, before), end = str_find(file, STR(",\"files\":["));
    bool found = start != STR_NPOS && end != STR_NPOS && start + before.len <= end;
    return found ? str_slice(file, start + before.len, end) : STR_NONE;
}

/* The next file that is listed as append_file does, its path with the quotes. */
static bool next_source(Str *rest, Str *path) {
    Str before = STR("\n{\"path\":"), behind = STR(",\"type\":"), module = STR("\"module\":");
    for (size_t start; (start = str_find(*rest, before)) != STR_NPOS;) {
        *rest = str_from(*rest, start + before.len);
        size_t end = str_find(*rest, behind);
        if (end == STR_NPOS) return false;
        *path = str_slice(*rest, 0, end);
        *rest = str_from(*rest, end + behind.len);
        size_t comma = str_find_byte(*rest, ',');
        if (comma != STR_NPOS && str_starts_with(str_from(*rest, comma + 1), module)) return true;
    }
    return false;
}

bool site_json_shares_sources(Str file, const Book *book) {
    Interner own;
    StrBuf path;
    intern_init(&own);
    buf_init(&path);
    for (uint32_t i = 0; i < book->sources; i++) {
        buf_clear(&path);
        append_string(&path, book->files.items[i].path);
        intern_id(&own, buf_str(&path));
    }
    bool shared = false, any = false;
    for (Str source; !shared && next_source(&file, &source); any = true)
        shared = intern_find(&own, source) != INTERN_NONE;
    intern_release(&own);
    buf_release(&path);
    return shared || !any || book->sources == 0;
}

void site_json(const Book *book, PageSink sink) {
    StrBuf below, file;
    buf_init(&below);
    buf_init(&file);
    append_field(&below, "project", book->project);
    buf_append(&below, STR("\"files\":["));
    for (uint32_t i = 0; i < book->files.len; i++) append_file(book, i, &below);
    buf_append(&below, STR("]}\n"));
    stamp_append_above(&file, STR("{\"stamp\":\""), STR("\","), buf_str(&below));
    sink.page(sink.context, STR("index.json"), buf_str(&file));
    buf_release(&below);
    buf_release(&file);
}
