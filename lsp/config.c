#include "lsp/config.h"

#include "index/disk/installed.h"
#include "lsp/dispatch.h"
#include "protocol/uri.h"

enum { KEY_DEPTH = 4 /* objects within objects that keys are read from */ };

void config_init(Config *self) {
    *self = (Config){0};
    settings_init(&self->settings);
    buf_init(&self->warnings);
    buf_init(&self->rules_uri);
    char *rules = installed_find_rules();
    if (rules) uri_from_path(&self->rules_uri, str_of(rules));
    mem_free(rules);
}

void config_release(Config *self) {
    settings_release(&self->settings);
    json_decref(self->options);
    json_decref(self->configured);
    buf_release(&self->warnings);
    buf_release(&self->rules_uri);
    asked_rules_release(&self->rules);
    *self = (Config){0};
}

static bool set_layer(json_t **layer, json_t *value) {
    json_t *kept = json_is_object(value) ? value : NULL;
    bool differs = kept != *layer && !json_equal(kept, *layer);
    if (kept) json_incref(kept);
    json_decref(*layer);
    *layer = kept;
    return differs;
}

/* Settings may come bare or below "headword". */
static json_t *section_of(json_t *options) {
    json_t *section = json_find_object(options, "headword");
    return section ? section : options;
}

bool config_set_options(Config *self, json_t *options) {
    return set_layer(&self->options, section_of(options));
}

bool config_set_configured(Config *self, json_t *section) { return set_layer(&self->configured, section); }

static SettingValue setting_value(const json_t *json) {
    SettingValue value = {.kind = SETTING_KIND_OTHER};
    if (json_is_string(json)) {
        value.kind = SETTING_KIND_TEXT;
        value.text = json_str(json);
    } else if (json_is_integer(json)) {
        value.kind = SETTING_KIND_NUMBER;
        value.number = json_integer_value(json);
    } else if (json_is_boolean(json)) {
        value.kind = SETTING_KIND_FLAG;
        value.flag = json_is_true(json);
    }
    return value;
}

static void set_one(Settings *settings, Str key, const json_t *json, StrBuf *warnings) {
    StrBuf why;
    buf_init(&why);
    SettingValue value = setting_value(json);
    if (!settings_set(settings, key, &value, &why)) buf_printf(warnings, "%s\n", why.data);
    buf_release(&why);
}

/* Sets what an object holds: {"pages": {"out": "docs"}} and {"pages.out": "docs"} mean the same. */
static void set_object(Settings *settings, StrBuf *key, json_t *object, int depth, StrBuf *warnings) {
    const char *name;
    json_t *value;
    json_object_foreach(object, name, value) {
        if (json_is_null(value)) continue; /* not set by the user */
        size_t len = key->len;
        if (len) buf_append_byte(key, '.');
        buf_append(key, str_of(name));
        if (json_is_object(value) && depth < KEY_DEPTH)
            set_object(settings, key, value, depth + 1, warnings);
        else
            set_one(settings, buf_str(key), value, warnings);
        buf_truncate(key, len);
    }
}

static void load_rules(Config *self) {
    StrBuf why;
    buf_init(&why);
    if (!asked_rules_set(&self->rules, str_of(self->settings.diagnostics_docs), &why))
        buf_printf(&self->warnings, "diagnostics.docs: %s\n", why.data);
    buf_release(&why);
}

static void check_features(Config *self) {
    Str rest = str_of(self->settings.features_off), piece;
    while (str_next_piece(&rest, ',', &piece)) {
        Str name = str_trim(piece);
        if (name.len && !dispatch_has_feature(name))
            buf_printf(&self->warnings, "features.off: there is no %.*s\n", STR_ARG(name));
    }
}

static void load(Config *self, Str root) {
    if (root.len) settings_load(&self->settings, root, &self->warnings);
    StrBuf key;
    buf_init(&key);
    set_object(&self->settings, &key, self->options, 0, &self->warnings);
    set_object(&self->settings, &key, self->configured, 0, &self->warnings);
    buf_release(&key);
    load_rules(self);
    check_features(self);
}

bool config_load(Config *self, Str root) {
    StrBuf before = self->warnings;
    buf_init(&self->warnings);
    settings_release(&self->settings);
    settings_init(&self->settings);
    load(self, root);
    bool differs = !str_eq(buf_str(&before), buf_str(&self->warnings));
    buf_release(&before);
    return differs;
}
