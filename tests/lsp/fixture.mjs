// Fixtures: small workspaces on disk, and texts with marks in them.
//
// `«name»` in a text marks the position where it stands and is not part of the text.
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';

/** Takes the marks out of a text: {text, marks: {name: offset}}; offsets count UTF-16 units. */
export function parseMarks(marked) {
    const marks = {};
    let text = '';
    for (const piece of marked.split(/(«\w+»)/)) {
        if (/^«\w+»$/.test(piece)) marks[piece.slice(1, -1)] = text.length;
        else text += piece;
    }
    return { text, marks };
}

/** How many units of an encoding a text has. */
export function countUnits(text, encoding) {
    if (encoding === 'utf-8') return Buffer.byteLength(text);
    return encoding === 'utf-32' ? [...text].length : text.length;
}

/** LSP "Position" of an offset. Lines end with \n, \r\n or \r. */
export function positionAt(text, offset, encoding = 'utf-16') {
    const lines = text.slice(0, offset).split(/\r\n|\n|\r/);
    // Between \r and \n no line begins.
    if (text[offset - 1] === '\r' && text[offset] === '\n') lines.pop();
    return { line: lines.length - 1, character: countUnits(lines.at(-1), encoding) };
}

/** The offset of a position that lies in the text, or the end of its line when it lies behind that. */
export function offsetAt(text, position, encoding = 'utf-16') {
    const ends = /\r\n|\n|\r/g;
    let start = 0;
    for (let line = 0; line < position.line; line++) {
        if (ends.exec(text) === null) return text.length;
        start = ends.lastIndex;
    }
    const line = text.slice(start).split(/\r|\n/, 1)[0];
    let used = 0;
    for (const character of line) {
        if (countUnits(line.slice(0, used + character.length), encoding) > position.character) break;
        used += character.length;
    }
    return start + used;
}

/** Applies TextEdits to a text, from the last to the first. */
export function applyTextEdits(text, edits, encoding) {
    const spans = edits.map((edit) => ({
        start: offsetAt(text, edit.range.start, encoding),
        end: offsetAt(text, edit.range.end, encoding),
        newText: edit.newText,
    }));
    spans.sort((a, b) => b.start - a.start);
    for (const { start, end, newText } of spans) text = text.slice(0, start) + newText + text.slice(end);
    return text;
}

/** A symbolic link, as a value in the files of a Workspace. */
export class Link {
    constructor(target) {
        this.target = target;
    }
}

/**
 * A folder with files: {path: text with marks | Buffer | Link}. Its own name has letters that URIs must
 * escape.
 */
export class Workspace {
    constructor(files = {}, parent = os.tmpdir()) {
        this.root = fs.realpathSync(fs.mkdtempSync(path.join(parent, 'headword é 🚀 ')));
        this.marks = {};
        for (const [name, content] of Object.entries(files)) this.write(name, content);
    }

    path(name) {
        return path.join(this.root, name);
    }

    uri(name) {
        return pathToFileURL(this.path(name)).href;
    }

    /** Writes a file; marks in its text replace those that it had. */
    write(name, content) {
        fs.mkdirSync(path.dirname(this.path(name)), { recursive: true });
        if (content instanceof Link) {
            fs.symlinkSync(content.target, this.path(name));
        } else if (Buffer.isBuffer(content)) {
            fs.writeFileSync(this.path(name), content);
        } else {
            fs.writeFileSync(this.path(name), this.mark(name, content));
        }
    }

    /** Takes the marks of a text that is to be the file's; returns the text. */
    mark(name, marked) {
        const { text, marks } = parseMarks(marked);
        this.marks[name] = { text, marks };
        return text;
    }

    /** The text of a fixture without its marks. */
    text(name) {
        return this.marks[name].text;
    }

    read(name) {
        return fs.readFileSync(this.path(name), 'utf8');
    }

    exists(name) {
        return fs.existsSync(this.path(name));
    }

    delete(name) {
        fs.rmSync(this.path(name), { recursive: true, force: true });
    }

    /** All files below a folder, sorted, relative to the root. */
    list(folder = '') {
        const found = [];
        const visit = (relative) => {
            if (!fs.existsSync(this.path(relative))) return;
            for (const entry of fs.readdirSync(this.path(relative), { withFileTypes: true })) {
                const inner = path.join(relative, entry.name);
                if (entry.isDirectory()) visit(inner);
                else found.push(inner);
            }
        };
        visit(folder);
        return found.sort();
    }

    offset(name, mark) {
        const offset = this.marks[name]?.marks[mark];
        if (offset === undefined) throw new Error(`no mark «${mark}» in ${name}`);
        return offset;
    }

    position(name, mark, encoding) {
        return positionAt(this.text(name), this.offset(name, mark), encoding);
    }

    /** The range of the identifier that starts at a mark. */
    word(name, mark, encoding) {
        const start = this.offset(name, mark);
        const { length } = /^[\p{L}\p{N}_]*/u.exec(this.text(name).slice(start))[0];
        return {
            start: positionAt(this.text(name), start, encoding),
            end: positionAt(this.text(name), start + length, encoding),
        };
    }

    range(name, from, to, encoding) {
        return { start: this.position(name, from, encoding), end: this.position(name, to, encoding) };
    }

    remove() {
        fs.rmSync(this.root, { recursive: true, force: true });
    }
}
