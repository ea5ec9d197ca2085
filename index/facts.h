/* Facts: everything one file contributes to the index.
 *
 * Made once by a language front end, read-only from then on, freed whole: one block of memory holds them, or
 * their lists lie in a cache file that is mapped (index/snapshot.h).
 * Facts hold no pointers between their parts, only indices and byte offsets, and never refer to the source
 * text they were read from: whoever needs a piece of source (a default, a docstring) finds a copy in `pool`.
 * A parse never fails: of a broken file, Facts hold what is readable plus the regions that are not
 * (`errors`).
 *
 * Terms are those of the Python language reference. Offsets are bytes into the decoded UTF-8 text of the
 * file. */
#ifndef HEADWORD_INDEX_FACTS_H
#define HEADWORD_INDEX_FACTS_H

#include "index/text.h"

#define NONE UINT32_MAX

/* The items of lists go to files as they lie: between their fields there are no gaps, which would hold
 * whatever lay there before. */
#pragma GCC diagnostic push
#pragma GCC diagnostic error "-Wpadded"

/* A piece of `pool`; len 0 when there is none. */
typedef struct {
    uint32_t at, len;
} Text;

/* Items [first, first + count) of the array that the field names. */
typedef struct {
    uint32_t first, count;
} Slice;

typedef enum {
    SYMBOL_MODULE, /* symbol 0 of every file, the only one without a parent */
    SYMBOL_CLASS,
    SYMBOL_FUNCTION,
    SYMBOL_METHOD,
    SYMBOL_VARIABLE,  /* bound in a module or class body; every assignment makes one */
    SYMBOL_ATTRIBUTE, /* `self.name` set in a method of the parent class, the first place */
} SymbolKind;

enum { SYMBOL_KINDS = SYMBOL_ATTRIBUTE + 1 };

/* Kinds of symbols in text files that are no sources (index/texts.h): none of them is what a name in a source
 * can mean. */
typedef enum {
    SYMBOL_DOCUMENT = SYMBOL_KINDS, /* symbol 0, in the place of a module */
    SYMBOL_HEADING,                 /* `via` is its level, from 1 */
    SYMBOL_KEY,                     /* named by its path: "tool.headword.pages" */
    SYMBOL_TARGET,                  /* of a build; a stage of an image */
    SYMBOL_ROUTINE,                 /* a function or macro of a script */
    SYMBOL_INSTRUCTION,             /* of an image: "RUN" */
} TextSymbolKind;

/* How a variable was bound, when not by plain assignment. */
typedef enum { VIA_NONE, VIA_FOR, VIA_WITH, VIA_UNPACK, VIA_AUG, VIA_TYPE } SymbolVia;

enum {
    SYMBOL_ASYNC = 1,
    SYMBOL_CONDITIONAL = 2,     /* inside if, try, with, for, while or match of its scope */
    SYMBOL_HAS_DOC = 4,         /* has a docstring, be it an empty one */
    SYMBOL_YIELDS = 8,          /* a generator function */
    SYMBOL_RETURNS = 16,        /* has a return statement with a value other than None */
    SYMBOL_EXPORTED = 32,       /* in a module's body: facts_exports says so of its name */
    SYMBOL_LISTS = 64,          /* of a module: facts_lists_exports */
    SYMBOL_CALLS_UNNAMED = 128, /* a function that calls what has no name: `table[key]()` */
    SYMBOL_CUT = 256,           /* its value is too long: "[…]" stands for it */
    SYMBOL_MADE = 512, /* a variable that is a class which a call makes: its only base, with its module, is in
                          `bases`, its members are attributes */
};

