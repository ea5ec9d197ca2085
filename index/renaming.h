/* A rename that is being worked out: what the parts of rename.h's implementation share. */
#ifndef HEADWORD_INDEX_RENAMING_H
#define HEADWORD_INDEX_RENAMING_H

#include "index/query.h"
#include "index/rename.h"

enum { RENAMING_WORK = 100000 /* per question */ };

typedef struct {
    Query query;
    const Index *index;
    FileId file; /* of the question */
    uint32_t occurrence;
    Str from, to;
    Targets targets;    /* all that gets the new name */
    bool has_owners;    /* some target is a member of a class */
    SymbolRefs related; /* classes that have an owner among those they inherit from, or are one */
    Rename *out;
} Renaming;

/* Both are false: "`name` …", "`name` at path:line …". */
bool renaming_refuse(Renaming *self, const char *why);
bool renaming_refuse_at(Renaming *self, Str name, FileId file, uint32_t offset, const char *why);

/* Own code, or the file at hand wherever it lies. */
bool renaming_may_edit(const Renaming *self, FileId file);

/* Adds what else gets the new name; false when some of it cannot. */
bool renaming_add_targets(Renaming *self, const Targets *found);

/* --- rename_classes.c: what classes have to do with it; false when it is refused ----------------- */

/* Adds all members that override each other. */
bool renaming_join_overrides(Renaming *self);

/* Adds the parameters of that name of methods that override each other: calls may give them by name. */
bool renaming_join_params(Renaming *self);

/* No class may have a member of the new name already. */
bool renaming_check_members(Renaming *self);

/* `__name` means something else in each class: what gets such a name must stand in one class. */
bool renaming_check_private(Renaming *self);

#endif
