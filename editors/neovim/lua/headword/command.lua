--- `:Headword SUBCOMMAND`.

local M = {}

local subcommands = {
  page = function()
    require('headword.page').generate('source.headword.page')
  end,
  keywords = function()
    require('headword.page').generate('source.headword.keywords')
  end,
  pages = function(path)
    require('headword.program').pages(path)
  end,
  stop = function()
    require('headword.program').stop()
  end,
  preview = function()
    require('headword.preview').open()
  end,
  coverage = function()
    require('headword.program').coverage()
  end,
  index = function(part)
    require('headword.keywords').choose(part)
  end,
  find = function(query)
    require('headword.find').symbol(query ~= '' and query or vim.fn.expand('<cword>'))
  end,
  restart = function()
    require('headword.client').restart()
  end,
  log = function()
    local log = vim.lsp.log
    local path = log and log.get_filename and log.get_filename() or vim.lsp.get_log_path()
    vim.cmd('split ' .. vim.fn.fnameescape(path))
  end,
}

--- Runs what the user typed after `:Headword`.
function M.run(command)
  local name, rest = command.args:match('^(%S+)%s*(.*)$')
  if subcommands[name] then
    subcommands[name](rest)
  else
    vim.notify(':Headword ' .. name .. ' is not known', vim.log.levels.ERROR)
  end
end

--- The subcommands that begin with `lead`.
function M.complete(lead, line)
  if line:match('Headword!?%s+%S+%s') then
    return {}
  end
  local names = vim.tbl_filter(function(name)
    return vim.startswith(name, lead)
  end, vim.tbl_keys(subcommands))
  table.sort(names)
  return names
end

return M
