/* One question to the index, and what it found out on the way: the inside of index/resolve.h.
 *
 * A Query lives for one request. It remembers types, members' orders and names that it has worked out, and it
 * counts work: when that is used up, everything more is unknown. Cycles in what it reads end at what is being
 * worked out already. */
#ifndef HEADWORD_INDEX_QUERY_H
#define HEADWORD_INDEX_QUERY_H

#include "index/resolve.h"

#include "base/intern.h"

typedef Array(uint32_t) Numbers;

/* What a value is: a module, class or function itself, or an instance of a class; inside `wraps`, a stack of
 * steps that put it into something, or STEP_CALL (a callable that gives it), the innermost in the lowest
 * bits.
 */
typedef struct {
    SymbolRef symbol;
    SymbolRef receiver; /* a method: what it is called on; file NONE when that is not known */
    uint32_t wraps;
    uint32_t receiver_wraps;
    uint32_t arguments; /* what a generic class is given: number in `arguments`, from 1 on; 0: nothing */
    uint32_t receiver_arguments;
    uint8_t parameter;      /* no class: what stands for this type parameter of `symbol`, from 1 on */
    bool instance;          /* of `symbol`, a class */
    bool receiver_instance; /* the receiver is an instance, not the class */
    bool own;               /* what `self` or `cls` is in a method of `symbol` */
    bool receiver_own;
    bool above; /* super(): members of `symbol` itself do not count */
} Type;

typedef Array(Type) Types;

enum { TYPE_ARGUMENTS = 4 }; /* of one class that count */

/* What each type parameter of a generic class stands for. */
typedef struct {
    Types of[TYPE_ARGUMENTS];
} TypeArguments;

/* Keys are a kind of question, a file and a number; values count from 0. */
typedef struct {
    struct QueryEntry *entries; /* open addressing */
    uint32_t count, size;
} QueryMap;

typedef enum {
    KEY_OCCURRENCE,
    KEY_RETURNS,
    KEY_ORDER,
    KEY_CLASS, /* its number in `classes` */
    KEY_MEMBER,
    KEY_TOKEN_NAME,   /* of semantics.c */
    KEY_TOKEN_MEMBER, /* of semantics.c */
    KEY_TOKEN_ENUM,   /* of semantics.c; 0 or 1 */
    KEY_FOUND,        /* a search has the symbol already; no value */
} QueryKey;

/* What a class or module itself binds a name to. */
typedef struct {
    Targets targets;
    uint32_t depth; /* while it is being worked out: of that question; else 0 */
} Member;

typedef struct {
    const Index *index;
    uint32_t work;  /* steps left */
    uint32_t depth; /* of questions inside of questions */
    uint32_t cuts;  /* questions not asked, for want of one or the other */
    bool own_only;  /* libraries are taken for not being there */
    QueryMap known;
    Array(Types) types; /* answers: KEY_OCCURRENCE, KEY_RETURNS */
    Array(TypeArguments) arguments;
    Array(SymbolRefs) orders; /* KEY_ORDER */
    SymbolRefs classes;       /* KEY_CLASS: those that orders were merged of */
    Array(Member) members;    /* KEY_MEMBER */
    uint32_t lowest;       /* the least depth of a member that was asked for while it was being worked out */
    Interner paths;        /* of modules, with the folder that asks */
    Array(FileId) modules; /* by number in `paths`; NONE: not there */
} Query;

void query_init(Query *self, const Index *index);
void query_release(Query *self);

/* Counts one step of work and one level of depth; false when there is none left. Each true needs a
 * query_leave. */
bool query_enter(Query *self);
static inline void query_leave(Query *self) { self->depth--; }

/* The number kept under a key; NONE when there is none. */
uint32_t query_find(const Query *self, QueryKey key, FileId file, uint64_t number);
void query_keep(Query *self, QueryKey key, FileId file, uint64_t number, uint32_t value);
void query_forget(Query *self, QueryKey key, FileId file, uint64_t number);

/* index_find_module, remembered. */
FileId query_find_module(Query *self, FileId from, Str name, uint32_t level);

/* What `find` finds of a name in a class or module (symbol 0), remembered by both. Appended to `out`. */
typedef void MemberFinder(Query *self, SymbolRef owner, Str name, Targets *out);
void query_own_member(Query *self, SymbolRef owner, Str name, MemberFinder *find, Targets *out);

/* --- scope.c: names and where they are bound ---------------------------------------------------- */

/* The number of a name in a file, and of an index-wide name; NONE when it does not occur there. */
uint32_t scope_name(const Index *index, FileId file, Str name);

/* The bindings of a name in one scope, by place. */
void scope_bindings(const Index *index, FileId file, uint32_t scope, uint32_t name, Numbers *out);

/* The scope that a name written in `scope` is bound in, and its bindings there; NONE when the file does not
 * bind it. */
