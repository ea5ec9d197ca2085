#include "markdown/card_docs.h"

#include "base/path.h"
#include "index/fillings.h"
#include "index/module.h"
#include "index/relatives.h"
#include "index/stubs.h"
#include "markdown/card.h"
#include "markdown/docstring.h"

enum {
    MOST_LOOKUPS = 120, /* names of one docstring that are looked up */
    MOST_CLASSES = 48,  /* bases that are searched for an inherited docstring */
    MOST_NAMESAKES = 64,
};

static const Symbol *symbol_at(const Facts *facts, uint32_t symbol) { return &facts->symbols.items[symbol]; }

static bool is_callable(const Symbol *symbol) {
    return symbol->kind == SYMBOL_FUNCTION || symbol->kind == SYMBOL_METHOD;
}

/* --- links -------------------------------------------------------------------------------------------- */

void card_write_symbol(Writer *out, const Index *index, SymbolRef ref, const Linker *links) {
    StrBuf name, url;
    buf_init(&name);
    buf_init(&url);
    index_dotted_name(index, ref, &name);
    if (!links->symbol(links->context, ref, &url)) buf_clear(&url);
    writer_link_code(out, buf_str(&name), buf_str(&url));
    buf_release(&name);
    buf_release(&url);
}

/* The path in its root; of a library, that in the folder that imports look in: as long as the module's name.
 */
static void append_path(const Index *index, FileId file, StrBuf *out) {
    Str path = index_relative_path(index, file);
    if (index_is_own(index, file)) {
        buf_append(out, path);
        return;
    }
    StrBuf module;
    buf_init(&module);
    index_module_name(index, file, &module);
    size_t start = path.len, parts = 1 + module_is_package(path);
    for (size_t i = 0; i < module.len; i++) parts += module.data[i] == '.';
    for (; start > 0 && parts > 0; start--) parts -= path.data[start - 1] == '/';
    buf_append(out, str_from(path, parts == 0 ? start + 1 : start));
    buf_release(&module);
}

void card_write_place(Writer *out, const Index *index, FileId file, uint32_t first, uint32_t last,
                      const Linker *links) {
    StrBuf text, url;
    buf_init(&text);
    buf_init(&url);
    append_path(index, file, &text);
    if (first) buf_printf(&text, ":%u", (unsigned)first);
    if (!links->source(links->context, file, first ? first : 1, first ? last : 1, &url)) buf_clear(&url);
    writer_link_code(out, buf_str(&text), buf_str(&url));
    buf_release(&text);
    buf_release(&url);
}

static bool is_literal(const Facts *facts, uint32_t occurrence) {
    Slice values = facts_values_of(facts, occurrence);
    return values.count && facts->values.items[values.first].kind == VALUE_LITERAL;
}

void card_write_types(Writer *out, const Index *index, FileId file, uint32_t occurrence,
                      const Linker *links) {
    Targets targets = {0};
    if (occurrence == NONE || is_literal(index_facts(index, file), occurrence)) return;
    relatives_types(index, file, occurrence, &targets);
    if (targets.len) writer_open(out, BLOCK_PARAGRAPH);
    for (uint32_t i = 0; i < targets.len; i++) {
        writer_text(out, i ? STR(" or ") : STR("Type: "));
        card_write_symbol(out, index, (SymbolRef){targets.items[i].file, targets.items[i].symbol}, links);
    }
    if (targets.len) writer_close(out);
    ARRAY_FREE(&targets);
}

/* --- siblings ---------------------------------------------------------------------------------------- */

/* The child of `parent` named `name` that comes last, as a definition replaces those before it; or NONE. */
static uint32_t find_child(const Facts *facts, uint32_t parent, Str name) {
    uint32_t found = NONE;
    for (uint32_t s = facts_next_child(facts, parent, NONE); s != NONE;
         s = facts_next_child(facts, parent, s)) {
        if (str_eq(symbol_name(facts, symbol_at(facts, s)), name)) found = s;
    }
    return found;
}

static bool are_namesakes(const Facts *facts, uint32_t a, uint32_t b) {
    const Symbol *one = symbol_at(facts, a), *other = symbol_at(facts, b);
    return one->parent == other->parent && one->name == other->name && is_callable(one) && is_callable(other);
}

uint32_t card_next_namesake(const Facts *facts, uint32_t symbol) {
    uint32_t next = symbol_at(facts, symbol)->after;
    return next < facts->tree_count && are_namesakes(facts, symbol, next) ? next : NONE;
}

