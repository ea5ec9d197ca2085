#include "index/name.h"

#include "base/utf8.h"

#include <stdlib.h>
#include <utf8proc.h>

Str name_normal(Str name, StrBuf *scratch) {
    if (utf8_is_ascii(name.data, name.len)) return name;
    utf8proc_uint8_t *normal = NULL;
    utf8proc_ssize_t len = utf8proc_map((const utf8proc_uint8_t *)name.data, (utf8proc_ssize_t)name.len,
                                        &normal, UTF8PROC_STABLE | UTF8PROC_COMPOSE | UTF8PROC_COMPAT);
    if (len < 0) return name; /* not well-formed: nothing equals it but itself */
    buf_clear(scratch);
    buf_append(scratch, str_make((const char *)normal, (size_t)len));
    free(normal);
    return buf_str(scratch);
}

bool name_is_public(Str name) {
    if (name.len == 0 || name.data[0] != '_') return true;
    return name.len > 4 && str_starts_with(name, STR("__")) && str_ends_with(name, STR("__"));
}
