// The page: asks /graphql every two seconds and shows the answer. Text goes in by textContent only.
'use strict';

const PERIOD_MS = 2000;
const TABLES = `query($after: String) {
  streamTables(first: 500, after: $after) {
    pageInfo { hasNextPage endCursor }
    edges { node {
      pgtId name status effectiveMode refreshMode modeReason schedule staleness stale lastRefreshAt rowsEstimated
      rowsInserted rowsUpdated rowsDeleted lastError suspendReason asOf avgDurationMs p95DurationMs totalRefreshes
      failedRefreshes originalQuery owner
    } }
  }
}`;
const EDGES = 'query { dependencies { pgtId sourceRelid sourceName sourceType sourcePgtId } }';
const REFRESHES = `query($name: String!) {
  refreshHistory(name: $name, first: 30) { edges { node {
    refreshId startTime durationMs action refreshReason deltaRowCount rowsInserted rowsUpdated rowsDeleted status
    errorCode errorMessage
  } } }
}`;

let chosen = decodeURIComponent(location.hash.slice(1));
let drawn = '';

async function ask(query, variables = {}) {
  const response = await fetch('graphql', {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify({ query, variables }),
  });
  const answer = await response.json();
  if (answer.errors) throw new Error(answer.errors[0].message);
  return answer.data;
}

async function allTables() {
  const tables = [];
  for (let after = null; ;) {
    const page = (await ask(TABLES, { after })).streamTables;
    tables.push(...page.edges.map(edge => edge.node));
    if (!page.pageInfo.hasNextPage) return tables.sort((a, b) => a.name.localeCompare(b.name));
    after = page.pageInfo.endCursor;
  }
}

function make(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
  element.append(...children);
  return element;
}

const cell = (text, style = '', title = '') => make('td', { class: style, title }, text);
const count = n => n == null ? '' : Number(n).toLocaleString('en');
const time = text => text == null ? '' : new Date(text).toLocaleTimeString('en-GB');

// Without the empty lines around it and the margin that all its lines share.
function dedented(text) {
  const lines = text.replace(/^(\s*\n)+/, '').trimEnd().split('\n');
  const margins = lines.filter(line => line.trim()).map(line => line.length - line.trimStart().length);
  return lines.map(line => line.slice(Math.min(...margins))).join('\n');
}

function lag(seconds) {
  if (seconds == null) return '';
  if (seconds < 1) return `${Math.round(seconds * 1000)} ms`;
  if (seconds < 120) return `${seconds.toFixed(1)} s`;
  return seconds < 7200 ? `${Math.round(seconds / 60)} min` : `${Math.round(seconds / 3600)} h`;
}

function showTables(tables) {
  const body = document.querySelector('#tables tbody');
  const focused = document.activeElement?.dataset?.name;
  body.replaceChildren(...tables.map(table => {
    const button = make('button', { type: 'button', 'data-name': table.name }, table.name);
    const row = make('tr', {},
      make('td', {}, button),
      cell(table.status, table.status, table.lastError ?? table.suspendReason ?? ''),
      cell(table.effectiveMode ?? '', '', table.modeReason ?? ''),
      cell(lag(table.staleness), table.stale ? 'number stale' : 'number'),
      cell(time(table.lastRefreshAt)),
      cell(count(table.rowsEstimated), 'number'),
      cell(`+${count(table.rowsInserted)} ~${count(table.rowsUpdated)} −${count(table.rowsDeleted)}`, 'number'));
    if (table.name === chosen) row.setAttribute('aria-current', 'true');
    row.addEventListener('click', () => choose(table.name));
    return row;
  }));
  if (focused) body.querySelector(`[data-name="${CSS.escape(focused)}"]`)?.focus();
  document.querySelector('#tables').hidden = tables.length === 0;
  document.querySelector('#none').hidden = tables.length > 0;
}

function summarize(tables) {
  const wrong = tables.filter(table => table.status === 'ERROR').length;
  const off = tables.filter(table => table.status === 'SUSPENDED').length;
  const late = tables.filter(table => table.stale && table.status === 'ACTIVE').length;
  const parts = [`${tables.length} stream table${tables.length === 1 ? '' : 's'}`];
  if (wrong) parts.push(`${wrong} failing`);
  if (off) parts.push(`${off} suspended`);
  if (late) parts.push(`${late} late`);
  if (tables.length && !wrong && !off && !late) parts.push('all is well');
  say(parts.join(', '), wrong > 0);
}

function say(text, bad) {
  const summary = document.querySelector('#summary');
  if (summary.textContent !== text) summary.textContent = text;
  summary.classList.toggle('bad', bad);
}

// A column per level: sources at the left, then each stream table right of everything that it reads.
function layOut(tables, edges) {
  const nodes = new Map(tables.map(table =>
    [`t${table.pgtId}`, { key: `t${table.pgtId}`, label: table.name, table, reads: [], level: 0 }]));
  for (const edge of edges) {
    const reader = nodes.get(`t${edge.pgtId}`);
    const key = edge.sourcePgtId == null ? `s${edge.sourceRelid}` : `t${edge.sourcePgtId}`;
    if (!reader) continue;
    if (!nodes.has(key)) nodes.set(key, { key, label: edge.sourceName, table: null, reads: [], level: 0 });
    reader.reads.push(nodes.get(key));
  }
  for (let pass = 0, moved = true; moved && pass <= nodes.size; pass++) {
    moved = false;
    for (const node of nodes.values()) {
      const level = node.table ? Math.max(1, ...node.reads.map(source => source.level + 1)) : 0;
      if (level !== node.level) { node.level = level; moved = true; }
    }
  }
  const columns = [];
  for (const node of nodes.values()) (columns[node.level] ??= []).push(node);
  // An order in which lines cross less: by the middle of what a node reads.
  for (const column of columns) {
    if (!column) continue;
    const middle = node => node.reads.length
      ? node.reads.reduce((sum, source) => sum + (source.row ?? 0), 0) / node.reads.length : 0;
    column.sort((a, b) => middle(a) - middle(b) || a.label.localeCompare(b.label));
    column.forEach((node, row) => { node.row = row; });
  }
  return [...nodes.values()];
}

