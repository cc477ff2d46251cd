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

local MOST_KEPT = 500
local kept, count = {}, 0

-- Pandoc reads each value of the metadata by itself, as Markdown, and most are the same on every page.
local function metadata(job)
  local meta, told, new = {}, {}, {}
  for name, value in pairs(job.metadata) do
    told[name] = job.from .. "\n" .. name .. "\n" .. pandoc.json.encode(value)
    if kept[told[name]] == nil then new[name] = value else meta[name] = kept[told[name]] end
  end
  local front = "---\n" .. pandoc.json.encode(new) .. "\n---\n"
  if count > MOST_KEPT then kept, count = {}, 0 end
  for name, value in pairs(pandoc.read(front, job.from .. "+yaml_metadata_block").meta) do
    meta[name], kept[told[name]], count = value, value, count + 1
  end
  return meta
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

local function has_soft_breaks(doc)
  local found = false
  doc:walk({ SoftBreak = function() found = true end })
  return found
end

local templates = {}

-- A template that takes in others is compiled for every page: they may have changed.
local function template_of(job)
  local text = job.template and text_of(job.template) or pandoc.template.default(job.to)
  local made = templates[text] or pandoc.template.compile(text, job.template)
  if not text:find("()", 1, true) then templates[text] = made end
  return made
end

local function options(job)
  return pandoc.WriterOptions({
    template = template_of(job),
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
  if has_soft_breaks(doc) then doc = doc:walk({ Inlines = without_breaks }) end
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
