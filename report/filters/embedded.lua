-- What Quarto does by itself and plain pandoc does not: conditional content, raw HTML tables in Word and PDF,
-- `fig-alt` as a picture's alternative text.

local function shown(div)
  local format = div.attributes["when-format"]
  if format == nil then return true end
  local matches = FORMAT:match(format) ~= nil
  if div.classes:includes("content-visible") then return matches end
  return not matches
end

function Div(div)
  if div.classes:includes("content-visible") or div.classes:includes("content-hidden") then
    if shown(div) then return div.content end
    return {}
  end
end

function RawBlock(block)
  if block.format == "html" and not FORMAT:match("html") and block.text:match("<table") then
    return pandoc.read(block.text, "html").blocks
  end
end

function Image(image)
  local words = image.attributes["fig-alt"]
  if words then
    image.attributes["fig-alt"] = nil
    image.attributes["alt"] = words
  end
  return image
end
