--- Starts the server and attaches buffers on Neovim 0.7 to 0.10; later ones do it themselves.

local M = {}

--- The nearest folder at or above `path`'s that holds one of `markers`.
local function find_root(path, markers)
  local folder = vim.fn.fnamemodify(path, ':p:h')
  while true do
    for _, marker in ipairs(markers) do
      if vim.loop.fs_stat(folder .. '/' .. marker) then
        return folder
      end
    end
    local parent = vim.fn.fnamemodify(folder, ':h')
    if parent == folder then
      return nil
    end
    folder = parent
  end
end

--- Ids of the clients by root; Neovim 0.7 does not list those that are still starting.
local ids = {}

--- What later versions of Neovim do with a configuration, for 0.7.
local function completed(config, key)
  return vim.tbl_extend('force', config, {
    on_init = function(client, ...)
      client.notify('workspace/didChangeConfiguration', { settings = config.settings })
      if config.on_init then
        config.on_init(client, ...)
      end
    end,
    on_exit = function(...)
      ids[key] = nil
      if config.on_exit then
        config.on_exit(...)
      end
    end,
  })
end

local function start(config)
  local key = config.root_dir or ''
  ids[key] = ids[key] or vim.lsp.start_client(completed(config, key))
  return ids[key]
end

--- Attaches a buffer that shows a file.
local function attach(bufnr, config)
  local path = vim.api.nvim_buf_get_name(bufnr)
  if path == '' or vim.bo[bufnr].buftype ~= '' then
    return
  end
  local root = config.root_dir or find_root(path, config.root_markers)
  config = vim.tbl_extend('force', config, { root_dir = root })
  if vim.lsp.start then
    vim.lsp.start(config)
    return
  end
  local id = start(config)
  if id then
    vim.lsp.buf_attach_client(bufnr, id)
  end
end

--- Attaches the buffers of the configuration's file types, those that are open too.
function M.enable(config)
  local group = vim.api.nvim_create_augroup('headword', { clear = true })
  vim.api.nvim_create_autocmd('FileType', {
    group = group,
    pattern = config.filetypes,
    callback = function(event)
      attach(event.buf, config)
    end,
  })
  for _, bufnr in ipairs(vim.api.nvim_list_bufs()) do
    if vim.tbl_contains(config.filetypes, vim.bo[bufnr].filetype) then
      vim.api.nvim_buf_call(bufnr, function()
        attach(bufnr, config)
      end)
    end
  end
end

return M
