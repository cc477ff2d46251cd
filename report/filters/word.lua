-- Word takes the look of a paragraph from a named style: captions, notes and table text get theirs here.

local function mark(style)
  return pandoc.RawBlock("openxml", '<w:p><w:pPr><w:pStyle w:val="' .. style .. '" /></w:pPr></w:p>')
end

-- An official table begins a page. Where a wide one begins and ends is marked: the page is turned there when the file
-- is finished (`render/word.py`); a file that is not finished keeps it upright.
local function small(cell)
  for i, block in ipairs(cell.contents) do
    if block.t == "Plain" or block.t == "Para" then
      cell.contents[i] = pandoc.Div({ pandoc.Para(block.content) }, pandoc.Attr("", {}, { ["custom-style"] = "Wide Table Text" }))
    end
  end
end

local MOST_COLUMNS = 6 -- more than these are set small, lying or upright

local function with_small_text(tbl)
  for _, row in ipairs(tbl.head.rows) do
    for _, cell in ipairs(row.cells) do small(cell) end
  end
  for _, body in ipairs(tbl.bodies) do
    for _, row in ipairs(body.body) do
      for _, cell in ipairs(row.cells) do small(cell) end
    end
  end
  return tbl
end

local function on_its_page(div)
  local wide = div.classes:includes("wide-table")
  local blocks = pandoc.Blocks(div.content)
  blocks:insert(1, mark(wide and "WideTableBegin" or "OfficialTableBegin"))
  if wide then blocks:insert(mark("WideTableEnd")) end
  return blocks
end

-- A figure carries its fact's id as a bookmark, so that an edited file can be matched again: a bookmark's name holds no
-- dots and at most forty signs, hence a digest; a second figure of the same fact has a number after it.
local seen, count = {}, 0
function Span(span)
  local id = span.attributes["fact"] or span.attributes["data-fact"]
  if id == nil then return nil end
  count = count + 1
  seen[id] = (seen[id] or 0) + 1
  local name = "fact_" .. pandoc.utils.sha1(id):sub(1, 16) .. (seen[id] > 1 and "_" .. seen[id] or "")
  local number = 100000 + count
  local content = pandoc.Inlines(span.content)
  content:insert(1, pandoc.RawInline("openxml", string.format('<w:bookmarkStart w:id="%d" w:name="%s" />', number, name)))
  content:insert(pandoc.RawInline("openxml", string.format('<w:bookmarkEnd w:id="%d" />', number)))
  return content
end

function Div(div)
  if div.classes:includes("official-table") or div.classes:includes("wide-table") then return on_its_page(div) end
  if div.classes:includes("table-note") or div.classes:includes("chart-note") then
    div.attributes["custom-style"] = "Table Note"
    return div
  end
end

function Table(tbl)
  if #tbl.colspecs > MOST_COLUMNS then return with_small_text(tbl) end
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

-- A picture's words for those who do not see it are its full text; pandoc would repeat the caption. They stand at the
-- picture or, where Quarto was there first, at its figure.
function Figure(figure)
  return figure:walk({
    Image = function(image)
      local words = image.attributes["fig-alt"] or image.attributes["alt"] or figure.attributes["fig-alt"]
      image.attributes["fig-alt"], image.attributes["alt"] = nil, nil
      if words then image.caption = { pandoc.Str(words) } end
      return image
    end,
  })
end

-- A title breaks before its year, as official titles do, not wherever the line happens to end.
function Meta(meta)
  local title = meta.title and pandoc.utils.stringify(meta.title) or ""
  local office, year = title:match("^(.+)(%d%d%d%d年度.*)$")
  if office then
    meta.title = pandoc.MetaInlines({ pandoc.Str(office), pandoc.LineBreak(), pandoc.Str(year) })
  end
  return meta
end
