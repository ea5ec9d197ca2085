#include "markdown/card.h"

#include "index/resolve.h"
#include "index/stubs.h"
#include "markdown/card_class.h"
#include "markdown/card_docs.h"
#include "markdown/docstring.h"

enum { OVERLOADS_SHOWN = 3, OVERLOAD_LINES = 12, RAISES_SHOWN = 16 };

static const Symbol *symbol_at(const Facts *facts, uint32_t symbol) { return &facts->symbols.items[symbol]; }

static Str slice_text(const Facts *facts, Slice slice, uint32_t i) {
    return facts_text(facts, facts->texts.items[slice.first + i]);
}

void card_summary(const Index *index, SymbolRef ref, StrBuf *out) {
    CardDoc doc;
    if (!card_find_doc(index, ref, &doc)) return;
    StrBuf room, raw, plain;
    buf_init(&room);
    buf_init(&raw);
    buf_init(&plain);
    docstring_summary(card_doc_text(index, &doc, &room), &raw);
    Writer writer;
    writer_init(&writer, &plain, WRITER_PLAIN);
    writer_open(&writer, BLOCK_PARAGRAPH);
    markup_write(&writer, buf_str(&raw));
    writer_close(&writer);
    buf_append(out, str_trim_end(buf_str(&plain)));
    buf_release(&room);
    buf_release(&raw);
    buf_release(&plain);
}

static uint32_t count_lines(Str text) {
    uint32_t lines = 1;
    for (size_t i = 0; i < text.len; i++) lines += text.data[i] == '\n';
    return lines;
}

/* An implementation is called by the signatures of its overloads: the first few, and how many more. */
static void append_overloads(const Facts *facts, uint32_t first, uint32_t count, StrBuf *out) {
    uint32_t shown = 0;
    for (; shown < count && shown < OVERLOADS_SHOWN; shown++) {
        if (shown && count_lines(buf_str(out)) >= OVERLOAD_LINES) break;
        if (shown) buf_append_byte(out, '\n');
        card_signature(facts, first, out);
        first = card_next_namesake(facts, first);
    }
    if (count > shown) buf_printf(out, "\n# … and %u more", (unsigned)(count - shown));
}

/* `all`: where the function has overloads, of all of them, even when `ref` is one. */
static void append_signatures(const Index *index, SymbolRef ref, bool all, StrBuf *out) {
    const Facts *facts = index_facts(index, ref.file);
    uint32_t first, number, overloads = card_overloads(facts, ref.symbol, &first, &number);
    if (ref.symbol == 0) {
        buf_append(out, STR("module "));
        index_module_name(index, ref.file, out);
    } else if (overloads && (number == 0 || all)) {
        append_overloads(facts, first, overloads, out);
    } else {
        card_signature(facts, ref.symbol, out);
    }
}

/* Whether the card of a class has to speak of what is in it: on pages that has cards of its own. */
static bool tells_members(const Index *index, SymbolRef ref, const Linker *links) {
    return links->libraries && symbol_at(index_facts(index, ref.file), ref.symbol)->kind == SYMBOL_CLASS;
}

static void write_signature(Writer *out, const Index *index, SymbolRef ref, const Linker *links) {
    SymbolRef typed = links->typed ? stubs_typed(index, ref) : ref;
    StrBuf text;
    buf_init(&text);
    if (!card_append_documented(index, ref, &text))
        append_signatures(index, typed, typed.file != ref.file, &text);
    if (tells_members(index, ref, links)) card_append_constructors(index, ref, &text);
    writer_fence(out, "python", buf_str(&text));
    buf_release(&text);
}

