"""The reading room: routes, wording and safety around the pages that `pipelines.archive.browse` reads."""
