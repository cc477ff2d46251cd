-- Notes under tables and charts are smaller than the text and not indented.

function Div(div)
  if div.classes:includes("table-note") or div.classes:includes("chart-note") then
    local blocks = pandoc.Blocks({ pandoc.RawBlock("typst", "#block[#set text(size: 10.5pt)\n#set par(first-line-indent: 0em)") })
    blocks:extend(div.content)
    blocks:insert(pandoc.RawBlock("typst", "]"))
    return blocks
  end
end
