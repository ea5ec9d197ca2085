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

--- What takes the output of a job and gives it on line by line.
local function by_lines(on_line)
  local line = ''
  return function(_, data)
    for i, part in ipairs(data) do
      if i > 1 then
        on_line(line)
      end
      line = i > 1 and part or line .. part
    end
  end
end

--- Runs a subcommand with the client's settings at the workspace's root; `on_exit` gets its status and its lines, but
--- for those of which `takes` says that it took them. Returns the job.
local function run(client, subcommand, arguments, on_exit, takes)
  local root = client.config.root_dir or vim.fn.getcwd()
  local said = {}
  local function note(line)
    if line ~= '' and not (takes and takes(line)) then
      table.insert(said, line)
    end
  end
  local command = vim.list_extend({ client.config.cmd[1], subcommand }, options_of(client))
  vim.list_extend(command, arguments)
  local job = vim.fn.jobstart(command, {
    cwd = root,
    on_stdout = by_lines(note),
    on_stderr = by_lines(note),
    on_exit = function(_, status)
      on_exit(status, said, root)
    end,
  })
  if job <= 0 then
    vim.notify('Headword: ' .. command[1] .. ' cannot be run', vim.log.levels.ERROR)
  end
  return job
end

--- The job that writes pages, and how far it is.
local writing = {}

--- The percentage of the pages that are being written; nil when none are.
function M.percentage()
  return writing.percentage
end

local function tell_progress(line)
  local percentage = line:match('^Writing pages: .*%((%d+) %%%)')
  if percentage then
    writing.percentage = tonumber(percentage)
    vim.api.nvim_echo({ { 'Headword: ' .. line } }, false, {})
    vim.cmd('redrawstatus')
  end
  return percentage
end

local function end_pages(status, lines)
  local level = (status == 0 or writing.stopped) and vim.log.levels.INFO or vim.log.levels.ERROR
  writing = {}
  vim.notify('Headword: ' .. table.concat(lines, '\n'), level)
  vim.cmd('silent! checktime')
  vim.cmd('redrawstatus')
end

--- Writes the pages of the workspace, or of the file or folder `path`.
function M.pages(path)
  local client = client_of.current()
  if not client then
    return
  end
  if writing.job then
    return vim.notify('Headword: pages are being written; `:Headword stop` ends that', vim.log.levels.WARN)
  end
  local below = path ~= '' and { '--', vim.fn.fnamemodify(path, ':p') } or {}
  local job = run(client, 'pages', vim.list_extend({ '--progress' }, below), end_pages, tell_progress)
  writing = job > 0 and { job = job, percentage = 0 } or {}
end

--- Ends the writing of pages; those written stay, and each is a whole one.
function M.stop()
  if not writing.job then
    return vim.notify('Headword: no pages are being written')
  end
  writing.stopped = true
  vim.fn.jobstop(writing.job)
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