/* The function of the same name directly before `symbol`, or NONE. */
static uint32_t previous_namesake(const Facts *facts, uint32_t symbol) {
    uint32_t parent = symbol_at(facts, symbol)->parent, previous = symbol - 1;
    if (symbol <= parent + 1) return NONE;
    while (symbol_at(facts, previous)->parent != parent) previous = symbol_at(facts, previous)->parent;
    return are_namesakes(facts, symbol, previous) ? previous : NONE;
}

static bool is_overload(const Facts *facts, uint32_t symbol) {
    Slice decorators = symbol_at(facts, symbol)->decorators;
    for (uint32_t i = 0; i < decorators.count; i++) {
        Str text = facts_text(facts, facts->texts.items[decorators.first + i]);
        if (str_eq(text, STR("overload")) || str_ends_with(text, STR(".overload"))) return true;
    }
    return false;
}

uint32_t card_overloads(const Facts *facts, uint32_t symbol, uint32_t *first, uint32_t *number) {
    *first = symbol;
    *number = 0;
    if (!is_callable(symbol_at(facts, symbol)) || symbol >= facts->tree_count) return 0;
    bool overload = is_overload(facts, symbol);
    uint32_t count = overload;
    for (uint32_t s = previous_namesake(facts, symbol); s != NONE && is_overload(facts, s);
         s = previous_namesake(facts, s)) {
        *first = s;
        count++;
    }
    uint32_t next = overload ? card_next_namesake(facts, symbol) : NONE;
    if (next != NONE || count == 1) *number = overload ? count : 0;
    for (; next != NONE && is_overload(facts, next); next = card_next_namesake(facts, next)) count++;
    return count;
}

bool card_is_last_overload(const Facts *facts, uint32_t symbol) {
    uint32_t first, number;
    return card_overloads(facts, symbol, &first, &number) && number == 0 && is_overload(facts, symbol);
}

uint32_t card_getter(const Facts *facts, uint32_t symbol) {
    uint32_t getter = symbol;
    for (uint32_t n = 0; getter != NONE && n < MOST_NAMESAKES && card_is_setter(facts, getter); n++)
        getter = previous_namesake(facts, getter);
    return getter == NONE ? symbol : getter;
}

uint32_t card_signature_of(const Facts *facts, uint32_t symbol) {
    if (is_callable(symbol_at(facts, symbol))) return symbol;
    if (symbol_at(facts, symbol)->kind != SYMBOL_CLASS) return NONE;
    uint32_t init = find_child(facts, symbol, STR("__init__"));
    return init != NONE && is_callable(symbol_at(facts, init)) ? init : NONE;
}

/* --- names ------------------------------------------------------------------------------------------- */

static bool is_dotted(Str name) { return str_find_byte(name, '.') != STR_NPOS; }

/* A member of one of the classes around the symbol, or of the class itself. */
static bool find_member(const DocNames *self, Str name, SymbolRef *out) {
    const Facts *facts = index_facts(self->index, self->ref.file);
    if (str_starts_with(name, STR("self."))) name = str_from(name, strlen("self."));
    if (is_dotted(name)) return false;
    for (uint32_t s = self->ref.symbol; s; s = symbol_at(facts, s)->parent) {
        uint32_t found = symbol_at(facts, s)->kind == SYMBOL_CLASS ? find_child(facts, s, name) : NONE;
        if (found == NONE) continue;
        *out = (SymbolRef){self->ref.file, found};
        return true;
    }
    return false;
}

/* A plain word is not taken for a module that happens to be called so. */
static bool find_target(const DocNames *self, Str name, SymbolRef *out) {
    Targets targets = {0};
    resolve_dotted(self->index, self->ref.file, name, &targets);
    bool found = false;
    for (uint32_t i = 0; i < targets.len && !found; i++) {
        *out = (SymbolRef){targets.items[i].file, targets.items[i].symbol};
        found = out->symbol != NONE && (out->symbol || is_dotted(name));
    }
    ARRAY_FREE(&targets);
    return found;
}

static bool find_name(void *context, Str name, StrBuf *url) {
    DocNames *self = context;
    SymbolRef found;
    if (self->lookups == 0) return false;
    const Facts *facts = index_facts(self->index, self->function.file);
    if (self->function.symbol != NONE && docstring_find_param(facts, self->function.symbol, name))
        return false;
    if (doc_has_word(self->signature, name)) return false;
    self->lookups--;
    if (!find_member(self, name, &found) && !find_target(self, name, &found)) return false;
    if (found.file == self->ref.file && found.symbol == self->ref.symbol) return false;
    return self->links->symbol(self->links->context, found, url);
}

