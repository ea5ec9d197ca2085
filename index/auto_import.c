#include "index/auto_import.h"

#include "base/path.h"
#include "index/header.h"
#include "index/name.h"

/* --- what can be imported ----------------------------------------------------------------------- */

static bool is_importable(const Index *index, FileId file, const Facts *facts, uint32_t symbol) {
    const Symbol *it = &facts->symbols.items[symbol];
    bool variable = it->kind == SYMBOL_VARIABLE && it->via == VIA_NONE && index_is_own(index, file);
    return it->parent == 0 && (it->kind == SYMBOL_CLASS || it->kind == SYMBOL_FUNCTION || variable);
}

static bool is_private(Str name) {
    return str_starts_with(name, STR("_")) && !str_starts_with(name, STR("__init__."));
}

/* Libraries keep what is in private modules to themselves. */
static bool is_shown(const Index *index, FileId from, FileId file) {
    Str path = index_path(index, file);
    if (file == from || (index_is_test(index, file) && !index_is_test(index, from))) return false;
    return index_is_own(index, file) ||
           (!is_private(path_name(path)) && !is_private(path_name(path_parent(path))));
}

static void add_posting(const Index *index, FileId from, Posting posting, SymbolRefs *out) {
    SymbolKind kind = (SymbolKind)posting.kind;
    if (kind == SYMBOL_MODULE || kind == SYMBOL_METHOD || kind == SYMBOL_ATTRIBUTE) return;
    if (!is_shown(index, from, posting.file)) return;
    const Facts *facts = index_facts(index, posting.file);
    Slice symbols = index_posting_symbols(index, posting);
    for (uint32_t i = symbols.first; i < symbols.first + symbols.count; i++) {
        uint32_t symbol = facts->by_name.items[i];
        if (!is_importable(index, posting.file, facts, symbol)) continue;
        ARRAY_PUSH(out, ((SymbolRef){posting.file, symbol}));
        return;
    }
}

void auto_import_find(const Index *index, FileId file, Pattern *pattern, SymbolRefs *out) {
    uint64_t letters = pattern->letters | MASK_DEFINED, start = pattern->start;
    if (pattern->text.len < AUTO_IMPORT_TYPED) return;
    for (uint32_t id = 0; id < index_name_end(index) && out->len < AUTO_IMPORT_MOST; id++) {
        uint64_t mask = index_name_mask(index, id);
        if (letters & ~mask || (mask & start) != start) continue;
        Str name = index_name(index, id);
        if (pattern_match(pattern, name) < MATCH_PREFIX || str_starts_with(name, STR("_"))) continue;
        Postings postings = index_name_postings(index, id);
        for (uint32_t i = 0; i < postings.count && out->len < AUTO_IMPORT_MOST; i++)
            add_posting(index, file, postings.items[i], out);
    }
}

/* Whether a module has the symbol under its name. */
static bool has(Query *query, FileId module, SymbolRef ref, Str name) {
    Targets targets = {0};
    bool found = false;
    query_module_member(query, module, name, &targets);
    for (uint32_t i = 0; i < targets.len && !found; i++)
        found = targets.items[i].file == ref.file && targets.items[i].symbol == ref.symbol;
    ARRAY_FREE(&targets);
    return found;
}

bool auto_import_module(const Index *index, FileId file, SymbolRef ref, StrBuf *out) {
    const Facts *facts = index_facts(index, ref.file);
    Str name = symbol_name(facts, &facts->symbols.items[ref.symbol]);
    Query query;
    StrBuf own;
    buf_init(&own);
    query_init(&query, index);
    index_module_name(index, ref.file, &own);
    Str dotted = buf_str(&own), found = STR_NONE;
    for (size_t end = 0; end < dotted.len && found.len == 0; end++) {
        while (end < dotted.len && dotted.data[end] != '.') end++;
        FileId module = query_find_module(&query, file, str_slice(dotted, 0, end), 0);
        if (module != NONE && module != file && has(&query, module, ref, name))
            found = str_slice(dotted, 0, end);
    }
    buf_append(out, found);
    bool ok = found.len > 0;
    query_release(&query);
    buf_release(&own);
    return ok;
}

/* --- where imports stand ------------------------------------------------------------------------ */

