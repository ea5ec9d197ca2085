/* What may be typed at a place: names in scope, members, modules, keyword arguments, methods to override.
 *
 * Candidates come best first: how they answer what was typed (index/match.h), then how near they are, then by
 * name. */
#ifndef HEADWORD_INDEX_COMPLETE_H
#define HEADWORD_INDEX_COMPLETE_H

#include "index/cursor.h"
#include "index/resolve.h"

#include "base/intern.h"

typedef enum {
    CANDIDATE_NAME,     /* a name in scope, a member, a module */
    CANDIDATE_GUESS,    /* a member of that name exists; of what stands before the dot nothing is known */
    CANDIDATE_ARGUMENT, /* a keyword argument of the call */
    CANDIDATE_OVERRIDE, /* a method of a class above */
    CANDIDATE_KEYWORD,
    CANDIDATE_MODULE, /* a module or package that may not be read */
    CANDIDATE_IMPORT, /* a module's symbol that is not in scope, see index/auto_import.h */
} CandidateKind;

typedef struct {
    Str name;
    CandidateKind kind;
    Target target; /* file NONE when there is none */
    uint32_t score;
} Candidate;

typedef struct {
    Array(Candidate) items;
    bool more;      /* there are more than were asked for, or others once more is typed */
    Range word;     /* the identifier at the place; what was typed of it is its part before the offset */
    Interner names; /* owns the candidates' */
} Completion;

/* Knows modules that may not be in the index: calls back for those directly in a package, or ("") for those
 * that can be imported by one name. */
typedef struct {
    const void *modules;
    void (*each)(const void *modules, Str package, ModuleVisitor *visit, void *context); /* or NULL */
} ModuleSource;

typedef struct {
    uint32_t limit; /* most candidates that are kept */
    bool imports;   /* also what would have to be imported first: it comes last */
    ModuleSource others;
} CompletionOptions;

/* What may stand at an offset of a file of the index; `text` is what its facts were made from. The caller
 * releases it. */
void complete(const Index *index, FileId file, Str text, uint32_t offset, CompletionOptions options,
              Completion *out);
void completion_release(Completion *self);

#endif
