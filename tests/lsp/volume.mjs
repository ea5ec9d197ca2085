// A small file system of its own, to fill up. Needs root, and a system that lets root mount.
import { execFileSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';

function mount(bytes) {
    const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'headword-volume-'));
    try {
        execFileSync('mount', ['-t', 'tmpfs', '-o', `size=${bytes}`, 'tmpfs', folder], { stdio: 'ignore' });
        return folder;
    } catch (error) {
        fs.rmdirSync(folder);
        throw error;
    }
}

function unmount(folder) {
    execFileSync('umount', [folder], { stdio: 'ignore' });
    fs.rmdirSync(folder);
}

function findReason() {
    if (process.getuid?.() !== 0) return 'only root may mount a small file system to fill up';
    try {
        unmount(mount(65536));
        return false;
    } catch {
        return 'this system mounts no small file system to fill up';
    }
}

/** False, or why there can be no volume: for a test's `skip`. */
export const whyNoVolume = findReason();

/** Calls `body` with the folder of a volume that holds so many bytes. */
export async function withVolume(bytes, body) {
    const folder = mount(bytes);
    try {
        return await body(folder);
    } finally {
        unmount(folder);
    }
}
