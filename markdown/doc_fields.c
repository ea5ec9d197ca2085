/* Field lists: ":param int x: text" of reST, "@param x: text" of Epytext. */
#include "base/intern.h"
#include "markdown/doc_items.h"

/* An item on its way into the section of its kind. */
typedef struct {
    DocKind kind;
    const char *label;
    DocItem item;
    bool described; /* has its own field, not only one for its type */
} Entry;

typedef struct {
    DocModel *model;
    Array(Entry) entries;
    Interner names;          /* of parameters and attributes: what "type" fields refer to */
    Array(uint32_t) by_name; /* entry of each name */
} Reader;

bool doc_fields_begin(const DocLines *lines, uint32_t i, uint32_t end) {
    (void)end;
    Str name, args, text;
    if (!doc_field_at(lines, i, &name, &args, &text)) return false;
    return doc_find_field(name) || i == 0 || doc_is_blank(lines, i - 1);
}

uint32_t doc_field_end(const DocLines *lines, uint32_t i, uint32_t end) {
    Str name, args, text;
    uint32_t indent = doc_line(lines, i)->indent, last = i + 1;
    while (last < end && !doc_ends_paragraph(lines, last, end) &&
           !doc_field_at(lines, last, &name, &args, &text))
        last++;
    return doc_deeper_end(lines, last, end, indent);
}

static Str join_lines(DocModel *model, Str head, uint32_t first, uint32_t end) {
    if (doc_skip_blank(&model->lines, first, end) == end) return head;
    StrBuf text;
    buf_init(&text);
    buf_append(&text, head);
    for (uint32_t i = first; i < end; i++) {
        if (text.len && !doc_is_blank(&model->lines, i)) buf_append_byte(&text, ' ');
        buf_append(&text, doc_line(&model->lines, i)->text);
    }
    Str joined = arena_str(&model->arena, buf_str(&text));
    buf_release(&text);
    return joined;
}

/* Types from the parameter's own field and from a "type" field. */
static Str both_types(DocModel *model, Str own, Str other) {
    if (own.len == 0 || other.len == 0) return own.len ? own : other;
    StrBuf text;
    buf_init(&text);
    buf_printf(&text, "%.*s, %.*s", STR_ARG(own), STR_ARG(other));
    Str both = arena_str(&model->arena, buf_str(&text));
    buf_release(&text);
    return both;
}

/* The entry that a "param" and a "type" field share; a new one is empty. */
static Entry *entry_named(Reader *self, const DocField *field, Str name, Str key) {
    uint32_t id = intern_id(&self->names, key);
    bool known = id < self->by_name.len;
    if (known) return &self->entries.items[self->by_name.items[id]];
    ARRAY_PUSH(&self->by_name, self->entries.len);
    ARRAY_PUSH(&self->entries, ((Entry){.kind = field->kind, .label = field->label, .item = {.name = name}}));
    return ARRAY_LAST(&self->entries);
}

/* "int x" -> x, int; "x (int)" -> x, int; "x, y" -> both names. */
static void split_args(DocKind kind, Str args, DocItem *item) {
    size_t paren = str_find(args, STR(" ("));
    if (paren != STR_NPOS && str_ends_with(args, STR(")"))) {
        item->name = str_trim(str_slice(args, 0, paren));
        item->type = str_slice(args, paren + 2, args.len - 1);
        return;
    }
    size_t space = str_rfind_byte(args, ' ');
    bool several = space != STR_NPOS && doc_item_name(args) == args.len;
    bool whole = kind == DOC_RAISES || kind == DOC_WARNS || several || space == STR_NPOS;
    item->name = whole ? args : str_from(args, space + 1);
    item->type = whole ? STR_NONE : str_trim(str_slice(args, 0, space));
}

static void add_named(Reader *self, const DocField *field, Str args, DocItem item) {
    split_args(field->kind, args, &item);
    Str rest = item.name, key = item.name;
    uint32_t stars;
    doc_next_name(&rest, &key, &stars);
    Entry *entry = NULL;
    if (item.name.len && (field->kind == DOC_PARAMETERS || field->kind == DOC_ATTRIBUTES))
        entry = entry_named(self, field, item.name, key);
    if (!entry || entry->described) { /* documented twice: both stay */
        ARRAY_PUSH(&self->entries, ((Entry){field->kind, field->label, item, true}));
        return;
    }
    item.type = both_types(self->model, item.type, entry->item.type);
    entry->kind = field->kind;
    entry->label = field->label;
    entry->item = item;
    entry->described = true;
}

static void add_type(Reader *self, const DocField *field, Str args, DocItem item) {
    Str type = join_lines(self->model, item.text, item.first, item.end);
    Str rest = args, key = args;
    uint32_t stars;
    doc_next_name(&rest, &key, &stars);
    Entry *entry = args.len ? entry_named(self, field, args, key) : NULL;
    if (entry && entry->item.type.len == 0) {
        entry->item.type = type;
        return;
    }
    item = (DocItem){.name = args, .type = type, .line = item.line};
    ARRAY_PUSH(&self->entries, ((Entry){field->kind, field->label, item, true}));
}

