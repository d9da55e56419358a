"""`scrapy verify`: re-reads everything and prints a certificate, or what is wrong."""

from __future__ import annotations

import argparse
from typing import Any

from crawler.command import ProjectCommand
from crawler.commands import complain

SHOWN = 200
"""Faults printed; the number of all is in the certificate."""


class Command(ProjectCommand):
    """Ledger = WARC = rows = search index, or exit code 1."""

    def syntax(self) -> str:
        return "[--quick] [--repair]"

    def short_desc(self) -> str:
        return "Prove that the archive lost nothing: re-read WARC files, rows and search index"

    def long_desc(self) -> str:
        return (
            "Compares ledger, WARC files, rows and search index, recomputes every digest and prints a certificate; exits 1 "
            "with a list when anything is off. Example: scrapy verify -s ARCHIVE=data/archive.db"
        )

    def add_options(self, parser: argparse.ArgumentParser) -> None:
        super().add_options(parser)
        parser.add_argument("--quick", action="store_true", help="do not re-read WARC records and index tokens")
        parser.add_argument("--repair", action="store_true", help="first put right what follows from something still there")

    def run(self, args: list[str], opts: argparse.Namespace) -> None:
        from pipelines.archive import ArchiveError, open_archive
        from pipelines.archive.verifying import verify
        from pipelines.archive.verifying.repair import repair

        try:
            db = open_archive(self.settings["ARCHIVE"], create=False)
            if opts.repair:
                for line in repair(db):
                    print(f"repaired: {line}")
            certificate = verify(db, quick=opts.quick, report=Report())
            show(certificate)
            db.close()
        except ArchiveError as error:
            complain(self, error)
            return
        if certificate.faults:
            self.exitcode = 1


class Report:
    """Prints the first faults as they are found."""

    def __init__(self) -> None:
        self.count = 0

    def __call__(self, fault: str) -> None:
        self.count += 1
        if self.count <= SHOWN:
            print(f"FAULT {fault}", flush=True)


def show(certificate: Any) -> None:
    """The certificate, as lines that can be kept and compared."""
    print(f"archive   {certificate.archive}")
    print(f"verified  {certificate.at} by {certificate.software}")
    print("holds     " + ", ".join(f"{count} {name}" for name, count in certificate.counts.items()))
    print(f"root      sha256:{certificate.root}")
    print(
        "result    "
        + ("nothing is lost" if not certificate.faults else f"{certificate.faults} fault{'s' * (certificate.faults > 1)}")
    )