typedef struct {
    uint8_t kind;        /* SymbolKind */
    uint8_t via;         /* SymbolVia */
    uint16_t flags;      /* SYMBOL_… */
    uint32_t parent;     /* symbol, or NONE for the module */
    uint32_t after;      /* one past its last descendant: descendants are (self, after) */
    uint32_t name;       /* in `names`; the module's is the empty name */
    uint32_t name_start; /* offset */
    Range range;         /* from the first decorator or keyword to the end of its last statement */
    Text doc;            /* docstring, cleaned as inspect.cleandoc does; of a variable: see Remark */
    Text type;           /* as written: a function's return annotation, a variable's annotation */
    Text value;       /* a variable's or key's value as written, without brackets around all of a single line;
                         see SYMBOL_CUT; of a target, what it is made from */
    Slice decorators; /* in `texts`, as written, without "@" */
    Slice bases;      /* in `texts`, as written */
    Slice keywords;   /* in `texts`, "name=value" or "**value": a class's keyword arguments */
    Slice params;     /* in `params` */
} Symbol;

typedef enum { PARAM_POSONLY, PARAM_POS, PARAM_ARGS, PARAM_KWONLY, PARAM_KWARGS } ParamKind;

/* Whether an argument may be given to it by its name. */
static inline bool param_takes_keyword(uint32_t kind) { return kind == PARAM_POS || kind == PARAM_KWONLY; }

typedef struct {
    uint16_t kind;      /* ParamKind */
    uint16_t has_value; /* 0 or 1: a default */
    uint32_t name;      /* in `names` */
    uint32_t start;
    Text type, value; /* annotation and default, as written */
} Param;

enum { IMPORT_FROM = 1, IMPORT_CONDITIONAL = 2, IMPORT_WILDCARD = 4 };

typedef struct {
    uint32_t flags; /* IMPORT_…; without IMPORT_FROM it is `import a, b` */
    uint32_t level; /* leading dots */
    uint32_t start; /* of the statement */
    uint32_t scope; /* in `scopes` */
    Text module;    /* after `from`, dotted, without leading dots; len 0 for `import` and `from . import` */
    Slice names;    /* in `import_names` */
} Import;

typedef struct {
    Text name;      /* dotted for `import a.b`; "*" for a wildcard */
    uint32_t alias; /* in `names`, or NONE */
    uint32_t start; /* of its first token */
    uint32_t end;   /* of its last token, alias included */
} ImportName;

typedef enum {
    SCOPE_MODULE,
    SCOPE_CLASS,
    SCOPE_FUNCTION,
    SCOPE_LAMBDA,
    SCOPE_COMPREHENSION,
    SCOPE_TYPE_PARAMS, /* around a generic class or function (PEP 695) */
} ScopeKind;

typedef struct {
    uint32_t kind;   /* ScopeKind */
    uint32_t parent; /* scope, or NONE for the module's, which is scope 0 */
    uint32_t symbol; /* the class, function or module whose scope it is; for others the one around */
    Range range;
} Scope;

/* What an identifier does where it stands. */
typedef enum {
    ROLE_READ,
    ROLE_WRITE, /* assignment target, for target, with/except alias, match capture, walrus */
    ROLE_DELETE,
    ROLE_DEFINITION, /* the name in `def` or `class` */
    ROLE_PARAM,
    ROLE_TYPE_PARAM,
    ROLE_IMPORT,      /* a name that an import binds in its scope */
    ROLE_IMPORT_PATH, /* any other name in an import: module path, original name before `as` */
    ROLE_ATTRIBUTE,   /* after a dot, read */
    ROLE_ATTRIBUTE_WRITE,
    ROLE_ATTRIBUTE_DELETE,
    ROLE_KEYWORD, /* keyword argument's or class pattern's name */
    ROLE_GLOBAL,  /* in a global statement */
    ROLE_NONLOCAL,
} Role;

enum {
    OCCURRENCE_CALLEE = 1,    /* it, or the dotted name that ends with it, is called */
    OCCURRENCE_CHAINED = 2,   /* an attribute whose receiver is the plain or dotted name just before it */
    OCCURRENCE_DECORATOR = 4, /* stands in a decorator, outside of calls' arguments */
    OCCURRENCE_BASE = 8,      /* stands in a class's list of bases */
};

/* One identifier in the text. */
typedef struct {
    uint32_t start;     /* offset; its length is that of its name */
    uint32_t name : 24; /* in `names` */
    uint32_t role : 4;  /* Role */
    uint32_t flags : 4; /* OCCURRENCE_… */
} Occurrence;