void doc_names_init(DocNames *self, const Index *index, SymbolRef ref, const Linker *links) {
    uint32_t function = card_signature_of(index_facts(index, ref.file), ref.symbol);
    *self = (DocNames){index, ref, links, MOST_LOOKUPS, {ref.file, function}, STR_NONE};
}

NameFinder doc_names_finder(DocNames *self) { return (NameFinder){find_name, self, NULL}; }

/* --- docstrings --------------------------------------------------------------------------------------- */

static Str doc_of(const Index *index, SymbolRef ref) {
    const Facts *facts = index_facts(index, ref.file);
    return facts_text(facts, symbol_at(facts, ref.symbol)->doc);
}

/* What shares the name in the same body: the function that overloads belong to, the getter of a setter. */
static bool find_namesake_docs(const Index *index, SymbolRef *ref) {
    const Facts *facts = index_facts(index, ref->file);
    uint32_t (*const steps[])(const Facts *, uint32_t) = {card_next_namesake, previous_namesake};
    if (ref->symbol >= facts->tree_count || !is_callable(symbol_at(facts, ref->symbol))) return false;
    for (size_t way = 0; way < 2; way++) {
        uint32_t s = steps[way](facts, ref->symbol);
        for (uint32_t n = 0; s != NONE && n < MOST_NAMESAKES; n++, s = steps[way](facts, s)) {
            if (symbol_at(facts, s)->doc.len == 0) continue;
            ref->symbol = s;
            return true;
        }
    }
    return false;
}

/* The same in the source of a stub, or in the stub of a source. */
static bool find_counterpart_docs(const Index *index, SymbolRef *ref) {
    SymbolRef other = stubs_counterpart(index, *ref);
    if (other.file == NONE || (doc_of(index, other).len == 0 && !find_namesake_docs(index, &other)))
        return false;
    *ref = other;
    return true;
}

typedef Array(SymbolRef) Classes;

/* Puts the bases of a class behind the classes to search, each once. */
static void push_bases(const Index *index, SymbolRef class, Classes *classes) {
    const Facts *facts = index_facts(index, class.file);
    Slice bases = symbol_at(facts, class.symbol)->bases;
    for (uint32_t i = 0; i < bases.count && classes->len < MOST_CLASSES; i++) {
        Str text = facts_text(facts, facts->texts.items[bases.first + i]);
        Targets targets = {0};
        resolve_dotted(index, class.file, str_slice(text, 0, str_find_byte(text, '[')), &targets);
        SymbolRef base = targets.len ? (SymbolRef){targets.items[0].file, targets.items[0].symbol}
                                     : (SymbolRef){NONE, NONE};
        ARRAY_FREE(&targets);
        bool known = base.symbol == NONE || base.symbol == 0;
        for (uint32_t k = 0; k < classes->len && !known; k++)
            known = classes->items[k].file == base.file && classes->items[k].symbol == base.symbol;
        if (!known && symbol_at(index_facts(index, base.file), base.symbol)->kind == SYMBOL_CLASS)
            ARRAY_PUSH(classes, base);
    }
}

/* What a variable is another name for: `forward = _forward`. */
static bool find_aliased_docs(const Index *index, SymbolRef *ref) {
    const Facts *facts = index_facts(index, ref->file);
    const Symbol *symbol = symbol_at(facts, ref->symbol);
    Str value = facts_text(facts, symbol->value);
    if (symbol->kind != SYMBOL_VARIABLE || !doc_is_dotted_name(value)) return false;
    Targets targets = {0};
    resolve_dotted(index, ref->file, value, &targets);
    SymbolRef found =
        targets.len ? (SymbolRef){targets.items[0].file, targets.items[0].symbol} : (SymbolRef){NONE, NONE};
    ARRAY_FREE(&targets);
    if (found.symbol == NONE || doc_of(index, found).len == 0) return false;
    *ref = found;
    return true;
}

/* Whatever documents the symbol itself. */
static bool find_docs(const Index *index, SymbolRef ref, CardDoc *out) {
    *out = (CardDoc){.names = ref, .attached = {NONE, NONE}, .base = {NONE, NONE}};
    if (doc_of(index, ref).len || find_namesake_docs(index, &out->names) ||
        find_counterpart_docs(index, &out->names)) {
        out->text = doc_of(index, out->names);
    } else if (attached_find_symbol(index, ref, &out->attached)) {
        out->names = (SymbolRef){out->attached.file, 0};
        out->text = attached_text(index, out->attached);
        out->relation = "attached in";
    } else if (find_aliased_docs(index, &out->names)) {
        out->text = doc_of(index, out->names);
        out->relation = "of";
    }
    return out->text.len > 0;
}

