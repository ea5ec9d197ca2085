#include "index/disk/settings.h"

#include "base/mem.h"
#include "base/path.h"
#include "index/disk/file.h"
#include "index/disk/walk.h"
#include "index/lang/toml.h"

#include <errno.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

/* Where a row's value lies in Settings. */
typedef struct {
    SettingRow row;
    size_t offset;
} Field;

#define VALUE_TEXT_TEXT(value) value
#define VALUE_TEXT_NUMBER(value) #value
#define VALUE_TEXT_FLAG(value) ((value) ? "true" : "false")

static const Field fields[] = {
#define SETTING(field, type, key, value, doc)                                                                \
    {{key, doc, SETTING_KIND_##type, VALUE_TEXT_##type(value)}, offsetof(Settings, field)},
#include "index/disk/settings.def"
#undef SETTING
};

const SettingRow *settings_row(uint32_t row) { return &fields[row].row; }

void settings_init(Settings *self) {
#define DEFAULT_TEXT(value) str_dup(STR(value))
#define DEFAULT_NUMBER(value) value
#define DEFAULT_FLAG(value) value
#define SETTING(field, type, key, value, doc) self->field = DEFAULT_##type(value);
#include "index/disk/settings.def"
#undef SETTING
}

void settings_release(Settings *self) {
    for (uint32_t i = 0; i < SETTINGS; i++) {
        if (fields[i].row.kind == SETTING_KIND_TEXT) mem_free(*(char **)((char *)self + fields[i].offset));
    }
}

static const Field *find_field(Str key) {
    for (uint32_t i = 0; i < SETTINGS; i++) {
        if (str_eq(key, str_of(fields[i].row.key))) return &fields[i];
    }
    return NULL;
}

static bool is_web_address(Str text) {
    return text.len == 0 || str_starts_with(text, STR("https://")) || str_starts_with(text, STR("http://"));
}

/* A folder below the root, and not git's own. */
static bool is_inside(Str text) {
    StrBuf path;
    buf_init(&path);
    path_normalize(&path, text);
    Str rest = buf_str(&path), piece;
    bool inside = !str_starts_with(rest, STR("/"));
    while (inside && str_next_piece(&rest, '/', &piece))
        inside = !str_eq(piece, STR("..")) && !walk_is_git_folder(piece);
    buf_release(&path);
    return inside;
}

/* What texts must be, beyond being texts. */
typedef struct {
    const char *key;
    bool (*fits)(Str text);
    const char *wanted;
    bool for_repositories; /* it binds what a repository says of itself, but not its user */
} TextRule;

static const TextRule text_rules[] = {
    {"pages.sourceUrl", is_web_address, "an http or https address", false},
    {"pages.out", is_inside,
     "inside the repository, outside of .git; --out, --set and an editor's settings may name other folders",
     true},
};

static bool keeps_rules(Str key, const SettingValue *value, bool of_repository, StrBuf *why) {
    for (size_t i = 0; i < sizeof text_rules / sizeof *text_rules; i++) {
        const TextRule *rule = &text_rules[i];
        bool binds = value->kind == SETTING_KIND_TEXT && str_eq(key, str_of(rule->key)) &&
                     rule->for_repositories == of_repository;
        if (!binds || rule->fits(value->text)) continue;
        buf_printf(why, "setting %s must be %s", rule->key, rule->wanted);
        return false;
    }
    return true;
}

bool settings_set(Settings *self, Str key, const SettingValue *value, StrBuf *why) {
    static const char *const wanted[] = {"a string", "a whole number, 0 or more", "true or false"};
    const Field *field = find_field(key);
    if (field == NULL) {
        buf_printf(why, "unknown setting %.*s", STR_ARG(key));
        return false;
    }
    bool fits = value->kind == field->row.kind &&
                !(value->kind == SETTING_KIND_NUMBER && value->number < 0) &&
                !(value->kind == SETTING_KIND_TEXT && str_find_byte(value->text, '\0') != STR_NPOS);
    if (!fits) {
        buf_printf(why, "setting %.*s must be %s", STR_ARG(key), wanted[field->row.kind]);
        return false;
    }
    if (!keeps_rules(key, value, false, why)) return false;
    void *place = (char *)self + field->offset;
    if (value->kind == SETTING_KIND_NUMBER) *(uint64_t *)place = (uint64_t)value->number;
    if (value->kind == SETTING_KIND_FLAG) *(bool *)place = value->flag;
    if (value->kind == SETTING_KIND_TEXT) {
        mem_free(*(char **)place);
        *(char **)place = str_dup(value->text);
    }
    return true;
}

static bool read_number(const char *word, int64_t *number) {
    char *end;
    errno = 0;
    *number = strtoll(word, &end, 10);
    return end != word && *end == '\0' && errno == 0;
}

/* What a word of a command line says to a setting of some kind. */
static SettingValue value_of_word(SettingKind kind, const char *word) {
    SettingValue value = {kind, str_of(word), 0, false};
    value.flag = str_eq(value.text, STR("true"));
    bool is_flag = value.flag || str_eq(value.text, STR("false"));
    bool fits = kind == SETTING_KIND_FLAG     ? is_flag
                : kind == SETTING_KIND_NUMBER ? read_number(word, &value.number)
                                              : true;
    if (!fits) value.kind = SETTING_KIND_OTHER;
    return value;
}

bool settings_assign(Settings *self, const char *assignment, uint32_t *row, StrBuf *why) {
    const char *sign = strchr(assignment, '=');
    if (sign == NULL) {
        buf_printf(why, "KEY=VALUE is wanted, not %s", assignment);
        return false;
    }
    Str key = {assignment, (size_t)(sign - assignment)};
    const Field *field = find_field(key);
    if (field && row) *row = (uint32_t)(field - fields);
    SettingValue value = value_of_word(field ? field->row.kind : SETTING_KIND_TEXT, sign + 1);
    return settings_set(self, key, &value, why);
}

typedef struct {
    Settings *settings;
    const char *file; /* its name, for messages */
    Str prefix;       /* keys outside of it are somebody else's */
    StrBuf *warnings;
} Loader;

/* The project's own name is the default of the one on the pages. */
static void take_project_name(Settings *settings, Str key, const TomlValue *toml) {
    bool is_name = str_eq(key, STR("project.name")) || str_eq(key, STR("tool.poetry.name"));
    if (!is_name || toml->kind != TOML_STRING || *settings->pages_project) return;
    SettingValue value = {SETTING_KIND_TEXT, toml->text, 0, false};
    StrBuf why; /* whoever reads the name itself will say what is wrong with it */
    buf_init(&why);
    settings_set(settings, STR("pages.project"), &value, &why);
    buf_release(&why);
}

static void on_value(void *context, Str key, const TomlValue *toml, uint32_t line) {
    static const SettingKind kinds[] = {SETTING_KIND_TEXT, SETTING_KIND_NUMBER, SETTING_KIND_FLAG,
                                        SETTING_KIND_OTHER};
    Loader *self = context;
    if (str_eq(str_of(self->file), STR("pyproject.toml"))) take_project_name(self->settings, key, toml);
    if (!str_starts_with(key, self->prefix)) return;
    SettingValue value = {kinds[toml->kind], toml->text, toml->number, toml->flag};
    StrBuf why;
    buf_init(&why);
    key = str_from(key, self->prefix.len);
    if (!keeps_rules(key, &value, true, &why) || !settings_set(self->settings, key, &value, &why))
        buf_printf(self->warnings, "%s:%u: %s\n", self->file, line + 1, why.data);
    buf_release(&why);
}

static void on_error(void *context, uint32_t line) {
    Loader *self = context;
    buf_printf(self->warnings, "%s:%u: not valid TOML\n", self->file, line + 1);
}

/* Whether the file was there. */
static bool load_file(Settings *self, Str root, const char *name, Str prefix, StrBuf *warnings) {
    StrBuf path, text, why;
    buf_init(&path);
    buf_init(&text);
    buf_init(&why);
    buf_append(&path, root);
    path_join(&path, str_of(name));
    bool there = file_exists(path.data);
    Loader loader = {self, name, prefix, warnings};
    if (there && file_read(path.data, 1 << 20, &text, &why))
        toml_read(buf_str(&text), (TomlReader){&loader, on_value, on_error});
    if (why.len) buf_printf(warnings, "%s: %s\n", name, why.data);
    buf_release(&path);
    buf_release(&text);
    buf_release(&why);
    return there;
}

void settings_load(Settings *self, Str root, StrBuf *warnings) {
    if (!load_file(self, root, ".headword.toml", STR(""), warnings)) {
        load_file(self, root, "pyproject.toml", STR("tool.headword."), warnings);
        return;
    }
    StrBuf unheard;
    buf_init(&unheard);
    load_file(self, root, "pyproject.toml", STR("\n"), &unheard); /* no key begins so: only for its name */
    buf_release(&unheard);
}