/* What the stub has instead, once for all overloads. */
static void write_typed(Writer *out, const Index *index, SymbolRef ref, const Linker *links) {
    SymbolRef typed = stubs_typed(index, ref);
    uint32_t first, number;
    card_overloads(index_facts(index, ref.file), ref.symbol, &first, &number);
    if (links->typed || typed.file == ref.file || ref.symbol == 0 || number) return;
    StrBuf written, text;
    buf_init(&written);
    buf_init(&text);
    append_signatures(index, ref, true, &written);
    append_signatures(index, typed, true, &text);
    if (!str_eq(buf_str(&written), buf_str(&text))) {
        const Facts *facts = index_facts(index, typed.file);
        uint32_t line = lines_line(&facts->lines, symbol_at(facts, typed.symbol)->name_start) + 1;
        writer_open(out, BLOCK_PARAGRAPH);
        writer_text(out, STR("In its stub, "));
        card_write_place(out, index, typed.file, line, line, links);
        writer_text(out, STR(":"));
        writer_close(out);
        writer_fence(out, "python", buf_str(&text));
    }
    buf_release(&written);
    buf_release(&text);
}

static bool has_setter(const Facts *facts, uint32_t symbol) {
    uint32_t next = card_next_namesake(facts, symbol);
    return next != NONE && card_is_setter(facts, next) && !card_is_setter(facts, symbol);
}

/* A variable that a compiled function is bound to, as its docstring shows, is one. */
static const char *kind_of(const Index *index, SymbolRef ref) {
    StrBuf signature;
    buf_init(&signature);
    bool compiled = card_append_documented(index, ref, &signature);
    buf_release(&signature);
    return compiled ? "function" : card_kind(index_facts(index, ref.file), ref.symbol);
}

/* "method of pkg.mod.Class, pkg/mod.py:12" */
static void write_home(Writer *out, const Index *index, SymbolRef ref, const Linker *links) {
    const Facts *facts = index_facts(index, ref.file);
    const Symbol *symbol = symbol_at(facts, ref.symbol);
    uint32_t overload, number, overloads = card_overloads(facts, ref.symbol, &overload, &number);
    writer_open(out, BLOCK_PARAGRAPH);
    writer_text(out, str_of(kind_of(index, ref)));
    if (symbol->flags & SYMBOL_YIELDS) writer_text(out, STR(", a generator,"));
    if (has_setter(facts, ref.symbol)) writer_text(out, STR(" with a setter"));
    if (number) writer_print(out, ", overload %u of %u,", (unsigned)number, (unsigned)overloads);
    if (ref.symbol) {
        bool member = symbol_at(facts, symbol->parent)->kind == SYMBOL_CLASS;
        writer_text(out, member ? STR(" of ") : STR(" in "));
        card_write_symbol(out, index, (SymbolRef){ref.file, symbol->parent}, links);
    }
    writer_text(out, STR(", "));
    uint32_t first = lines_line(&facts->lines, symbol->name_start) + 1;
    uint32_t last = lines_line(&facts->lines, symbol->range.end) + 1;
    card_write_place(out, index, ref.file, ref.symbol ? first : 0, last, links);
    writer_close(out);
}

/* The dotted name that an expression begins with: "Generic" of "Generic[T]", nothing of "f(x)". */
static Str dotted_head(Str text) {
    size_t bracket = str_find_byte(text, '[');
    if (bracket != STR_NPOS) text = str_slice(text, 0, bracket);
    return strchr(")]}\"'", text.len ? text.data[text.len - 1] : ')') ? STR("") : text;
}

static void write_resolved(Writer *out, const Index *index, FileId file, Str text, Str prefix,
                           const Linker *links) {
    Targets targets = {0};
    StrBuf url, shown;
    buf_init(&url);
    buf_init(&shown);
    Str name = dotted_head(text);
    if (name.len) resolve_dotted(index, file, name, &targets);
    if (targets.len && targets.items[0].symbol != NONE) {
        SymbolRef ref = {targets.items[0].file, targets.items[0].symbol};
        if (!links->symbol(links->context, ref, &url)) buf_clear(&url);
    }
    buf_append(&shown, prefix);
    buf_append(&shown, text);
    writer_link_code(out, buf_str(&shown), buf_str(&url));
    buf_release(&url);
    buf_release(&shown);
    ARRAY_FREE(&targets);
}

