#include "markdown/dangling.h"

#include "index/resolve.h"
#include "index/stubs.h"

enum {
    MOST_MODULES = 16, /* that wildcard imports are followed through */
    MOST_CLASSES = 32, /* that one class inherits from */
};

/* --- closed things ----------------------------------------------------------------------------------- */

/* Whether a module makes names up while it runs. */
static bool makes_names(const Facts *facts) {
    static const char *const makers[] = {"__getattr__", "globals"};
    for (uint32_t n = 0; n < facts->names.count; n++) {
        for (size_t i = 0; i < sizeof makers / sizeof *makers; i++) {
            if (str_eq(facts_name(facts, n), str_of(makers[i]))) return true;
        }
    }
    return false;
}

typedef struct {
    FileId items[MOST_MODULES];
    uint32_t len;
} Modules;

/* False when there are too many, or none is meant. */
static bool modules_add(Modules *self, FileId file) {
    for (uint32_t i = 0; i < self->len; i++) {
        if (self->items[i] == file) return true;
    }
    if (file == NONE || self->len == MOST_MODULES) return false;
    self->items[self->len++] = file;
    return true;
}

/* Takes in the modules of which a module takes everything. */
static bool add_wildcards(const Index *index, FileId file, const Facts *facts, Modules *modules) {
    for (uint32_t i = 0; i < facts->imports.count; i++) {
        const Import *import = &facts->imports.items[i];
        if (!(import->flags & IMPORT_WILDCARD)) continue;
        FileId from = index_find_module(index, file, facts_text(facts, import->module), import->level);
        if (!modules_add(modules, from)) return false;
    }
    return true;
}

/* Takes in the stub of a source, or the source of a stub; false for a stub alone: of what is compiled it may
 * not tell all. */
static bool add_counterpart(const Index *index, FileId file, Modules *modules) {
    FileId other = stubs_other(index, file);
    return other == NONE ? !stubs_is_stub(index, file) : modules_add(modules, other);
}

static bool has_part(Str dotted, Str name) {
    Str part;
    while (str_next_piece(&dotted, '.', &part)) {
        if (str_eq(part, name)) return true;
    }
    return false;
}

static bool file_imports(const Facts *facts, Str name) {
    for (uint32_t i = 0; i < facts->imports.count; i++) {
        const Import *import = &facts->imports.items[i];
        if (has_part(facts_text(facts, import->module), name)) return true;
        for (uint32_t n = 0; n < import->names.count; n++) {
            const ImportName *at = &facts->import_names.items[import->names.first + n];
            if (has_part(facts_text(facts, at->name), name)) return true;
        }
    }
    return false;
}

/* Whether own code imports something of that name: a module that is compiled, or written by a build. */
static bool is_imported(const Index *index, Str name) {
    uint32_t id = index_find_name(index, name);
    Postings postings = id != NONE ? index_name_postings(index, id) : (Postings){0};
    for (uint32_t i = 0; i < postings.count; i++) {
        FileId file = postings.items[i].file;
        if (index_is_own(index, file) && file_imports(index_facts(index, file), name)) return true;
    }
    return false;
}

/* Whether what a module holds can be read off it, and off the modules it takes everything of. */
static bool is_closed_module(const Index *index, FileId file, Str name) {
    Modules modules = {{file}, 1};
    for (uint32_t i = 0; i < modules.len; i++) {
        FileId at = modules.items[i];
        if (!add_counterpart(index, at, &modules)) return false;
        const Facts *facts = index_is_own(index, at) ? index_facts(index, at) : NULL;
        if (facts == NULL || makes_names(facts) || !add_wildcards(index, at, facts, &modules)) return false;
        if (facts_lists_exports(facts) && facts_exports(facts, name)) return false; /* it says so itself */
    }
    return true;
}

static Str last_name(Str dotted) { return str_from(dotted, str_rfind_byte(dotted, '.') + 1); }

/* Whether something of that name gets its docstring from outside: it may have no other trace. */
static bool is_attached(const Index *index, Str name) {
    FileList files = index_documenting(index);
    for (uint32_t i = 0; i < files.count; i++) {
        const Facts *facts = index_facts(index, files.items[i]);
        for (uint32_t d = 0; facts && d < facts->docs.count; d++) {
            if (str_eq(last_name(facts_text(facts, facts->docs.items[d].name)), name)) return true;
        }
    }
    return false;
}

/* A class and those it inherits from. */
typedef struct {
    SymbolRef items[MOST_CLASSES];
    uint32_t len;
} Classes;

static bool classes_add(Classes *self, SymbolRef ref) {
    for (uint32_t i = 0; i < self->len; i++) {
        if (self->items[i].file == ref.file && self->items[i].symbol == ref.symbol) return true;
    }
    if (self->len == MOST_CLASSES) return false;
    self->items[self->len++] = ref;
    return true;
}

/* Takes in what a class inherits from; false when a base is no class of own code for sure. */
static bool add_bases(const Index *index, SymbolRef ref, Classes *classes) {
    const Facts *facts = index_facts(index, ref.file);
    Slice bases = facts->symbols.items[ref.symbol].bases;
    Targets targets = {0};
    bool known = true;
    for (uint32_t i = 0; i < bases.count && known; i++) {
        Str base = facts_text(facts, facts->texts.items[bases.first + i]);
        if (str_eq(base, STR("object"))) continue;
        targets.len = 0;
        resolve_dotted(index, ref.file, base, &targets);
        Target target = targets.len == 1 ? targets.items[0] : (Target){.symbol = NONE};
        known = target.symbol != NONE && index_is_own(index, target.file) &&
                index_facts(index, target.file)->symbols.items[target.symbol].kind == SYMBOL_CLASS &&
                classes_add(classes, (SymbolRef){target.file, target.symbol});
    }
    ARRAY_FREE(&targets);
    return known;
}

