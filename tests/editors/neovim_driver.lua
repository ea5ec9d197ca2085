--- What the steps of a session in Neovim share. Each step appends one line of JSON to the file that RESULTS names.

local M = {}

M.patience = 60000

--- Until `condition`, which may send requests itself, holds.
function M.wait_for(what, condition)
  local deadline = vim.loop.now() + M.patience
  while not condition() do
    assert(vim.loop.now() < deadline, 'waited in vain for ' .. what)
    vim.wait(20)
  end
end

function M.expect(text, part)
  assert(text:find(part, 1, true), string.format('%q is not in:\n%s', part, text))
end

function M.here()
  return vim.fn.expand('%:t') .. ':' .. vim.fn.line('.') .. ':' .. vim.fn.getline('.'):sub(vim.fn.col('.'))
end

function M.request(method, params)
  local answers = vim.lsp.buf_request_sync(0, method, params, M.patience) or {}
  local _, answer = next(answers)
  assert(answer and not answer.error, method .. ' failed: ' .. vim.inspect(answer))
  return answer.result
end

function M.read(path)
  local file = assert(io.open(path))
  local text = file:read('*a')
  file:close()
  return text
end

function M.open_app()
  vim.cmd('edit pkg/app.py')
  vim.fn.cursor(1, 1)
end

--- The lines of the floating window that a call opens.
function M.text_of_float(open)
  local float
  open()
  M.wait_for('a floating window', function()
    for _, window in ipairs(vim.api.nvim_list_wins()) do
      if vim.api.nvim_win_get_config(window).relative ~= '' then
        float = window
      end
    end
    return float
  end)
  local lines = vim.api.nvim_buf_get_lines(vim.api.nvim_win_get_buf(float), 0, -1, false)
  vim.api.nvim_win_close(float, true)
  return table.concat(lines, '\n')
end

--- Answers the next |vim.ui.select()| with the item that `wanted` accepts; returns what was shown.
function M.answer_select(wanted)
  local shown = {}
  local original = vim.ui.select
  vim.ui.select = function(items, options, on_choice)
    vim.ui.select = original
    for _, item in ipairs(items) do
      shown[#shown + 1] = (options.format_item or tostring)(item)
      if wanted(shown[#shown]) then
        return on_choice(item)
      end
    end
    on_choice(nil)
  end
  return shown
end

--- Sends the settings of a client anew, after `change` has changed them.
function M.configure(change)
  local client = require('headword.client').all()[1]
  change(client.config.settings.headword)
  local params = { settings = client.config.settings }
  if vim.fn.has('nvim-0.11') == 1 then
    client:notify('workspace/didChangeConfiguration', params)
  else
    client.notify('workspace/didChangeConfiguration', params)
  end
end

--- Runs steps, each a name and a function; one that fails stops none.
function M.run(steps)
  local results = assert(io.open(vim.env.RESULTS, 'a'))
  for _, step in ipairs(steps) do
    local ok, message = xpcall(step[2], debug.traceback)
    results:write(vim.fn.json_encode({ name = step[1], ok = ok, message = message or '' }), '\n')
    results:flush()
  end
  results:close()
end

return M
