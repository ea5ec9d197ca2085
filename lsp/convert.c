#include "lsp/convert.h"

#include "protocol/uri.h"

uint32_t convert_offset(const Lines *lines, Str text, LspPosition position, Encoding encoding) {
    return lines_offset(lines, text, (Position){position.line, position.character}, encoding);
}

LspPosition convert_position(const Lines *lines, uint32_t offset, Encoding encoding) {
    Position position = lines_position(lines, offset, encoding);
    return (LspPosition){position.line, position.column};
}

LspRange convert_range_near(const Lines *lines, Range range, Encoding encoding, LinesPlace *place) {
    Position start = lines_position_near(lines, range.start, encoding, place);
    LinesPlace last = *place; /* the next range begins nearer to the start */
    Position end = lines_position_near(lines, range.end, encoding, &last);
    return (LspRange){{start.line, start.column}, {end.line, end.column}};
}

LspRange convert_range(const Lines *lines, Range range, Encoding encoding) {
    LinesPlace place = lines_place(lines, range.start);
    return convert_range_near(lines, range, encoding, &place);
}

void convert_path(StrBuf *out, Str uri) {
    if (!uri_to_path(uri, out)) buf_append(out, uri);
}

void convert_uri(StrBuf *out, Str path, const Documents *documents) {
    const Document *document = documents_find_path(documents, path);
    if (document)
        buf_append(out, document->uri);
    else if (str_starts_with(path, STR("/")))
        uri_from_path(out, path);
    else
        buf_append(out, path);
}

static const char *const encoding_names[] = {
    [ENCODING_UTF8] = "utf-8",
    [ENCODING_UTF16] = "utf-16",
    [ENCODING_UTF32] = "utf-32",
};

const char *convert_encoding_name(Encoding encoding) { return encoding_names[encoding]; }

bool convert_encoding(Str name, Encoding *out) {
    for (Encoding i = ENCODING_UTF8; i <= ENCODING_UTF32; i++) {
        if (!str_eq(name, str_of(encoding_names[i]))) continue;
        *out = i;
        return true;
    }
    return false;
}

Encoding convert_choose_encoding(Str wanted, const json_t *offers) {
    Encoding chosen = ENCODING_UTF16, offered;
    if (convert_encoding(wanted, &chosen)) return chosen;
    bool found = false;
    size_t i;
    json_t *offer;
    json_array_foreach((json_t *)offers, i, offer) {
        if (!json_is_string(offer) || !convert_encoding(json_str(offer), &offered)) continue;
        if (offered == ENCODING_UTF8) return offered;
        if (!found) chosen = offered;
        found = true;
    }
    return chosen;
}
