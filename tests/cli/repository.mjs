// A small repository to try the command line on.
import { test } from 'node:test';

import { Workspace } from '../lsp/fixture.mjs';
import { run } from './run.mjs';

export const files = {
    'pyproject.toml': '[project]\nname = "é🚀"\n',
    'shop/__init__.py': '"""A shop é🚀."""\n',
    'shop/cart.py': '"""Carts."""\né = "🚀"; LIMIT = 10\nclass Cart:\n    """Holds é and 🚀."""\n    def add(self, item): "é🚀"\n',
    'main.py': '"é🚀"; from shop.cart import Cart\ndef main(): return Cart()\n',
};

/** Registers a test with a repository of its own. */
export function inRepository(name, body, options = {}) {
    test(name, options, async () => {
        const repository = new Workspace(files);
        try {
            await body(repository, (...args) => run(args, { cwd: repository.root }));
        } finally {
            repository.remove();
        }
    });
}

export const oneLine = /^[^\n]+\n$/;
