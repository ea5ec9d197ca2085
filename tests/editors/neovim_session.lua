-- What a person does in Neovim with the plugin, step by step.

local folder = vim.fn.fnamemodify(vim.env.SESSION, ':h')
local driver = dofile(folder .. '/neovim_driver.lua')
local wait_for, expect, here, request, read = driver.wait_for, driver.expect, driver.here, driver.request, driver.read
local open_app, text_of_float, answer_select = driver.open_app, driver.text_of_float, driver.answer_select

driver.run({
  {
    'the server starts with a Python buffer',
    function()
      require('headword').setup({
        cmd = { vim.env.SERVER, 'lsp' },
        settings = { headword = { search = { limit = 3 } } },
      })
      vim.cmd('filetype on | runtime plugin/headword.lua')
      vim.cmd('edit')
      wait_for('a client', function()
        local client, bufnr = require('headword.client').all()[1], vim.api.nvim_get_current_buf()
        return client and client.server_capabilities and vim.lsp.buf_is_attached(bufnr, client.id)
      end)
    end,
  },
  {
    'files that are not open are indexed',
    function()
      wait_for('greet_politely', function()
        local symbols = request('workspace/symbol', { query = 'greet_politely' })
        return symbols[1] and symbols[1].location.uri:find('greeting.py', 1, true)
      end)
    end,
  },
  {
    'the settings of setup() reach the server',
    function()
      wait_for('a limit of three symbols', function()
        return #request('workspace/symbol', { query = '' }) == 3
      end)
    end,
  },
  {
    'hover shows the signature first, and no raw entities',
    function()
      vim.fn.search('greet_politely("')
      local card = text_of_float(vim.lsp.buf.hover)
      local first = card:match('[^\n]*%w[^\n]*')
      expect(card, 'def greet_politely(name: str, mark: str = "🚀") -> str')
      assert(first:find('greet_politely', 1, true) or first:find('```', 1, true), 'line 1 is ' .. first)
      expect(card, 'Greet someone and add a mark.')
      for _, raw in ipairs({ '&lt;', '&amp;', '&nbsp;', '<br' }) do
        assert(not card:find(raw, 1, true), raw .. ' is in:\n' .. card)
      end
    end,
  },
  {
    'definition jumps to another file',
    function()
      open_app()
      vim.fn.search('greet_politely("')
      vim.lsp.buf.definition()
      wait_for('greeting.py', function()
        return here() == 'greeting.py:14:greet_politely(name: str, mark: str = "🚀") -> str:'
      end)
    end,
  },
  {
    'definition finds a method behind é and 🚀',
    function()
      open_app()
      vim.fn.search('Greeter()')
      vim.lsp.buf.definition()
      wait_for('the class', function()
        return here() == 'greeting.py:6:Greeter:'
      end)
    end,
  },
  {
    'the workspace symbols fill the quickfix list',
    function()
      vim.lsp.buf.workspace_symbol('greet')
      wait_for('the quickfix list', function()
        return #vim.fn.getqflist() >= 2
      end)
      local found = vim.inspect(vim.fn.getqflist())
      expect(found, 'greet_politely')
      expect(found, 'greet_loudly')
      vim.cmd('cclose')
    end,
  },
  {
    'the outline names the classes and functions',
    function()
      vim.cmd('edit pkg/greeting.py')
      local params = { textDocument = vim.lsp.util.make_text_document_params() }
      local outline = vim.inspect(request('textDocument/documentSymbol', params))
      for _, name in ipairs({ 'ACCENT', 'ROCKET', 'Greeter', 'greet_loudly', 'greet_politely' }) do
        expect(outline, '"' .. name .. '"')
      end
    end,
  },
  {
    'an unsaved edit is found',
    function()
      vim.fn.append(vim.fn.line('$'), { '', '', 'def greet_newly():', '    """é🚀"""' })
      wait_for('greet_newly', function()
        return request('workspace/symbol', { query = 'greet_newly' })[1] ~= nil
      end)
      vim.cmd('edit!')
    end,
  },
  {
    'the code action "Generate doc page" makes the page',
    function()
      local shown = answer_select(function(item)
        return item:find('Generate doc page', 1, true)
      end)
      vim.lsp.buf.code_action()
      local page = 'docs/headword/pkg/greeting.py_docs.md'
      wait_for('the page', function()
        local bufnr = vim.fn.bufnr(page)
        return bufnr > 0 and vim.api.nvim_buf_line_count(bufnr) > 1
      end)
      expect(table.concat(shown, '\n'), 'Generate doc page')
      vim.cmd('wall')
      expect(read(page), 'greeting.py')
      assert(not read(page):find('\n\n$'), 'the page ends with an empty line')
    end,
  },
  {
    ':Headword page writes and shows the page',
    function()
      open_app()
      vim.cmd('Headword page')
      wait_for('the page', function()
        return vim.fn.expand('%:t') == 'app.py_docs.md' and not vim.bo.modified
      end)
      expect(read('docs/headword/pkg/app.py_docs.md'), 'app.py')
      vim.cmd('close')
    end,
  },
  {
    ':Headword page shows a page that needs no change',
    function()
      vim.cmd('Headword page')
      wait_for('the page', function()
        return vim.fn.expand('%:t') == 'app.py_docs.md' and not vim.bo.modified
      end)
      vim.cmd('close')
    end,
  },
  {
    ':Headword keywords writes the keyword page',
    function()
      vim.cmd('Headword keywords')
      wait_for('the page', function()
        return vim.fn.expand('%:t') == 'app.py_kw.md' and not vim.bo.modified
      end)
      vim.cmd('close')
    end,
  },
  {
    ':Headword preview follows what is typed, and changes no file',
    function()
      vim.cmd('only')
      vim.cmd('edit pkg/greeting.py')
      vim.cmd('Headword preview')
      local function shows(text)
        return function()
          local bufnr = vim.fn.bufnr('headword://')
          local lines = bufnr > 0 and vim.api.nvim_buf_get_lines(bufnr, 0, -1, false) or {}
          return table.concat(lines, '\n'):find(text, 1, true)
        end
      end
      wait_for('the preview', shows('greet_politely'))
      vim.fn.append(vim.fn.line('$'), { '', '', 'def greet_soon():', '    """Soon é🚀."""' })
      vim.cmd('doautocmd TextChanged')
      wait_for('the new function', shows('greet_soon'))
      assert(vim.fn.expand('%:t') == 'greeting.py')
      vim.cmd('edit! | only')
      wait_for('the end of the preview', function()
        return vim.fn.bufnr('headword://') < 0
      end)
    end,
  },
  {
    ':Headword coverage lists what has no docstring',
    function()
      vim.cmd('Headword coverage')
      wait_for('the quickfix list', function()
        return vim.fn.getqflist({ title = 1 }).title:find('^Headword coverage: %d+ / %d+')
      end)
      local found = vim.fn.getqflist()[1]
      expect(found.text, 'class pkg.softly.Softly')
      expect(vim.fn.bufname(found.bufnr), 'pkg/softly.py')
      vim.cmd('cclose')
    end,
  },
  {
    ':Headword pages writes the pages of a folder',
    function()
      open_app()
      vim.cmd('Headword pages pkg')
      wait_for('the end', function()
        return not require('headword.program').percentage()
      end)
      expect(read('docs/headword/pkg/__init__.py_docs.md'), '# Documentation: `pkg/__init__.py`')
    end,
  },
  {
    ':Headword pages takes the settings of setup()',
    function()
      local settings = require('headword.client').all()[1].config.settings.headword
      settings.pages = { out = 'docs/é 🚀', source = 'link' }
      vim.cmd('Headword pages pkg')
      wait_for('the end', function()
        return not require('headword.program').percentage()
      end)
      assert(not read('docs/é 🚀/pkg/__init__.py_docs.md'):find('```python', 1, true), 'the source is on the page')
      settings.pages = nil
      vim.fn.delete('docs/é 🚀', 'rf')
    end,
  },
  {
    ':Headword stop ends the writing of pages, which is told of till then',
    function()
      open_app()
      local client, slow = require('headword.client').all()[1], vim.fn.tempname()
      local lines = { '#!/bin/sh', 'echo "Writing pages: 3/10 (30 %), 3/s, 2 s left" >&2', 'exec tail -f /dev/null' }
      vim.fn.writefile(lines, slow)
      vim.fn.setfperm(slow, 'rwx------')
      local server = client.config.cmd[1]
      client.config.cmd[1] = slow
      vim.cmd('Headword pages')
      client.config.cmd[1] = server
      wait_for('the percentage', function()
        return require('headword').status() == 'Headword pages 30%'
      end)
      vim.cmd('Headword stop')
      wait_for('the end', function()
        return require('headword').status() == 'Headword'
      end)
    end,
  },
  {
    'the statusline says that the server runs',
    function()
      open_app()
      wait_for('the end of indexing', function()
        return require('headword').status() == 'Headword'
      end)
      vim.cmd('enew')
      assert(require('headword').status() == '')
    end,
  },
  {
    ':checkhealth headword names the program and the client',
    function()
      open_app()
      vim.cmd('checkhealth headword')
      local report = table.concat(vim.api.nvim_buf_get_lines(0, 0, -1, false), '\n')
      expect(report, 'running in ')
      expect(report, 'tap.mjs: headword ')
      assert(not report:find('no `headword`', 1, true), report)
      vim.cmd('bdelete!')
    end,
  },
  {
    ':Headword find lets the user choose and jumps',
    function()
      open_app()
      local shown = answer_select(function(item)
        return item:find('^greet_loudly')
      end)
      vim.cmd('Headword find greet')
      wait_for('the method', function()
        return here() == 'greeting.py:9:greet_loudly(self, name: str) -> str:'
      end)
      expect(table.concat(shown, '\n'), 'pkg/greeting.py:')
    end,
  },
  {
    ':Headword index leads from a keyword to a place of it',
    function()
      open_app()
      local shown = answer_select(function(item)
        return item == 'Greeter'
      end)
      vim.cmd('Headword index GREET')
      wait_for('the class', function()
        return here() == 'greeting.py:6:Greeter:'
      end)
      assert(vim.deep_equal(shown, { 'greet_loudly', 'greet_politely', 'Greeter' }), vim.inspect(shown))
    end,
  },
  {
    ':Headword completes its subcommands',
    function()
      local names = vim.fn.getcompletion('Headword ', 'cmdline')
      assert(vim.deep_equal(names, { 'coverage', 'find', 'index', 'keywords', 'log', 'page', 'pages', 'preview', 'restart', 'stop' }), vim.inspect(names))
    end,
  },
  {
    'syntax errors are shown',
    function()
      vim.cmd('edit pkg/broken.py')
      vim.fn.setline(1, { '"""é🚀"""', 'def broken(:' })
      wait_for('a diagnostic', function()
        return #vim.diagnostic.get(0) > 0
      end)
      vim.cmd('bdelete!')
    end,
  },
  {
    'the preview of a page that was edited by hand shows what it would be',
    function()
      vim.cmd('only')
      vim.fn.writefile({ 'By hand: é🚀.' }, 'docs/headword/pkg/greeting.py_docs.md', 'a')
      vim.cmd('edit pkg/greeting.py')
      vim.cmd('Headword preview')
      wait_for('the preview', function()
        local bufnr = vim.fn.bufnr('headword://')
        local lines = bufnr > 0 and vim.api.nvim_buf_get_lines(bufnr, 0, -1, false) or {}
        local text = table.concat(lines, '\n')
        return text:find('greet_politely', 1, true) and not text:find('By hand', 1, true)
      end)
      vim.cmd('only')
      vim.fn.delete('docs/headword/pkg/greeting.py_docs.md')
    end,
  },
  {
    'looking and previewing make no folder',
    function()
      vim.fn.delete('docs/headword/pkg/lone', 'rf')
      vim.cmd('edit pkg/lone/lone.py | Headword preview')
      wait_for('the preview', function()
        return vim.fn.bufnr('headword://') > 0
      end)
      vim.cmd('only')
      assert(vim.fn.isdirectory('docs/headword/pkg/lone') == 0)
      vim.cmd('bdelete!')
    end,
  },
  {
    'beside another server: hovers are merged, and completions do not come twice where the settings say so',
    function()
      open_app()
      local bufnr = vim.api.nvim_get_current_buf()
      local other = vim.lsp.start_client({ name = 'other', cmd = { vim.env.OTHER } })
      vim.lsp.buf_attach_client(bufnr, other)
      wait_for('the other server', function()
        local client = vim.lsp.get_client_by_id(other)
        return client and client.server_capabilities and next(client.server_capabilities)
      end)
      vim.fn.search('greet_politely("')
      local card = text_of_float(require('headword').hover)
      expect(card, 'def greet_politely(name: str, mark: str = "🚀") -> str')
      expect(card, 'The other server says é🚀.')
      vim.fn.search('eet_politely("')
      local params = vim.lsp.util.make_position_params(0, 'utf-16')
      local function count()
        local found = 0
        for _, answer in pairs(vim.lsp.buf_request_sync(0, 'textDocument/completion', params, driver.patience) or {}) do
          for _, item in ipairs((answer.result or {}).items or answer.result or {}) do
            found = found + (vim.trim(item.label) == 'greet_politely' and 1 or 0)
          end
        end
        return found
      end
      assert(count() == 2)
      driver.configure(function(settings)
        settings.features = { off = 'completion' }
      end)
      wait_for('each completion once', function()
        return count() == 1
      end)
      driver.configure(function(settings)
        settings.features = nil
      end)
      vim.lsp.stop_client(other)
    end,
  },
})