/* The groups of imports, in their order (PEP 8, "Imports"). */
typedef enum { GROUP_FUTURE, GROUP_LIBRARY, GROUP_OWN, GROUP_RELATIVE } Group;

typedef struct {
    const Index *index;
    FileId file;
    const Facts *facts;
    Str text, module, name;
    FileId source; /* what `module` is */
    Group group;
    uint32_t definition; /* where the file's first one begins */
    const char *eol;
} Importing;

static Group group_of(const Importing *self, const Import *import) {
    Str module = facts_text(self->facts, import->module);
    if (import->level) return GROUP_RELATIVE;
    if (!(import->flags & IMPORT_FROM) && import->names.count)
        module = facts_text(self->facts, self->facts->import_names.items[import->names.first].name);
    if (str_eq(module, STR("__future__"))) return GROUP_FUTURE;
    FileId found = index_find_module(self->index, self->file, module, 0);
    return found != NONE && index_is_own(self->index, found) ? GROUP_OWN : GROUP_LIBRARY;
}

static uint32_t line_end(Str text, uint32_t at) {
    while (at < text.len && text.data[at] != '\n') at++;
    return at < text.len ? at + 1 : at;
}

/* The start of the line behind an import, its bracket and comments included. */
static uint32_t end_of(const Importing *self, const Import *import) {
    const ImportName *last = &self->facts->import_names.items[import->names.first + import->names.count - 1];
    bool open = memchr(self->text.data + import->start, '(', last->start - import->start) != NULL;
    uint32_t at = last->end;
    while (open && at < self->text.len && self->text.data[at] != ')')
        at = self->text.data[at] == '#' ? line_end(self->text, at) : at + 1;
    return line_end(self->text, at);
}

/* Where the first definition of a file begins, or NONE. */
static uint32_t first_definition(const Facts *facts) {
    for (uint32_t s = 1; s < facts->tree_count; s++) {
        if (facts->symbols.items[s].kind <= SYMBOL_METHOD) return facts->symbols.items[s].range.start;
    }
    return NONE;
}

/* Whether an import stands at the top: before all definitions, under no condition. */
static bool is_top(const Importing *self, const Import *import) {
    Str word = import->flags & IMPORT_FROM ? STR("from") : STR("import");
    bool plain = import->names.count && import->scope == 0 && !(import->flags & IMPORT_CONDITIONAL);
    return plain && import->start < self->definition &&
           str_starts_with(str_slice(self->text, import->start, self->text.len), word);
}

/* --- joining ------------------------------------------------------------------------------------ */

/* The blanks before a name that stands on a line of its own; NONE when it does not. */
static uint32_t own_line(Str text, uint32_t name) {
    uint32_t start = header_line_start(text, name);
    return header_indent(text, name) == name - start ? name - start : NONE;
}

/* Adds the name to an import of the module; returns where. */
static uint32_t join(const Importing *self, const Import *import, StrBuf *out) {
    const ImportName *names = &self->facts->import_names.items[import->names.first];
    uint32_t before = 0, count = import->names.count;
    while (before < count && str_compare(facts_text(self->facts, names[before].name), self->name) < 0)
        before++;
    const ImportName *beside = &names[before < count ? before : count - 1];
    uint32_t indent = own_line(self->text, beside->start);
    StrBuf line;
    buf_init(&line);
    if (indent == NONE)
        buf_append_byte(&line, ' ');
    else
        buf_printf(&line, "%s%*s", self->eol, (int)indent, "");
    if (before < count)
        buf_printf(out, "%.*s,%s", STR_ARG(self->name), line.data);
    else
        buf_printf(out, ",%s%.*s", line.data, STR_ARG(self->name));
    buf_release(&line);
    return before < count ? beside->start : beside->end;
}

static const Import *find_joinable(const Importing *self) {
    for (uint32_t i = 0; i < self->facts->imports.count; i++) {
        const Import *import = &self->facts->imports.items[i];
        bool names = (import->flags & IMPORT_FROM) && !(import->flags & IMPORT_WILDCARD);
        if (!names || !is_top(self, import)) continue;
        Str module = facts_text(self->facts, import->module);
        if (index_find_module(self->index, self->file, module, import->level) == self->source) return import;
    }
    return NULL;
}

