--- What a statusline may say of the server.

local M = {}

--- What the server last said of its work, by client; only Neovim 0.10 and later say it this way.
local reported = {}

if vim.fn.exists('##LspProgress') == 1 then
  vim.api.nvim_create_autocmd('LspProgress', {
    group = vim.api.nvim_create_augroup('headword_status', { clear = true }),
    callback = function(event)
      local value = event.data.params.value
      reported[event.data.client_id] = value.kind ~= 'end' and value or nil
      vim.cmd('redrawstatus')
    end,
  })
end

local function progress_of(client)
  for _, progress in pairs(client.messages and client.messages.progress or {}) do
    if not progress.done then
      return progress
    end
  end
  return reported[client.id]
end

--- "" without the server, "Headword" with it, "Headword 40%" while it reads the repository, "Headword pages 40%" while
--- pages are written.
function M.text()
  for _, client in ipairs(require('headword.client').all()) do
    if vim.lsp.buf_is_attached(vim.api.nvim_get_current_buf(), client.id) then
      local pages, progress = require('headword.program').percentage(), progress_of(client)
      if pages then
        return string.format('Headword pages %d%%', pages)
      end
      return progress and string.format('Headword %d%%', progress.percentage or 0) or 'Headword'
    end
  end
  return ''
end

return M