function svg(tag, attributes = {}, ...children) {
  const element = document.createElementNS('http://www.w3.org/2000/svg', tag);
  for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
  element.append(...children);
  return element;
}

function showGraph(tables, edges) {
  const shape = JSON.stringify([tables.map(t => [t.pgtId, t.name, t.status]), edges, chosen]);
  if (shape === drawn) return;
  drawn = shape;
  const nodes = layOut(tables, edges);
  const width = 30 + 7.6 * Math.max(8, ...nodes.map(node => node.label.length));
  const [stepX, stepY, high] = [width + 70, 42, 30];
  const place = node => [4 + node.level * stepX, 4 + node.row * stepY];
  const lines = nodes.flatMap(node => node.reads.map(source => {
    const [x1, y1] = place(source);
    const [x2, y2] = place(node);
    const [from, to] = [x1 + width, x2];
    const bend = (to - from) / 2;
    return svg('path', { class: 'edge',
      d: `M${from} ${y1 + high / 2} C${from + bend} ${y1 + high / 2} ${to - bend} ${y2 + high / 2} ${to} ${y2 + high / 2}` });
  }));
  const boxes = nodes.map(node => {
    const [x, y] = place(node);
    const box = svg('g', { transform: `translate(${x} ${y})`, class: node.table
      ? `node table ${node.table.status}${node.label === chosen ? ' chosen' : ''}` : 'node source' },
      svg('rect', { width, height: high, rx: 5 }), svg('text', { x: 12, y: 20 }, node.label));
    if (node.table) {
      box.setAttribute('tabindex', '0');
      box.setAttribute('role', 'button');
      box.setAttribute('aria-label', `${node.label}, ${node.table.status}`);
      box.addEventListener('click', () => choose(node.label));
      box.addEventListener('keydown', event => {
        if (event.key === 'Enter' || event.key === ' ') { event.preventDefault(); choose(node.label); }
      });
    }
    return box;
  });
  const columns = Math.max(0, ...nodes.map(node => node.level)) + 1;
  const rows = Math.max(0, ...nodes.map(node => node.row)) + 1;
  document.querySelector('#graph').replaceChildren(svg('svg', {
    width: columns * stepX - 62, height: rows * stepY, role: 'group', 'aria-label': 'Which table reads which' },
    ...lines, ...boxes));
}

async function showDetail(tables) {
  const table = tables.find(each => each.name === chosen);
  document.querySelector('#detail').hidden = !table;
  document.querySelector('#detail-hint').hidden = !!table;
  document.querySelector('#detail-title').textContent = table ? `Refreshes of ${table.name}` : 'Refreshes';
  if (!table) return;
  const facts = [
    ['Mode', [table.effectiveMode, table.modeReason].filter(Boolean).join(': ')],
    ['Schedule', table.schedule],
    ['Owner', table.owner],
    ['Equals its query at', table.asOf],
    ['Duration', table.avgDurationMs == null ? null
      : `${table.avgDurationMs.toFixed(1)} ms on average, 95 % within ${table.p95DurationMs?.toFixed(1) ?? '?'} ms`],
    ['Refreshes', `${count(table.totalRefreshes)}, of which ${count(table.failedRefreshes)} failed`],
    ['Suspended', table.suspendReason],
    ['Last error', table.lastError],
  ].filter(([, value]) => value);
  document.querySelector('#facts').replaceChildren(
    ...facts.flatMap(([name, value]) => [make('dt', {}, name), make('dd', {}, value)]));
  document.querySelector('#query').textContent = dedented(table.originalQuery);
  const history = (await ask(REFRESHES, { name: table.name })).refreshHistory.edges;
  document.querySelector('#refreshes tbody').replaceChildren(...history.map(({ node }) => make('tr', {},
    cell(time(node.startTime)), cell(node.action), cell(node.refreshReason),
    cell(node.durationMs == null ? '' : node.durationMs.toFixed(1), 'number'),
    cell(count(node.deltaRowCount), 'number'), cell(count(node.rowsInserted), 'number'),
    cell(count(node.rowsUpdated), 'number'), cell(count(node.rowsDeleted), 'number'),
    cell(node.errorMessage ? `${node.status}: ${node.errorMessage}` : node.status, node.status))));
}

function choose(name) {
  chosen = name;
  history.replaceState(null, '', `#${encodeURIComponent(name)}`);
  refresh();
}

// One question at a time; one that was asked for meanwhile follows at once.
let busy = false;
let again = false;
async function refresh() {
  if (busy) { again = true; return; }
  busy = true;
  try {
    const [tables, edges] = await Promise.all([allTables(), ask(EDGES).then(data => data.dependencies)]);
    summarize(tables);
    showTables(tables);
    showGraph(tables, edges);
    await showDetail(tables);
  } catch (failure) {
    say(`The service does not answer: ${failure.message}`, true);
  } finally {
    busy = false;
  }
  if (again) { again = false; refresh(); }
}

refresh();
setInterval(() => { if (!document.hidden) refresh(); }, PERIOD_MS);
document.addEventListener('visibilitychange', () => { if (!document.hidden) refresh(); });
