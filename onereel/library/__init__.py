"""Films, media and money in one database: SQLite in the home, or PostgreSQL by its URL."""
