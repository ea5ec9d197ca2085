// The frames that messages travel in.

/** A message as a frame. */
export function frame(message) {
    const body = Buffer.from(typeof message === 'string' ? message : JSON.stringify(message));
    return Buffer.concat([Buffer.from(`Content-Length: ${body.length}\r\n\r\n`), body]);
}

/** Takes bytes as they come and gives each whole message to `see`. */
export class Frames {
    constructor(see) {
        this.see = see;
        this.received = Buffer.alloc(0);
    }

    arrive(bytes) {
        this.received = Buffer.concat([this.received, bytes]);
        for (;;) {
            const header = /^Content-Length: (\d+)\r\n\r\n/.exec(this.received.toString('latin1', 0, 64));
            if (!header) {
                if (this.received.length > 64) throw new Error(`not a frame: ${this.received.toString().slice(0, 80)}`);
                return;
            }
            const end = header[0].length + Number(header[1]);
            if (this.received.length < end) return;
            const message = JSON.parse(this.received.toString('utf8', header[0].length, end));
            this.received = this.received.subarray(end);
            this.see(message);
        }
    }
}
