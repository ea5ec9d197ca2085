#include "markdown/card.h"

#include "index/resolve.h"
#include "markdown/card_docs.h"
#include "markdown/docstring.h"

enum { OVERLOADS_SHOWN = 3 };

static const Symbol *symbol_at(const Facts *facts, uint32_t symbol) { return &facts->symbols.items[symbol]; }

static Str slice_text(const Facts *facts, Slice slice, uint32_t i) {
    return facts_text(facts, facts->texts.items[slice.first + i]);
}

void card_summary(const Index *index, SymbolRef ref, StrBuf *out) {
    CardDoc doc;
    if (!card_find_doc(index, ref, &doc)) return;
    StrBuf raw, plain;
    buf_init(&raw);
    buf_init(&plain);
    docstring_summary(doc.text, &raw);
    Writer writer;
    writer_init(&writer, &plain, WRITER_PLAIN);
    writer_open(&writer, BLOCK_PARAGRAPH);
    markup_write(&writer, buf_str(&raw));
    writer_close(&writer);
    buf_append(out, str_trim_end(buf_str(&plain)));
    buf_release(&raw);
    buf_release(&plain);
}

/* An implementation is called by the signatures of its overloads: the first few, and how many more. */
static void append_overloads(const Facts *facts, uint32_t first, uint32_t count, StrBuf *out) {
    for (uint32_t i = 0; i < count && i < OVERLOADS_SHOWN; i++) {
        if (i) buf_append_byte(out, '\n');
        card_signature(facts, first, out);
        first = card_next_namesake(facts, first);
    }
    if (count > OVERLOADS_SHOWN) buf_printf(out, "\n# … and %u more", (unsigned)(count - OVERLOADS_SHOWN));
}

static void write_signature(Writer *out, const Index *index, SymbolRef ref) {
    const Facts *facts = index_facts(index, ref.file);
    uint32_t first, number, overloads = card_overloads(facts, ref.symbol, &first, &number);
    StrBuf text;
    buf_init(&text);
    if (ref.symbol == 0) {
        buf_append(&text, STR("module "));
        index_module_name(index, ref.file, &text);
    } else if (overloads && number == 0) {
        append_overloads(facts, first, overloads, &text);
    } else {
        card_signature(facts, ref.symbol, &text);
    }
    writer_fence(out, "python", buf_str(&text));
    buf_release(&text);
}

/* "method of pkg.mod.Class, pkg/mod.py:12" */
static void write_home(Writer *out, const Index *index, SymbolRef ref, const Linker *links) {
    const Facts *facts = index_facts(index, ref.file);
    const Symbol *symbol = symbol_at(facts, ref.symbol);
    uint32_t overload, number, overloads = card_overloads(facts, ref.symbol, &overload, &number);
    writer_open(out, BLOCK_PARAGRAPH);
    writer_text(out, str_of(card_kind(facts, ref.symbol)));
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

bool card_find_deprecation(const Facts *facts, uint32_t symbol, Str *why) {
    Slice decorators = symbol_at(facts, symbol)->decorators;
    for (uint32_t i = 0; i < decorators.count; i++) {
        Str text = slice_text(facts, decorators, i);
        size_t open = str_find_byte(text, '(');
        Str name = str_slice(text, 0, open), rest = str_slice(text, open, text.len);
        if (!str_eq(name, STR("deprecated")) && !str_ends_with(name, STR(".deprecated"))) continue;
        bool quoted = open != STR_NPOS && rest.len > 4 && (rest.data[1] == '"' || rest.data[1] == '\'');
        size_t close = quoted ? str_find_byte(str_from(rest, 2), rest.data[1]) : STR_NPOS;
        *why = close == STR_NPOS ? STR_NONE : str_slice(rest, 2, close + 2);
        return true;
    }
    return false;
}

static void write_deprecation(Writer *out, const Facts *facts, uint32_t symbol) {
    Str why;
    if (!card_find_deprecation(facts, symbol, &why)) return;
    writer_open(out, BLOCK_PARAGRAPH);
    writer_strong(out, true);
    writer_text(out, why.len ? STR("Deprecated:") : STR("Deprecated"));
    writer_strong(out, false);
    if (why.len) writer_text(out, STR(" "));
    if (why.len) writer_text(out, why);
    writer_close(out);
}

void card_write(Writer *out, const Index *index, SymbolRef ref, const Linker *links) {
    const Facts *facts = index_facts(index, ref.file);
    const Symbol *symbol = symbol_at(facts, ref.symbol);
    write_signature(out, index, ref);
    write_home(out, index, ref, links);
    write_deprecation(out, facts, ref.symbol);
    card_write_docs(out, index, ref, links);
    write_list(out, index, ref, "Bases", symbol->bases, STR(""), links);
    write_list(out, index, ref, "Decorators", symbol->decorators, STR("@"), links);
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
