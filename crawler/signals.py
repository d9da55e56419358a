"""Signals of our own, sent through Scrapy's dispatcher."""

exchange_captured = object()
"""An exchange that belongs to no lease (robots.txt) was captured; sent with `exchange: Exchange` and `spider`."""