/* Whether what a class holds can be read off it and its bases. */
static bool is_closed_class(const Index *index, SymbolRef ref) {
    Classes classes = {{ref}, 1};
    for (uint32_t i = 0; i < classes.len; i++) {
        const Facts *facts = index_facts(index, classes.items[i].file);
        const Symbol *symbol = &facts->symbols.items[classes.items[i].symbol];
        bool made = symbol->keywords.count || symbol->decorators.count || makes_names(facts);
        if (made || !add_bases(index, classes.items[i], &classes)) return false;
    }
    return true;
}

/* Whether own code rules out that a name stands behind what `target` is. Classes are given what is defined
 * elsewhere in ways that cannot be seen. */
static bool is_closed(const Index *index, const Target *target, Str name) {
    if (target->symbol == NONE || !index_is_own(index, target->file)) return false;
    SymbolRef ref = {target->file, target->symbol};
    uint8_t kind = index_facts(index, ref.file)->symbols.items[ref.symbol].kind;
    uint32_t id = index_find_name(index, name);
    bool defined = id != NONE && index_name_symbols(index, id) > 0;
    bool closed = kind == SYMBOL_MODULE  ? is_closed_module(index, ref.file, name)
                  : kind == SYMBOL_CLASS ? !defined && is_closed_class(index, ref)
                                         : false;
    return closed && !is_attached(index, name);
}

/* --- names ------------------------------------------------------------------------------------------- */

static bool find(const NameCheck *self, Str name, Target *out) {
    Targets targets = {0};
    if (self->file == NONE)
        resolve_path(self->index, name, &targets);
    else
        resolve_dotted(self->index, self->file, name, &targets);
    bool found = targets.len > 0;
    if (found) *out = targets.items[0];
    ARRAY_FREE(&targets);
    return found;
}

bool dangling_path(NameCheck *self, Str name) {
    Target target;
    if (self->lookups == 0 || find(self, name, &target)) return false;
    size_t whole = name.len;
    for (size_t dot; (dot = str_rfind_byte(name, '.')) != STR_NPOS && self->lookups; self->lookups--) {
        Str last = str_from(name, dot + 1);
        bool leads_on = name.len < whole;
        name = str_slice(name, 0, dot);
        if (!find(self, name, &target)) continue;
        return is_closed(self->index, &target, last) && !(leads_on && is_imported(self->index, last));
    }
    return false;
}

/* Parted by blanks. */
static const char builtins[] =
    "ArithmeticError AssertionError AttributeError BaseException BaseExceptionGroup "
    "BlockingIOError BrokenPipeError BufferError BytesWarning ChildProcessError "
    "ConnectionAbortedError ConnectionError ConnectionRefusedError ConnectionResetError "
    "DeprecationWarning EOFError Ellipsis EncodingWarning EnvironmentError Exception "
    "ExceptionGroup False FileExistsError FileNotFoundError FloatingPointError FutureWarning "
    "GeneratorExit IOError ImportError ImportWarning IndentationError IndexError InterruptedError "
    "IsADirectoryError KeyError KeyboardInterrupt LookupError MemoryError ModuleNotFoundError "
    "NameError None NotADirectoryError NotImplemented NotImplementedError OSError OverflowError "
    "PendingDeprecationWarning PermissionError ProcessLookupError PythonFinalizationError "
    "RecursionError ReferenceError ResourceWarning RuntimeError RuntimeWarning StopAsyncIteration "
    "StopIteration SyntaxError SyntaxWarning SystemError SystemExit TabError TimeoutError True "
    "TypeError UnboundLocalError UnicodeDecodeError UnicodeEncodeError UnicodeError "
    "UnicodeTranslateError UnicodeWarning UserWarning ValueError Warning ZeroDivisionError abs "
    "aiter all anext any ascii bin bool breakpoint bytearray bytes callable chr classmethod "
    "compile complex delattr dict dir divmod enumerate eval exec filter float format frozenset "
    "getattr globals hasattr hash help hex id input int isinstance issubclass iter len list "
    "locals map max memoryview min next object oct open ord pow print property range repr "
    "reversed round set setattr slice sorted staticmethod str sum super tuple type vars zip ";

static bool is_builtin(Str name) {
    Str rest = str_of(builtins), word;
    while (str_next_piece(&rest, ' ', &word)) {
        if (str_eq(word, name)) return true;
    }
    return false;
}

/* Whether a name stands anywhere in own code; libraries may be known or not. */
static bool occurs(const Index *index, Str name) {
    uint32_t id = index_find_name(index, name);
    Postings postings = id != NONE ? index_name_postings(index, id) : (Postings){0};
    for (uint32_t i = 0; i < postings.count; i++) {
        if (index_is_own(index, postings.items[i].file)) return true;
    }
    return false;
}

bool dangling_word(NameCheck *self, Str name) {
    if (self->lookups == 0 || is_builtin(name) || occurs(self->index, name)) return false;
    self->lookups--;
    return !is_attached(self->index, name);
}

bool dangling_is_path(Str name) {
    static const char *const suffixes[] = {".py",   ".pyi",  ".so",   ".md",   ".rst", ".txt",
                                           ".json", ".toml", ".yaml", ".yml",  ".cfg", ".ini",
                                           ".sh",   ".html", ".js",   ".ipynb"};
    size_t dots = 0;
    for (size_t i = 0; i < name.len; i++) dots += name.data[i] == '.';
    for (size_t i = 0; i < sizeof suffixes / sizeof *suffixes; i++) {
        if (str_ends_with(name, str_of(suffixes[i]))) return false;
    }
    return dots >= 2;
}
