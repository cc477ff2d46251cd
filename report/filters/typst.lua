-- A table's notes and a chart's source are set small and without indent, as in the Word file.

local OPEN = "#block(above: 0.5em, below: 1.2em)[#set text(size: 10.5pt, tracking: 0pt)\n#set par(first-line-indent: 0em, leading: 0.3em)\n"

-- GB/T 9704 turns a wide table on its side: the binding edge is then above.
local WIDE = "#page(flipped: true, margin: (top: 28mm, bottom: 26mm, left: 35mm, right: 37mm))[\n"

-- More columns than these are set small, lying or upright.
local MOST_COLUMNS = 6
local SMALL = "#[\n#show table: set text(size: 9pt)\n#set table(inset: (x: 3pt, y: 1.25pt))\n"

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
  local small = #tbl.colspecs > MOST_COLUMNS
  return {
    pandoc.RawBlock("typst", (small and SMALL or "") .. "#figure(kind: table, caption: ["),
    pandoc.Plain(pandoc.utils.blocks_to_inlines(title)),
    pandoc.RawBlock("typst", "], align(center)["),
    tbl,
    pandoc.RawBlock("typst", small and "])\n]" or "])"),
  }
end

-- Pandoc 3.9 gives typst no words for a picture, and Quarto puts it in a box; a chart is drawn as vectors either way.
local function quoted(words) return '"' .. words:gsub("[\\\"]", "\\%0") .. '"' end

function Figure(figure)
  local picture
  figure:walk({ Image = function(image) picture = image end })
  if not picture then return nil end
  local words = picture.attributes["fig-alt"] or picture.attributes["alt"] or figure.attributes["fig-alt"]
    or pandoc.utils.stringify(figure.caption.long)
  return {
    pandoc.RawBlock("typst", "#figure(kind: image, supplement: none, caption: ["),
    pandoc.Plain(pandoc.utils.blocks_to_inlines(figure.caption.long)),
    pandoc.RawBlock("typst", string.format("], image(%s, alt: %s, width: %s))",
      quoted(picture.src), quoted(words), picture.attributes["width"] or "100%")),
  }
end

-- An item begins where a paragraph does: two characters of indent, then its mark and a space. A number stands in that
-- indent by itself and takes no room (typst-template.typ); a point, which typst would put elsewhere, is written here.
local function beginning(item, typst)
  local first = item[1]
  if first and (first.t == "Plain" or first.t == "Para") then
    first.content:insert(1, pandoc.RawInline("typst", typst))
    item[1] = first
  end
end

function BulletList(list)
  for _, item in ipairs(list.content) do beginning(item, "#h(2em)•#h(0.5em)") end
  return list
end

function OrderedList(list)
  for place, item in ipairs(list.content) do
    beginning(item, string.format("#h(%gem)", 2.5 + 0.5 * #tostring(list.start + place - 1)))
  end
  return list
end