/* Occurrences from `first` on, up to the next run, belong to `scope`. */
typedef struct {
    uint32_t first, scope;
} ScopeRun;

/* What an expression's value is asked for, one step behind the other. ITEM steps take an item out of a tuple;
 * IN steps and LIST, SET, GENERATOR and DICT say that the value lies in one. */
typedef enum {
    STEP_NONE, /* the end */
    STEP_CALL,
    STEP_INDEX,   /* an item by subscript */
    STEP_ITERATE, /* an item by iteration */
    STEP_ENTER,   /* what a with statement binds */
    STEP_LIST,
    STEP_SET,
    STEP_GENERATOR,
    STEP_DICT, /* it is a value of the dictionary */
    STEP_ITEM, /* STEP_ITEM + i: item i, below TUPLE_ITEMS */
    STEP_IN = STEP_ITEM + 4,
    STEP_CLASS = STEP_IN + 4, /* an instance's class */
    STEP_FUNCTION,            /* calling it gives the value: a lambda */
} Step;

enum { TUPLE_ITEMS = 4, STEP_BITS = 5, STEPS = 5 }; /* most steps of one value; longer ones are left out */

/* Whether a step says what the value is one of several in. */
static inline bool step_is_series(Step step) { return step >= STEP_LIST && step <= STEP_GENERATOR; }

/* Whether a step says what the value lies in. */
static inline bool step_puts_in(Step step) {
    return (step >= STEP_LIST && step <= STEP_DICT) || (step >= STEP_IN && step < STEP_CLASS);
}

typedef enum {
    VALUE_BOUND,    /* to the occurrence `owner` */
    VALUE_RECEIVER, /* before the dot of the attribute `owner`, when that is not CHAINED; called with the
                       keyword `owner`, or an instance of the class whose pattern has it */
    VALUE_RETURN,   /* returned (yielded: in a LIST) by the function symbol `owner` */
} ValueUse;

typedef enum {
    VALUE_NAME,    /* `at`: the occurrence that ends the dotted name */
    VALUE_TYPE,    /* `at`: in `texts`, an annotation */
    VALUE_LITERAL, /* `at`: LiteralType */
    VALUE_KEPT,    /* no value: what it was bound to before still says what it is: `x += 1` */
    VALUE_LATE, /* no value: uses of the name before the occurrence `at` mean earlier bindings: `x = f(x)` */
} ValueKind;

/* The last four: such a display without items. */
typedef enum {
    TYPE_STR,
    TYPE_BYTES,
    TYPE_INT,
    TYPE_FLOAT,
    TYPE_BOOL,
    TYPE_NONE,
    TYPE_LIST,
    TYPE_SET,
    TYPE_DICT,
    TYPE_TUPLE,
} LiteralType;

/* A place's value, as far as it can be told from the text: steps from a name on. A place may have several (`a
 * or b`). */
typedef struct {
    uint32_t owner;
    uint32_t at;
    uint32_t steps : 25; /* the first one in the lowest bits */
    uint32_t kind : 4;   /* ValueKind */
    uint32_t use : 3;    /* ValueUse */
} Value;

/* `name` is an instance of the class or tuple of classes `type` in a range of the text, or (`is_class`) such
 * a class or one below it, as isinstance(), a pattern or the like there says. Ranges of alternatives are
 * equal.
 */
typedef struct {
    uint32_t name; /* occurrence that ends the dotted name */
    uint32_t type; /* likewise */
    uint32_t is_class;
    Range range;
} Narrowing;

/* The body of a compound statement other than a definition: what is bound in it may not be bound behind it.
 */
typedef struct {
    Range range;
    uint32_t parent;    /* the block around it in the same definition, or NONE */
    uint32_t statement; /* where its if or match statement starts, of whose suites one runs; else NONE */
    uint32_t fallback;  /* 1: what is bound in it comes behind what is bound elsewhere: an except clause, or
                           what type checkers do not see, as behind the else of `if TYPE_CHECKING:` */
} Suite;

