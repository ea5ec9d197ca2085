--- The running client, whatever the version of Neovim calls it.

local M = {}

local function notify_missing()
  vim.notify('Headword is not running for this buffer; see :checkhealth headword', vim.log.levels.WARN)
end

--- All running clients, of other servers too.
function M.running()
  return vim.lsp.get_clients and vim.lsp.get_clients() or vim.lsp.get_active_clients()
end

--- All running clients of the server.
function M.all()
  return vim.tbl_filter(function(client)
    return client.name == 'headword'
  end, M.running())
end

--- The client of the current buffer, else any; a message and nil where there is none.
function M.current()
  local clients = M.all()
  for _, client in ipairs(clients) do
    if vim.lsp.buf_is_attached(vim.api.nvim_get_current_buf(), client.id) then
      return client
    end
  end
  if not clients[1] then
    notify_missing()
  end
  return clients[1]
end

--- Ends the clients of the server and starts new ones for the buffers that they had.
function M.restart()
  local buffers = {}
  for _, client in ipairs(M.all()) do
    vim.list_extend(buffers, vim.lsp.get_buffers_by_client_id(client.id))
    vim.lsp.stop_client(client.id)
  end
  local function begin()
    if #M.all() > 0 then
      vim.defer_fn(begin, 50)
      return
    end
    for _, bufnr in ipairs(vim.tbl_filter(vim.api.nvim_buf_is_loaded, buffers)) do
      vim.api.nvim_exec_autocmds('FileType', { buffer = bufnr })
    end
  end
  begin()
end

--- Sends a request; `on_result` gets the result, an error is shown.
function M.request(client, method, params, on_result)
  local function handler(err, result)
    if err then
      vim.notify('Headword: ' .. err.message, vim.log.levels.ERROR)
    else
      on_result(result)
    end
  end
  if vim.fn.has('nvim-0.11') == 1 then
    client:request(method, params, handler)
  else
    client.request(method, params, handler)
  end
end

return M
