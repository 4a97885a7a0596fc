// The form's own script: it starts the form, and it writes what was changed, and nothing else, into the entry's text.
//
// The form by itself would write an entry anew: comments, quotes and the order of lines would be lost, and a pull
// request would show a hundred changed lines for one price. So what is read remembers the text it was read from, and
// what is saved is that text with the changed values put in. The result is read back before it is given away; where
// it does not say what was meant, the facts are written anew.

const SOURCE = "(text)";
const FOLDED = "(name without marks)";

// --- values as the contract reads them ---------------------------------------------------------------------------

const WORDS = { "": null, "~": null, null: null, Null: null, NULL: null };
for (const word of ["true", "True", "TRUE"]) WORDS[word] = true;
for (const word of ["false", "False", "FALSE"]) WORDS[word] = false;
const NUMBER = /^-?(0|[1-9][0-9]*)(\.[0-9]+)?$/;
const LIKE_NUMBER = /^[-+.]?[0-9][-+.,:_0-9eExXoO]*$/;
const FENCE = /^---[^\S\n]*\r?$/;

const isMap = (value) => typeof value === "object" && value !== null && !Array.isArray(value);
const plain = (word) => (Object.hasOwn(WORDS, word) ? WORDS[word] : NUMBER.test(word) && word.length < 20 ? Number(word) : word);
const column = (text, at) => at - (text.lastIndexOf("\n", at - 1) + 1);
const lineEnd = (text, at) => (at && text[at - 1] === "\n" ? at : text.indexOf("\n", at) < 0 ? text.length : text.indexOf("\n", at) + 1);

/** What stands in a text: plain values of a node of the YAML library. Throws where the contract takes none. */
function valueOf(node) {
  if (!node) return null;
  if (node.anchor || node.tag || node.source === undefined && !node.items) throw new Error("YAML: & * !");
  if (!node.items) return node.type === "PLAIN" ? plain(node.source) : node.value;
  if (!node.items.length || !("key" in node.items[0])) return node.items.map(valueOf);
  return Object.fromEntries(node.items.map((pair) => [pair.key.value, valueOf(pair.value)]));
}

/** A value without all that is empty, as it is to be written; nothing at all is `undefined`. */
function tidy(value) {
  if (typeof value === "string") return value.replace(/\s+/g, " ").trim() || undefined;
  if (Array.isArray(value)) {
    const kept = value.map(tidy).filter((one) => one !== undefined);
    return kept.length ? kept : undefined;
  }
  if (!isMap(value)) return value ?? undefined;
  const kept = Object.entries(value).map(([key, one]) => [key, tidy(one)]).filter(([, one]) => one !== undefined);
  return kept.length ? Object.fromEntries(kept) : undefined;
}

/** Whether two tidy values say the same; `2021` and `"2021"` do. */
function same(one, other) {
  if (Array.isArray(one)) return Array.isArray(other) && one.length === other.length && one.every((item, at) => same(item, other[at]));
  if (!isMap(one) || !isMap(other)) return String(one) === String(other) && isMap(one) === isMap(other) && !Array.isArray(other);
  const keys = Object.keys(one);
  return keys.length === Object.keys(other).length && keys.every((key) => key in other && same(one[key], other[key]));
}

// --- a text with some of its values changed ----------------------------------------------------------------------

class Splice {
  constructor(yaml, text, fields) {
    this.yaml = yaml;
    this.text = text;
    this.fields = fields;
    this.edits = [];
  }

  /** The text with its facts as they are wanted. */
  static result(yaml, text, fields, want) {
    const fresh = () => new Splice(yaml, "", fields).block(want, fields, 0);
    if (!text.trim()) return text + fresh();
    const { contents } = read(yaml, text);
    if (!contents) return text + fresh();
    const splice = new Splice(yaml, text, fields);
    splice.map(contents, want, fields);
    const done = splice.apply();
    try {
      if (same(tidy(valueOf(read(yaml, done).contents)) ?? {}, want)) return done;
    } catch (fault) {
      console.warn(fault);
    }
    return fresh();
  }

  apply() {
    const sorted = this.edits.map((edit, order) => ({ ...edit, order })).sort((a, b) => b.from - a.from || b.to - a.to || b.order - a.order);
    return sorted.reduce((text, { from, to, words }) => text.slice(0, from) + words + text.slice(to), this.text);
  }

