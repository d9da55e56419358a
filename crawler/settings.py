"""Scrapy's settings in the stock order; beside each departure stand Scrapy's default and the reason."""

import os

BOT_NAME = "fangzhi"
VERSION = "0.1.0"

SPIDER_LOADER_CLASS = "crawler.spiderloader.SiteLoader"  # profiles are the spiders; default: classes found in modules
SPIDER_MODULES: list[str] = []
COMMANDS_MODULE = "crawler.commands"

# The archive. Relative paths count from the folder the command is called in.
ARCHIVE = os.environ.get("FANGZHI_ARCHIVE", "data/archive.db")
WARC_DIR = os.environ.get("FANGZHI_WARC_DIR", "data/warc")
GONE_AFTER_DAYS = 2  # on how many different days a page must be missing (404, 410, soft 404) until it counts as gone

# Who we are. A live site must be able to reach a person: without CONTACT only private sites (the sample) are crawled.
CONTACT = os.environ.get("FANGZHI_CONTACT", "")  # mail address or page; set with -s CONTACT=… or FANGZHI_CONTACT
USER_AGENT = f"Fangzhi/{VERSION}"  # the crawl appends (+CONTACT); default: Scrapy/VERSION (+https://scrapy.org)

# Obey robots.txt; default False. Product token as it stands in User-agent lines.
ROBOTSTXT_OBEY = True
ROBOTSTXT_USER_AGENT = "Fangzhi"

# Requests at once over all hosts; default 16. One run crawls one site, so few hosts are ever under way.
CONCURRENT_REQUESTS = 16
# Items of one response at once; default 100, and Scrapy 2.19 starts that many tasks for every response. Ours give one item.
CONCURRENT_ITEMS = 1
# Per host, and the pause between two requests to it; defaults 8 and 0. The profile's `concurrency` and `delay` win.
CONCURRENT_REQUESTS_PER_DOMAIN = 1
DOWNLOAD_DELAY = 2.0
DOWNLOAD_DELAY_JITTER = 0  # default 0.5; a profile's delay is a floor, and turns are shared between processes
POLITENESS_STUBBORN = 20  # ours: refusals in a row (403, 412, 429) after which a run ends
POLITENESS_PAGES = 50  # ours: when four in five of the last so many pages were blocked or failed, a run ends; 0: never
POLITENESS_LONGEST_BACKOFF = 300.0  # ours: seconds between requests to a host that goes on refusing or failing
HOST_SLOTS = os.environ.get("FANGZHI_HOST_SLOTS", "")  # where they are shared; empty: ~/.cache/fangzhi/hosts

# Time and size. 180 s and 1 GB by default: longer than any news page needs and enough to fill a disk.
DOWNLOAD_TIMEOUT = 60
DOWNLOAD_BODY_TIME = 45  # ours: seconds after which a body still dripping in is cut and kept as far as it came
DOWNLOAD_MAXSIZE = 32 * 1024 * 1024  # on the wire, and again after decoding; beyond it the body is cut and marked
DOWNLOAD_WARNSIZE = 0  # default 32 MB; the cut itself is recorded
DOWNLOAD_FAIL_ON_DATALOSS = False  # default True; a body that broke off is evidence too: kept, marked, asked for again

# Only http and https; by default data:, file:, ftp: and s3: addresses are fetched as well.
DOWNLOAD_HANDLERS = {
    "data": None,
    "file": None,
    "ftp": None,
    "s3": None,
    "http": "crawler.middlewares.transport.BoundedHandler",  # bounds the headers too
    "https": "crawler.middlewares.transport.BoundedHandler",
}
DOWNLOAD_VERIFY_CERTIFICATES = True  # default False; the profile's `tls` relaxes it, logged
TWISTED_DNS_RESOLVER = "crawler.middlewares.guard.GuardedResolver"  # default caches only; ours drops private addresses
HTTPPROXY_ENABLED = False  # default True; behind a proxy the address guard would see the proxy and nothing else

# No cookies (default: kept and sent back): a page must not depend on what was read before it, and floods find no room.
COOKIES_ENABLED = False
# Doors into the running process, both open by default.
TELNETCONSOLE_ENABLED = False
REMOTE_CONTROL_ENABLED = False

DEFAULT_REQUEST_HEADERS = {
    "Accept": "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8",
    "Accept-Language": "zh-CN,zh;q=0.9",  # default en, which sends readers of some portals to an English edition
}

