#include "index/exports.h"

void exports_init(ExportSet *self, const Facts *facts) {
    *self = (ExportSet){.open = facts->exports.count == 0};
    intern_init(&self->names);
    for (uint32_t i = facts->exports.count, first = facts_current_exports(facts).first; i-- > first;) {
        const Export *export = &facts->exports.items[i];
        self->open |= export->kind >= EXPORTS_OF;
        if (export->kind >= EXPORTS_OF) continue;
        bool last = intern_id(&self->names, facts_text(facts, export->name)) == self->kept.len;
        if (last) ARRAY_PUSH(&self->kept, export->kind != EXPORTS_REMOVED);
    }
}

void exports_release(ExportSet *self) {
    intern_release(&self->names);
    ARRAY_FREE(&self->kept);
}

bool exports_has(const ExportSet *self, Str name) {
    uint32_t id = intern_find(&self->names, name);
    return id == INTERN_NONE ? self->open && !str_starts_with(name, STR("_")) : self->kept.items[id];
}
