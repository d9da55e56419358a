"""A single-page site whose pages are routes behind `#`, whose list grows on scrolling, and whose old list stands in a frame."""

from __future__ import annotations

import json
from typing import Any

from tests.crawl.server import PARAGRAPH, Server

EACH, PAGES = 5, 6
SCRIPT = """
let loaded = 0, busy = false;
const app = () => document.getElementById('app');
async function ask(path) { return (await fetch(path)).json(); }
async function more() {
  if (busy) return;
  busy = true;
  const rows = await ask('/api/list-' + (++loaded) + '.json').catch(() => []);
  for (const row of rows) {
    const entry = document.createElement('li');
    entry.innerHTML = '<a href="#/article?id=' + row.id + '">' + row.title + '</a><span>2026-04-21</span>';
    entry.style.height = '300px';
    app().append(entry);
  }
  busy = false;
}
async function route() {
  const [path, query] = location.hash.slice(1).split('?');
  if (path !== '/article') { await more(); addEventListener('scroll', more); return; }
  const a = await ask('/api/article-' + query.split('=')[1] + '.json');
  document.title = a.title + '_清河新闻网';
  app().innerHTML = '<h1>' + a.title + '</h1><div class="info">2026-04-21 08:30 来源：清河日报</div><div class="content">' +
    a.text.map(p => '<p>　　' + p + '</p>').join('') + '</div>';
}
route();
"""
HEAD = "<!DOCTYPE html><html><head><meta charset='utf-8'><title>"
SHELL = f"{HEAD}清河新闻网</title></head><body><div id='app'></div><script>{SCRIPT}</script></body></html>"
FRAMED = (
    "<html><head><meta charset='utf-8'><title>旧版</title></head><frameset cols='*'><frame src='/inner.html'></frameset></html>"
)
INNER = """<html><head><meta charset='utf-8'><title>旧版要闻</title></head><body><ul id='rows'></ul><script>
for (const n of [1, 2, 3]) document.getElementById('rows').innerHTML +=
  '<li><a href="/2026/0420/' + n + '.shtml">清河县旧版第' + n + '条要闻今日重登</a><span>2026-04-20</span></li>';
</script></body></html>"""


def title(number: int) -> str:
    return f"清河县第{number}座渠首闸门完成检修"


def fill(server: Server) -> None:
    """Puts the site on a server: articles 0 to 29, six list pages of five."""

    def data(value: Any) -> Any:
        return lambda h: h.send(json.dumps(value, ensure_ascii=False).encode(), type="application/json; charset=utf-8")

    for page in range(PAGES):
        rows = [{"id": n, "title": title(n)} for n in range(page * EACH, (page + 1) * EACH)]
        server.pages[f"/api/list-{page + 1}.json"] = data(rows)
    server.pages[f"/api/list-{PAGES + 1}.json"] = data([])
    for n in range(EACH * PAGES):
        server.pages[f"/api/article-{n}.json"] = data(
            {"title": title(n), "text": [f"{i}、{title(n)}。{PARAGRAPH}" for i in "一二三四"]}
        )
    for n in (1, 2, 3):
        text = "".join(f"<p>　　{i}、旧版第{n}条。{PARAGRAPH}</p>" for i in "一二三四")
        server.pages[f"/2026/0420/{n}.shtml"] = (
            f"{HEAD}清河县旧版第{n}条要闻今日重登</title></head><body><h1>清河县旧版第{n}条要闻今日重登</h1>"
            f"<div class='info'>2026-04-20 08:30 来源：清河日报</div><div>{text}</div></body></html>"
        )
    server.pages |= {"/": SHELL, "/framed.html": FRAMED, "/inner.html": INNER}
