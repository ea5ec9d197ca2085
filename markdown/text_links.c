#include "markdown/text_links.h"

#include "base/path.h"
#include "base/utf8.h"
#include "index/resolve.h"
#include "index/stubs.h"

#include <stdlib.h>

static int compare_path(const Book *book, uint32_t number, Str path) {
    Str own = path_parent(book->files.items[number].path), folder = path_parent(path);
    int order = book_compare_folders(own, folder);
    return order ? order : str_compare(path_name(book->files.items[number].path), path_name(path));
}

/* The file of that path among [low, high) of the book, or NONE. */
static uint32_t find_between(const Book *book, uint32_t low, uint32_t high, Str path) {
    while (low < high) {
        uint32_t middle = low + (high - low) / 2;
        int order = compare_path(book, middle, path);
        if (order == 0) return middle;
        if (order < 0)
            low = middle + 1;
        else
            high = middle;
    }
    return NONE;
}

static uint32_t find_file(const Book *book, Str path) {
    uint32_t found = find_between(book, 0, book->sources, path);
    return found == NONE ? find_between(book, book->sources, book->files.len, path) : found;
}

static uint32_t find_folder(const Book *book, Str path) {
    for (uint32_t f = 0; f < book->folders.len; f++) {
        if (str_eq(book->folders.items[f].path, path)) return f;
    }
    return NONE;
}

/* --- headings ------------------------------------------------------------------------------------ */

/* Whether a character beyond ASCII is a symbol or punctuation of the blocks that hold little else: general
 * punctuation up to arrows and symbols, and pictures. */
static bool is_symbol(uint32_t cp) {
    return (cp >= 0x2000 && cp <= 0x2BFF) || (cp >= 0x1F000 && cp <= 0x1FAFF);
}

/* The fragment that GitHub makes of a heading: small letters, digits, "-", "_" and letters beyond ASCII;
 * blanks become "-". */
static void append_slug(Str heading, StrBuf *out) {
    for (size_t i = 0, size; i < heading.len; i += size) {
        uint32_t cp = utf8_decode(heading.data + i, heading.len - i, &size);
        if (cp >= 'A' && cp <= 'Z') cp += 32;
        bool kept = (cp >= 'a' && cp <= 'z') || (cp >= '0' && cp <= '9') || cp == '-' || cp == '_' ||
                    (cp >= 0x80 && !is_symbol(cp));
        if (kept || cp == ' ') buf_append_cp(out, cp == ' ' ? '-' : cp);
    }
}

/* The heading that a fragment leads to, or NONE. A fragment of the second of equal headings ends with "-1".
 */
static uint32_t find_heading(const Facts *facts, Str fragment) {
    Interner slugs;
    StrBuf slug;
    intern_init(&slugs);
    buf_init(&slug);
    uint32_t found = NONE;
    for (uint32_t s = 1; s < facts->tree_count && found == NONE; s++) {
        if (facts->symbols.items[s].kind != SYMBOL_HEADING) continue;
        buf_clear(&slug);
        append_slug(symbol_name(facts, &facts->symbols.items[s]), &slug);
        size_t len = slug.len;
        for (unsigned n = 1; intern_find(&slugs, buf_str(&slug)) != INTERN_NONE; n++) {
            buf_truncate(&slug, len);
            buf_printf(&slug, "-%u", n);
        }
        intern_id(&slugs, buf_str(&slug));
        if (str_eq(buf_str(&slug), fragment)) found = s;
    }
    intern_release(&slugs);
    buf_release(&slug);
    return found;
}

/* --- links ---------------------------------------------------------------------------------------- */

static bool is_url(Str link) {
    size_t i = 0;
    while (i < link.len && ((link.data[i] | 0x20) >= 'a') && ((link.data[i] | 0x20) <= 'z')) i++;
    return (i > 1 && i < link.len && link.data[i] == ':') || str_starts_with(link, STR("//"));
}

