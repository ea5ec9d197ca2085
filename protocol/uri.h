/* file: URIs <-> paths (RFC 3986, RFC 8089; LSP "URI").
 *
 * Reading is tolerant: "%" without two hex digits behind it is itself, a query or fragment is dropped,
 * "localhost" is no host. Writing escapes all but A-Z a-z 0-9 - . _ ~ / in upper-case hex, as VS Code does.
 * Paths are bytes, so names that are not UTF-8 survive the way there and back. */
#ifndef HEADWORD_PROTOCOL_URI_H
#define HEADWORD_PROTOCOL_URI_H

#include "base/str.h"

/* Appends the absolute path that a file: URI names, normalised. False for other schemes, other hosts,
 * relative paths and paths with a NUL byte; `out` is then as it was. */
bool uri_to_path(Str uri, StrBuf *out);

/* Appends the file: URI of an absolute path. */
void uri_from_path(StrBuf *out, Str path);

#endif
