/* The settings in force: the root's files, then initializationOptions, then what the client's configuration
 * says under `headword` (LSP "workspace/configuration", "workspace/didChangeConfiguration"). */
#ifndef HEADWORD_LSP_CONFIG_H
#define HEADWORD_LSP_CONFIG_H

#include "index/disk/settings.h"
#include "markdown/disk/asked_rules.h"
#include "protocol/lsp_types.h"

typedef struct {
    Settings settings;
    AskedRules rules;   /* that docstrings are held to */
    StrBuf rules_uri;   /* where they are explained; empty when that is not installed */
    json_t *options;    /* initializationOptions; owned */
    json_t *configured; /* the client's `headword` section; owned */
    StrBuf warnings;    /* what is wrong with the sources, a line each */
} Config;

void config_init(Config *self);
void config_release(Config *self);

/* Each layer takes a new reference and says whether it differs from what was there. */
bool config_set_options(Config *self, json_t *options);
bool config_set_configured(Config *self, json_t *section);

/* Computes the settings anew. `root` may be empty. Whether the warnings are other ones than before. */
bool config_load(Config *self, Str root);

#endif
