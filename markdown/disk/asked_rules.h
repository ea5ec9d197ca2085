/* Which rules the docstrings of a file are held to: those that were asked for, less what ruff checks there,
 * as the settings of ruff say that are nearest to the file. */
#ifndef HEADWORD_MARKDOWN_DISK_ASKED_RULES_H
#define HEADWORD_MARKDOWN_DISK_ASKED_RULES_H

#include "base/array.h"
#include "markdown/check.h"

typedef struct {
    char *folder; /* owned */
    RuleSet rules;
} FolderRules;

/* Zeroed: none is asked for. */
typedef struct {
    char *wanted;               /* owned; NULL or "": none */
    Array(FolderRules) folders; /* that were looked at */
} AskedRules;

void asked_rules_release(AskedRules *self);

/* Asks for the rules that a text names (see rules_read). False with a reason, and none asked for, when it
 * names one that is not known. */
bool asked_rules_set(AskedRules *self, Str wanted, StrBuf *why);

static inline bool asked_rules_any(const AskedRules *self) { return self->wanted && *self->wanted; }

/* Those for a file of an absolute path. `root`: settings in folders above it do not count, unless the file is
 * not below it. What a folder's settings say is remembered. */
RuleSet asked_rules_at(AskedRules *self, Str root, Str path);

/* Some settings of ruff have changed. */
void asked_rules_forget(AskedRules *self);

#endif
