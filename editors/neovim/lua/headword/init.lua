--- Starts the Headword language server for Python and Markdown buffers; see |headword.txt|.

local M = {}

--- lsp/headword.lua of this plugin, where the defaults stand.
local function defaults()
  local here = debug.getinfo(1, 'S').source:sub(2)
  return dofile(vim.fn.fnamemodify(here, ':p:h:h:h') .. '/lsp/headword.lua')
end

--- Makes the server start with buffers of its file types.
---
--- `options` is an |lsp| client configuration; what it leaves out is taken from lsp/headword.lua.
function M.setup(options)
  options = options or {}
  if vim.lsp.enable then
    vim.lsp.config('headword', options)
    vim.lsp.enable('headword')
  else
    local config = vim.tbl_deep_extend('force', { name = 'headword' }, defaults(), options)
    require('headword.attach').enable(config)
  end
end

--- Shows in one window what all servers of the buffer say of the name under the cursor.
function M.hover()
  require('headword.hover').show()
end

--- For a statusline: "Headword", with how far it has read; "" where it is not running.
function M.status()
  return require('headword.status').text()
end

return M