SPIDER_MIDDLEWARES = {
    # No links are yielded as requests, so these have nothing to act on; the ledger holds where a URL came from.
    "scrapy.spidermiddlewares.start.StartSpiderMiddleware": None,
    "scrapy.spidermiddlewares.referer.RefererMiddleware": None,
    "scrapy.spidermiddlewares.urllength.UrlLengthMiddleware": None,
    "scrapy.spidermiddlewares.depth.DepthMiddleware": None,
    "scrapy.spidermiddlewares.metacopy.MetaCopyDetectionMiddleware": None,
    "scrapy.spidermiddlewares.httperror.HttpErrorMiddleware": None,  # an error page is captured and judged like any other
}
METAREFRESH_ENABLED = False  # default True; the spider follows stubs itself, under the same lease and inside the site
REDIRECT_MAX_TIMES = 8  # default 20

DOWNLOADER_MIDDLEWARES = {
    # Each replaces the stock one at its stock place; the reason stands in the module.
    "scrapy.downloadermiddlewares.offsite.OffsiteMiddleware": None,  # drops without an outcome; redirect.py answers
    "scrapy.downloadermiddlewares.robotstxt.RobotsTxtMiddleware": None,
    "crawler.middlewares.robots.RobotsMiddleware": 100,
    "scrapy.downloadermiddlewares.httpauth.HttpAuthMiddleware": None,  # no profile has a password
    "scrapy.downloadermiddlewares.httpcompression.HttpCompressionMiddleware": None,
    "crawler.middlewares.decoding.DecodingMiddleware": 590,
    "scrapy.downloadermiddlewares.redirect.RedirectMiddleware": None,
    "crawler.middlewares.redirect.RedirectMiddleware": 600,
    "crawler.middlewares.politeness.PolitenessMiddleware": 930,  # last before the wire, so that retries wait their turn too
    "crawler.middlewares.guard.GuardMiddleware": 940,  # names a refused address before the retry middleware tries again
    "crawler.middlewares.capture.CaptureMiddleware": 950,  # next to the downloader: bytes as they came
}
RETRY_HTTP_CODES = [408, 429, 500, 502, 503, 504, 520, 521, 522, 523, 524]  # default lacks 520, 521, 523 (CDN: origin down)
RETRY_GIVE_UP_LOG_LEVEL = "DEBUG"  # default ERROR; the page's outcome says it

EXTENSIONS = {
    "crawler.middlewares.limits.BodyLimits": 0,
    "scrapy.extensions.logstats.LogStats": None,  # counts items, which are pages here; ours counts articles and the queue
    "crawler.progress.Progress": 0,
    "scrapy.extensions.feedexport.FeedExporter": None,  # pages go into the archive; `export` writes files
}

ITEM_PIPELINES = {
    "pipelines.normalise.Normalise": 100,  # before everything that compares text
    "pipelines.validate.Validate": 200,
    "pipelines.fingerprint.Fingerprint": 300,  # of the clean text
    "pipelines.store.Store": 900,  # last: answers when the page is on disk
}
# Reading (extraction and the stages that need no database) in processes of its own: off the event loop, and a page that
# kills or hangs its reader costs itself. `auto`: one for each core, or one where the delay keeps pages apart; 0: none.
# A run without such a delay gives one core, and a process, to writing; with 0 and with a delay a thread writes.
WORKERS = os.environ.get("FANGZHI_WORKERS", "auto")
WORKER_SECONDS = 30.0  # for one page; then its worker is replaced, the page tried once more, and ended as failed
WORKER_PAGES = 10_000  # after so many a worker is replaced, against what libraries may keep; a new one costs half a second
# Pages of profiles with `render` are drawn by a browser that gets everything from the downloader here and connects to nothing.
CHROMIUM = os.environ.get("FANGZHI_CHROMIUM", "/usr/bin/chromium")
RENDER_SECONDS = 30.0  # a page may take in the browser, waiting for its site not counted; then it is ended as failed
RENDER_REQUESTS = 100  # a page may ask for; the others are refused
SCHEDULER = "crawler.scheduler.FrontierScheduler"  # default keeps its queue in memory and loses it with the process
DUPEFILTER_CLASS = "scrapy.dupefilters.BaseDupeFilter"  # default fingerprints requests; the ledger's keys do it, on disk

# Autothrottle: the pause follows the server's answer time; off by default.
AUTOTHROTTLE_ENABLED = True
AUTOTHROTTLE_START_DELAY = 0  # default 5 s; the profile's delay is the floor and the start
AUTOTHROTTLE_MAX_DELAY = 60

# Where `status` POSTs alarms as JSON; often holds a token, so the environment is the better place than a command line.
WEBHOOK = os.environ.get("FANGZHI_WEBHOOK", "")

LOG_LEVEL = os.environ.get("FANGZHI_LOG_LEVEL", "INFO")  # default DEBUG
LOG_FORMAT = "%(asctime)s %(levelname)s %(name)s: %(message)s"
LOG_VERSIONS: list[str] = []  # default: a line of library versions; the run's row has ours
STATS_DUMP = False  # default True; the run's counts are in the archive
LOG_FORMATTER = "crawler.logs.QuietFormatter"  # default writes each item out in full