  put(from, to, words) {
    this.edits.push({ from, to, words });
  }

  map(node, want, fields) {
    const kept = node.items.filter((pair) => {
      const old = tidy(valueOf(pair.value));
      return old === undefined || pair.key.value in want;
    });
    for (const [at, pair] of node.items.entries()) {
      const key = pair.key.value;
      const old = tidy(valueOf(pair.value));
      if (!(key in want)) {
        if (old !== undefined) this.remove(node, at, pair.key.range[0], this.after(pair), (one) => one.key.range[0]);
      } else if (!same(old, want[key])) {
        this.value(node, pair, want[key], fieldOf(fields, key));
      }
    }
    const known = new Set(node.items.map((pair) => pair.key.value));
    const news = inOrder(want, fields).filter((key) => !known.has(key));
    for (const key of news) this.insertKey(node, kept, key, want[key], fields);
  }

  value(node, pair, want, field) {
    const old = pair.value;
    const inner = field?.fields ?? (field?.field ? [field.field] : []);
    if (old?.items?.length && isMap(want) && "key" in old.items[0]) this.map(old, want, inner);
    else if (old?.items?.length && Array.isArray(want) && !("key" in old.items[0])) this.list(old, want, field);
    else if (old && !old.items && !isMap(want) && !Array.isArray(want)) this.scalar(old, want, field, node.flow);
    else {
      const from = pair.key.range[1];
      const words = node.flow ? `: ${this.flow(want, field)}` : this.below(want, field, column(this.text, pair.key.range[0]));
      this.put(from, this.after(pair), words);
    }
  }

  scalar(old, want, field, flow) {
    const [from, to] = old.range;
    const quoted = old.type === "QUOTE_DOUBLE" || old.type === "QUOTE_SINGLE";
    const single = old.type === "QUOTE_SINGLE" && typeof want === "string";
    const words = single ? `'${want.replaceAll("'", "''")}'` : this.word(want, field, flow, quoted);
    const block = old.type?.startsWith("BLOCK");
    this.put(from, to, `${from === to ? " " : ""}${words}${block && this.text[to - 1] === "\n" ? "\n" : ""}`);
  }

  list(node, want, field) {
    const item = field?.field ?? (field?.fields ? { fields: field.fields } : undefined);
    const olds = node.items.map((one) => tidy(valueOf(one)));
    const pairs = aligned(olds, want);
    for (const [old, wanted] of pairs) {
      if (wanted === undefined) {
        const { start } = node.srcToken.items[old];
        const from = node.flow ? node.items[old].range[0] : start.find((one) => one.type === "seq-item-ind").offset;
        this.remove(node, old, from, node.items[old].range[1], (one, at) => node.flow ? one.range[0] : node.srcToken.items[at].start.find((token) => token.type === "seq-item-ind").offset);
      } else if (old !== undefined && !same(olds[old], want[wanted])) {
        this.value(node, { key: { range: [0, node.items[old].range[0]] }, value: node.items[old] }, want[wanted], item);
      }
    }
    let before = -1;
    for (const [old, wanted] of pairs) {
      if (old === undefined) this.insertItem(node, before, want[wanted], item);
      else before = old;
    }
  }

  /** Where a pair ends: behind its value, or behind the colon of a key without one. */
  after(pair) {
    const end = pair.value?.range?.[1] ?? pair.key.range[1];
    return end > pair.key.range[1] ? end : this.text.indexOf(":", pair.key.range[1]) + 1;
  }

  remove(node, at, from, to, begin) {
    const next = node.items[at + 1];
    if (node.flow) {
      if (next) this.put(from, begin(next, at + 1), "");
      else this.put(at ? node.items[at - 1].value?.range[1] ?? node.items[at - 1].range[1] : from, to, "");
      return;
    }
    const lineStart = this.text.lastIndexOf("\n", from - 1) + 1;
    const first = this.text.slice(lineStart, from).trim() !== "";  // it follows the dash of a list's item
    if (first && next) this.put(from, begin(next, at + 1), "");
    else this.put(lineStart, lineEnd(this.text, to), "");
  }

