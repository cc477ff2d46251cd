-- A part's heading that is too long for a line breaks before its year, as the title does, not wherever the line ends.

local LONGEST = 24 -- characters of 小二号 in a line of 156 mm

-- Pandoc writes a line break to typst as the end of the heading.
local LINE_BREAK = FORMAT:match("typst") and pandoc.RawInline("typst", "#linebreak()") or pandoc.LineBreak()

function Header(header)
  if header.level > 1 or utf8.len(pandoc.utils.stringify(header)) <= LONGEST then return nil end
  header.content = header.content:walk({
    Str = function(text)
      local office, year = text.text:match("^(.+)(%d%d%d%d年度.*)$")
      if office then return { pandoc.Str(office), LINE_BREAK, pandoc.Str(year) } end
    end,
  })
  return header
end