/* An occurrence that binds a name in a scope, or declares it global or nonlocal there. */
typedef struct {
    uint32_t scope, occurrence;
} Binding;

/* A function raises something in its own body that is not caught there. */
typedef struct {
    uint32_t symbol;    /* the function */
    uint32_t start;     /* of the statement */
    uint32_t exception; /* the occurrence that ends the dotted name of what is raised, or of what is called to
                           make it; NONE when it is neither, as in a bare `raise` */
} Raise;

enum { LITERAL_KEYWORD = UINT8_MAX };

/* A literal that a call or subscript is given. Kept are strings that can name something as first argument or
 * subscript (`getenv("HOME")`, `environ["HOME"]`; one word of at most 64 bytes, quotes included), and the
 * other literal arguments of such calls (`getenv("HOME", "/")`, `add_argument("-n", type=int, default=1)`),
 * of at most 256 bytes. */
typedef struct {
    uint32_t occurrence; /* the last name of the callee or subscripted expression */
    uint32_t start;
    Text value;        /* a string's value; others as written */
    uint16_t type;     /* LiteralType */
    uint16_t argument; /* its place among all arguments, or LITERAL_KEYWORD: the last occurrence before
                         `start` is the keyword */
} Literal;

/* A docstring given from outside: `f.__doc__ = "…"`, `add_docstr(m.f, "…")`, `__doc__ = "…"` in a body. Of a
 * text that is put together (`"…" + x`, `"…".format(x)`), it is the parts that can be read; see Filling. */
typedef struct {
    uint32_t
        target; /* what is documented: the occurrence that ends its dotted name; or that of `__doc__` itself
                   (ROLE_WRITE): the class or module around; or that of the callee: what `name` says */
    uint32_t start; /* of the text */
    Text name;      /* what strings say of it, dotted: the member of `target`, or all of it */
    Text doc;       /* cleaned; "" when it is not to be read here: `def add(n, doc): add_docstr(getattr(m, n),
                       doc)` says what `add` does */
} AttachedDoc;

typedef enum {
    FILLING_FIELD, /* of a docstring: `{name}` or `%(name)s` stands at the offset `at` of its text */
    FILLING_ENTRY, /* `text` is what `name` stands for */
    FILLING_TEXT,  /* `text` holds such entries: paragraphs that begin with "name (type): " or "name: " */
    FILLING_OF,    /* those of what the dotted `name` means in the module's scope join in */
} FillingKind;

/* A part of what docstrings are filled with, as in `add_docstr(f, "…{input}…".format(**common))`: of the
 * docstring, or of a name bound in the module's body to a dictionary, or to a call that is given texts and
 * such names (`common = parse("…")`, `both = merge(common, {…})`). Of two entries the last one counts. */
typedef struct {
    uint32_t owner; /* offset: where the docstring's text, or the name, starts */
    uint32_t at;    /* of a FIELD */
    Text name, text;
    uint16_t kind;   /* FillingKind */
    uint16_t margin; /* of a FIELD: how many spaces were taken off the lines of its docstring */
} Filling;

typedef enum {
    EXPORTS_LITERAL, /* no name: `__all__` is set anew, to a plain list of strings; LISTED ones follow */
    EXPORTS_ANEW,    /* no name: it is set anew otherwise */
    EXPORTS_LISTED,  /* a name in the assignment */
    EXPORTS_ADDED,   /* a name added later, or under some condition */
    EXPORTS_REMOVED,
    EXPORTS_OF,   /* what the module that `name` means exports is added */
    EXPORTS_OPEN, /* no name: something that cannot be read is added */
} ExportKind;

/* What is done to `__all__`, in source order. */
typedef struct {
    Text name;
    uint32_t start; /* of the string's value in the text; NONE without, or when it is pieced together */
    uint32_t kind;  /* ExportKind */
} Export;

/* What may document a variable: a string that is a statement, but not a docstring, or a line of a comment
 * that begins with "#:". */
