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

-- Items of a list are set like the body, without its first-line indent; pandoc would set a tight list small.
local function listed(list)
  for _, item in ipairs(list.content) do
    for i, block in ipairs(item) do
      if block.t == "Plain" or block.t == "Para" then
        item[i] = pandoc.Div({ pandoc.Para(block.content) }, pandoc.Attr("", {}, { ["custom-style"] = "List Text" }))
      end
    end
  end
  return list
end

BulletList, OrderedList = listed, listed

-- A title breaks before its year, as official titles do, not wherever the line happens to end.
function Meta(meta)
  local title = meta.title and pandoc.utils.stringify(meta.title) or ""
  local office, year = title:match("^(.+)(%d%d%d%d年度.*)$")
  if office then
    meta.title = pandoc.MetaInlines({ pandoc.Str(office), pandoc.LineBreak(), pandoc.Str(year) })
  end
  return meta
end
