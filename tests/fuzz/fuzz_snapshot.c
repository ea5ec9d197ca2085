/* A damaged cache -> an index. Nothing of it is believed that its checksums do not vouch for: either it is
 * refused, or what it says of each file can be asked for.
 *
 * The input lists changes, of five bytes each, of the bytes of a sound one: a place and what is put there;
 * ahead of them, a byte says whether the checksums of tables and footer are made to fit, and three where it
 * is cut off (0: nowhere). Tables that their checksum vouches for are believed to hold what they should; that
 * they lie where and are as many as they should is checked. */
#include "input.h"

#include "index/parse.h"
#include "index/snapshot.h"

#include <xxhash.h>

static const Str key = STR("é🚀 1");

static bool take(void *context, Str bytes) {
    buf_append(context, bytes);
    return true;
}

static void freeze(StrBuf *out) {
    static const char source[] =
        "'''é'''\nimport b\nclass A(b.B):\n    '''🚀'''\n    def m(self): self.x = b.f(1)\n";
    Parser *parser = parser_new();
    Index *index = index_new();
    for (int i = 0; i < 3; i++) {
        char path[16];
        snprintf(path, sizeof path, "/w/%d.py", i);
        index_update(index, str_of(path), parser_facts(parser, str_of(path), str_of(source)));
    }
    Freeze *freeze = freeze_new(index, (FreezeScope){STR("/w"), true}, key, (SnapshotSink){out, take});
    FreezeState state;
    while ((state = freeze_step(freeze, 1)) == FREEZE_MORE) {
    }
    MUST(state == FREEZE_DONE);
    freeze_free(freeze);
    index_free(index);
    parser_free(parser);
}

static void ask(const Index *index) {
    StrBuf name;
    buf_init(&name);
    for (FileId file = 0; file < index_file_end(index); file++) {
        const Facts *facts = index_facts(index, file);
        for (uint32_t i = 0; facts && i < facts->symbols.count; i++) {
            buf_clear(&name);
            facts_qualified_name(facts, i, &name);
        }
    }
    MUST(index_postings(index, STR("A")).count <= index_file_end(index));
    buf_release(&name);
}

/* The numbers at the end of a snapshot, behind the places of its tables. */
typedef struct {
    uint64_t start, end, check, footer_check;
    char magic[8];
} Tail;

/* Makes the checksums of footer and tables fit what was changed; the footer begins at `footer`. */
static void repair(StrBuf *bytes, uint64_t footer) {
    Tail tail;
    char *at = bytes->data + bytes->len - sizeof tail;
    memcpy(&tail, at, sizeof tail);
    if (tail.start <= tail.end && tail.end <= bytes->len)
        tail.check = XXH3_64bits(bytes->data + tail.start, tail.end - tail.start);
    memcpy(at, &tail, sizeof tail);
    tail.footer_check = XXH3_64bits(bytes->data + footer, (size_t)(at - bytes->data) - footer + 24);
    memcpy(at, &tail, sizeof tail);
}

static uint64_t footer_of(Str sound) {
    Tail tail;
    memcpy(&tail, sound.data + sound.len - sizeof tail, sizeof tail);
    return tail.end;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    static StrBuf sound;
    if (!sound.data) {
        buf_init(&sound);
        freeze(&sound);
    }
    StrBuf bytes;
    buf_init(&bytes);
    buf_append(&bytes, buf_str(&sound));
    Str rest = str_make((const char *)data, size);
    bool repaired = input_number(&rest, 1) & 1;
    uint32_t end = input_number(&rest, 3);
    while (rest.len) {
        uint32_t at = input_number(&rest, 4) % (uint32_t)bytes.len;
        bytes.data[at] = (char)input_number(&rest, 1);
    }
    if (repaired) repair(&bytes, footer_of(buf_str(&sound)));
    if (end) buf_truncate(&bytes, end % bytes.len);
    snapshot_key(buf_str(&bytes));
    Index *index = index_new();
    bool good = snapshot_attach(buf_str(&bytes), key, index);
    MUST(good || index_file_end(index) == 0);
    MUST(good || !str_eq(buf_str(&bytes), buf_str(&sound)));
    if (!repaired) ask(index);
    index_free(index);
    buf_release(&bytes);
    return 0;
}