typedef struct {
    Range range;
    Text text;        /* of a string, cleaned as a docstring is; of a comment, what follows the mark */
    uint32_t comment; /* 1: it is one */
} Remark;

/* A name in a string that stands for a type (`x: "Foo"`), or for a member of the class around: `__slots__ =
 * "foo",`. */
typedef struct {
    uint32_t start; /* its length is that of its name */
    uint32_t name : 30;
    uint32_t chained : 1; /* behind the name just before it and a dot */
    uint32_t member : 1;
    uint32_t scope; /* that the string stands in */
} QuotedName;

/* A comment that asks for work (TODO, FIXME, XXX, HACK). */
typedef struct {
    uint32_t start;
    Text text; /* without "#", trimmed */
} Note;

typedef enum {
    MENTION_LINK,    /* the target of a link as written: a URL, or a path with or without fragment */
    MENTION_NAME,    /* code that reads like a dotted name */
    MENTION_OBJECT,  /* "package.module:function" */
    MENTION_FILE,    /* a path that is read by what stands there: include, source */
    MENTION_OUTSIDE, /* what is not of the repository: a package, an image */
    MENTION_ANCHOR,  /* a place of its own that links may lead to, by its fragment */
} MentionKind;

/* A text file speaks of something else. */
typedef struct {
    uint32_t kind; /* MentionKind */
    uint32_t start;
    Text text;
} Mention;

#pragma GCC diagnostic pop

/* `count` items at `items`. */
#define LIST_OF(T)                                                                                           \
    struct {                                                                                                 \
        const T *items;                                                                                      \
        uint32_t count;                                                                                      \
    }

/* Every list of Facts: LIST(field, type). They hold numbers only, so they can be copied as they are. */
#define FACTS_LISTS(LIST)                                                                                    \
    LIST(names, Text)       /* distinct identifiers, spelled as in the text; 0 is "" */                      \
    LIST(symbols, Symbol)   /* see tree_count */                                                             \
    LIST(by_name, uint32_t) /* symbols but the module, by name number, then by number */                     \
    LIST(params, Param)                                                                                      \
    LIST(texts, Text) /* decorators, bases, keywords of symbols */                                           \
    LIST(imports, Import)                                                                                    \
    LIST(import_names, ImportName)                                                                           \
    LIST(scopes, Scope)                                                                                      \
    LIST(occurrences, Occurrence) /* by start */                                                             \
    LIST(runs, ScopeRun)          /* by first */                                                             \
    LIST(bindings, Binding)       /* by name, scope, place */                                                \
    LIST(values, Value)           /* of occurrences: by owner, use */                                        \
    LIST(returns, Value)          /* of functions: by owner */                                               \
    LIST(raises, Raise)           /* by symbol, place */                                                     \
    LIST(narrowings, Narrowing)   /* by place of what says so */                                             \
    LIST(suites, Suite)           /* by start */                                                             \
    LIST(literals, Literal)       /* by occurrence, place */                                                 \
    LIST(docs, AttachedDoc)                                                                                  \
    LIST(fillings, Filling) /* of one owner: by place */                                                     \
    LIST(notes, Note)                                                                                        \
    LIST(remarks, Remark)    /* by start */                                                                  \
    LIST(quoted, QuotedName) /* by start */                                                                  \
    LIST(exports, Export)                                                                                    \
    LIST(mentions, Mention) /* by start */                                                                   \
    LIST(errors, Range)     /* regions that did not parse */

/* Which state of a file facts were read from. */
typedef struct {
    int64_t modified, changed; /* nanoseconds of its times; `changed` 0: of no file, or of one that might
                                  have changed again without a trace */
    int64_t size;
    uint64_t hash; /* XXH3 of its bytes; 0: of no file */
} FileStamp;

typedef struct Facts {
    const char *body; /* what all pointers below point into: behind this struct, or kept by somebody else */
    size_t body_bytes;
    uint64_t check; /* of a body that was not checked yet, its hash; see facts_check */
    FileStamp stamp;
    Lines lines;
    uint32_t blank_lines, comment_lines;
    uint32_t tree_count; /* symbols [0, tree_count) are in source order, parents first; attributes follow,
                            sorted by parent and place */
    const char *pool;    /* the bytes that Text refers to */
#define LIST(field, type) LIST_OF(type) field;
    FACTS_LISTS(LIST)
#undef LIST
} Facts;

