--- What all servers of the buffer say of the name under the cursor, in one window. Neovim 0.11 and later do it
--- themselves; before, the server that answers last hides the others.

local client_of = require('headword.client')

local M = {}

--- The running clients of the current buffer that answer hovers.
local function askable()
  local bufnr = vim.api.nvim_get_current_buf()
  return vim.tbl_filter(function(client)
    return vim.lsp.buf_is_attached(bufnr, client.id) and client.supports_method('textDocument/hover')
  end, client_of.running())
end

--- Shows the answers that say something, in the order of the clients.
local function show(clients, answers)
  local lines = {}
  for _, client in ipairs(clients) do
    local card = vim.lsp.util.convert_input_to_markdown_lines((answers[client.id] or {}).contents or '')
    card = vim.lsp.util.trim_empty_lines(card)
    if #card > 0 then
      vim.list_extend(lines, #lines > 0 and { '---' } or {})
      vim.list_extend(lines, card)
    end
  end
  if #lines == 0 then
    vim.notify('No information available')
  else
    vim.lsp.util.open_floating_preview(lines, 'markdown', { focus_id = 'textDocument/hover' })
  end
end

function M.show()
  if vim.fn.has('nvim-0.11') == 1 then
    vim.lsp.buf.hover()
    return
  end
  local clients, answers = askable(), {}
  local left = #clients
  for _, client in ipairs(clients) do
    local params = vim.lsp.util.make_position_params(0, client.offset_encoding)
    client.request('textDocument/hover', params, function(_, result)
      answers[client.id] = result
      left = left - 1
      if left == 0 then
        show(clients, answers)
      end
    end)
  end
end

return M