  insertKey(node, kept, key, want, fields) {
    const names = fields.map((one) => one.name);
    const earlier = new Set(names.slice(0, Math.max(0, names.indexOf(key))));
    const before = kept.findLast((pair) => earlier.has(pair.key.value)) ?? (names.includes(key) ? undefined : kept.at(-1));
    const field = fieldOf(fields, key);
    if (node.flow) {
      const words = `${key}: ${this.flow(want, field)}`;
      const at = before ? this.after(before) : node.range[0] + 1;
      this.put(at, at, before ? `, ${words}` : kept.length ? `${words}, ` : words);
      return;
    }
    const indent = column(this.text, node.items[0].key.range[0]);
    const words = `${" ".repeat(indent)}${key}${this.below(want, field, indent)}\n`;
    const after = before ?? (indent ? kept[0] : undefined);
    const at = after ? lineEnd(this.text, this.after(after)) : this.text.lastIndexOf("\n", node.items[0].key.range[0] - 1) + 1;
    this.put(at, at, at && this.text[at - 1] !== "\n" ? `\n${words}` : words);
  }

  insertItem(node, before, want, field) {
    if (node.flow) {
      const at = before < 0 ? node.range[0] + 1 : node.items[before].range[1];
      const words = this.flow(want, field);
      this.put(at, at, before < 0 ? (node.items.length ? `${words}, ` : words) : `, ${words}`);
      return;
    }
    const indent = column(this.text, node.range[0]);
    const at = before < 0 ? node.range[0] - indent : lineEnd(this.text, node.items[before].range[1]);
    const words = `${this.item(want, field, indent)}\n`;
    this.put(at, at, at && this.text[at - 1] !== "\n" ? `\n${words}` : words);
  }

  // --- values written anew ---

  block(want, fields, indent) {
    const lines = inOrder(want, fields).map((key) => `${" ".repeat(indent)}${key}${this.below(want[key], fieldOf(fields, key), indent)}\n`);
    return lines.join("");
  }

  /** What follows a key whose line begins at `indent`, without the end of the last line. */
  below(want, field, indent) {
    if (isMap(want)) return `:\n${this.block(want, field?.fields ?? [], indent + 2)}`.trimEnd();
    if (!Array.isArray(want)) return `: ${this.word(want, field)}`;
    const row = this.flow(want, field);
    if (!want.some((one) => typeof one === "object") && row.length < 80) return `: ${row}`;
    const item = field?.field ?? { fields: field?.fields ?? [] };
    return `:\n${want.map((one) => this.item(one, item, indent + 2)).join("\n")}`;
  }

  item(want, field, indent) {
    const dash = `${" ".repeat(indent)}- `;
    if (!isMap(want)) return dash + (Array.isArray(want) ? this.flow(want, field) : this.word(want, field));
    return dash + this.block(want, field?.fields ?? [], indent + 2).trim();
  }

  flow(want, field) {
    if (Array.isArray(want)) return `[${want.map((one) => this.flow(one, field?.field ?? field)).join(", ")}]`;
    if (!isMap(want)) return this.word(want, field, true);
    const fields = field?.fields ?? [];
    return `{${inOrder(want, fields).map((key) => `${key}: ${this.flow(want[key], fieldOf(fields, key))}`).join(", ")}}`;
  }

  /** A word as it is read again: without quotes only where nobody takes it for anything else. */
  word(want, field, flow = false, quoted = false) {
    if (typeof want !== "string") return String(want);
    if (field?.plain && /^[\w.-]+$/.test(want)) return want;
    if (quoted || LIKE_NUMBER.test(want) || typeof plain(want) !== "string") return JSON.stringify(want);
    const { contents, errors } = this.yaml.parseDocument(flow ? `[${want}]` : `- ${want}`, { schema: "failsafe" });
    const [leaf, ...more] = contents?.items ?? [];
    const safe = !errors.length && !more.length && leaf?.type === "PLAIN" && leaf.value === want && !leaf.comment;
    return safe ? want : JSON.stringify(want);
  }
}

function read(yaml, text) {
  const document = yaml.parseDocument(text, { schema: "failsafe", keepSourceTokens: true });
  if (document.errors.length) throw document.errors[0];
  if (document.contents && (!isMap(document.contents) || !document.contents.items)) throw new Error("YAML: key: value");
  return document;
}

