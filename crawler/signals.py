"""Signals between rooms that may not import each other; plain objects, sent and heard through Scrapy's signal manager."""

exchange_captured = object()
"""An HTTP exchange that belongs to no page (robots.txt). Sent with `exchange: crawler.items.Exchange`."""
