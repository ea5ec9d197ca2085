-- What the protocol gives to Neovim, through its own functions: each that the version at hand has.

local folder = vim.fn.fnamemodify(vim.env.SESSION, ':h')
local driver = dofile(folder .. '/neovim_driver.lua')
local wait_for, expect, here = driver.wait_for, driver.expect, driver.here

--- Opens a file, the cursor at `text`.
local function open_at(path, text)
  vim.cmd('edit ' .. vim.fn.fnameescape(path))
  vim.fn.cursor(1, 1)
  assert(vim.fn.search('\\V' .. text, 'c') > 0, text .. ' is not in ' .. path)
end

local function wait_for_place(place)
  wait_for(place, function()
    return here() == place
  end)
end

--- Waits until the quickfix list, emptied before `fill`, holds `text`.
local function wait_for_list(fill, text)
  vim.fn.setqflist({}, 'r')
  fill()
  wait_for(text .. ' in the quickfix list', function()
    return vim.inspect(vim.fn.getqflist()):find(text, 1, true)
  end)
  vim.cmd('cclose')
end

--- Whether a namespace of a name like `pattern` marks something in the buffer.
local function is_marked(pattern)
  for name, id in pairs(vim.api.nvim_get_namespaces()) do
    if name:find(pattern) and #vim.api.nvim_buf_get_extmarks(0, id, 0, -1, {}) > 0 then
      return true
    end
  end
end

local steps = {
  {
    'declaration jumps to the import',
    function()
      open_at('pkg/app.py', 'greet_politely("')
      vim.lsp.buf.declaration()
      wait_for_place('app.py:3:greet_politely')
    end,
  },
  {
    'type definition jumps to the class of a value',
    function()
      open_at('pkg/softly.py', 'softly.hush')
      vim.lsp.buf.type_definition()
      wait_for_place('softly.py:11:Softly(Hush):')
    end,
  },
  {
    'implementation jumps to what overrides a method',
    function()
      open_at('pkg/softly.py', 'hush(self)')
      vim.lsp.buf.implementation()
      wait_for_place('softly.py:12:hush(self):')
    end,
  },
  {
    'references fill the quickfix list',
    function()
      open_at('pkg/greeting.py', 'greet_politely(name: str, mark')
      wait_for_list(vim.lsp.buf.references, 'greet_politely("you")')
    end,
  },
  {
    'rename changes every file',
    function()
      open_at('pkg/app.py', 'greet_politely("')
      vim.lsp.buf.rename('greet_kindly')
      for _, path in ipairs({ 'pkg/app.py', 'pkg/greeting.py' }) do
        wait_for('the new name in ' .. path, function()
          local bufnr = vim.fn.bufnr(path)
          local lines = bufnr > 0 and vim.api.nvim_buf_get_lines(bufnr, 0, -1, false) or {}
          return table.concat(lines, '\n'):find('greet_kindly', 1, true)
        end)
      end
      for _, path in ipairs({ 'pkg/app.py', 'pkg/greeting.py' }) do
        vim.cmd('buffer ' .. path .. ' | edit!')
      end
    end,
  },
  {
    'omni-completion offers names in scope',
    function()
      open_at('pkg/app.py', 'greet_politely("')
      vim.fn.cursor(vim.fn.line('.'), vim.fn.col('.') + 6)
      local params = vim.lsp.util.make_position_params(0, 'utf-16')
      expect(vim.inspect(driver.request('textDocument/completion', params)), 'label = "greet_politely"')
      assert(vim.bo.omnifunc == 'v:lua.vim.lsp.omnifunc' or vim.fn.has('nvim-0.8') == 0)
    end,
  },
  {
    'signature help shows the call at hand',
    function()
      open_at('pkg/greeting.py', 'name, "🚀"')
      expect(driver.text_of_float(vim.lsp.buf.signature_help), 'mark: str')
    end,
  },
  {
    'the places of the name under the cursor are highlighted',
    function()
      open_at('pkg/greeting.py', 'ACCENT')
      vim.lsp.buf.document_highlight()
      wait_for('marks', function()
        return is_marked('lsp.references')
      end)
      vim.lsp.buf.clear_references()
    end,
  },
  {
    'a docstring is inserted by a code action',
    function()
      open_at('pkg/softly.py', 'hush(self):\\n        return')
      driver.answer_select(function(item)
        return item:find('Insert docstring', 1, true)
      end)
      vim.lsp.buf.code_action()
      wait_for('the docstring', function()
        return vim.fn.getline(13):find('"""', 1, true)
      end)
      vim.cmd('edit!')
    end,
  },
  {
    'in Markdown, code that names a definition has a card and leads there',
    function()
      vim.fn.writefile({ '# é🚀', '', 'Call `pkg.greeting.greet_politely` 🚀.' }, 'notes.md')
      open_at('notes.md', 'greet_politely')
      wait_for('the server', function()
        local client = require('headword.client').all()[1]
        return vim.lsp.buf_is_attached(vim.api.nvim_get_current_buf(), client.id)
      end)
      expect(driver.text_of_float(vim.lsp.buf.hover), 'Greet someone and add a mark.')
      vim.lsp.buf.definition()
      wait_for_place('greeting.py:14:greet_politely(name: str, mark: str = "🚀") -> str:')
      vim.fn.delete('notes.md')
    end,
  },
  {
    'code lenses say how often names are referred to',
    function()
      driver.configure(function(settings)
        settings.codeLens = { references = true }
      end)
      open_at('pkg/greeting.py', 'ACCENT')
      if vim.lsp.codelens.enable then
        vim.lsp.codelens.enable(true)
      end
      wait_for('lenses', function()
        if not vim.lsp.codelens.enable then
          vim.lsp.codelens.refresh()
        end
        return is_marked('codelens')
      end)
      driver.configure(function(settings)
        settings.codeLens = nil
      end)
    end,
  },
}

