--- `:checkhealth headword`.

local M = {}

local health = vim.health or require('health')
local start = health.start or health.report_start
local ok = health.ok or health.report_ok
local warn = health.warn or health.report_warn
local err = health.error or health.report_error

--- The programs that run, else the one that would.
local function programs()
  local found = {}
  for _, client in ipairs(require('headword.client').all()) do
    found[client.config.cmd[1]] = true
  end
  return next(found) and vim.tbl_keys(found) or { 'headword' }
end

local function check_program(program)
  local command = vim.fn.exepath(program)
  if command == '' then
    warn('no `' .. program .. '` on PATH', { 'install it, or give setup() a `cmd`' })
  else
    ok(command .. ': ' .. vim.trim(vim.fn.system({ command, '--version' })))
  end
end

local function check_clients()
  local clients = require('headword.client').all()
  for _, client in ipairs(clients) do
    ok(string.format('running in %s, positions in %s', client.config.root_dir or '(no root)', client.offset_encoding))
  end
  if #clients == 0 then
    warn('not running', { "open a Python file after require('headword').setup()" })
  end
end

function M.check()
  start('headword')
  if vim.fn.has('nvim-0.7') == 0 then
    err('Neovim 0.7 or later is needed')
    return
  end
  for _, program in ipairs(programs()) do
    check_program(program)
  end
  check_clients()
end

return M
