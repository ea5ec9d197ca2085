/* Where the libraries that a project uses lie: the folders that its Python would look for modules in.
 *
 * Found by looking at files: environments made by venv, virtualenv, uv, poetry, pdm and conda, what their
 * `.pth` files and editable installs name, the packages of the interpreter on PATH, and the standard library
 * that comes with it. Nothing is run.
 * Sources: docs.python.org, "site", "Virtual environments", PEP 405, PEP 582. */
#ifndef HEADWORD_INDEX_DISK_ENVIRONMENT_H
#define HEADWORD_INDEX_DISK_ENVIRONMENT_H

#include "base/array.h"
#include "base/str.h"

typedef struct {
    char *path;
    bool installed;         /* packages are installed into it: what lies there is nobody's own code */
    bool standard;          /* it holds the sources of the standard library */
    uint64_t device, inode; /* which folder it is */
} LibraryFolder;

typedef Array(LibraryFolder) LibraryFolders;

typedef struct {
    LibraryFolders folders; /* in the order in which Python looks, each once */
    StrBuf origin;          /* for people: which environments these are, and why */
} Environment;

void environment_init(Environment *self);
void environment_release(Environment *self);

/* Appends the folders for the project in `root`. `wanted` says which environment it is: a folder or its
 * interpreter, relative to the root or with "~/"; "none" for none; else, in this order: what pyproject.toml
 * tells other tools, VIRTUAL_ENV, an activated conda environment, an environment in the root, conda's base,
 * the interpreter on PATH. A `wanted` that is no environment is said in `why`, a line, and passed over. */
void environment_find(Environment *self, Str root, Str wanted, StrBuf *why);

/* Appends the folders of an environment or interpreter's prefix, of Python `version` ("3.12"), or (len 0) of
 * the newest there is: those that packages are installed into, each followed by what its files name, and the
 * one of the standard library. Whether there are any of packages. */
bool environment_add_prefix(Environment *self, Str prefix, Str version);

/* Appends the folder of an interpreter's own standard library, unless there is one already. */
void environment_add_standard(Environment *self, Str prefix, Str version);

/* Appends a folder and, when packages are installed into it, those that its files name. False when there is
 * no such folder. */
bool environment_add_folder(Environment *self, Str path, bool installed);

#endif
