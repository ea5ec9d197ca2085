/* Bytes of a client -> frames -> messages. Whatever comes, each body and each error uses some of the bytes
 * up, and what is broken does not hide the good frame behind it. */
#include "protocol/frame.h"
#include "protocol/rpc.h"

#include <assert.h>

static bool is_broken(Str body) {
    RpcMessage message;
    rpc_parse(body, &message);
    bool broken = message.fault.code == RPC_PARSE_ERROR;
    rpc_message_release(&message);
    return broken;
}

/* Returns how many bodies were messages. */
static size_t drain(FrameDecoder *decoder) {
    size_t good = 0;
    Str out;
    for (FrameResult result; (result = frame_decoder_next(decoder, &out)) != FRAME_NONE;) {
        if (result == FRAME_ERROR) continue;
        if (is_broken(out))
            frame_decoder_reject(decoder);
        else
            good++;
    }
    return good;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    FrameDecoder decoder;
    frame_decoder_init(&decoder);
    Str rest = str_make((const char *)data, size);
    size_t step = size ? 1 + data[0] % 64 : 1; /* the first byte says how the rest is cut */
    while (rest.len) {
        frame_decoder_feed(&decoder, str_slice(rest, 0, step));
        rest = str_from(rest, step);
        drain(&decoder);
    }
    if (!decoder.lost && decoder.at == decoder.bytes.len) {
        frame_decoder_feed(&decoder, STR("Content-Length: 11\r\n\r\n{\"id\":\"é\"}"));
        size_t good = drain(&decoder);
        assert(good > 0);
        (void)good;
    }
    frame_decoder_release(&decoder);
    return 0;
}
