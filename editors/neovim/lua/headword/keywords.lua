--- The keyword index, to choose from: a name that own code defines, then a place of it.

local client_of = require('headword.client')
local find = require('headword.find')

local M = {}

--- The names that hold `part`, whatever the case, from A to Z.
local function select_names(names, part)
  local found = vim.tbl_filter(function(name)
    return name:lower():find(part:lower(), 1, true) ~= nil
  end, names)
  table.sort(found, function(a, b)
    return a:lower() == b:lower() and a < b or a:lower() < b:lower()
  end)
  return found
end

local function go_to(client, name)
  client_of.request(client, 'headword/places', { name = name }, function(places)
    find.go_to_one_of(client, places, name)
  end)
end

--- Lets the user choose among the keywords that hold `part`.
function M.choose(part)
  local client = client_of.current()
  if not client then
    return
  end
  client_of.request(client, 'headword/keywords', vim.empty_dict(), function(names)
    local found = select_names(names, part)
    if #found == 0 then
      vim.notify('Headword: no keyword holds ' .. part)
      return
    end
    vim.ui.select(found, { prompt = 'Keyword', kind = 'headword.keyword' }, function(name)
      if name then
        go_to(client, name)
      end
    end)
  end)
end

return M
