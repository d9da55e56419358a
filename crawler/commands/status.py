"""`scrapy status`: how the followed sites fare, for people, for cron and for alarms."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING, Any

from crawler.command import ProjectCommand
from crawler.commands import complain, console

if TYPE_CHECKING:
    from pipelines.archive.health import Health

COLOURS = {"fresh": "green", "running": "green", "never": "dim"}


class Command(ProjectCommand):
    """Exit code 0: all is well; 1: an alarm; 2: the question was wrong; 3: an alarm that could not be told."""

    def syntax(self) -> str:
        return "[SITE…] [--json] [--hook COMMAND] [--webhook URL] [--traffic]"

    def short_desc(self) -> str:
        return "Show how the sites fare: fresh, late, silent, broken layout, blocked, moved, failing"

    def long_desc(self) -> str:
        return (
            "Compares each site with its own past and exits with 1 when one needs a look. "
            "Example (cron): scrapy status --hook 'mail -s fangzhi you@example.org'"
        )

    def add_options(self, parser: argparse.ArgumentParser) -> None:
        super().add_options(parser)
        parser.add_argument("--json", action="store_true", help="everything as JSON")
        parser.add_argument("--hook", metavar="COMMAND", help="run this by the shell when there is an alarm; it gets the JSON")
        parser.add_argument("--webhook", metavar="URL", help="POST the JSON there when there is an alarm (default: WEBHOOK)")
        parser.add_argument("--traffic", action="store_true", help="requests a host and hour of the last day instead")

    def run(self, args: list[str], opts: argparse.Namespace) -> None:
        from crawler.commands.telling import public_part
        from crawler.commands.turns import chosen
        from pipelines.archive import ArchiveError, open_archive
        from pipelines.archive.health import as_json, examine

        webhook = opts.webhook or self.settings["WEBHOOK"]
        try:
            if webhook:
                public_part(webhook)
            db = open_archive(self.settings["ARCHIVE"], create=False, read_only=True)
            sites = chosen(args, False, self.settings["ARCHIVE"])
        except (ArchiveError, KeyError, ValueError) as error:  # ValueError: a profile or a webhook that cannot be read
            complain(self, error, 2)
            return
        if opts.traffic:
            console().print(traffic_table(db))
            return
        found = examine(db, sites)
        print(as_json(found), flush=True) if opts.json else console().print(table(found))
        if alarms := [health for health in found if health.alarm]:
            self.exitcode = 1
            self.tell(as_json(alarms), opts.hook, webhook)

    def tell(self, message: str, hook: str | None, webhook: str | None) -> None:
        """By both ways; the one that fails does not keep the other from being tried."""
        from crawler.commands.telling import WebhookError, post, run

        if hook and (code := run(hook, message)):
            complain(self, f"the hook ended with exit code {code}", 3)
        try:
            if webhook:
                post(webhook, message)
        except WebhookError as error:
            complain(self, error, 3)


def table(found: list[Health]) -> Any:
    """One row a site, the alarms first."""
    from rich.table import Table

    out = Table(title=f"{len(found)} sites, {sum(health.alarm for health in found)} need a look", title_justify="left")
    for name in ("site", "state", "last run", "articles", "new, 24 h", "queued", "what"):
        out.add_column(name, justify="right" if name in ("articles", "new, 24 h", "queued") else "left")
    for health in found:
        state = f"[{COLOURS.get(health.state, 'red')}]{health.state}[/]"
        last = (health.last_run or "never")[:16].replace("T", " ")
        mirrors = [f"{host} mirrors {other}" for host, other in health.mirrors.items()]
        what = "; ".join([sign.partition(": ")[2] for sign in health.signs] + mirrors)
        out.add_row(health.site, state, last, f"{health.articles:,}", f"{health.new_day:,}", f"{health.queued:,}", what)
    return out


def traffic_table(db: Any) -> Any:
    """What we asked of each host."""
    from datetime import timedelta

    from rich.table import Table

    from crawler.clock import now, stamp
    from pipelines.archive.traffic import by_host_and_hour

    out = Table(title="requests of the last 24 hours by host and hour", title_justify="left")
    for name in ("host", "hour", "requests", "refused", "errors", "unanswered"):
        out.add_column(name, justify="left" if name in ("host", "hour") else "right")
    for row in by_host_and_hour(db, stamp(now() - timedelta(days=1))):
        out.add_row(*(str(row[name] or 0) if name != "hour" else row[name].replace("T", " ") for name in row))
    return out
