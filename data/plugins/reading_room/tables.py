"""The archive as Datasette sees it, without counts that read gigabytes."""

from datasette.database import Database, QueryInterrupted

from reading_room.answer import DATABASE


class Archive(Database):
    """Rows are counted in the tables that are shown. Those of the search index hold gigabytes in a few million rows, and
    SQLite's count of a whole table cannot be interrupted: 3 s of `articles_fts_data` before the first page."""

    async def table_counts(self, limit=10):
        hidden = set(await self.hidden_table_names())
        return {name: None if name in hidden else await self._counted(name, limit) for name in await self.table_names()}

    async def _counted(self, name, limit):
        try:
            return (await self.execute(f"select count(*) from [{name}]", custom_time_limit=limit)).first()[0]
        except QueryInterrupted:
            return None


def install(datasette):
    """Put it in the place of the one that Datasette opened."""
    if DATABASE in datasette.databases:
        plain = datasette.get_database(DATABASE)
        datasette.remove_database(DATABASE)
        datasette.add_database(Archive(datasette, path=plain.path, is_mutable=plain.is_mutable), name=DATABASE)