local since_08 = {
  {
    'who calls a function fills the quickfix list',
    function()
      open_at('pkg/greeting.py', 'greet_politely(name: str, mark')
      wait_for_list(vim.lsp.buf.incoming_calls, 'greet_loudly')
    end,
  },
}

local since_09 = {
  {
    'names are coloured by what they mean',
    function()
      open_at('pkg/app.py', 'Greeter()')
      wait_for('the class', function()
        local tokens = vim.lsp.semantic_tokens.get_at_pos() or {}
        return tokens[1] and tokens[1].type == 'class'
      end)
    end,
  },
}

local since_011 = {
  {
    'definitions can be folded',
    function()
      open_at('pkg/greeting.py', 'Greeter')
      vim.wo.foldmethod = 'expr'
      vim.wo.foldexpr = 'v:lua.vim.lsp.foldexpr()'
      wait_for('a fold', function()
        vim.cmd('normal! zx')
        return vim.fn.foldlevel(vim.fn.line('.') + 1) > 0
      end)
      vim.wo.foldmethod = 'manual'
    end,
  },
}

local since_012 = {
  {
    'what stands below a class fills the quickfix list',
    function()
      open_at('pkg/softly.py', 'Hush:')
      wait_for_list(function()
        vim.lsp.buf.typehierarchy('subtypes')
      end, 'Softly')
    end,
  },
  {
    'the selection grows to what encloses it',
    function()
      open_at('pkg/app.py', '"you"')
      vim.lsp.buf.selection_range(1)
      wait_for('a selection', function()
        return vim.fn.mode() == 'v'
      end)
      vim.cmd('normal! \27')
    end,
  },
}

for _, since in ipairs({ { '0.8', since_08 }, { '0.9', since_09 }, { '0.11', since_011 }, { '0.12', since_012 } }) do
  if vim.fn.has('nvim-' .. since[1]) == 1 then
    vim.list_extend(steps, since[2])
  end
end
return steps
