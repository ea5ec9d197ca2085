-- The server for `vim.lsp.enable('headword')`, Neovim 0.11 and later. Without the plugin this file alone will do.
return {
  cmd = { 'headword', 'lsp' },
  filetypes = { 'python', 'markdown' },
  root_markers = { 'pyproject.toml', '.headword.toml', 'setup.py', 'setup.cfg', '.git' },
  settings = { headword = vim.empty_dict() },
}