void facts_free(Facts *self);

/* The struct with offsets into the body in place of its pointers, for a body that will lie elsewhere. Gaps
 * between fields are zero. */
void facts_detach(const Facts *self, Facts *out);

/* Facts whose body lies at `body`, where it has to stay, made of what facts_detach gave; NULL when a list
 * would reach out of the body. */
Facts *facts_new_attached(const Facts *detached, const char *body);

/* Whether the body is what `check` says, which is 0 from then on. */
bool facts_check(Facts *self);

static inline Str facts_text(const Facts *self, Text text) {
    return str_make(self->pool + text.at, text.len);
}
static inline Str facts_name(const Facts *self, uint32_t name) {
    return facts_text(self, self->names.items[name]);
}
static inline Str symbol_name(const Facts *self, const Symbol *symbol) {
    return facts_name(self, symbol->name);
}

/* The symbol's path inside its module: "Class.method"; the module's is "". Appended to `out`. */
void facts_qualified_name(const Facts *self, uint32_t symbol, StrBuf *out);

/* The next child of `parent` after `previous` (start with NONE), or NONE: bodies in source order, attributes
 * last. */
uint32_t facts_next_child(const Facts *self, uint32_t parent, uint32_t previous);

/* The symbols that bear a name of the file: items [first, first + count) of `by_name`. */
Slice facts_symbols_named(const Facts *self, uint32_t name);

/* The attributes of a class, by place, in `symbols`. */
Slice facts_attributes_of(const Facts *self, uint32_t symbol);

/* The innermost symbol whose range holds the offset, decorators included; the module when no other does. */
uint32_t facts_symbol_at(const Facts *self, uint32_t offset);

/* The symbol whose name stands at exactly this offset, or NONE. */
uint32_t facts_symbol_named_at(const Facts *self, uint32_t name_start);

/* The occurrence whose identifier holds the offset (its end counts), or NONE. */
uint32_t facts_occurrence_at(const Facts *self, uint32_t offset);

/* The first occurrence at or behind the offset; their count when there is none. */
uint32_t facts_first_occurrence(const Facts *self, uint32_t offset);

/* The name in a string annotation that holds the offset (its end counts), in `quoted`, or NONE. */
uint32_t facts_quoted_at(const Facts *self, uint32_t offset);

/* The run, and the scope, that an occurrence belongs to. */
uint32_t facts_run_of(const Facts *self, uint32_t occurrence);
uint32_t facts_scope_of(const Facts *self, uint32_t occurrence);

/* The bindings of a name, in all scopes. */
Slice facts_bindings_of(const Facts *self, uint32_t name);

/* The values of an occurrence, in `values`, and what a function returns, in `returns`. */
Slice facts_values_of(const Facts *self, uint32_t occurrence);
Slice facts_returns_of(const Facts *self, uint32_t symbol);

/* What a function raises, in `raises`. */
Slice facts_raises_of(const Facts *self, uint32_t symbol);

/* The literals that the call or subscript of an occurrence is given, in `literals`. */
Slice facts_literals_of(const Facts *self, uint32_t occurrence);

/* What counts of `exports`: nothing in it sets `__all__` anew. */
Slice facts_current_exports(const Facts *self);

/* Whether `__all__` names what is exported, at least in part. */
bool facts_lists_exports(const Facts *self);

/* Whether `from module import *` brings the name. Without `__all__`, and as far as it cannot be read or is
 * another module's, names without a leading underscore are taken to be exported. */
bool facts_exports(const Facts *self, Str name);

/* The innermost block that holds the offset, or NONE. */
uint32_t facts_suite_at(const Facts *self, uint32_t offset);

/* The method in which an attribute symbol is set. */
uint32_t facts_attribute_method(const Facts *self, uint32_t symbol);

#endif
