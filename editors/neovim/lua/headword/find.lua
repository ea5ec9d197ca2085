--- Looks symbols up across the workspace.

local client_of = require('headword.client')

local M = {}

local function describe(symbol)
  local kind = vim.lsp.protocol.SymbolKind[symbol.kind] or 'Symbol'
  local path = vim.fn.fnamemodify(vim.uri_to_fname(symbol.location.uri), ':.')
  local place = path .. ':' .. symbol.location.range.start.line + 1
  local home = symbol.containerName and symbol.containerName .. '  ' or ''
  return string.format('%s  %s  %s%s', symbol.name, kind:lower(), home, place)
end

local function jump(client, location)
  if vim.lsp.util.show_document then
    vim.lsp.util.show_document(location, client.offset_encoding, { focus = true })
  else
    vim.lsp.util.jump_to_location(location, client.offset_encoding)
  end
end

local function choose(client, symbols)
  local options = { prompt = 'Headword', kind = 'headword', format_item = describe }
  vim.ui.select(symbols, options, function(symbol)
    if symbol then
      jump(client, symbol.location)
    end
  end)
end

--- Goes to one of `symbols`, which the user chooses if there are several; `query` is what they answer.
function M.go_to_one_of(client, symbols, query)
  if #symbols == 0 then
    vim.notify('Headword: nothing matches ' .. query)
  elseif #symbols == 1 then
    jump(client, symbols[1].location)
  else
    choose(client, symbols)
  end
end

--- Goes to the symbol that matches `query`; lets the user choose among several.
function M.symbol(query)
  local client = client_of.current()
  if not client then
    return
  end
  client_of.request(client, 'workspace/symbol', { query = query }, function(symbols)
    M.go_to_one_of(client, symbols or {}, query)
  end)
end

return M