const fieldOf = (fields, key) => fields.find((one) => one.name === key);

/** The keys of a value: those the form knows in its order, then all others. */
function inOrder(want, fields) {
  const names = fields.map((one) => one.name).filter((name) => name in want);
  return [...names, ...Object.keys(want).filter((key) => !names.includes(key))];
}

/** Old and new places of a list's items, in the new order: what is the same stays, the rest is paired as it comes. */
function aligned(olds, news) {
  const longest = Array.from({ length: olds.length + 1 }, () => new Array(news.length + 1).fill(0));
  for (let i = olds.length - 1; i >= 0; i--) {
    for (let j = news.length - 1; j >= 0; j--) {
      longest[i][j] = same(olds[i], news[j]) ? longest[i + 1][j + 1] + 1 : Math.max(longest[i + 1][j], longest[i][j + 1]);
    }
  }
  const pairs = [];
  let [i, j] = [0, 0];
  const between = (untilOld, untilNew) => {
    while (i < untilOld && j < untilNew) pairs.push([i++, j++]);
    while (i < untilOld) pairs.push([i++, undefined]);
    while (j < untilNew) pairs.push([undefined, j++]);
  };
  let [x, y] = [0, 0];
  while (x < olds.length && y < news.length) {
    if (same(olds[x], news[y])) {
      between(x++, y++);
      pairs.push([i++, j++]);
    } else if (longest[x + 1][y] >= longest[x][y + 1]) x++;
    else y++;
  }
  between(olds.length, news.length);
  return pairs;
}

// --- files -------------------------------------------------------------------------------------------------------

/** How the form reads and writes the files of a collection with these fields. `yml` files are facts and nothing else. */
export function formatOf(yaml, fields, kind = "md") {
  const parts = (text) => {
    if (kind === "yml") return { head: "", facts: text, fence: "", body: "" };
    const mark = text.startsWith("\uFEFF") ? "\uFEFF" : "";
    const lines = text.slice(mark.length).split("\n");
    const end = lines.findIndex((line, at) => at && FENCE.test(line));
    if (!FENCE.test(lines[0]) || end < 0) throw new Error("---");
    const fence = lines[end] + (end + 1 < lines.length ? "\n" : "");
    return { head: `${mark}${lines[0]}\n`, facts: lines.slice(1, end).map((line) => `${line}\n`).join(""), fence, body: lines.slice(end + 1).join("\n") };
  };
  return {
    fromFile(text) {
      if (!text.trim()) return {};
      try {
        const { facts, body } = parts(text);
        const data = valueOf(read(yaml, facts).contents) ?? {};
        const folded = typeof data.name === "string" ? { [FOLDED]: fold(data.name) } : {};
        return { ...named(data, fields, (id) => `${id}/index`), ...(body.trim() ? { body: body.replaceAll("\r\n", "\n") } : {}), ...folded, [SOURCE]: text };
      } catch (fault) {
        console.error(fault);
        return { [SOURCE]: text, "(fault)": String(fault.message ?? fault) };
      }
    },
    toFile(data) {
      const { body: written, [SOURCE]: source, [FOLDED]: _, "(fault)": fault, ...facts } = data;
      const body = written ?? "";
      if (fault) throw new Error(`Tệp này có lỗi cú pháp, hãy sửa trên trang của kho mã (${fault})`);
      const want = tidy(named(facts, fields, (id) => id.replace(/\/index$/, ""))) ?? {};
      if (source === undefined) {
        const story = body.trim() ? `${body.trim()}\n` : "";
        if (!story && !Object.keys(want).length) return "";
        const whole = new Splice(yaml, "", fields).block(want, fields, 0);
        return kind === "yml" ? whole : `---\n${whole}---\n${story}`;
      }
      const old = parts(source);
      const told = old.body.replaceAll("\r\n", "\n");
      const end = old.facts.includes("\r\n") ? "\r\n" : "\n";
      const spliced = Splice.result(yaml, old.facts, fields, want).replace(/\r?\n/g, end);
      const story = body.trim() === told.trim() ? old.body : body.trim() ? `${body.trimEnd()}\n`.replaceAll("\n", end) : "";
      const fence = story && !old.fence.endsWith("\n") ? `${old.fence}${end}` : old.fence;
      return old.head + spliced + fence + story;
    },
  };
}

