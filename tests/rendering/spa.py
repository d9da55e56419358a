"""A small single-page site: shells without text, one script that draws articles from JSON, and pages that misbehave."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

from tests.crawl.server import PARAGRAPH, Handler, Server

SCRIPT = """
async function draw(id) {
  const answer = await fetch('/api/article/' + id + '.json', {headers: {'X-Requested-With': 'XMLHttpRequest'}});
  const a = await answer.json();
  document.title = a.title + '_清河新闻网';
  document.getElementById('app').innerHTML =
    '<div class="path"><a href="/">首页</a> &gt; <a href="/xw/">要闻</a> &gt; 正文</div><h1>' + a.title + '</h1>' +
    '<div class="info">' + a.time + ' 来源：清河日报 记者：林木森</div><div class="content">' +
    a.text.map(p => '<p>　　' + p + '</p>').join('') + '</div><div class="editor">责任编辑：周小满</div>';
}
async function list() {
  const found = await (await fetch('/api/list.json')).json();
  document.getElementById('app').innerHTML = '<ul class="list">' + found.map(e =>
    '<li><a href="' + e.url + '">' + e.title + '</a><span>2026-04-21</span></li>').join('') + '</ul>';
}
"""

ESCAPES = """
const out = HOST, tell = text => { document.title += text; };
const ways = [
  () => fetch('/api/away.json'),
  () => fetch('/api/away.json', {method: 'POST', body: 'x'}),
  () => fetch(out + '/fetch').then(r => r.text()).then(tell),
  () => fetch(out + '/opaque', {mode: 'no-cors'}),
  () => { const x = new XMLHttpRequest(); x.open('POST', out + '/xhr'); x.send('x'); },
  () => { new WebSocket(out.replace('http', 'ws') + '/socket'); },
  () => { new EventSource(out + '/events'); },
  () => navigator.sendBeacon(out + '/beacon', 'x'),
  () => { new Image().src = out + '/image.png'; },
  () => { for (const rel of ['prefetch', 'preload', 'preconnect', 'dns-prefetch', 'stylesheet', 'prerender', 'modulepreload']) {
    const l = document.createElement('link'); l.rel = rel; l.as = 'script'; l.href = out + '/' + rel;
    document.head.append(l); } },
  () => { const f = document.createElement('iframe'); f.src = out + '/frame'; document.body.append(f); },
  () => { const s = document.createElement('script'); s.src = out + '/script.js'; document.body.append(s); },
  () => { const s = document.createElement('script'); s.type = 'speculationrules';
    s.textContent = JSON.stringify({prefetch: [{source: 'list', urls: [out + '/speculation']}]}); document.head.append(s); },
  () => window.open(out + '/window'),
  () => navigator.serviceWorker.register('/sw.js'),
  () => new Worker(URL.createObjectURL(new Blob(["fetch('" + out + "/worker'); new WebSocket('" +
    out.replace('http', 'ws') + "/workersocket')"]))),
  () => new SharedWorker(URL.createObjectURL(new Blob(["fetch('" + out + "/shared')"]))),
  () => { const c = new RTCPeerConnection({iceServers: [{urls: 'stun:127.0.0.1:UDP'},
    {urls: out.replace('http://', 'turn:') + '?transport=tcp', username: 'u', credential: 'c'}]});
    c.createDataChannel('x'); c.createOffer().then(o => c.setLocalDescription(o)); },
  () => { const f = document.createElement('form'); f.method = 'post'; f.target = '_blank'; f.action = out + '/form';
    document.body.append(f); f.submit(); },
  () => { const a = document.createElement('a'); a.href = '/'; a.ping = out + '/ping'; a.target = 'x';
    document.body.append(a); a.click(); },
  () => new WebTransport('https://127.0.0.1:UDP/'),
];
for (const way of ways) { try { Promise.resolve(way()).catch(() => 0); } catch (e) { } }
"""
PROHIBITED = "fetch('/intern/plan.json').then(r => r.text()).then(t => { document.title += t; });"
POLLING = "setInterval(() => fetch('/api/count.json'), 50);"
GREEDY = "for (let i = 0; i < 80; i++) fetch('/api/count.json?i=' + i);"


def shell(inline: str, head: str = "") -> str:
    return (
        f"<!DOCTYPE html><html><head><meta charset='utf-8'><title>清河新闻网</title>{head}</head><body><div id='app'></div>"
        f"<script src='/static/app.js'></script><script>{inline}</script></body></html>"
    )


def data(value: Any) -> Callable[[Handler], None]:
    return lambda h: h.send(json.dumps(value, ensure_ascii=False).encode(), type="application/json; charset=utf-8")


def story(title: str) -> dict[str, Any]:
    return {"title": title, "time": "2026-04-21 08:30", "text": [f"{i}、{title}。{PARAGRAPH}" for i in "一二三四"]}


TITLES = {
    "plain": "春灌提早五天送到田头", "escape": "向外伸手的一页清河新闻", "prohibited": "问了禁地的一页清河新闻",
    "polling": "不停询问的一页清河新闻", "greedy": "问得太多的一页清河新闻", "broken": "数据坏了的一页清河新闻",
    "leaving": "想要离开的一页清河新闻", "target": "搬了家的一页清河新闻", "killing": "杀掉读者的一页清河新闻",
    "endless": "停不下来的一页清河新闻", "huge": "越画越长的一页清河新闻", "gbk": "编码不同的一页清河新闻",
}  # fmt: skip


OTHERS = {"missing": "不见了的一页清河新闻", "moving": "正在搬家的一页清河新闻"}


def fill(server: Server, outside: str, udp: int) -> None:
    """Puts the site on a server; `outside` is an address that none of its pages may reach, `udp` a port likewise."""
    more = {
        "escape": ESCAPES.replace("HOST", json.dumps(outside)).replace("UDP", str(udp)),
        "prohibited": PROHIBITED, "polling": POLLING, "greedy": GREEDY, "endless": "while (true) { }",
        "leaving": f"setTimeout(() => {{ location.href = {json.dumps(outside)}; }}, 300);", "killing": "fetch('/api/kill.json');",
        "huge": "document.body.dataset.long = '长'.repeat(2100000);",
    }  # fmt: skip
    for name, title in TITLES.items():
        server.pages[f"/2026/0421/{name}.shtml"] = shell(f"draw('{name}');{more.get(name, '')}")
        server.pages[f"/api/article/{name}.json"] = data(story(title))
    gbk = shell("draw('gbk');").replace("utf-8", "gbk").encode("gbk")
    server.pages["/2026/0421/gbk.shtml"] = lambda h: h.send(gbk, type="text/html", Set_Cookie="track=1", ETag='"fixed"')
    server.pages["/api/article/broken.json"] = lambda h: h.send(b"busy", status=503)
    server.pages["/2026/0421/missing.shtml"] = lambda h: h.send(shell("draw('plain');").encode(), status=404)
    server.pages["/2026/0421/moving.shtml"] = shell("location.replace('/2026/0421/target.shtml');")
    server.pages["/api/away.json"] = lambda h: (h.rfile.read(int(h.headers.get("Content-Length", 0))), h.redirect(f"{outside}/a"))
    listed = [{"url": f"/2026/0421/{name}.shtml", "title": title} for name, title in {**TITLES, **OTHERS}.items()]
    server.pages |= {
        "/robots.txt": lambda h: h.send(b"User-agent: *\nDisallow: /intern/\n", type="text/plain"),
        "/xw/": shell("list();"),
        "/static/app.js": lambda h: h.send(SCRIPT.encode(), type="text/javascript; charset=utf-8"),
        "/sw.js": lambda h: h.send(b"fetch('/api/list.json')", type="text/javascript"),
        "/api/list.json": data(listed),
        "/api/count.json": data(1),
        **{f"/api/count.json?i={i}": data(i) for i in range(80)},
    }
