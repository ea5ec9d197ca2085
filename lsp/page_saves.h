/* Pages that follow their sources: brought up to date when a file is saved (setting pages.onSave) or was
 * moved. */
#ifndef HEADWORD_LSP_PAGE_SAVES_H
#define HEADWORD_LSP_PAGE_SAVES_H

#include "lsp/pages.h"

/* A file was saved: its pages are due as the setting says, and those of what it imports and uses that are
 * there. */
void page_saves_note(Server *self, Str path);

/* A file's pages were moved: those that are there are due. */
void page_saves_note_moved(Server *self, Str path);

/* Writes the pages that are due, as far as what they say is known by now: not while files are being read.
 * What takes long goes on once the client pauses. */
void page_saves_write(Server *self);

void page_saves_release(PageSaves *self);

#endif