driver.run(dofile(folder .. '/neovim_features.lua'))

driver.run({
  {
    ':Headword restart starts another server for the buffers',
    function()
      open_app()
      local before = require('headword.client').all()[1].id
      vim.cmd('Headword restart')
      wait_for('another client', function()
        local client = require('headword.client').all()[1]
        return client and client.id ~= before and client.server_capabilities
          and vim.lsp.buf_is_attached(vim.api.nvim_get_current_buf(), client.id)
      end)
      wait_for('its index', function()
        return request('workspace/symbol', { query = 'greet_politely' })[1] ~= nil
      end)
    end,
  },
  {
    ':help headword is there once tags are made',
    function()
      local site = vim.env.HOME .. '/site'
      vim.fn.mkdir(site .. '/doc', 'p')
      local doc = vim.api.nvim_get_runtime_file('doc/headword.txt', false)[1]
      vim.fn.writefile(vim.fn.readfile(doc), site .. '/doc/headword.txt')
      vim.opt.runtimepath:prepend(site)
      vim.cmd('helptags ' .. vim.fn.fnameescape(site .. '/doc'))
      vim.cmd('help headword')
      assert(vim.fn.expand('%:t') == 'headword.txt')
      vim.cmd('helpclose')
    end,
  },
  {
    'the server goes when it is told to',
    function()
      vim.lsp.stop_client(vim.tbl_map(function(client)
        return client.id
      end, require('headword.client').all()))
      wait_for('the end of the server', function()
        return #require('headword.client').all() == 0
      end)
    end,
  },
})

vim.cmd('qall!')