/** The same facts with the names of other entries changed: the form knows an entry by its file, a fact by its folder. */
function named(value, fields, change) {
  if (Array.isArray(value)) return value.map((one) => named(one, fields, change));
  if (!isMap(value)) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, one]) => {
      const field = fieldOf(fields, key);
      if (field?.widget !== "relation") return [key, named(one, field?.fields ?? [], change)];
      return [key, Array.isArray(one) ? one.map((id) => (id ? change(id) : id)) : one ? change(String(one)) : one];
    }),
  );
}

const fold = (words) => words.replace(/[đĐ]/g, "d").normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();

// --- the start ---------------------------------------------------------------------------------------------------

/** Words that the form's own Vietnamese lacks. */
const PHRASES = {
  "collection.collectionTop.groupBy": "Xếp nhóm theo",
  "collection.collectionTop.newButton": "Thêm %{collectionLabel}",
  "collection.collectionTop.viewAs": "Cách xem",
  "collection.collectionTop.viewAsGrid": "Xem dạng lưới",
  "collection.collectionTop.viewAsList": "Xem dạng danh sách",
  "collection.entries.unpublishedHeader": "Mục chưa đăng",
  "collection.groups.other": "Khác",
  "editor.editorControlPane.widget.regexPattern": "%{fieldLabel}: cần %{pattern}.",
  "editor.editorControlPane.i18n.copyFromLocale": "Chép từ ngôn ngữ khác",
  "editor.editorControlPane.i18n.copyFromLocaleConfirm": "Chép chữ từ %{locale}? Chữ đang có sẽ bị thay.",
  "editor.editorControlPane.i18n.writingInLocale": "Đang viết: %{locale}",
  "editor.editorInterface.toggleI18n": "Hiện bản dịch bên cạnh",
  "editor.editorInterface.toggleScrollSync": "Cuộn hai bên cùng nhau",
  "editor.editorToolbar.statusInfoTooltipDraft": "Mục đang là bản nháp. Viết xong, xin đổi trạng thái sang “Đang xét duyệt” để gửi.",
  "editor.editorToolbar.statusInfoTooltipInReview": "Mục đang được xét, không cần làm gì thêm. Vẫn có thể sửa tiếp trong lúc chờ.",
  "editor.editorWidgets.datetime.setToNow": "Lấy ngày hôm nay",
  "editor.editorWidgets.image.addMore": "Thêm ảnh",
  "editor.editorWidgets.image.chooseMultiple": "Chọn ảnh",
  "editor.editorWidgets.image.removeAll": "Bỏ mọi ảnh",
  "editor.editorWidgets.list.add": "Thêm %{item}",
  "editor.editorWidgets.list.addType": "Thêm %{item}",
  "editor.editorWidgets.object.collapse": "Thu lại",
  "editor.editorWidgets.object.expand": "Mở ra",
  "mediaLibrary.mediaLibraryCard.copied": "Đã chép",
  "mediaLibrary.mediaLibraryCard.copy": "Chép",
  "mediaLibrary.mediaLibraryCard.copyName": "Chép tên",
  "mediaLibrary.mediaLibraryCard.copyPath": "Chép đường dẫn",
  "mediaLibrary.mediaLibraryCard.copyUrl": "Chép địa chỉ",
  "mediaLibrary.mediaLibraryModal.close": "Đóng",
  "ui.settingsDropdown.account": "Tài khoản",
};

/** The form offers previews that there are not, and on a phone its button for saving would lie outside the screen. */
const STYLE = `
[class*="-PreviewButtonContainer"] { display: none !important }
@media (max-width: 799px) {
  [class*="-EditorContainer"], [class*="-ToolbarContainer"] { min-width: 0 !important }
  [class*="-ToolbarSectionBackLink"] { flex: 1 !important; padding: 0 8px !important; border: 0 !important }
  [class*="-ToolbarSectionMain"] { flex: none !important; padding: 0 !important }
  [class*="-BackStatus"] { line-height: 1.3 !important }
  [class*="-BackCollection"], [class*="-ToolbarSubSectionLast"], [class*="-ViewControls"] { display: none !important }
}`;