/* --- a line of its own -------------------------------------------------------------------------- */

/* Behind the comments and the docstring that a file begins with. */
static uint32_t top_of(const Importing *self) {
    Str text = self->text;
    uint32_t at = 0;
    while (at < text.len && strchr("#\r\n", text.data[at])) at = line_end(text, at);
    if (!(self->facts->symbols.items[0].flags & SYMBOL_HAS_DOC)) return at;
    Tokens tokens;
    tokens_read(&tokens, text, at, at + 1);
    bool doc = tokens.items.len && tokens.items.items[0].kind == TOKEN_STRING;
    if (doc) at = line_end(text, tokens.items.items[0].end);
    tokens_release(&tokens);
    return at;
}

static uint32_t insert_at_top(const Importing *self, Str line, StrBuf *out) {
    uint32_t at = top_of(self);
    bool blank = at >= self->text.len || strchr("\r\n", self->text.data[at]);
    bool doc = self->facts->symbols.items[0].flags & SYMBOL_HAS_DOC;
    buf_printf(out, "%s%.*s%s", doc ? self->eol : "", STR_ARG(line), blank ? "" : self->eol);
    return at;
}

/* The imports beside which the new one belongs; NULL where there is none. */
typedef struct {
    const Import *previous, *first; /* of its group */
    const Import *lower, *higher;   /* the last of groups before, the first of groups behind */
} Neighbours;

static Neighbours find_neighbours(const Importing *self) {
    Neighbours found = {0};
    for (uint32_t i = 0; i < self->facts->imports.count; i++) {
        const Import *import = &self->facts->imports.items[i];
        if (!is_top(self, import)) continue;
        Group group = group_of(self, import);
        bool from = import->flags & IMPORT_FROM;
        bool before = !from || str_compare(facts_text(self->facts, import->module), self->module) < 0;
        if (group < self->group) found.lower = import;
        if (group > self->group && found.higher == NULL) found.higher = import;
        if (group == self->group && found.first == NULL) found.first = import;
        if (group == self->group && before) found.previous = import;
    }
    return found;
}

static uint32_t insert_line(const Importing *self, StrBuf *out) {
    Neighbours beside = find_neighbours(self);
    const Import *after = beside.previous ? beside.previous : beside.first ? NULL : beside.lower;
    const Import *before = beside.first ? beside.first : beside.higher;
    StrBuf line;
    buf_init(&line);
    buf_printf(&line, "from %.*s import %.*s%s", STR_ARG(self->module), STR_ARG(self->name), self->eol);
    uint32_t at;
    if (after) {
        at = end_of(self, after);
        bool cut = at > 0 && self->text.data[at - 1] != '\n'; /* the file ends with the import */
        buf_printf(out, "%s%s%s", cut ? self->eol : "", beside.previous ? "" : self->eol, line.data);
    } else if (before) {
        at = header_line_start(self->text, before->start);
        buf_printf(out, "%s%s", line.data, beside.first ? "" : self->eol);
    } else {
        at = insert_at_top(self, buf_str(&line), out);
    }
    buf_release(&line);
    return at;
}

uint32_t auto_import_edit(const Index *index, FileId file, Str text, SymbolRef ref, StrBuf *out) {
    const Facts *there = index_facts(index, ref.file);
    StrBuf module;
    buf_init(&module);
    if (!auto_import_module(index, file, ref, &module)) {
        buf_release(&module);
        return NONE;
    }
    size_t newline = str_find_byte(text, '\n');
    bool windows = newline != STR_NPOS && newline > 0 && text.data[newline - 1] == '\r';
    Importing self = {.index = index,
                      .file = file,
                      .facts = index_facts(index, file),
                      .text = text,
                      .module = buf_str(&module),
                      .name = symbol_name(there, &there->symbols.items[ref.symbol]),
                      .source = index_find_module(index, file, buf_str(&module), 0),
                      .group = index_is_own(index, ref.file) ? GROUP_OWN : GROUP_LIBRARY,
                      .definition = first_definition(index_facts(index, file)),
                      .eol = windows ? "\r\n" : "\n"};
    const Import *joined = find_joinable(&self);
    uint32_t at = joined ? join(&self, joined, out) : insert_line(&self, out);
    buf_release(&module);
    return at;
}
