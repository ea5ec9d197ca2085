-- The server for `vim.lsp.enable('headword')`, Neovim 0.11 and later. Without the plugin this file alone will do.
return {
  cmd = { 'headword', 'lsp' },
  filetypes = { 'python', 'markdown' },
  root_markers = { 'pyproject.toml', '.headword.toml', 'setup.py', 'setup.cfg', '.git' },
  -- vim.lsp.buf.typehierarchy() asks for what Neovim 0.12 does not announce by itself. Older versions may take this
  -- for all there is to announce.
  capabilities = vim.fn.has('nvim-0.12') == 1 and { textDocument = { typeHierarchy = vim.empty_dict() } } or nil,
  settings = { headword = vim.empty_dict() },
}