function translate(locale) {
  for (const [path, words] of Object.entries(PHRASES)) {
    const keys = path.split(".");
    const last = keys.pop();
    keys.reduce((at, key) => (at[key] ??= {}), locale)[last] = words;
  }
}

/** Let the form know what it cannot by itself: how entries are written, and what not to write at all. */
function prepare(CMS, yaml, config) {
  translate(CMS.getLocale(config.locale));
  const formats = {};
  for (const collection of config.collections) {
    if (collection.fields) relations(collection.fields);
    const fields = collection.fields ?? collection.files[0].fields;
    const kind = collection.fields ? "md" : "yml";
    formats[collection.name] = { fields, format: formatOf(yaml, fields, kind) };
    CMS.registerCustomFormat(collection.name, kind, formats[collection.name].format);
    collection.format = collection.name;
  }
  const relation = CMS.getWidget("relation");
  // When it opens it tells what stands there as if it were new, and so puts the fact into the translation.
  relation.control = class extends relation.control {
    triggerInitialOnChange() {
      this.forceUpdate();
    }
  };
  const translations = config.i18n.locales.filter((one) => one !== config.i18n.default_locale);
  for (const name of ["github", "proxy"]) {
    const backend = CMS.getBackend(name);
    const { init } = backend;
    backend.init = (...given) => {
      const made = init(...given);
      const persist = made.persistEntry.bind(made);
      made.persistEntry = (entry, options) => {
        const { fields, format } = formats[options.collectionName];
        const dataFiles = entry.dataFiles.map((one) => {
          const translated = translations.some((lang) => one.path.endsWith(`.${lang}.md`));
          return translated && one.raw.trim() ? { ...one, raw: format.toFile(words(format.fromFile(one.raw), fields)) } : one;
        });
        // A translation in which nothing stands is no file, and an entry is called by its folder.
        const commitMessage = options.commitMessage.replaceAll("/index", "");
        return persist({ ...entry, dataFiles: dataFiles.filter((one) => one.raw.trim()) }, { ...options, commitMessage });
      };
      return made;
    };
  }
}

/** What a translation may carry: words, and of facts only what tells to which item they belong. */
export function words(value, fields) {
  if (Array.isArray(value)) return value.map((one) => words(one, fields));
  if (!isMap(value)) return value;
  const kept = Object.entries(value).filter(([key]) => fieldOf(fields, key)?.i18n !== false);
  return Object.fromEntries(kept.map(([key, one]) => [key, words(one, fieldOf(fields, key)?.fields ?? [])]));
}

/** Who types a name without marks finds it too. */
function relations(fields) {
  for (const field of fields) {
    if (field.widget === "relation") field.search_fields = [...field.search_fields, FOLDED];
    if (field.fields) relations(field.fields);
  }
}

const answers = (address) =>
  fetch(address, { method: "POST", headers: { "Content-Type": "application/json" }, body: '{"action": "info"}' }).then(
    (told) => told.ok,
    () => false,
  );

const loaded = (address) =>
  new Promise((resolve, reject) => {
    document.head.append(Object.assign(document.createElement("script"), { src: address, onload: resolve, onerror: reject }));
  });

async function start(folder) {
  const config = await (await fetch("config.yml")).json();
  const here = ["localhost", "127.0.0.1"].includes(location.hostname);
  if (config.backend.name === "proxy" && !(here && (await answers(config.backend.proxy_url)))) return;
  window.CMS_MANUAL_INIT = true;
  const [yaml] = await Promise.all([import(new URL("yaml/public-api.js", folder)), loaded(new URL("decap-cms.js", folder))]);
  const { CMS } = window;
  prepare(CMS, yaml, config);
  document.querySelector("main").remove();
  document.querySelector("link[rel=stylesheet]").remove();
  document.head.append(Object.assign(document.createElement("style"), { textContent: STYLE }));
  // Side by side where there is room; on a phone one language at a time.
  localStorage.setItem("cms.right-pane", innerWidth >= 800 ? "i18n" : "none");
  const logo = { src: document.querySelector("link[rel=icon]").href };
  CMS.init({ config: { ...config, logo, load_config_file: false } });
}

const own = globalThis.document?.querySelector("script[data-folder]");
if (own) start(new URL(own.dataset.folder, document.baseURI));
