#include "markdown/card_class.h"

#include "index/signatures.h"
#include "markdown/card_docs.h"
#include "markdown/docstring.h"

enum { CALLS_SHOWN = 3, MEMBERS_SHOWN = 20 };

static const Symbol *symbol_at(const Facts *facts, uint32_t symbol) { return &facts->symbols.items[symbol]; }

/* What is inherited from elsewhere, like `Exception(*args)`, tells nothing. */
static bool is_shown(const Index *index, SymbolRef class, const Signature *call) {
    bool home = call->function.file == class.file || index_is_own(index, call->function.file);
    return home && call->params.len > 0;
}

void card_append_constructors(const Index *index, SymbolRef class, StrBuf *out) {
    Query query;
    Signatures calls = {0};
    query_init(&query, index);
    signatures_of_class(&query, class, &calls);
    Str name =
        symbol_name(index_facts(index, class.file), symbol_at(index_facts(index, class.file), class.symbol));
    uint32_t shown = 0, left = 0;
    for (uint32_t i = 0; i < calls.len; i++) {
        if (!is_shown(index, class, &calls.items[i])) continue;
        if (shown == CALLS_SHOWN) {
            left++;
            continue;
        }
        buf_append_byte(out, '\n');
        card_append_call(name, &calls.items[i], out);
        shown++;
    }
    if (left) buf_printf(out, "\n# … and %u more", (unsigned)left);
    signatures_release(&calls);
    query_release(&query);
}

/* What object's constructor, and many a compiled one, says. */
static bool is_boilerplate(Str doc) { return str_starts_with(doc, STR("Initialize self.")); }

static void write_constructor(Writer *out, const Index *index, SymbolRef class, const Linker *links) {
    const Facts *facts = index_facts(index, class.file);
    uint32_t init = card_signature_of(facts, class.symbol);
    if (init == NONE) return;
    Str doc = facts_text(facts, symbol_at(facts, init)->doc);
    if (doc.len == 0 || is_boilerplate(doc)) return;
    writer_open(out, BLOCK_PARAGRAPH);
    writer_strong(out, true);
    writer_code(out, STR("__init__"));
    writer_strong(out, false);
    writer_close(out);
    card_write_docs(out, index, (SymbolRef){class.file, init}, links);
}

static void write_member(Writer *out, const Facts *facts, const Symbol *symbol) {
    StrBuf summary;
    buf_init(&summary);
    docstring_summary(facts_text(facts, symbol->doc), &summary);
    writer_open(out, BLOCK_ITEM);
    writer_strong(out, true);
    writer_code(out, symbol_name(facts, symbol));
    writer_strong(out, false);
    if (symbol->type.len) {
        writer_text(out, STR(" ("));
        writer_code(out, facts_text(facts, symbol->type));
        writer_text(out, STR(")"));
    }
    if (summary.len) writer_text(out, STR(" \xE2\x80\x93 "));
    markup_write(out, buf_str(&summary));
    writer_close(out);
    buf_release(&summary);
}

/* A public attribute with a docstring that the class's own docstring does not list. */
static bool is_listed(const Facts *facts, const Symbol *symbol, const DocModel *model) {
    bool value = symbol->kind == SYMBOL_VARIABLE || symbol->kind == SYMBOL_ATTRIBUTE;
    return value && symbol->doc.len && !str_starts_with(symbol_name(facts, symbol), STR("_")) &&
           !docstring_find_item(model, symbol_name(facts, symbol));
}

static bool lists_attributes(const DocModel *model) {
    for (uint32_t i = 0; i < model->sections.len; i++) {
        if (model->sections.items[i].kind == DOC_ATTRIBUTES) return true;
    }
    return false;
}

static void write_attributes(Writer *out, const Facts *facts, uint32_t class) {
    DocModel model;
    docmodel_read(&model, facts_text(facts, symbol_at(facts, class)->doc));
    uint32_t count = 0;
    for (uint32_t s = facts_next_child(facts, class, NONE); s != NONE && count < MEMBERS_SHOWN;
         s = facts_next_child(facts, class, s)) {
        if (!is_listed(facts, symbol_at(facts, s), &model)) continue;
        if (count++ == 0) {
            writer_open(out, BLOCK_PARAGRAPH);
            writer_strong(out, true);
            writer_text(out, lists_attributes(&model) ? STR("More attributes") : STR("Attributes"));
            writer_strong(out, false);
            writer_close(out);
            writer_open(out, BLOCK_BULLETS);
        }
        write_member(out, facts, symbol_at(facts, s));
    }
    if (count) writer_close(out);
    docmodel_release(&model);
}

void card_write_members(Writer *out, const Index *index, SymbolRef class, const Linker *links) {
    write_constructor(out, index, class, links);
    write_attributes(out, index_facts(index, class.file), class.symbol);
}