/* The classes that the one around a member inherits from, nearest first; the caller frees the array. */
static Classes bases_around(const Index *index, SymbolRef ref) {
    const Facts *facts = index_facts(index, ref.file);
    uint32_t parent = symbol_at(facts, ref.symbol)->parent;
    Classes classes = {0};
    if (ref.symbol == 0 || symbol_at(facts, parent)->kind != SYMBOL_CLASS) return classes;
    SymbolRef own = {ref.file, parent};
    ARRAY_PUSH(&classes, own);
    for (uint32_t i = 0; i < classes.len; i++) push_bases(index, classes.items[i], &classes);
    memmove(classes.items, classes.items + 1, --classes.len * sizeof own);
    return classes;
}

/* The member of a base that this one overrides and that is documented, nearest first. */
static bool find_inherited_docs(const Index *index, SymbolRef ref, CardDoc *out) {
    const Facts *facts = index_facts(index, ref.file);
    Str name = symbol_name(facts, symbol_at(facts, ref.symbol));
    Classes classes = bases_around(index, ref);
    bool found = false;
    for (uint32_t i = 0; i < classes.len && !found; i++) {
        SymbolRef member = classes.items[i];
        member.symbol = find_child(index_facts(index, member.file), member.symbol, name);
        found = member.symbol != NONE && find_docs(index, member, out);
        if (found) out->base = member;
    }
    ARRAY_FREE(&classes);
    return found;
}

bool card_find_doc(const Index *index, SymbolRef ref, CardDoc *out) {
    CardDoc inherited;
    if (find_docs(index, ref, out)) return true;
    if (!find_inherited_docs(index, ref, &inherited)) return false;
    *out = inherited;
    out->relation = "inherited from";
    return true;
}

Str card_doc_text(const Index *index, const CardDoc *doc, StrBuf *room) {
    if (doc->attached.file == NONE) return doc->text;
    fillings_append(index, doc->attached, room);
    return buf_str(room);
}

static void write_origin(Writer *out, const Index *index, const CardDoc *doc, const Linker *links) {
    if (!doc->relation) return;
    writer_open(out, BLOCK_PARAGRAPH);
    writer_print(out, "Docstring %s ", doc->relation);
    if (doc->base.file != NONE) {
        card_write_symbol(out, index, doc->base, links);
    } else if (doc->attached.file != NONE) {
        uint32_t line = attached_line(index, doc->attached);
        card_write_place(out, index, doc->attached.file, line, line, links);
    } else {
        card_write_symbol(out, index, doc->names, links);
    }
    writer_text(out, STR(":"));
    writer_close(out);
}

/* Writes a text whose names `names` knows; `function` is what it documents the parameters of, `typed` the
 * same in its stub. */
static void write_text(Writer *out, Str text, DocNames *names, SymbolRef function, SymbolRef typed) {
    NameFinder finder = doc_names_finder(names);
    DocSubject subject = {out->format == WRITER_MARKDOWN ? &finder : NULL,
                          index_facts(names->index, function.file), function.symbol,
                          index_facts(names->index, typed.file), typed.symbol};
    names->function = function;
    if (names->signature.len == 0) {
        Str rest = text;
        names->signature = docstring_take_signature(&rest);
    }
    docstring_write_for(out, text, &subject);
}

bool card_write_param(Writer *out, const Index *index, SymbolRef owner, Str name, const Linker *links) {
    CardDoc doc;
    DocNames names;
    if (!card_find_doc(index, owner, &doc)) return false;
    StrBuf room;
    buf_init(&room);
    doc_names_init(&names, index, doc.names, links);
    NameFinder finder = doc_names_finder(&names);
    bool said = docstring_write_param(out, card_doc_text(index, &doc, &room), name,
                                      out->format == WRITER_MARKDOWN ? &finder : NULL);
    buf_release(&room);
    return said;
}

static bool is_value(const Symbol *symbol) {
    return symbol->kind == SYMBOL_VARIABLE || symbol->kind == SYMBOL_ATTRIBUTE;
}

