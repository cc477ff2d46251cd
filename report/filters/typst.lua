-- A table's notes and a chart's source are set small and without indent, as in the Word file.

local OPEN = "#block(above: 0.5em, below: 1.2em)[#set text(size: 10.5pt)\n#set par(first-line-indent: 0em, leading: 0.5em)\n"

-- GB/T 9704 turns a wide table on its side: the binding edge is then above.
local WIDE = "#page(flipped: true, margin: (top: 28mm, bottom: 26mm, left: 35mm, right: 37mm))[\n#set text(size: 9pt)\n"

local function wrapped(div, before, after)
  local blocks = pandoc.Blocks(div.content)
  blocks:insert(1, pandoc.RawBlock("typst", before))
  blocks:insert(pandoc.RawBlock("typst", after))
  return blocks
end

function Div(div)
  if div.classes:includes("wide-table") then return wrapped(div, WIDE, "]") end
  if div.classes:includes("official-table") then return wrapped(div, "#pagebreak(weak: true)", "") end
  if div.classes:includes("table-note") or div.classes:includes("chart-note") then
    return wrapped(div, OPEN, "]")
  end
end

-- Quarto sets every table without its figure, and so without its title (its `quarto-post/typst.lua`): the figure is ours.
function Table(tbl)
  local title = tbl.caption.long
  if #title == 0 then return nil end
  tbl.caption = { long = {}, short = nil }
  return {
    pandoc.RawBlock("typst", "#figure(kind: table, caption: ["),
    pandoc.Plain(pandoc.utils.blocks_to_inlines(title)),
    pandoc.RawBlock("typst", "], align(center)["),
    tbl,
    pandoc.RawBlock("typst", "])"),
  }
end
