--- Generates the pages of the current file through the server's code actions.

local client_of = require('headword.client')

local M = {}

--- The files that a workspace edit changes.
local function edited_uris(edit)
  local uris = {}
  for _, change in ipairs(edit.documentChanges or {}) do
    if change.textDocument then
      table.insert(uris, change.textDocument.uri)
    end
  end
  return uris
end

--- Shows a buffer, in a window that it has or in a new one.
local function show(bufnr)
  vim.bo[bufnr].buflisted = true
  local window = vim.fn.bufwinid(bufnr)
  if window >= 0 then
    vim.api.nvim_set_current_win(window)
  else
    vim.cmd('sbuffer ' .. bufnr)
  end
end

local function save(bufnr)
  vim.api.nvim_buf_call(bufnr, function()
    vim.cmd('silent write')
  end)
end

--- Makes the page what it should be and shows it; one that needs no edit is shown as it is, and saved if it was not.
local function apply(client, action)
  local uris = edited_uris(action.edit or {})
  if #uris > 0 then
    vim.lsp.util.apply_workspace_edit(action.edit, client.offset_encoding)
  else
    uris = { (action.data or {}).page }
  end
  for _, uri in ipairs(uris) do
    local bufnr = vim.uri_to_bufnr(uri)
    vim.fn.bufload(bufnr)
    if vim.bo[bufnr].modified then
      save(bufnr)
    end
    show(bufnr)
  end
end

--- Gives the code action of `kind` for the current file, with its edit, to `on_action`.
local function resolve(kind, on_action)
  local client = client_of.current()
  if not client then
    return
  end
  local start = { line = 0, character = 0 }
  local params = {
    textDocument = vim.lsp.util.make_text_document_params(),
    range = { start = start, ['end'] = start },
    context = { diagnostics = {}, only = { kind } },
  }
  client_of.request(client, 'textDocument/codeAction', params, function(actions)
    local action = (actions or {})[1]
    if not action then
      vim.notify('Headword: no page belongs to this file', vim.log.levels.WARN)
    elseif action.edit then
      on_action(client, action)
    else
      client_of.request(client, 'codeAction/resolve', action, function(resolved)
        on_action(client, resolved)
      end)
    end
  end)
end

--- Generates, saves and shows the page that code actions of `kind` make for the current file.
function M.generate(kind)
  resolve(kind, apply)
end

--- Gives the text that the doc page of a buffer should have to `on_text`; changes nothing.
function M.text(bufnr, on_text)
  local client = client_of.current()
  if not client then
    return
  end
  local uri = vim.uri_from_bufnr(bufnr):gsub('^file:', 'headword:') .. '_docs.md'
  client_of.request(client, 'workspace/textDocumentContent', { uri = uri }, function(content)
    on_text(content.text)
  end)
end

return M