/* ":rtype: int" joins the ":returns:" next to it. */
static void add_value_type(Reader *self, const DocField *field, Str args, DocItem item) {
    Str type = both_types(self->model, args, join_lines(self->model, item.text, item.first, item.end));
    for (uint32_t e = self->entries.len; e > 0 && e + 4 > self->entries.len; e--) {
        Entry *entry = &self->entries.items[e - 1];
        if (entry->kind != field->kind || entry->item.type.len) continue;
        entry->item.type = type;
        return;
    }
    item = (DocItem){.type = type, .line = item.line};
    ARRAY_PUSH(&self->entries, ((Entry){field->kind, field->label, item, false}));
}

static void add_value(Reader *self, const DocField *field, Str args, DocItem item) {
    item.type = args;
    if (self->entries.len > 0 && args.len == 0) {
        Entry *last = ARRAY_LAST(&self->entries);
        if (last->kind == field->kind && !last->described) {
            item.type = last->item.type; /* its ":rtype:" came first */
            last->item = item;
            last->described = true;
            return;
        }
    }
    ARRAY_PUSH(&self->entries, ((Entry){field->kind, field->label, item, true}));
}

static bool says_nothing(const DocLines *lines, const DocItem *item) {
    return item->name.len + item->type.len + item->value.len + item->text.len == 0 && !item->optional &&
           doc_skip_blank(lines, item->first, item->end) == item->end;
}

/* A field that says nothing (":return:") is left out beside others of its section. */
static void push_item(DocModel *model, const DocSection *section, DocItem item) {
    bool others = model->items.len > section->first_item;
    if (others && says_nothing(&model->lines, &item)) return;
    if (others && says_nothing(&model->lines, ARRAY_LAST(&model->items))) model->items.len--;
    ARRAY_PUSH(&model->items, item);
}

/* The entries of one label become one section, where the first of them stands. */
static void push_sections(Reader *self) {
    DocModel *model = self->model;
    for (uint32_t e = 0; e < self->entries.len; e++) {
        const char *label = self->entries.items[e].label;
        if (!label) continue;
        DocSection section = {.kind = self->entries.items[e].kind, .title = str_of(label)};
        section.first_item = model->items.len;
        for (uint32_t k = e; k < self->entries.len; k++) {
            Entry *entry = &self->entries.items[k];
            if (!entry->label || strcmp(entry->label, label) != 0) continue;
            doc_item_split_type(&entry->item);
            push_item(model, &section, entry->item);
            entry->label = NULL;
        }
        section.item_count = model->items.len - section.first_item;
        ARRAY_PUSH(&model->sections, section);
    }
    self->entries.len = 0;
    self->by_name.len = 0;
    intern_release(&self->names);
    intern_init(&self->names);
}

/* ":Parameters:" over a list of items is a section as it is. */
static void add_body(Reader *self, const DocField *field, DocItem item) {
    push_sections(self);
    DocSection section = {field->kind, str_of(field->label), 0, 0, item.first, item.end};
    doc_items_read(self->model, &section, false);
    ARRAY_PUSH(&self->model->sections, section);
}

static void add_unknown(Reader *self, Str name, Str args, DocItem item) {
    StrBuf whole;
    buf_init(&whole);
    buf_printf(&whole, "%.*s%s%.*s", STR_ARG(name), args.len ? " " : "", STR_ARG(args));
    item.name = arena_str(&self->model->arena, buf_str(&whole));
    buf_release(&whole);
    ARRAY_PUSH(&self->entries, ((Entry){DOC_OTHER, "Fields", item, true}));
}

static void add_field(Reader *self, uint32_t i, uint32_t end) {
    Str name, args, text;
    doc_field_at(&self->model->lines, i, &name, &args, &text);
    const DocField *field = doc_find_field(name);
    DocItem item = {.text = text, .line = i, .first = i + 1, .end = end};
    if (!field) {
        add_unknown(self, name, args, item);
        return;
    }
    switch (field->form) {
    case FIELD_NAMED: add_named(self, field, args, item); break;
    case FIELD_TYPE: add_type(self, field, args, item); break;
    case FIELD_VALUE: add_value(self, field, args, item); break;
    case FIELD_OF_TYPE: add_value_type(self, field, args, item); break;
    case FIELD_BODY:
        if (text.len == 0 && args.len == 0) {
            add_body(self, field, item);
            break;
        } /* fallthrough */
    case FIELD_TEXT:
        item.name = args;
        ARRAY_PUSH(&self->entries, ((Entry){field->kind, field->label, item, true}));
        break;
    }
}

uint32_t doc_fields_read(DocModel *model, uint32_t i, uint32_t end) {
    Reader reader = {.model = model};
    Str name, args, text;
    intern_init(&reader.names);
    while (i < end && doc_field_at(&model->lines, i, &name, &args, &text)) {
        uint32_t last = doc_field_end(&model->lines, i, end);
        add_field(&reader, i, last);
        i = last;
        uint32_t next = doc_skip_blank(&model->lines, i, end);
        if (next < end && doc_field_at(&model->lines, next, &name, &args, &text)) i = next;
    }
    push_sections(&reader);
    ARRAY_FREE(&reader.entries);
    ARRAY_FREE(&reader.by_name);
    intern_release(&reader.names);
    return i;
}
