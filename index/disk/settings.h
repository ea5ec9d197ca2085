/* Settings: one table (settings.def), three sources. Later ones win: defaults, then .headword.toml or
 * [tool.headword] in pyproject.toml, then the client's `headword.*` or the command line. */
#ifndef HEADWORD_INDEX_DISK_SETTINGS_H
#define HEADWORD_INDEX_DISK_SETTINGS_H

#include "base/str.h"

#define SETTING_TYPE_TEXT char *
#define SETTING_TYPE_NUMBER uint64_t
#define SETTING_TYPE_FLAG bool

typedef struct {
#define SETTING(field, type, key, value, doc) SETTING_TYPE_##type field;
#include "index/disk/settings.def"
#undef SETTING
} Settings;

typedef enum { SETTING_KIND_TEXT, SETTING_KIND_NUMBER, SETTING_KIND_FLAG, SETTING_KIND_OTHER } SettingKind;

typedef struct {
    SettingKind kind; /* SETTING_KIND_OTHER: a value of a type that no setting has */
    Str text;
    int64_t number;
    bool flag;
} SettingValue;

/* A row of the table, for --help, completion and documentation. */
typedef struct {
    const char *key, *doc;
    SettingKind kind;
    const char *default_text; /* "" for an empty string */
} SettingRow;

void settings_init(Settings *self); /* the defaults */
void settings_release(Settings *self);

enum {
#define SETTING(field, type, key, value, doc) SETTING_ROW_##field,
#include "index/disk/settings.def"
#undef SETTING
    SETTINGS
};
const SettingRow *settings_row(uint32_t row);

/* False with a one-line message in `why` for an unknown key or a value of the wrong type, range or form; the
 * setting then keeps its value. */
bool settings_set(Settings *self, Str key, const SettingValue *value, StrBuf *why);

/* The same for "KEY=VALUE", as in a command line: numbers in decimal, flags as true or false. The key's row
 * comes in `row`, unless that is NULL. */
bool settings_assign(Settings *self, const char *assignment, uint32_t *row, StrBuf *why);

/* Reads `root`/.headword.toml, else [tool.headword] of `root`/pyproject.toml. Each problem is one line
 * appended to `warnings` ("pyproject.toml:12: unknown setting pages.otu"). Missing files are fine. The files
 * are the repository's: they cannot say that pages go elsewhere. */
void settings_load(Settings *self, Str root, StrBuf *warnings);

#endif
