#include "agreement.h"

#include "markdown/card.h"
#include "markdown/card_docs.h"
#include "markdown/docmodel.h"
#include "markdown/docstring.h"

#include <stdio.h>

enum { LONGEST_NAME = 64, NEAR = 2 /* edits */ };

static const char *const words[] = {
#define X(name, text) text,
    AGREEMENT_CAUSES(X)
#undef X
};

/* One docstring with the function whose parameters it documents. */
typedef struct {
    const Facts *facts;
    uint32_t function;
    const DocModel *model;
    Str undocumented[LONGEST_NAME]; /* parameters */
    uint32_t undocumented_count;
    Str unknown; /* what the worst cause is about */
} Look;

static bool takes(const Look *self, ParamKind kind) {
    Slice params = self->facts->symbols.items[self->function].params;
    for (uint32_t i = 0; i < params.count; i++) {
        if (self->facts->params.items[params.first + i].kind == kind) return true;
    }
    return false;
}

static uint32_t edit_distance(Str a, Str b) {
    uint32_t row[LONGEST_NAME + 1];
    for (uint32_t j = 0; j <= b.len; j++) row[j] = j;
    for (uint32_t i = 1; i <= a.len; i++) {
        uint32_t corner = row[0]++;
        for (uint32_t j = 1; j <= b.len; j++) {
            uint32_t above = row[j], swap = corner + (a.data[i - 1] != b.data[j - 1]);
            uint32_t step = 1 + (above < row[j - 1] ? above : row[j - 1]);
            row[j] = swap < step ? swap : step;
            corner = above;
        }
    }
    return row[b.len];
}

static bool are_near(Str a, Str b) {
    if (a.len > LONGEST_NAME || b.len > LONGEST_NAME) return false;
    bool inside = (a.len > 3 && str_find(b, a) != STR_NPOS) || (b.len > 3 && str_find(a, b) != STR_NPOS);
    return inside || (a.len > 3 && edit_distance(a, b) <= NEAR);
}

static AgreementCause cause_of(const Look *self, Str name) {
    if (docstring_find_param(self->facts, self->function, name)) return AGREEMENT_AGREE;
    if (takes(self, PARAM_KWARGS)) return AGREEMENT_KEYWORDS;
    if (takes(self, PARAM_ARGS)) return AGREEMENT_STARRED;
    for (uint32_t i = 0; i < self->undocumented_count; i++) {
        if (are_near(self->undocumented[i], name)) return AGREEMENT_MISSPELT;
    }
    return self->undocumented_count ? AGREEMENT_RENAMED : AGREEMENT_ABSENT;
}

static bool is_documented(const DocModel *model, DocKind kind, Str wanted) {
    for (uint32_t i = 0; i < model->sections.len; i++) {
        const DocSection *section = &model->sections.items[i];
        for (uint32_t k = 0; section->kind == kind && k < section->item_count; k++) {
            Str names = model->items.items[section->first_item + k].name, name;
            uint32_t stars;
            while (doc_next_name(&names, &name, &stars)) {
                if (str_eq(name, wanted)) return true;
            }
        }
    }
    return false;
}

static void find_undocumented(Look *self) {
    Slice params = self->facts->symbols.items[self->function].params;
    for (uint32_t i = 0; i < params.count && self->undocumented_count < LONGEST_NAME; i++) {
        Str name = facts_name(self->facts, self->facts->params.items[params.first + i].name);
        bool receiver = i == 0 && (str_eq(name, STR("self")) || str_eq(name, STR("cls")));
        if (!receiver && !is_documented(self->model, DOC_PARAMETERS, name))
            self->undocumented[self->undocumented_count++] = name;
    }
}

/* Whether "name:" or "name :" begins a line, though no item bears the name. */
static bool is_misread(Look *self) {
    for (uint32_t u = 0; u < self->undocumented_count; u++) {
        Str name = self->undocumented[u];
        if (is_documented(self->model, DOC_ATTRIBUTES, name)) continue;
        for (uint32_t i = 0; i < self->model->lines.len; i++) {
            Str line = doc_line(&self->model->lines, i)->text;
            if (!str_starts_with(line, name)) continue;
            Str rest = str_from(line, name.len);
            if (!str_starts_with(rest, STR(": ")) && !str_starts_with(rest, STR(" : "))) continue;
            self->unknown = name;
            return true;
        }
    }
    return false;
}

static AgreementCause worst_cause(Look *self) {
    AgreementCause worst = AGREEMENT_AGREE;
    if (is_misread(self)) return AGREEMENT_MISREAD;
    for (uint32_t i = 0; i < self->model->sections.len; i++) {
        const DocSection *section = &self->model->sections.items[i];
        if (section->kind != DOC_PARAMETERS) continue;
        if (section->item_count == 0 && AGREEMENT_PROSE < worst) worst = AGREEMENT_PROSE;
        for (uint32_t k = 0; k < section->item_count; k++) {
            Str names = self->model->items.items[section->first_item + k].name, name;
            uint32_t stars;
            while (doc_next_name(&names, &name, &stars)) {
                AgreementCause cause = cause_of(self, name);
                if (cause >= worst) continue;
                worst = cause;
                self->unknown = name;
            }
        }
    }
    return worst;
}

static bool has_parameters(const DocModel *model) {
    for (uint32_t i = 0; i < model->sections.len; i++) {
        if (model->sections.items[i].kind == DOC_PARAMETERS) return true;
    }
    return false;
}

static void count(Agreement *self, const Index *index, SymbolRef ref, Look *look) {
    const Symbol *symbol = &look->facts->symbols.items[ref.symbol];
    if (strstr(card_kind(look->facts, ref.symbol), "property")) {
        self->left_out++;
        return;
    }
    find_undocumented(look);
    AgreementCause cause = worst_cause(look);
    (symbol->kind == SYMBOL_CLASS ? self->classes : self->counts)[cause]++;
    if (!self->verbose || cause >= AGREEMENT_KEYWORDS) return;
    Str path = index_relative_path(index, ref.file);
    uint32_t line = lines_line(&look->facts->lines, symbol->name_start) + 1;
    printf("%s: %.*s:%u: %.*s\n", words[cause], STR_ARG(path), (unsigned)line, STR_ARG(look->unknown));
}

void agreement_look(Agreement *self, const Index *index, SymbolRef ref, Str doc) {
    const Facts *facts = index_facts(index, ref.file);
    Look look = {.facts = facts, .function = card_signature_of(facts, ref.symbol)};
    if (look.function == NONE) return;
    DocModel model;
    docmodel_read(&model, doc);
    look.model = &model;
    if (has_parameters(&model)) count(self, index, ref, &look);
    docmodel_release(&model);
}

static void report(const char *what, const uint32_t counts[AGREEMENT_COUNT]) {
    uint32_t all = 0;
    for (uint32_t c = 0; c < AGREEMENT_COUNT; c++) all += counts[c];
    if (all == 0) return;
    uint32_t agree = counts[AGREEMENT_AGREE] + counts[AGREEMENT_KEYWORDS];
    printf("%s with a parameter section: %u, agree: %.2f %%\n", what, (unsigned)all, 100.0 * agree / all);
    for (uint32_t c = 0; c < AGREEMENT_COUNT; c++) {
        if (counts[c]) printf("  %6u %s\n", (unsigned)counts[c], words[c]);
    }
}

void agreement_report(const Agreement *self) {
    report("functions", self->counts);
    report("classes with an __init__", self->classes);
    if (self->left_out)
        printf("properties with a parameter section, left out: %u\n", (unsigned)self->left_out);
}