/* What a class's docstring says about its attribute; false when it says nothing. */
static bool write_attribute(Writer *out, const Index *index, SymbolRef ref, const Linker *links) {
    const Facts *facts = index_facts(index, ref.file);
    const Symbol *symbol = symbol_at(facts, ref.symbol);
    return is_value(symbol) && card_write_param(out, index, (SymbolRef){ref.file, symbol->parent},
                                                symbol_name(facts, symbol), links);
}

static bool says_param(const Index *index, SymbolRef owner, Str name) {
    DocModel model;
    docmodel_read(&model, doc_of(index, owner));
    bool said = docstring_find_item(&model, name) != NULL;
    docmodel_release(&model);
    return said;
}

/* What the docstring of a base says about the attribute that this one overrides. */
static void write_inherited_attribute(Writer *out, const Index *index, SymbolRef ref, const Linker *links) {
    const Facts *facts = index_facts(index, ref.file);
    Str name = symbol_name(facts, symbol_at(facts, ref.symbol));
    Classes classes = {0};
    if (is_value(symbol_at(facts, ref.symbol))) classes = bases_around(index, ref);
    for (uint32_t i = 0; i < classes.len; i++) {
        SymbolRef base = classes.items[i];
        bool shown = links->libraries || !index_is_library(index, base.file);
        if (!shown || !says_param(index, base, name)) continue;
        CardDoc doc = {.base = base, .relation = "inherited from"};
        write_origin(out, index, &doc, links);
        card_write_param(out, index, base, name, links);
        break;
    }
    ARRAY_FREE(&classes);
}

/* A variable with an attached docstring is a function that has no definition in source. */
static bool is_compiled(const Index *index, SymbolRef ref, const CardDoc *doc) {
    const Symbol *symbol = symbol_at(index_facts(index, ref.file), ref.symbol);
    return symbol->kind == SYMBOL_VARIABLE && doc->attached.file != NONE && doc->base.file == NONE;
}

bool card_append_documented(const Index *index, SymbolRef ref, StrBuf *out) {
    CardDoc doc;
    if (symbol_at(index_facts(index, ref.file), ref.symbol)->kind != SYMBOL_VARIABLE) return false;
    if (!card_find_doc(index, ref, &doc) || !is_compiled(index, ref, &doc)) return false;
    StrBuf room;
    buf_init(&room);
    Str text = card_doc_text(index, &doc, &room), signature = docstring_take_signature(&text);
    buf_append(out, signature);
    buf_release(&room);
    return signature.len > 0;
}

void card_write_docs(Writer *out, const Index *index, SymbolRef ref, const Linker *links) {
    CardDoc doc;
    DocNames names;
    StrBuf room;
    bool found = card_find_doc(index, ref, &doc), own = found && doc.base.file == NONE;
    if (!own && write_attribute(out, index, ref, links)) return;
    if (!found) write_inherited_attribute(out, index, ref, links);
    if (!found || (!links->libraries && index_is_library(index, doc.names.file))) return;
    buf_init(&room);
    write_origin(out, index, &doc, links);
    doc_names_init(&names, index, doc.names, links);
    SymbolRef typed = stubs_typed(index, ref);
    typed.symbol = card_signature_of(index_facts(index, typed.file), typed.symbol);
    SymbolRef function = {ref.file, card_signature_of(index_facts(index, ref.file), ref.symbol)};
    if (function.symbol == NONE) function = typed;
    Str text = card_doc_text(index, &doc, &room);
    if (is_compiled(index, ref, &doc)) names.signature = docstring_take_signature(&text);
    write_text(out, text, &names, function, typed);
    buf_release(&room);
}

void card_write_attached(Writer *out, const Index *index, DocRef ref, const Linker *links) {
    uint32_t line = attached_line(index, ref);
    DocNames names;
    StrBuf name, text;
    buf_init(&name);
    buf_init(&text);
    fillings_append(index, ref, &text);
    Str doc = buf_str(&text), signature = docstring_take_signature(&doc);
    attached_append_name(index, ref, &name);
    writer_fence(out, "python", signature.len ? signature : buf_str(&name));
    writer_open(out, BLOCK_PARAGRAPH);
    writer_code(out, buf_str(&name));
    writer_text(out, STR(", docstring attached in "));
    card_write_place(out, index, ref.file, line, line, links);
    writer_close(out);
    doc_names_init(&names, index, (SymbolRef){ref.file, 0}, links);
    names.signature = signature;
    write_text(out, doc, &names, (SymbolRef){ref.file, NONE}, (SymbolRef){ref.file, NONE});
    buf_release(&name);
    buf_release(&text);
}