/* "Bases: `A`, `B`", each linked to its definition where that is known. */
static void write_list(Writer *out, const Index *index, SymbolRef ref, const char *label, Slice slice,
                       Str prefix, const Linker *links) {
    if (slice.count == 0) return;
    const Facts *facts = index_facts(index, ref.file);
    writer_open(out, BLOCK_PARAGRAPH);
    writer_text(out, str_of(label));
    for (uint32_t i = 0; i < slice.count; i++) {
        writer_text(out, i ? STR(", ") : STR(": "));
        write_resolved(out, index, ref.file, slice_text(facts, slice, i), prefix, links);
    }
    writer_close(out);
}

/* Appends the value of string literals that follow each other; what is behind them is left. */
static void append_strings(Str text, StrBuf *out) {
    for (text = str_trim(text); text.len > 1 && strchr("\"'", text.data[0]);) {
        char quote = text.data[0];
        size_t i = 1;
        for (; i < text.len && text.data[i] != quote; i++) {
            if (text.data[i] == '\\' && i + 1 < text.len) i++;
            buf_append_byte(out, text.data[i]);
        }
        text = str_trim(str_from(text, i + 1));
    }
}

bool card_find_deprecation(const Facts *facts, uint32_t symbol, StrBuf *why) {
    Slice decorators = symbol_at(facts, symbol)->decorators;
    for (uint32_t i = 0; i < decorators.count; i++) {
        Str text = slice_text(facts, decorators, i);
        size_t open = str_find_byte(text, '(');
        Str name = str_slice(text, 0, open);
        if (!str_eq(name, STR("deprecated")) && !str_ends_with(name, STR(".deprecated"))) continue;
        if (open != STR_NPOS) append_strings(str_from(text, open + 1), why);
        return true;
    }
    return false;
}

bool card_is_deprecated(const Facts *facts, uint32_t symbol) {
    StrBuf why;
    buf_init(&why);
    bool deprecated = card_find_deprecation(facts, symbol, &why);
    buf_release(&why);
    Str doc = facts_text(facts, symbol_at(facts, symbol)->doc), line;
    while (!deprecated && str_next_line(&doc, &line))
        deprecated = str_starts_with(line, STR(".. deprecated::"));
    return deprecated;
}

static void write_deprecation(Writer *out, const Facts *facts, uint32_t symbol) {
    StrBuf why;
    buf_init(&why);
    if (card_find_deprecation(facts, symbol, &why)) {
        writer_open(out, BLOCK_PARAGRAPH);
        writer_strong(out, true);
        writer_text(out, why.len ? STR("Deprecated:") : STR("Deprecated"));
        writer_strong(out, false);
        if (why.len) writer_text(out, STR(" "));
        markup_write_codes(out, buf_str(&why), NULL);
        writer_close(out);
    }
    buf_release(&why);
}

/* --- what a body raises -------------------------------------------------------------------------------- */

/* The dotted name of what is raised, as written, when it is a class as far as it is known. Appended to `out`.
 */
static bool append_exception(const Index *index, FileId file, const Raise *raise, StrBuf *out) {
    if (raise->exception == NONE) return false;
    const Facts *facts = index_facts(index, file);
    uint32_t head = resolve_head(facts, raise->exception);
    StrBuf qualified;
    Targets targets = {0};
    buf_init(&qualified);
    bool known = resolve_qualified(index, file, raise->exception, &qualified); /* no local variable's value */
    if (known) resolve_occurrence(index, file, raise->exception, &targets);
    if (targets.len && !targets.items[0].guess) {
        uint32_t symbol = targets.items[0].symbol;
        const Facts *home = index_facts(index, targets.items[0].file);
        known = symbol != NONE && home->symbols.items[symbol].kind == SYMBOL_CLASS;
    }
    for (uint32_t o = head; known && o <= raise->exception; o++) {
        if (o > head) buf_append_byte(out, '.');
        buf_append(out, facts_name(facts, facts->occurrences.items[o].name));
    }
    ARRAY_FREE(&targets);
    buf_release(&qualified);
    return known;
}

