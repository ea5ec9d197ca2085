--- What the program does outside of the server: pages of whole folders, and how much is documented.

local client_of = require('headword.client')

local M = {}

--- The settings of a client as options of the program: { pages = { out = 'docs' } } is "--set=pages.out=docs".
local function options_of(client)
  local options, todo = {}, { { prefix = '', values = (client.config.settings or {}).headword or {} } }
  while #todo > 0 do
    local group = table.remove(todo)
    for name, value in pairs(group.values) do
      if type(value) == 'table' then
        table.insert(todo, { prefix = group.prefix .. name .. '.', values = value })
      else
        table.insert(options, '--set=' .. group.prefix .. name .. '=' .. tostring(value))
      end
    end
  end
  return options
end

--- Runs a subcommand with the client's settings at the workspace's root; `on_exit` gets its status and its lines.
local function run(client, subcommand, arguments, on_exit)
  local root = client.config.root_dir or vim.fn.getcwd()
  local lines = {}
  local function collect(_, data)
    vim.list_extend(lines, data)
  end
  local command = vim.list_extend({ client.config.cmd[1], subcommand }, options_of(client))
  vim.list_extend(command, arguments)
  local job = vim.fn.jobstart(command, {
    cwd = root,
    stdout_buffered = true,
    stderr_buffered = true,
    on_stdout = collect,
    on_stderr = collect,
    on_exit = function(_, status)
      local said = vim.tbl_filter(function(line)
        return line ~= ''
      end, lines)
      on_exit(status, said, root)
    end,
  })
  if job <= 0 then
    vim.notify('Headword: ' .. command[1] .. ' cannot be run', vim.log.levels.ERROR)
  end
end

--- Writes the pages of the workspace, or of the file or folder `path`.
function M.pages(path)
  local client = client_of.current()
  if not client then
    return
  end
  run(client, 'pages', path ~= '' and { '--', vim.fn.fnamemodify(path, ':p') } or {}, function(status, lines)
    vim.notify('Headword: ' .. table.concat(lines, '\n'), status == 0 and vim.log.levels.INFO or vim.log.levels.ERROR)
    vim.cmd('silent! checktime')
  end)
end

--- Lists the definitions without a docstring in the quickfix window.
function M.coverage()
  local client = client_of.current()
  if not client then
    return
  end
  run(client, 'coverage', { '--missing' }, function(_, lines, root)
    local items = {}
    for _, line in ipairs(lines) do
      local file, number, text = line:match('^(.-):(%d+): (.*)$')
      if file then
        table.insert(items, { filename = root .. '/' .. file, lnum = tonumber(number), text = text })
      end
    end
    local total = vim.trim(lines[#lines] or '')
    vim.fn.setqflist({}, ' ', { title = 'Headword coverage: ' .. total, items = items })
    vim.notify('Headword: documented ' .. total)
    if #items > 0 then
      vim.cmd('copen')
    end
  end)
end

return M
