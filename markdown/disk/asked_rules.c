#include "markdown/disk/asked_rules.h"

#include "base/path.h"
#include "index/disk/ruff.h"

void asked_rules_forget(AskedRules *self) {
    for (size_t i = 0; i < self->folders.len; i++) mem_free(self->folders.items[i].folder);
    self->folders.len = 0;
}

void asked_rules_release(AskedRules *self) {
    asked_rules_forget(self);
    ARRAY_FREE(&self->folders);
    mem_free(self->wanted);
    *self = (AskedRules){0};
}

bool asked_rules_set(AskedRules *self, Str wanted, StrBuf *why) {
    RuleSet rules;
    bool known = rules_read(wanted, STR(""), &rules, why);
    asked_rules_forget(self);
    mem_free(self->wanted);
    self->wanted = str_dup(known ? wanted : STR(""));
    return known;
}

static RuleSet read_rules(const AskedRules *self, Str root, Str folder) {
    RuleSet rules;
    StrBuf linted, why;
    buf_init(&linted);
    buf_init(&why);
    ruff_append_selected(root, folder, &linted);
    rules_read(str_of(self->wanted), buf_str(&linted), &rules, &why);
    buf_release(&linted);
    buf_release(&why);
    return rules;
}

RuleSet asked_rules_at(AskedRules *self, Str root, Str path) {
    Str folder = path_parent(path);
    if (!asked_rules_any(self)) return 0;
    for (size_t i = self->folders.len; i-- > 0;) { /* files come folder by folder */
        const FolderRules *known = &self->folders.items[i];
        if (str_eq(str_of(known->folder), folder)) return known->rules;
    }
    FolderRules found = {str_dup(folder), read_rules(self, root, folder)};
    ARRAY_PUSH(&self->folders, found);
    return found.rules;
}
