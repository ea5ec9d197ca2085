--- The doc page of the current buffer as it would be now, beside it, following what is typed.

local page = require('headword.page')

local M = {}

local PAUSE = 200 -- milliseconds without a key

--- The buffer of the preview of a source, made when there is none.
local function preview_of(source)
  local name = 'headword://' .. vim.api.nvim_buf_get_name(source)
  local bufnr = vim.fn.bufnr(vim.fn.fnameescape(name))
  if bufnr < 0 then
    bufnr = vim.api.nvim_create_buf(false, true)
    vim.api.nvim_buf_set_name(bufnr, name)
    vim.bo[bufnr].filetype = 'markdown'
    vim.bo[bufnr].bufhidden = 'wipe'
  end
  return bufnr
end

local function fill(bufnr, text)
  if vim.api.nvim_buf_is_valid(bufnr) then
    vim.bo[bufnr].modifiable = true
    vim.api.nvim_buf_set_lines(bufnr, 0, -1, false, vim.split((text:gsub('\n$', '')), '\n', { plain = true }))
    vim.bo[bufnr].modifiable = false
  end
end

--- Renders anew when no key has come for a while; ends with the preview.
local function follow(source, preview)
  local keys = 0
  vim.api.nvim_create_autocmd({ 'TextChanged', 'TextChangedI' }, {
    buffer = source,
    group = vim.api.nvim_create_augroup('headword_preview_' .. source, { clear = true }),
    callback = function()
      if not vim.api.nvim_buf_is_valid(preview) then
        return true
      end
      keys = keys + 1
      local mine = keys
      vim.defer_fn(function()
        if mine == keys and vim.api.nvim_buf_is_valid(source) then
          page.text(source, function(text)
            fill(preview, text)
          end)
        end
      end, PAUSE)
    end,
  })
end

--- Opens the preview in a window beside.
function M.open()
  local source = vim.api.nvim_get_current_buf()
  page.text(source, function(text)
    local preview = preview_of(source)
    fill(preview, text)
    if vim.fn.bufwinid(preview) < 0 then
      vim.cmd('vertical sbuffer ' .. preview)
      vim.cmd('wincmd p')
    end
    follow(source, preview)
  end)
end

return M
