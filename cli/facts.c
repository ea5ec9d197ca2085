/* `headword facts`: the index as JSON Lines, to be compared with what Python itself reads. */
#include "cli/command.h"

#include "base/path.h"
#include "index/name.h"

#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>

typedef struct {
    const Facts *facts;
    StrBuf scratch;
} Dump;

static json_t *string(Str s) { return json_stringn_nocheck(s.data ? s.data : "", s.len); }
static json_t *text(Dump *self, Text piece) { return string(facts_text(self->facts, piece)); }
static json_t *name(Dump *self, uint32_t number) {
    return string(name_normal(facts_name(self->facts, number), &self->scratch));
}

static void set(json_t *object, const char *key, json_t *value) {
    json_object_set_new_nocheck(object, key, value);
}

static void set_text(Dump *self, json_t *object, const char *key, Text piece) {
    if (piece.len) set(object, key, text(self, piece));
}

static void set_place(Dump *self, json_t *object, uint32_t offset) {
    Position position = lines_position(&self->facts->lines, offset, ENCODING_UTF16);
    set(object, "line", json_integer(position.line));
    set(object, "col", json_integer(position.column));
}

static void set_texts(Dump *self, json_t *object, const char *key, Slice slice) {
    if (slice.count == 0) return;
    json_t *list = json_array();
    for (uint32_t i = 0; i < slice.count; i++)
        json_array_append_new(list, text(self, self->facts->texts.items[slice.first + i]));
    set(object, key, list);
}

static json_t *dump_params(Dump *self, Slice slice) {
    static const char *const kinds[] = {"posonly", "pos", "*", "kwonly", "**"};
    json_t *list = json_array();
    for (uint32_t i = 0; i < slice.count; i++) {
        const Param *param = &self->facts->params.items[slice.first + i];
        json_t *item = json_object();
        set(item, "name", name(self, param->name));
        set(item, "kind", string(str_of(kinds[param->kind])));
        set_text(self, item, "ann", param->type);
        if (param->has_value) set(item, "default", text(self, param->value));
        json_array_append_new(list, item);
    }
    return list;
}

static json_t *dump_attribute(Dump *self, uint32_t s) {
    const Symbol *symbol = &self->facts->symbols.items[s];
    uint32_t method = facts_attribute_method(self->facts, s);
    json_t *item = json_object();
    set(item, "name", name(self, symbol->name));
    set_place(self, item, symbol->name_start);
    if (method != NONE) set(item, "in", name(self, self->facts->symbols.items[method].name));
    return item;
}

static void dump_definition(Dump *self, const Symbol *symbol, json_t *item) {
    const Lines *lines = &self->facts->lines;
    set(item, "end", json_integer(lines_line(lines, symbol->range.end)));
    set_texts(self, item, "decorators", symbol->decorators);
    set_texts(self, item, "bases", symbol->bases);
    set_texts(self, item, "keywords", symbol->keywords);
    if (symbol->flags & SYMBOL_ASYNC) set(item, "async", json_true());
    if (symbol->params.count) set(item, "params", dump_params(self, symbol->params));
    set_text(self, item, "returns", symbol->type);
    if (symbol->flags & SYMBOL_HAS_DOC) set(item, "doc", text(self, symbol->doc));
}

enum { LONGEST_VALUE = 100 }; /* characters */

static bool is_short(Str value) {
    size_t characters = 0;
    for (size_t i = 0; i < value.len; i++) {
        if (value.data[i] == '\n') return false;
        characters += ((unsigned char)value.data[i] & 0xC0) != 0x80;
    }
    return characters <= LONGEST_VALUE;
}

static void dump_variable(Dump *self, const Symbol *symbol, json_t *item) {
    static const char *const vias[] = {NULL, "for", "with", "unpack", "aug", "type"};
    set_text(self, item, "ann", symbol->type);
    bool shown = symbol->via == VIA_NONE && !(symbol->flags & SYMBOL_CUT);
    if (shown && is_short(facts_text(self->facts, symbol->value)))
        set_text(self, item, "value", symbol->value);
    if (symbol->via) set(item, "via", string(str_of(vias[symbol->via])));
}

static json_t *dump_symbol(Dump *self, uint32_t s) {
    static const char *const kinds[SYMBOL_KINDS] = {"module", "class",    "function",
                                                    "method", "variable", "attribute"};
    const Symbol *symbol = &self->facts->symbols.items[s];
    json_t *item = json_object();
    set(item, "kind", string(str_of(kinds[symbol->kind])));
    set(item, "name", name(self, symbol->name));
    set_place(self, item, symbol->name_start);
    if (symbol->kind == SYMBOL_VARIABLE)
        dump_variable(self, symbol, item);
    else
        dump_definition(self, symbol, item);
    if (symbol->flags & SYMBOL_CONDITIONAL) set(item, "cond", json_true());
    return item;
}

static void append_to(json_t *owner, const char *key, json_t *item) {
    if (json_object_get(owner, key) == NULL) set(owner, key, json_array());
    json_array_append_new(json_object_get(owner, key), item);
}

