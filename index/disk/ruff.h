/* Which rules ruff is told to check, as far as its settings name them.
 *
 * Source: "Configuring Ruff" in its documentation, "Config file discovery": the nearest of .ruff.toml,
 * ruff.toml and a pyproject.toml with a section of ruff's counts alone, but for what it `extend`s. */
#ifndef HEADWORD_INDEX_DISK_RUFF_H
#define HEADWORD_INDEX_DISK_RUFF_H

#include "base/str.h"

/* Appends the codes that are selected for the files in `folder` ("D", "E501", "ALL"), and behind "-" those
 * that are ignored, each followed by a blank. Looked into are the folders up to `root`, or up to the topmost
 * one when `folder` does not lie below it. Files that cannot be read select nothing. */
void ruff_append_selected(Str root, Str folder, StrBuf *out);

#endif
