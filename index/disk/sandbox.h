/* A cage of the kernel's making, for whatever becomes of a program that reads what strangers wrote: Linux's
 * Landlock. It holds for the thread that enters it, and for the threads and processes that this one starts
 * from then on; nothing leads out. Reading is not restricted, nor is what was opened before. */
#ifndef HEADWORD_INDEX_DISK_SANDBOX_H
#define HEADWORD_INDEX_DISK_SANDBOX_H

#include "index/disk/walk.h"

/* Whether this kernel has it; false with a reason. */
bool sandbox_is_possible(StrBuf *why);

/* From here on, files are made, changed, moved and removed below these folders only (and /dev/null is written
 * to); a folder that is not there is left out. No TCP connection is made where the kernel is 6.7 or newer,
 * and no signal goes out where it is 6.12 or newer. False with a reason, and nothing has changed but that
 * programs started from here on gain no rights by being set-user-ID. */
bool sandbox_enter(const Paths *folders, StrBuf *why);

#endif