uint32_t scope_lookup(const Index *index, FileId file, uint32_t scope, uint32_t name, Numbers *bindings);

typedef enum { REACHES_NOT, REACHES_MAYBE, REACHES } Reach;

/* The same without what a class scope itself binds. */
uint32_t scope_lookup_around(const Index *index, FileId file, uint32_t scope, uint32_t name,
                             Numbers *bindings);

/* Whether what binds a name or attribute lets its value through to a later use, by the suites around both. */
Reach scope_reach(const Facts *facts, uint32_t binding, uint32_t use);

/* scope_lookup for a name written at an occurrence: what the body of a class binds only later is looked for
 * around it. */
uint32_t query_lookup(Query *self, FileId file, uint32_t occurrence, Numbers *bindings);

/* Leaves of bindings in the scope of their use those that its value can come from: the nearest before it, and
 * further back as long as they may not have run. Nearest first, fallbacks last. */
void scope_reaching(const Facts *facts, Numbers *bindings, uint32_t use);

/* Whether a binding before a use does not count for it yet: `x = f(x)`. */
bool scope_is_late(const Facts *facts, uint32_t binding, uint32_t use);

/* Whether a name means the same all over a file: the module alone binds it, or nothing does. */
bool scope_is_uniform(const Index *index, FileId file, uint32_t name);

/* Whether a binding stands in a suite that others come before: see Suite. */
bool scope_is_fallback(const Facts *facts, uint32_t binding);
bool scope_is_fallback_at(const Facts *facts, uint32_t offset);

/* The scope of a class's or function's body; and the scope in which its name is bound. */
uint32_t scope_of_body(const Facts *facts, uint32_t symbol);
uint32_t scope_around(const Facts *facts, uint32_t symbol);

/* --- targets ------------------------------------------------------------------------------------ */

Target query_symbol_target(const Index *index, FileId file, uint32_t symbol);
void query_push_target(Targets *out, Target target);

/* The target that a binding occurrence is itself. */
Target query_binding_target(const Index *index, FileId file, uint32_t occurrence);

/* --- imports.c ---------------------------------------------------------------------------------- */

/* What the name bound (or passed through) by an import means. */
void query_import(Query *self, FileId file, uint32_t occurrence, Targets *out);
/* A part of the module path in `from a.b import c`. */
void query_from_path(Query *self, FileId file, uint32_t occurrence, Targets *out);
/* What a name means as an attribute of a module: its bindings, the last first, then what wildcards bring,
 * then submodules. */
void query_module_member(Query *self, FileId module, Str name, Targets *out);
/* What functions of a module bind its name to by a global statement. */
void query_global(Query *self, FileId module, uint32_t name, Targets *out);
/* What wildcard imports bring that begin in [first, end), the last first. */
void query_wildcards_between(Query *self, FileId file, Str name, uint32_t first, uint32_t end, Targets *out);
/* What wildcard imports bring; then what every module has (builtins). */
void query_wildcards(Query *self, FileId file, Str name, Targets *out);
/* The module that a dotted name means where nothing is known of what stands before its last dot: it leads
 * through a package without __init__.py. */
void query_namespace(Query *self, FileId file, uint32_t occurrence, Targets *out);
/* What a binding occurrence means: imports are followed. */
void query_binding(Query *self, FileId file, uint32_t occurrence, Targets *out);
/* The import that holds the name at an offset, and that name; NULL when none does. */
const Import *query_import_at(const Facts *facts, uint32_t offset, const ImportName **name);

/* Whether an import of the file brings the module, or something out of it. */
bool query_imports_module(const Index *index, FileId file, const Import *import, FileId module);

/* --- members.c ---------------------------------------------------------------------------------- */

/* The class and those it inherits from, in the order in which Python looks for members (C3). Borrowed until
 * the next question. */
SymbolRefs query_order(Query *self, SymbolRef class);
bool query_is_class(const Index *index, SymbolRef ref);
/* An instance of a class of the standard library. Appended to `out`. */
void query_push_library(Query *self, FileId file, Str module, Str class, Types *out);
/* An instance of the builtin class that holds values in the way of a step. Appended to `out`. */
void query_push_container(Query *self, FileId file, Step step, Types *out);
/* The classes that a class names as bases. Appended to `out`. */
void query_bases(Query *self, SymbolRef class, SymbolRefs *out);
bool query_inherits(Query *self, SymbolRef class, SymbolRef base);
/* A member that the class itself has. */
void query_own_class_member(Query *self, SymbolRef class, Str name, Targets *out);
/* Whether a type is an enumeration itself. */
bool query_is_enumeration(Query *self, const Type *type);
/* A member of a class or of those it inherits from (`above`: of those only); all places of the first that has
 * it. */
void query_class_member(Query *self, SymbolRef class, Str name, bool above, Targets *out);
/* What `name` means behind a dot after a value. */
void query_member(Query *self, Type type, Str name, Targets *out);