/* Symbols stand parents first, so each finds its parent's object; no recursion over the nesting. */
static void dump_symbols(Dump *self, json_t *file) {
    json_t **objects = mem_calloc(self->facts->symbols.count, sizeof(json_t *)); /* borrowed from `file` */
    for (uint32_t s = 1; s < self->facts->symbols.count; s++) {
        const Symbol *symbol = &self->facts->symbols.items[s];
        json_t *parent = symbol->parent ? objects[symbol->parent] : file;
        bool attribute = symbol->kind == SYMBOL_ATTRIBUTE;
        bool in_base = attribute && self->facts->symbols.items[symbol->parent].kind == SYMBOL_CLASS &&
                       facts_attribute_method(self->facts, s) == NONE; /* stands there as written */
        if (in_base) continue;
        objects[s] = attribute ? dump_attribute(self, s) : dump_symbol(self, s);
        append_to(parent, attribute ? "attrs" : symbol->parent ? "children" : "symbols", objects[s]);
    }
    mem_free(objects);
}

static json_t *dump_import(Dump *self, const Import *import) {
    const Facts *facts = self->facts;
    json_t *item = json_object(), *names = json_array();
    set(item, "line", json_integer(lines_line(&facts->lines, import->start)));
    set(item, "kind", string(import->flags & IMPORT_FROM ? STR("from") : STR("import")));
    set_text(self, item, "module", import->module);
    if (import->level) set(item, "level", json_integer(import->level));
    for (uint32_t i = 0; i < import->names.count; i++) {
        const ImportName *imported = &facts->import_names.items[import->names.first + i];
        json_t *entry = json_object();
        Str dotted = name_normal(facts_text(facts, imported->name), &self->scratch);
        set(entry, "name", string(dotted));
        set_place(self, entry, imported->start);
        if (imported->alias != NONE) set(entry, "as", name(self, imported->alias));
        json_array_append_new(names, entry);
    }
    set(item, "names", names);
    StrBuf scope;
    buf_init(&scope);
    facts_qualified_name(facts, facts->scopes.items[import->scope].symbol, &scope);
    if (scope.len) set(item, "scope", string(name_normal(buf_str(&scope), &self->scratch)));
    buf_release(&scope);
    if (import->flags & IMPORT_CONDITIONAL) set(item, "cond", json_true());
    return item;
}

/* The last `__all__` that is a plain list, as it was written there. */
static void dump_all(Dump *self, json_t *file) {
    const Facts *facts = self->facts;
    uint32_t next = facts->exports.count;
    while (next > 0 && facts->exports.items[next - 1].kind != EXPORTS_LITERAL) next--;
    if (next == 0) return;
    json_t *names = json_array();
    for (; next < facts->exports.count && facts->exports.items[next].kind == EXPORTS_LISTED; next++)
        json_array_append_new(names, text(self, facts->exports.items[next].name));
    set(file, "all", names);
}

static json_t *dump_error(Dump *self, Range range) {
    Position start = lines_position(&self->facts->lines, range.start, ENCODING_UTF16);
    Position end = lines_position(&self->facts->lines, range.end, ENCODING_UTF16);
    return json_pack("{s:i, s:i, s:i, s:i}", "line", (int)start.line, "col", (int)start.column, "endLine",
                     (int)end.line, "endCol", (int)end.column);
}

static void dump_file(const Facts *facts, Str path) {
    Dump self = {.facts = facts};
    buf_init(&self.scratch);
    json_t *file = json_object();
    set(file, "file", string(path));
    if (facts->symbols.items[0].flags & SYMBOL_HAS_DOC)
        set(file, "doc", text(&self, facts->symbols.items[0].doc));
    dump_all(&self, file);
    for (uint32_t i = 0; i < facts->imports.count; i++)
        append_to(file, "imports", dump_import(&self, &facts->imports.items[i]));
    dump_symbols(&self, file);
    for (uint32_t i = 0; i < facts->errors.count; i++)
        append_to(file, "errors", dump_error(&self, facts->errors.items[i]));
    command_print_json(file);
    buf_release(&self.scratch);
}

/* Whether the file is named by one of the paths, or lies below one; all are wanted when there are none. */
static bool wanted(Str relative, int count, char **paths) {
    for (int i = 0; i < count; i++) {
        if (path_is_under(relative, str_of(paths[i]))) return true;
    }
    return count == 0;
}

int command_facts(int argc, char **argv) {
    static const struct option options[] = {REPOSITORY_OPTIONS, {0}};
    RepositoryOptions where = {0};
    for (int c; (c = command_option(argc, argv, options)) != -1;) {
        if (!repository_option(&where, c)) return EXIT_TROUBLE;
    }
    Repository repository;
    if (!repository_open(&repository, &where)) return EXIT_TROUBLE;
    FileIds files = {0};
    uint32_t dumped = 0;
    repository_files(&repository, &files);
    for (uint32_t i = 0; i < files.len; i++) {
        Str path = index_relative_path(repository.index, files.items[i]);
        if (!wanted(path, argc - optind, argv + optind)) continue;
        dump_file(index_facts(repository.index, files.items[i]), path);
        dumped++;
    }
    int status =
        dumped || argc == optind ? EXIT_FINE : command_fail("no indexed file lies under %s", argv[optind]);
    ARRAY_FREE(&files);
    repository_close(&repository);
    return status;
}
