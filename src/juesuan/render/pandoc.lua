-- Pandoc that stays: one conversion after another, each a line of JSON on its input, answered by a line on its output.
-- What `pandoc` does on its command line is done here in the same order: read, metadata, filters, line breaks between
-- Chinese characters, write. `render/pandoc.py` asks; `tests/unit/test_render_pandoc.py` holds both to the same bytes.

local function text_of(path)
  local file <close> = assert(io.open(path, "rb"))
  return file:read("a")
end

local function written_to(path, text)
  local file <close> = assert(io.open(path, "wb"))
  assert(file:write(text))
end

local function metadata(job)
  return pandoc.read("---\n" .. pandoc.json.encode(job.metadata) .. "\n---\n", job.from .. "+yaml_metadata_block").meta
end

local function is_wide(character) return character ~= nil and pandoc.layout.real_length(character) == 2 end

local function first_of(inline) return pandoc.utils.stringify(inline):match("^" .. utf8.charpattern) end

local function last_of(inline) return pandoc.utils.stringify(inline):match(utf8.charpattern .. "$") end

-- A line that ends in Chinese and goes on in Chinese goes on without a space.
local function without_breaks(inlines)
  local kept = pandoc.Inlines({})
  for place, inline in ipairs(inlines) do
    local between = inline.t == "SoftBreak" and place > 1 and place < #inlines
    if not (between and is_wide(last_of(inlines[place - 1])) and is_wide(first_of(inlines[place + 1]))) then
      kept:insert(inline)
    end
  end
  return kept
end

local function options(job)
  local template = job.template and pandoc.template.compile(text_of(job.template), job.template)
    or pandoc.template.compile(pandoc.template.default(job.to))
  return pandoc.WriterOptions({
    template = template,
    wrap_text = "none",
    table_of_contents = job.toc_depth ~= nil,
    toc_depth = job.toc_depth or 3,
    reference_doc = job.reference,
  })
end

local function converted(job)
  pandoc.mediabag.empty()
  FORMAT = job.to
  PANDOC_WRITER_OPTIONS = options(job)
  local doc = pandoc.read(job.text, job.from, { standalone = true })
  doc.meta = metadata(job)
  for _, filter in ipairs(job.filters) do
    PANDOC_SCRIPT_FILE = filter
    doc = pandoc.utils.run_lua_filter(doc, filter)
  end
  doc = doc:walk({ Inlines = without_breaks })
  written_to(job.output, pandoc.write(doc, job.to, PANDOC_WRITER_OPTIONS))
end

for line in io.lines() do
  local job = pandoc.json.decode(line, false)
  local environment = pandoc.system.environment()
  environment.SOURCE_DATE_EPOCH = job.source_date_epoch
  local done, complaint = pcall(function()
    pandoc.system.with_environment(environment, function()
      pandoc.system.with_working_directory(job.folder, function()
        pandoc.with_state({ resource_path = job.resource_path }, function() converted(job) end)
      end)
    end)
  end)
  io.stdout:write(pandoc.json.encode({ complaint = not done and tostring(complaint) or nil }), "\n")
  io.stdout:flush()
end