/* --- infer.c ------------------------------------------------------------------------------------ */

/* What the dotted name that ends with an occurrence may be. Appended to `out`. */
void query_types(Query *self, FileId file, uint32_t occurrence, Types *out);
/* What stands before the dot of an attribute. */
void query_receiver(Query *self, FileId file, uint32_t occurrence, Types *out);
/* What a name read at an occurrence is bound to, the nearest binding first. */
void query_name(Query *self, FileId file, uint32_t occurrence, Targets *out);

void query_push_type(Types *out, Type type);
/* The values that an occurrence is used with; a declared type outweighs what is assigned. */
void query_used(Query *self, FileId file, uint32_t occurrence, ValueUse use, Types *out);
/* What a function returns, called on its receiver. */
void query_returns(Query *self, Type function, Types *out);
/* What a target is, as a member of `receiver` or (NULL) by itself. */
void query_target_types(Query *self, Target target, const Type *receiver, Types *out);
/* What any of the bindings of a name is. */
void query_targets_types(Query *self, const Targets *targets, const Type *receiver, Types *out);

/* --- narrow.c ----------------------------------------------------------------------------------- */

/* What tests and patterns around an occurrence say that it is, as long as it was not bound anew since.
 * Appended to `out`. */
void query_narrowed(Query *self, FileId file, uint32_t occurrence, Types *out);

/* --- steps.c ------------------------------------------------------------------------------------ */

/* Steps that say what a value lies in: how many, the outermost, and without it. */
uint32_t query_wrap_count(uint32_t wraps);
Step query_outer_wrap(uint32_t wraps);
uint32_t query_unwrapped(uint32_t wraps);
/* Calls the method `name` of an instance. */
void query_call_member(Query *self, Type type, Str name, Types *out);
/* What a step takes out of a type. */
void query_step(Query *self, Type type, Step step, Types *out);
/* Takes the value of a key out of an instance of a typed dictionary; false when it is none. */
bool query_step_key(Query *self, Type type, Str key, Types *out);

/* --- resolve.c ---------------------------------------------------------------------------------- */

/* resolve_occurrence without guesses. */
void query_occurrence(Query *self, FileId file, uint32_t occurrence, Targets *out);

/* Whether the dotted name begins with what an import brings, from a module that is not there: its members are
 * none of ours. */
bool query_is_foreign(const Index *index, FileId file, uint32_t occurrence);

/* --- guess.c ------------------------------------------------------------------------------------ */

/* Members of the name at an occurrence, whatever has it. Appended to `out`, as guesses. */
void query_guess(Query *self, FileId file, uint32_t occurrence, Targets *out);

/* --- generics.c --------------------------------------------------------------------------------- */

/* The place of a name among the type parameters of a class, from 0 on; NONE when it is none. */
uint32_t query_type_parameter(Query *self, SymbolRef class, Str name);
/* The number of these arguments, which it takes; 0 when there are none. */
uint32_t query_keep_arguments(Query *self, TypeArguments *arguments);
/* A type read in a class, as it is for a receiver: what stands for type parameters is put in their place.
 * Appended to `out`. */
void query_substitute(Query *self, const Type *receiver, Type type, Types *out);
/* What a type parameter is bound to. Appended to `out`. */
void query_bound(Query *self, Type parameter, Types *out);
/* Puts what type parameters are bound to in their place, for who shows the types. */
void query_bind_parameters(Query *self, Types *types);

/* --- annotations.c ------------------------------------------------------------------------------ */

/* What a value annotated so is. Names count as written in `scope`; type parameters of the class around stand
 * for themselves. */
void query_annotation(Query *self, FileId file, uint32_t scope, Str text, Types *out);
/* What a variable that NewType() made stands for: a class. False when it is none. */
bool query_new_type(Query *self, Target target, Types *out);
/* The class that a name of typing's stands for: `typing.List`. */
bool query_form_class(Query *self, FileId file, Str dotted, SymbolRef *out);
/* Cuts the next of the arguments of a subscript or call off its text; false when nothing is left. */
bool query_next_argument(Str *rest, Str *out);
/* Whether a name written in a scope is a type variable. */
bool query_is_type_variable(Query *self, FileId file, uint32_t scope, Str name);
/* What a function with a return annotation returns; `own` and `parameter` depend on what it is called on. */
void query_return_annotation(Query *self, SymbolRef function, Types *out);
/* What a name in a string annotation means, by its number in the facts' `quoted`. */
void query_quoted(Query *self, FileId file, uint32_t quoted, Targets *out);
/* What a path from a module on means: members of it and of each other. */
void query_path(Query *self, FileId module, Str path, Targets *out);
/* What a dotted name written in a scope means. */
void query_dotted(Query *self, FileId file, uint32_t scope, Str dotted, Targets *out);

#endif