/* "Raises in its body: `A`, `B`": what the docstring does not speak of. */
static void write_raises(Writer *out, const Index *index, SymbolRef ref, const Linker *links) {
    const Facts *facts = index_facts(index, ref.file);
    Slice raises = facts_raises_of(facts, ref.symbol);
    CardDoc doc = {0};
    if (raises.count) card_find_doc(index, ref, &doc);
    StrBuf names, name;
    buf_init(&names);
    buf_init(&name);
    uint32_t shown = 0;
    for (uint32_t i = 0; i < raises.count && shown < RAISES_SHOWN; i++) {
        buf_clear(&name);
        if (!append_exception(index, ref.file, &facts->raises.items[raises.first + i], &name)) continue;
        Str last = str_from(buf_str(&name), str_rfind_byte(buf_str(&name), '.') + 1);
        if (doc_has_word(doc.text, last) || doc_has_word(buf_str(&names), buf_str(&name))) continue;
        buf_printf(&names, "%s ", name.data);
        if (shown == 0) writer_open(out, BLOCK_PARAGRAPH);
        writer_text(out, shown ? STR(", ") : STR("Raises in its body: "));
        write_resolved(out, index, ref.file, buf_str(&name), STR(""), links);
        shown++;
    }
    if (shown) writer_close(out);
    buf_release(&names);
    buf_release(&name);
}

static bool is_untyped_value(const Symbol *symbol) {
    return (symbol->kind == SYMBOL_VARIABLE || symbol->kind == SYMBOL_ATTRIBUTE) && symbol->type.len == 0;
}

void card_write(Writer *out, const Index *index, SymbolRef ref, const Linker *links) {
    const Facts *facts = index_facts(index, ref.file);
    const Symbol *symbol = symbol_at(facts, ref.symbol);
    write_signature(out, index, ref, links);
    write_home(out, index, ref, links);
    write_typed(out, index, ref, links);
    write_deprecation(out, facts, ref.symbol);
    card_write_docs(out, index, ref, links);
    if (tells_members(index, ref, links)) card_write_members(out, index, ref, links);
    write_list(out, index, ref, "Bases", symbol->bases, STR(""), links);
    if (!card_is_last_overload(facts, ref.symbol))
        write_list(out, index, ref, "Decorators", symbol->decorators, STR("@"), links);
    write_raises(out, index, ref, links);
    if (is_untyped_value(symbol))
        card_write_types(out, index, ref.file, facts_occurrence_at(facts, symbol->name_start), links);
}

void card_hover_attached(const Index *index, DocRef ref, WriterFormat format, StrBuf *out) {
    Linker links = format == WRITER_MARKDOWN ? linker_file(index) : linker_none();
    Writer writer;
    writer_init(&writer, out, format);
    card_write_attached(&writer, index, ref, &links);
}

void card_hover(const Index *index, SymbolRef ref, WriterFormat format, StrBuf *out) {
    Linker links = format == WRITER_MARKDOWN ? linker_file(index) : linker_none();
    Writer writer;
    writer_init(&writer, out, format);
    card_write(&writer, index, ref, &links);
}

void card_hover_uses(uint32_t count, bool more, Str page, WriterFormat format, StrBuf *out) {
    if (count == 0 && page.len == 0) return;
    Writer writer;
    writer_init(&writer, out, format);
    buf_append_byte(out, '\n');
    writer_open(&writer, BLOCK_PARAGRAPH);
    if (count)
        writer_print(&writer, "%s%u reference%s%s", more ? "At least " : "", (unsigned)count,
                     count == 1 ? "" : "s", page.len ? " · " : "");
    if (page.len) {
        writer_link_open(&writer, page);
        writer_text(&writer, STR("Doc page"));
        writer_link_close(&writer);
    }
    writer_close(&writer);
}
