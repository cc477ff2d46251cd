-- A table's notes and a chart's source are set small and without indent, as in the Word file.

local OPEN = "#block(above: 0.5em, below: 1.2em)[#set text(size: 10.5pt)\n#set par(first-line-indent: 0em, leading: 0.5em)\n"

function Div(div)
  if div.classes:includes("table-note") or div.classes:includes("chart-note") then
    local blocks = pandoc.Blocks(div.content)
    blocks:insert(1, pandoc.RawBlock("typst", OPEN))
    blocks:insert(pandoc.RawBlock("typst", "]"))
    return blocks
  end
end