static int hex_value(char c) {
    if (c >= '0' && c <= '9') return c - '0';
    c |= 0x20;
    return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

static void append_decoded(Str text, StrBuf *out) {
    for (size_t i = 0; i < text.len; i++) {
        int high = text.data[i] == '%' && i + 2 < text.len ? hex_value(text.data[i + 1]) : -1;
        int low = high < 0 ? -1 : hex_value(text.data[i + 2]);
        buf_append_byte(out, low < 0 ? text.data[i] : (char)(high * 16 + low));
        i += low < 0 ? 0 : 2;
    }
}

/* The path below the root that a link on the page leads to; "" for the root. False: it leads out of it. */
static bool linked_path(const Page *page, Str link, StrBuf *out) {
    StrBuf full;
    buf_init(&full);
    bool from_root = str_starts_with(link, STR("/"));
    if (!from_root) buf_append(&full, path_parent(page->book->files.items[page->number].path));
    if (!from_root && full.len) buf_append_byte(&full, '/');
    append_decoded(from_root ? str_from(link, 1) : link, &full);
    path_normalize(out, buf_str(&full));
    buf_release(&full);
    if (str_eq(buf_str(out), STR("."))) buf_clear(out);
    return !str_starts_with(buf_str(out), STR(".."));
}

static bool is_there(const Book *book, Str path) {
    if (book->config.paths == NULL) return false;
    StrBuf full;
    buf_init(&full);
    buf_append(&full, book->config.root);
    path_join(&full, path);
    bool there = intern_find(book->config.paths, buf_str(&full)) != INTERN_NONE;
    buf_release(&full);
    return there;
}

/* `path` may lack the suffix that files of the page's kind, or other documents, have, as with Sphinx. */
static LinkTarget path_target(const Page *page, StrBuf *path) {
    LinkTarget target = {LINK_FILE, find_file(page->book, buf_str(path)), 0, NONE};
    if (target.file != NONE) return target;
    target.folder = find_folder(page->book, buf_str(path));
    if (target.folder != NONE) target.state = LINK_FOLDER;
    if (target.folder == NONE && is_there(page->book, buf_str(path))) target.state = LINK_NO_PAGE;
    if (target.state != LINK_FILE) return target;
    Str suffixes[] = {path_suffix(page->book->files.items[page->number].path), STR(".rst"), STR(".md")};
    size_t len = path->len;
    for (int i = 0; i < 3 && target.file == NONE; i++) {
        buf_truncate(path, len);
        buf_append(path, suffixes[i]);
        target.file = find_file(page->book, buf_str(path));
    }
    bool known = page->book->config.paths && !path_is_under(buf_str(path), page->book->config.out);
    if (target.file == NONE) target.state = known ? LINK_NO_FILE : LINK_UNCHECKED;
    return target;
}

/* Whether the document has an HTML anchor of that name. */
static bool has_anchor(const Facts *facts, Str fragment) {
    for (uint32_t i = 0; i < facts->mentions.count; i++) {
        const Mention *mention = &facts->mentions.items[i];
        if (mention->kind == MENTION_ANCHOR && str_eq(facts_text(facts, mention->text), fragment))
            return true;
    }
    return false;
}

static void check_fragment(const Page *page, Str fragment, LinkTarget *target) {
    const Facts *facts = book_facts(page->book, target->file);
    StrBuf decoded;
    buf_init(&decoded);
    append_decoded(fragment, &decoded);
    bool headings = false, anchored = has_anchor(facts, buf_str(&decoded));
    for (uint32_t s = 1; s < facts->tree_count && !headings; s++)
        headings = facts->symbols.items[s].kind == SYMBOL_HEADING;
    uint32_t found = headings && !anchored ? find_heading(facts, buf_str(&decoded)) : 0;
    if (found == NONE)
        target->state = LINK_NO_HEADING;
    else
        target->symbol = found;
    buf_release(&decoded);
}

LinkTarget text_link_target(const Page *page, const Mention *mention) {
    Str link = facts_text(page->facts, mention->text);
    LinkTarget target = {LINK_UNCHECKED, NONE, 0, NONE};
    size_t hash = str_find_byte(link, '#');
    Str fragment = hash == STR_NPOS ? STR_NONE : str_from(link, hash + 1);
    Str path = str_slice(link, 0, hash);
    path = str_slice(path, 0, str_find_byte(path, '?'));
    bool computed = str_find_byte(link, '$') != STR_NPOS || str_find_byte(link, '{') != STR_NPOS;
    if (is_url(link) || computed) return target;
    StrBuf full;
    buf_init(&full);
    if (path.len == 0)
        target = (LinkTarget){LINK_FILE, page->number, 0, NONE};
    else if (linked_path(page, path, &full))
        target = path_target(page, &full);
    if (target.state == LINK_FILE && fragment.len) check_fragment(page, fragment, &target);
    buf_release(&full);
    return target;
}

/* --- names ---------------------------------------------------------------------------------------- */

typedef struct {
    const Page *page;
    Str name; /* dotted */
    SymbolRef found;
    uint32_t count;
} NameSearch;

static void visit_symbol(void *context, SymbolRef ref) {
    NameSearch *self = context;
    const Index *index = self->page->index;
    uint32_t number = book_find(self->page->book, ref.file);
    const Facts *facts = index_facts(index, ref.file);
    if (number >= self->page->book->sources || facts->symbols.items[ref.symbol].kind > SYMBOL_METHOD) return;
    if (stubs_is_stub(index, ref.file) && stubs_counterpart(index, ref).file != NONE)
        return; /* the source's */
    StrBuf full;
    buf_init(&full);
    index_dotted_name(index, ref, &full);
    Str dotted = buf_str(&full);
    bool fits = str_ends_with(dotted, self->name) &&
                (dotted.len == self->name.len || dotted.data[dotted.len - self->name.len - 1] == '.');
    bool same = self->count && self->found.file == ref.file; /* another definition of the same, or nearly */
    if (fits && !same) self->count++;
    if (fits && self->count == 1 && !same) self->found = ref;
    buf_release(&full);
}

/* Whether a word is more than a word: `run` in prose may mean anything. */
static bool looks_like_name(Str name, bool called) {
    bool mixed = false;
    for (size_t i = 0; i < name.len; i++) {
        char c = name.data[i];
        mixed |= c == '.' || c == '_' || (c >= 'A' && c <= 'Z');
    }
    return mixed || called;
}

bool text_find_symbol(const Page *page, const Mention *mention, SymbolRef *out) {
    Str text = facts_text(page->facts, mention->text);
    bool called = str_ends_with(text, STR("()"));
    StrBuf name;
    buf_init(&name);
    buf_append(&name, called ? str_slice(text, 0, text.len - 2) : text);
    for (size_t i = 0; i < name.len; i++) {
        if (name.data[i] == ':') name.data[i] = '.';
    }
    Targets targets = {0};
    resolve_dotted(page->index, page->file, buf_str(&name), &targets);
    bool found = targets.len && targets.items[0].symbol != NONE &&
                 book_find(page->book, targets.items[0].file) < page->book->sources;
    if (found) *out = (SymbolRef){targets.items[0].file, targets.items[0].symbol};
    if (!found && mention->kind == MENTION_NAME && looks_like_name(buf_str(&name), called)) {
        NameSearch search = {page, buf_str(&name), {NONE, 0}, 0};
        Str last = str_from(buf_str(&name), str_rfind_byte(buf_str(&name), '.') + 1);
        index_each_symbol_named(page->index, last, visit_symbol, &search);
        found = search.count == 1;
        if (found) *out = search.found;
    }
    ARRAY_FREE(&targets);
    buf_release(&name);
    return found;
}
