-- Word takes the look of a paragraph from a named style: captions, notes and table text get theirs here.

function Div(div)
  if div.classes:includes("table-note") or div.classes:includes("chart-note") then
    div.attributes["custom-style"] = "Table Note"
    return div
  end
end

function Table(tbl)
  for _, body in ipairs(tbl.bodies) do
    for _, row in ipairs(body.body) do
      for _, cell in ipairs(row.cells) do
        for i, block in ipairs(cell.contents) do
          if block.t == "Para" then cell.contents[i] = pandoc.Plain(block.content) end
        end
      end
    end
  end
  return tbl
end

-- A tight list would take the small style of table cells.
local function loosened(list)
  for _, item in ipairs(list.content) do
    for i, block in ipairs(item) do
      if block.t == "Plain" then item[i] = pandoc.Para(block.content) end
    end
  end
  return list
end

function BulletList(list) return loosened(list) end
function OrderedList(list) return loosened(list) end
