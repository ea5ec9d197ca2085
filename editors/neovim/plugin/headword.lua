if vim.g.loaded_headword then
  return
end
vim.g.loaded_headword = true

vim.api.nvim_create_user_command('Headword', function(command)
  require('headword.command').run(command)
end, {
  nargs = '+',
  desc = 'Doc pages and symbols of the Headword index',
  complete = function(lead, line)
    return require('headword.command').complete(lead, line)
  end,
})
