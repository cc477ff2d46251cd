// What a reader takes away: the table as CSV or XLSX, the drawing as PNG or SVG, and the words to cite it by.
(function (juesuan) {
  "use strict";
  const { make } = juesuan.make;
  const INERT = /^[=+\-@\t\r]/;
  const encoder = new TextEncoder();

  function save(name, blob) {
    const link = make("a", { href: URL.createObjectURL(blob), download: name });
    document.body.append(link);
    link.click();
    link.remove();
    setTimeout(() => URL.revokeObjectURL(link.href), 10000);
  }

  const headings = (columns) => columns.map((column) => (column.unit ? `${column.title}（${column.unit}）` : column.title));

  /** Text that a spreadsheet would take for a formula is kept from it by a leading apostrophe. */
  const inert = (text) => (INERT.test(text) ? `'${text}` : text);

  function csv({ rows, columns }) {
    const quoted = (text) => (/[",\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);
    const cell = (row, column) => {
      const value = row[column.key];
      const text = juesuan.table.told(value, column);
      return column.number ? (value ? text : "") : quoted(inert(text));
    };
    const lines = [headings(columns).map((text) => quoted(inert(text))), ...rows.map((row) => columns.map((column) => cell(row, column)))];
    return new Blob(["\ufeff", lines.map((line) => line.join(",")).join("\r\n"), "\r\n"], { type: "text/csv;charset=utf-8" });
  }

  // --- XLSX: a few XML files in a zip without compression. Text is written as text (t="inlineStr"), never as a formula.

  const escaped = (text) => text.replace(/[&<>"]/g, (sign) => ({ "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;" })[sign]).replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f]/g, "");

  function letters(place) {
    return place < 26 ? String.fromCharCode(65 + place) : letters(Math.floor(place / 26) - 1) + letters(place % 26);
  }

  function sheet({ rows, columns }) {
    const text = (at, words, style = "") => `<c r="${at}" t="inlineStr"${style}><is><t xml:space="preserve">${escaped(words)}</t></is></c>`;
    const number = (at, quantity) => `<c r="${at}" s="${quantity.decimals ? 2 : 3}"><v>${quantity.printed}</v></c>`;
    const head = headings(columns).map((words, place) => text(`${letters(place)}1`, words, ' s="1"')).join("");
    const body = rows.map((row, line) => {
      const cells = columns.map((column, place) => {
        const at = `${letters(place)}${line + 2}`;
        const value = row[column.key];
        if (column.number) return value ? number(at, value) : "";
        return text(at, juesuan.table.told(value, column));
      });
      return `<row r="${line + 2}">${cells.join("")}</row>`;
    });
    const widths = columns.map((column, place) => `<col min="${place + 1}" max="${place + 1}" width="${column.number ? 16 : 30}" customWidth="1"/>`);
    return `<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetViews><sheetView workbookViewId="0"><pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/></sheetView></sheetViews><cols>${widths.join("")}</cols><sheetData><row r="1">${head}</row>${body.join("")}</sheetData></worksheet>`;
  }

  function citationSheet(citation) {
    const rows = citation.split("\n").map((line, place) => `<row r="${place + 1}"><c r="A${place + 1}" t="inlineStr"><is><t xml:space="preserve">${escaped(line)}</t></is></c></row>`);
    return `<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><cols><col min="1" max="1" width="100" customWidth="1"/></cols><sheetData>${rows.join("")}</sheetData></worksheet>`;
  }

  const XML = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n';
  const OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
  const PACKAGE = "http://schemas.openxmlformats.org/package/2006";
  const KIND = "application/vnd.openxmlformats-officedocument.spreadsheetml";

  function xlsx(shown, citation) {
    const parts = {
      "[Content_Types].xml": `<Types xmlns="${PACKAGE}/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/xl/workbook.xml" ContentType="${KIND}.sheet.main+xml"/><Override PartName="/xl/worksheets/sheet1.xml" ContentType="${KIND}.worksheet+xml"/><Override PartName="/xl/worksheets/sheet2.xml" ContentType="${KIND}.worksheet+xml"/><Override PartName="/xl/styles.xml" ContentType="${KIND}.styles+xml"/></Types>`,
      "_rels/.rels": `<Relationships xmlns="${PACKAGE}/relationships"><Relationship Id="rId1" Type="${OFFICE}/officeDocument" Target="xl/workbook.xml"/></Relationships>`,
      "xl/workbook.xml": `<workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:r="${OFFICE}"><sheets><sheet name="数据" sheetId="1" r:id="rId1"/><sheet name="出处" sheetId="2" r:id="rId2"/></sheets></workbook>`,
      "xl/_rels/workbook.xml.rels": `<Relationships xmlns="${PACKAGE}/relationships"><Relationship Id="rId1" Type="${OFFICE}/worksheet" Target="worksheets/sheet1.xml"/><Relationship Id="rId2" Type="${OFFICE}/worksheet" Target="worksheets/sheet2.xml"/><Relationship Id="rId3" Type="${OFFICE}/styles" Target="styles.xml"/></Relationships>`,
      "xl/styles.xml": '<styleSheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><fonts count="2"><font><sz val="11"/><name val="宋体"/></font><font><b/><sz val="11"/><name val="宋体"/></font></fonts><fills count="2"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill></fills><borders count="1"><border/></borders><cellStyleXfs count="1"><xf/></cellStyleXfs><cellXfs count="4"><xf/><xf fontId="1" applyFont="1"/><xf numFmtId="2" applyNumberFormat="1"/><xf numFmtId="1" applyNumberFormat="1"/></cellXfs><cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles></styleSheet>',
      "xl/worksheets/sheet1.xml": sheet(shown),
      "xl/worksheets/sheet2.xml": citationSheet(citation),
    };
    return new Blob([zip(Object.entries(parts).map(([name, text]) => [name, encoder.encode(XML + text)]))], { type: `${KIND}.sheet` });
  }

  const CRC = Uint32Array.from({ length: 256 }, (_, byte) => {
    let rest = byte;
    for (let bit = 0; bit < 8; bit += 1) rest = rest & 1 ? 0xedb88320 ^ (rest >>> 1) : rest >>> 1;
    return rest;
  });

  function checksum(bytes) {
    let rest = 0xffffffff;
    for (const byte of bytes) rest = CRC[(rest ^ byte) & 255] ^ (rest >>> 8);
    return (rest ^ 0xffffffff) >>> 0;
  }

  /** Fields of a zip's headers, little end first: [size in bytes, value] each. */
  function fields(...pairs) {
    const bytes = [];
    for (const [size, value] of pairs) for (let place = 0; place < size; place += 1) bytes.push(Math.floor(value / 256 ** place) & 255);
    return Uint8Array.from(bytes);
  }

  function zip(files) {
    const [STORED, UTF8, DAY] = [0, 0x800, 0x21];
    const parts = [];
    const index = [];
    let at = 0;
    for (const [name, bytes] of files) {
      const title = encoder.encode(name);
      const about = [[2, UTF8], [2, STORED], [2, 0], [2, DAY], [4, checksum(bytes)], [4, bytes.length], [4, bytes.length], [2, title.length], [2, 0]];
      parts.push(fields([4, 0x04034b50], [2, 20], ...about), title, bytes);
      index.push(fields([4, 0x02014b50], [2, 20], [2, 20], ...about, [2, 0], [2, 0], [2, 0], [4, 0], [4, at]), title);
      at += 30 + title.length + bytes.length;
    }
    const size = index.reduce((sum, part) => sum + part.length, 0);
    return new Blob([...parts, ...index, fields([4, 0x06054b50], [2, 0], [2, 0], [2, files.length], [2, files.length], [4, size], [4, at], [2, 0])]);
  }

  async function picture(view, kind) {
    if (kind === "svg") return new Blob([await view.toSVG()], { type: "image/svg+xml" });
    const canvas = await view.toCanvas(2);
    return new Promise((resolve) => canvas.toBlob(resolve, "image/png"));
  }

  juesuan.download = { save, csv, xlsx, picture };
})(globalThis.juesuan = globalThis.juesuan || {});
